"""Rows of text as a table for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape


def html_table(rows: Mapping[str, str]) -> str:
    """Return the rows, by their headings, as an HTML table; all text is escaped."""
    cells = "".join(
        f'<tr><th style="text-align: left">{escape(name)}</th>'
        f'<td style="text-align: left">{escape(text)}</td></tr>'
        for name, text in rows.items()
    )
    return f"<table>{cells}</table>"
