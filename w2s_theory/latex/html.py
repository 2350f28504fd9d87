"""Formulas and lists as HTML for a notebook: formulas in LaTeX, which Jupyter typesets, all other text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def html_formula(source: str) -> str:
    """Return LaTeX as a display of its own."""
    return rf"<div>\[{escape(source)}\]</div>"


def html_list(items: Iterable[str], *, numbered: bool = False) -> str:
    """Return items that are HTML already as a list."""
    tag = "ol" if numbered else "ul"
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
