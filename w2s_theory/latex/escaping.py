"""Text in which nothing is a command."""

from __future__ import annotations

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


def escape(text: str) -> str:
    """Return plain text that LaTeX prints as it is; a letter that it has no glyph for prints as its code point."""
    return "".join(map(_character, text))


def _character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if " " <= character <= "~" or "À" <= character <= "ÿ":
        return character
    return " " if character.isspace() else f"[U+{ord(character):04X}]"
