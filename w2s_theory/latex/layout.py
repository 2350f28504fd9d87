"""Displays that fit a line: formulas broken at relations, and at the plus and minus signs of sums.

Widths are estimates in half ems (5 pt in a 10 pt font), made from the LaTeX text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from sympy import Mul
from sympy.core.relational import Relational
from sympy.logic.boolalg import And

from w2s_theory.latex.printer import Printer

LINE_WIDTH: Final = 80.0
"""What fits a line of 16 cm beside the number of the equation."""
_INDENT: Final = 4.0
_RELATIONS: Final = {"==": "=", ">=": r"\geq", "<=": r"\leq", ">": ">", "<": "<", "!=": r"\neq"}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\\s]")
_SILENT = re.compile(
    r"\\(?:left|right|limits|mathrm|mathcal|mathbb|text|operatorname|displaystyle|[,:!])|[\^_&]"
)
_STACKING: Final = {"\\lim": "\\lim", "\\sum": "\\sum", "\\limits": "\\int"}
"""Operators whose limits are set above and below them: in display style, but for \\limits."""
_SIZES: Final = (1.0, 1.0, 0.7, 0.5)
"""Sizes in display, text, script and scriptscript style."""


_LARGER_SUM: Final = 0.8
"""By how much a sum's sign is wider in display style."""


def width(text: str) -> float:
    """Return the estimated width of LaTeX mathematics set in display style, in half ems."""
    return _total(_TOKEN.findall(text), [0], 0)


def _total(tokens: Sequence[str], position: list[int], style: int) -> float:
    """Return the width from `position` to the end of the group, and leave `position` behind it."""
    total = 0.0
    script = False
    below_operator = 0.0
    while position[0] < len(tokens):
        token = tokens[position[0]]
        position[0] += 1
        inner = max(style + 1, 2) if script else style
        size = _SIZES[min(inner, 3)]
        if token == "}":
            break
        if token in ("\\frac", "\\binom"):
            position[0] += 1
            above = _total(tokens, position, style + 1)
            position[0] += 1
            below = _total(tokens, position, style + 1)
            total += max(above, below) + (1 if token == "\\frac" else 3)
        elif token == "{":
            group = _total(tokens, position, inner)
            total += max(0.0, group - below_operator) if script else group
            below_operator = max(below_operator, group) if script and below_operator else 0.0
        else:
            total += size * _token_width(token) + (_LARGER_SUM if token == "\\sum" and style == 0 else 0.0)
        if token == "\\limits" or (token in _STACKING and style == 0):
            below_operator = _token_width(_STACKING[token])
        elif token not in "{^_":
            below_operator = 0.0
        script = token in "^_"
    return total


def _token_width(token: str) -> float:
    if _SILENT.fullmatch(token):
        return 0.0
    if token in ("+", "-", "=", "<", ">", "\\geq", "\\leq", "\\to", "\\approx"):
        return 3.0
    if token in ("\\cos", "\\sin", "\\tan", "\\log", "\\arccos", "\\lim"):
        return float(len(token))
    if token in ("\\quad", "\\sum", "\\int", "\\begin", "\\sqrt"):
        return 2.0
    return 1.5 if token.isalpha() and token.isupper() else 1.1


def display(*parts: Any, macros: bool = False) -> str:
    """Return relations (the parts of a conjunction among them) or expressions as one display, in lines that fit.

    What no rule can break becomes \\wfit{...}, which shrinks it to the line.
    """
    relations = (item for part in parts for item in (part.args if isinstance(part, And) else (part,)))
    blocks = [_block(item, Printer(macros=macros), Printer()) for item in relations]
    if len(blocks) == 1:
        return blocks[0]
    body = " \\\\[4pt]\n".join(blocks)
    return f"\\begin{{gathered}}\n{body}\n\\end{{gathered}}"


def _block(part: Any, printer: Printer, plain: Printer) -> str:
    if width(plain.doprint(part)) <= LINE_WIDTH:
        return str(printer.doprint(part))
    rows = _rows(part, printer, plain)
    body = " \\\\\n".join(rows)
    broken = f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"
    return broken if max(map(_visible_width, rows)) <= LINE_WIDTH else f"\\wfit{{{broken}}}"


def _visible_width(row: str) -> float:
    return width(row.replace("\\quad", "").replace("{}", "")) + _INDENT / 2 * row.count("\\quad")


def _rows(part: Any, printer: Printer, plain: Printer) -> list[str]:
    if not isinstance(part, Relational):
        return _packed(_chunks(part, printer, plain), "& ", "& \\quad ")
    left = _packed(_chunks(part.lhs, printer, plain), "& ", "& \\quad ")
    right = _chunks(part.rhs, printer, plain)
    relation = _RELATIONS[part.rel_op]
    return [*left, *_packed(right, f"& \\quad {relation} ", "& \\quad\\quad ")]


def _packed(chunks: list[str], first: str, further: str) -> list[str]:
    """Join chunks into as few rows as fit, broken before a sign."""
    rows = [first + chunks[0]]
    for chunk in chunks[1:]:
        if _visible_width(f"{rows[-1]} {chunk}") <= LINE_WIDTH:
            rows[-1] += f" {chunk}"
        else:
            rows.append(f"{further}{{}}{chunk}")
    return rows


def _chunks(expression: Any, printer: Printer, plain: Printer) -> list[str]:
    """Return pieces of an expression between which a line may break."""
    whole = str(printer.doprint(expression))
    fits = width(plain.doprint(expression)) <= LINE_WIDTH - 2 * _INDENT
    if expression.is_Add:
        return _terms(expression, printer, plain)
    if fits or not expression.is_Mul:
        return [whole]
    sums = [factor for factor in expression.args if factor.is_Add]
    widest = max(sums, key=lambda factor: width(plain.doprint(factor)), default=None)
    if widest is None or not printer.doprint(expression).count("\\left("):
        return [whole]
    rest = Mul(*(factor for factor in expression.args if factor is not widest), evaluate=False)
    inner = _terms(widest, printer, plain)
    opening = rf"{printer.doprint(rest)} \biggl({inner[0]}"
    return [opening, *inner[1:-1], rf"{inner[-1]}\biggr)"]


def _terms(expression: Any, printer: Printer, plain: Printer) -> list[str]:
    """Return the terms of a sum, wide products among them taken apart."""
    terms = printer.signed_terms(expression)
    return [terms[0].removeprefix("+ "), *terms[1:]]
