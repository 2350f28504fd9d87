"""Formulas as MathML, which a browser lays out without script or network."""

from __future__ import annotations

import re
from html import escape
from itertools import zip_longest
from string import punctuation
from typing import Any
from xml.etree import ElementTree

from latex2mathml.converter import convert

from w2s_theory.latex import escape as escape_latex
from w2s_theory.latex import latex, prose
from w2s_theory.latex.layout import display as broken_to_lines

_SPACE = "{http://www.w3.org/1998/Math/MathML}"
_MATHEMATICS = re.compile(
    r"math|mrow|mi|mn|mo|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover"
    r"|mtable|mtr|mtd|mstyle|mpadded"
)
_ACTIVE = re.compile(r"on\w+|style|src|.*href")
_DOLLARS = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+)\$")
_PLAIN = {escape_latex(mark): mark for mark in punctuation if escape_latex(mark) != mark} | {"``": '"'}
"""What LaTeX writes for marks that it would take for commands, and the marks."""
_ESCAPED = re.compile("|".join(map(re.escape, sorted(_PLAIN, key=len, reverse=True))))


def mathml(expression: Any, *, display: bool = True) -> str:
    """Return a sympy expression as a `<math>` element in the papers' notation, as a block or inline.

    Anything but mathematics in it, a symbol named `<script>` say, comes out as escaped LaTeX instead.
    """
    source = _rows(broken_to_lines(expression)) if display else latex(expression)
    return _converted(source, "block" if display else "inline") or f"<code>{escape(latex(expression))}</code>"


def sentence(text: str) -> str:
    """Return a sentence as HTML, what is mathematics in it as `<math>` elements."""
    pieces = _DOLLARS.split(prose(text))
    formulas = [_converted(source, "inline") for source in pieces[1::2]]
    if not all(formulas):
        return escape(text)
    words = [escape(_ESCAPED.sub(lambda found: _PLAIN[found[0]], piece)) for piece in pieces[::2]]
    return "".join(piece for pair in zip_longest(words, formulas, fillvalue="") for piece in pair)


def _converted(source: str, display: str) -> str:
    """Return LaTeX as a `<math>` element, empty where it is not, or not only, mathematics."""
    try:
        root = ElementTree.fromstring(convert(source, display=display))
    except Exception:  # the converter states no exceptions; what it cannot read is shown as it is written
        return ""
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SPACE)
        _join_letters(element)
    if not all(_MATHEMATICS.fullmatch(element.tag) for element in root.iter()):
        return ""
    if any(_ACTIVE.fullmatch(name) for element in root.iter() for name in element.attrib):
        return ""
    for table in root.iter("mtable"):
        table.set("displaystyle", "true")
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _rows(source: str) -> str:
    """Return a display in the terms that the converter knows: left-aligned rows, and no shrinking to the line."""
    source = source.replace("\\wfit{", "{").replace("\n& ", "\n")
    return source.replace("\\begin{aligned}", "\\begin{array}{l}").replace("\\end{aligned}", "\\end{array}")


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
