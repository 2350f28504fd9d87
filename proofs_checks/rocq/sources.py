"""The texts of the theories, and which of them a text requires.

A theory is named by its path below `theories/`, with dots: `library.limits`, `claims.random_features.limits`. Rocq knows
it by the same name after `W2S.`; a file requires it as `From W2S.library Require limits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

THEORIES = Path(__file__).parent / "theories"

_COMMENT = re.compile(r"\(\*(?:(?!\(\*|\*\)).)*\*\)", re.DOTALL)
_REQUIRED = re.compile(r"From\s+W2S\.([\w.]+)\s+Require\s+(?:Import\s+|Export\s+)?([\w\s]+)\.")


class Sources(dict[str, str]):
    """The theories of a folder by name, each read once: what is hashed is what is compiled, whoever edits meanwhile."""

    def __init__(self, folder: Path = THEORIES) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str) -> str:
        self[name] = theory_file(name, self.folder).read_text(encoding="utf-8")
        return self[name]

    def closure(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the theories `names` and all that they require, each after what it requires."""
        ordered: dict[str, None] = {}
        for name in names:
            ordered.update(dict.fromkeys((*self.closure(required(self[name])), name)))
        return tuple(ordered)


def theory_names(folder: Path = THEORIES) -> tuple[str, ...]:
    """Return the names of all theories in a folder, those of the claims first."""
    files = (file.relative_to(folder).with_suffix("") for file in folder.rglob("*.v"))
    return tuple(sorted(".".join(file.parts) for file in files))


def theory_file(name: str, folder: Path = THEORIES) -> Path:
    """Return the file of a theory."""
    return folder.joinpath(*name.split(".")).with_suffix(".v")


def without_comments(text: str) -> str:
    """Return a Rocq file's text without its comments, which nest."""
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    return text


def required(text: str) -> tuple[str, ...]:
    """Return the theories that a file asks for by `From W2S.library Require`, in order."""
    found = _REQUIRED.findall(without_comments(text))
    return tuple(f"{folder}.{name}" for folder, names in found for name in names.split())
