"""LaTeX in the papers' notation: formulas, sentences, and displays that fit a line."""

from __future__ import annotations

from w2s_theory.latex.escaping import escape
from w2s_theory.latex.names import macro_lines
from w2s_theory.latex.printer import latex
from w2s_theory.latex.prose import prose

__all__ = ["escape", "latex", "macro_lines", "prose"]
