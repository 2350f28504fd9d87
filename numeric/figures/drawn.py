"""A figure once it is drawn, and what the catalogue knows of every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""Shows work in progress: takes a title and a number of steps, and yields what to call after each step."""


@contextmanager
def silent(title: str, total: int) -> Iterator[Callable[[], None]]:
    """Show no progress."""
    yield lambda: None


@dataclass(frozen=True)
class DrawnFigure:
    """A drawing with its title and what it shows, as plain data.

    `save` takes a prefix and formats, writes the drawing and its data, and returns the names of the files.
    """

    title: str
    drawing: Figure
    shown: Mapping[str, Any]
    save: Callable[[str, Sequence[str]], list[str]]


class PaperFigure(Protocol):
    """A figure that can be drawn."""

    @property
    def caption(self) -> str:
        """What it shows, with the paper's number or section."""

    def quick(self, seed: int) -> DrawnFigure:
        """Draw it in seconds: few draws, coarse grids."""
