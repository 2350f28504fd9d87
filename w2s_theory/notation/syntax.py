"""What all readers of typed expressions share: Python's grammar, limits, and refusals in one line."""

from __future__ import annotations

import ast
from typing import NoReturn

from w2s_theory.errors import InvalidInput

MAX_LENGTH = 2000
MAX_DEPTH = 60
MAX_DIGITS = 60
MAX_EXPONENT = 64


def parsed(text: str) -> ast.expr:
    """Return the expression that a text is in Python's grammar; nothing is evaluated.

    Raises InvalidInput for what is no expression, is too long, or is nested too deeply.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidInput(f"the expression has {len(text)} characters; at most {MAX_LENGTH} are read")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        detail = error.msg if isinstance(error, SyntaxError) else "too deeply nested"
        raise InvalidInput(
            f"cannot read {short(text)!r}: {detail}; write it like L_ST >= 3/4*L_TE**2"
        ) from error


def short(text: str, width: int = 60) -> str:
    """Return text on one line, cut to a width."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 3] + "..."


class Reader:
    """A reader of one text, which quotes from it what it refuses."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()

    def refuse(self, node: ast.AST, allowed: str) -> NoReturn:
        """Raise InvalidInput with the piece of text at fault, and what is allowed instead."""
        fragment = ast.get_source_segment(self.text, node) or self.text
        raise InvalidInput(f"{short(fragment)!r} is not allowed here; allowed: {allowed}")

    def literal(self, node: ast.Constant) -> str:
        """Return a decimal number as it is written, within the limits, for an exact reading."""
        literal = (ast.get_source_segment(self.text, node) or "").replace("_", "").lower()
        mantissa, _, exponent = literal.partition("e")
        digits = mantissa.replace(".", "")
        if not digits.isascii() or not digits.isdigit():
            self.refuse(node, "decimal numbers")
        if len(digits) > MAX_DIGITS or (exponent and abs(int(exponent)) > MAX_DIGITS):
            self.refuse(
                node, f"numbers of at most {MAX_DIGITS} digits, between 1e-{MAX_DIGITS} and 1e{MAX_DIGITS}"
            )
        return literal
