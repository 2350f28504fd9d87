"""Forms that people type, brought into the one grammar that is read: Unicode, `^`, 0.75 L_TE, a single `=`, LaTeX."""

from __future__ import annotations

import re
from collections.abc import Collection

from w2s_theory.terms.tree import FUNCTIONS

_SIGNS = str.maketrans(
    {
        "≥": ">=",
        "⩾": ">=",
        "≤": "<=",
        "⩽": "<=",
        "≠": "!=",
        "^": "**",
        "·": "*",
        "×": "*",
        "−": "-",
        "²": "**2",
        "³": "**3",
        "√": "sqrt",
        "π": "pi",
        "∧": " and ",
        "∨": " or ",
        "¬": " not ",
    }
)
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<other>>=|<=|==|!=|\*\*|.))",
    re.DOTALL,
)
_WORDS = frozenset({"and", "or", "not"})


def normalized(text: str, names: Collection[str]) -> str:
    """Return the text in the grammar that is read. Raises InvalidInput for LaTeX that cannot be read."""
    if "\\" in text:
        from w2s_theory.terms.latex_forms import plain

        text = plain(text, names)
    return _multiplied(text.translate(_SIGNS), names)


def is_read_as_typed(text: str, names: Collection[str]) -> bool:
    """Return whether the text is in the grammar already, but for spaces."""
    return "".join(normalized(text, names).split()) == "".join(text.split())


def _multiplied(text: str, names: Collection[str]) -> str:
    """Return the text with the products that a missing sign stands for, and == for a single =."""
    pieces: list[str] = []
    ends_factor = False
    position = 0
    while position < len(text) and (found := _TOKEN.match(text, position)):
        token = found.group().strip()
        space = " " if found.group()[:1].isspace() else ""
        name = found.group("name")
        starts_factor = (
            bool(found.group("number")) or token == "(" or (name is not None and name not in _WORDS)
        )
        # A name before a parenthesis is a function, unless it is known to be something else.
        applied = token == "(" and pieces and pieces[-1].strip() not in names and _is_name(pieces[-1].strip())
        both_numbers = bool(found.group("number")) and bool(pieces) and pieces[-1].strip()[-1:].isdigit()
        if ends_factor and starts_factor and not applied and not both_numbers:
            pieces.append("*")
            space = ""
        pieces.append(space + ("==" if token == "=" else token))
        ends_factor = token == ")" or bool(found.group("number")) or (name is not None and name not in _WORDS)
        position = found.end()
    return "".join(pieces) + text[position:]


def _is_name(text: str) -> bool:
    return (text.isidentifier() and text not in _WORDS) or text in FUNCTIONS
