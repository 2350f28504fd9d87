"""Text in which nothing is a command."""

from __future__ import annotations

import re
from typing import Final

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}
_OPENING_QUOTE = re.compile(r'(?<=[\s(])"')


def escape(text: str) -> str:
    """Return plain text that LaTeX prints as it is; a letter that it has no glyph for prints as its code point."""
    return "".join(map(_character, _OPENING_QUOTE.sub("``", text)))


def _character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if " " <= character <= "~" or "À" <= character <= "ÿ":
        return character
    return " " if character.isspace() else f"[U+{ord(character):04X}]"
