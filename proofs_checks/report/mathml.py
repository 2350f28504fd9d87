"""Formulas as MathML, which a browser lays out without script or network."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from xml.etree import ElementTree

from latex2mathml.converter import convert

from w2s_theory.latex import latex
from w2s_theory.latex.layout import display as broken_to_lines

_SPACE = "{http://www.w3.org/1998/Math/MathML}"
_MATHEMATICS = re.compile(
    r"math|mrow|mi|mn|mo|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover"
    r"|mtable|mtr|mtd|mstyle|mpadded"
)


def mathml(expression: Any, *, display: bool = True) -> str:
    """Return a sympy expression as a `<math>` element in the papers' notation, as a block or inline.

    Anything but mathematics in it, a symbol named `<script>` say, comes out as escaped LaTeX instead.
    """
    source = _rows(broken_to_lines(expression)) if display else latex(expression)
    try:
        root = ElementTree.fromstring(convert(source, display="block" if display else "inline"))
    except Exception:  # the converter states no exceptions; what it cannot read is shown as it is written
        return _as_written(latex(expression))
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SPACE)
        _join_letters(element)
    if not all(_MATHEMATICS.fullmatch(element.tag) for element in root.iter()):
        return _as_written(latex(expression))
    for table in root.iter("mtable"):
        table.set("displaystyle", "true")
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _rows(source: str) -> str:
    """Return a display in the terms that the converter knows: left-aligned rows, and no shrinking to the line."""
    source = source.replace("\\wfit{", "{").replace("\n& ", "\n")
    return source.replace("\\begin{aligned}", "\\begin{array}{l}").replace("\\end{aligned}", "\\end{array}")


def _as_written(source: str) -> str:
    return f"<code>{escape(source)}</code>"


def _join_letters(parent: ElementTree.Element) -> None:
    """Make one upright word of upright letters side by side: browsers space separate letters like factors."""
    joined: list[ElementTree.Element] = []
    for child in parent:
        upright = child.tag.endswith("mi") and child.get("mathvariant") == "normal"
        if upright and joined and joined[-1].get("mathvariant") == "normal":
            joined[-1].text = (joined[-1].text or "") + (child.text or "")
        else:
            joined.append(child)
    parent[:] = joined
