"""LaTeX in the papers' notation: formulas, sentences, displays that fit a line, and whole claims."""

from __future__ import annotations

from w2s_theory.latex.claims import claim_lines, formulas, label
from w2s_theory.latex.escaping import escape
from w2s_theory.latex.names import macro_lines
from w2s_theory.latex.printer import latex
from w2s_theory.latex.prose import prose

__all__ = ["claim_lines", "escape", "formulas", "label", "latex", "macro_lines", "prose"]
