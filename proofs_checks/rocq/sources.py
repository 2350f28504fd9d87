"""The texts of the theories, and which of them a text requires."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

THEORIES = Path(__file__).parent / "theories"

_COMMENT = re.compile(r"\(\*(?:(?!\(\*|\*\)).)*\*\)", re.DOTALL)
_REQUIRED = re.compile(r"From\s+W2S\s+Require\s+(?:Import\s+|Export\s+)?([\w\s]+)\.")


class Sources(dict[str, str]):
    """The theories of a folder by name, each read once: what is hashed is what is compiled, whoever edits meanwhile."""

    def __init__(self, folder: Path = THEORIES) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str) -> str:
        self[name] = (self.folder / f"{name}.v").read_text(encoding="utf-8")
        return self[name]

    def closure(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the theories `names` and all that they require, each after what it requires."""
        ordered: dict[str, None] = {}
        for name in names:
            ordered.update(dict.fromkeys((*self.closure(required(self[name])), name)))
        return tuple(ordered)


def without_comments(text: str) -> str:
    """Return a Rocq file's text without its comments, which nest."""
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    return text


def required(text: str) -> tuple[str, ...]:
    """Return the theories that a file asks for by `From W2S Require`, in order."""
    return tuple(name for found in _REQUIRED.findall(without_comments(text)) for name in found.split())
