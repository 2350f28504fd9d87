"""Where a command's result goes: to a terminal as it is, or machine-readable into a file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from w2s_theory.errors import InvalidInput

if TYPE_CHECKING:
    from rich.console import Console


def console(width: int | None = None, *, stderr: bool = False, highlight: bool = True) -> Console:
    """Return a terminal that prints text as it is, whatever in it looks like markup: `[red]` or `:smile:`."""
    from rich.console import Console

    return Console(width=width, stderr=stderr, highlight=highlight, markup=False, emoji=False)


class Guarded:
    """Standard output, where what cannot be written raises InvalidInput; a reader that has gone does not."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text; raises InvalidInput where the device is full, say."""
        with _named():
            return self._stream.write(text)

    def flush(self) -> None:
        """Write what is held back; raises InvalidInput as `write` does."""
        with _named():
            self._stream.flush()


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InvalidInput(
            f"cannot write to standard output: {error.strerror or error}; give it a place that can be written"
        ) from error


def write_text(text: str, destination: str) -> None:
    """Write `text` to the file `destination`, or to standard output for "-".

    Raises InvalidInput when the file cannot be written.
    """
    if destination == "-":
        sys.stdout.write(text)
        return
    try:
        Path(destination).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(
            f"cannot write {destination!r}: {reason}; give a writable file, or - for standard output"
        ) from error


def write_json(data: Any, destination: str) -> None:
    """Write `data` as indented JSON with its keys in the order given; NaN and infinities are refused."""
    write_text(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n", destination)


def check_writable(destination: str | None) -> None:
    """Raise InvalidInput at once, before any work, if a result could not be written to `destination`."""
    if destination in (None, "-"):
        return
    if not destination:
        raise InvalidInput("cannot write '': the name is empty; give a file, or - for standard output")
    path = Path(str(destination))
    if os.path.isdir(path):
        raise InvalidInput(
            f"cannot write {destination!r}: it is a directory; give a file, or - for standard output"
        )
    if not os.path.isdir(path.parent) or not os.access(
        path if os.path.exists(path) else path.parent, os.W_OK
    ):
        raise InvalidInput(
            f"cannot write {destination!r}: no such folder or no permission; give a writable file, or - for standard output"
        )
