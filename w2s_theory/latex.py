"""LaTeX in the papers' notation."""

from __future__ import annotations

import re
from typing import Any

from sympy import Symbol
from sympy.logic.boolalg import And
from sympy.printing.latex import LatexPrinter

from w2s_theory.claims import Claim
from w2s_theory.symbols import LATEX_NAMES

_VECTORS = {"f*": "f^{*}", "f_TE": r"f_{\mathrm{TE}}", "f_ST": r"f_{\mathrm{ST}}"}
_INNER = re.compile(r"<(.+), (.+)>")
_NORM = re.compile(r"\|\|(.+)\|\|\^2")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}


class _Printer(LatexPrinter):  # type: ignore[misc]
    """sympy's printer, with the papers' names for losses, vectors, norms and inner products."""

    def _print_Symbol(self, symbol: Symbol, style: str = "plain") -> str:
        if symbol in LATEX_NAMES:
            return LATEX_NAMES[symbol]
        name = symbol.name
        if name in _VECTORS:
            return _VECTORS[name]
        if pair := _INNER.fullmatch(name):
            return rf"\langle {self._vector(pair[1])}, {self._vector(pair[2])}\rangle"
        if norm := _NORM.fullmatch(name):
            return rf"\| {self._vector(norm[1])} \|^{{2}}"
        return str(super()._print_Symbol(symbol, style=style))

    def _vector(self, name: str) -> str:
        return _VECTORS.get(name, name)

    def _print_Pow(self, expression: Any) -> str:
        base, exponent = expression.as_base_exp()
        if isinstance(base, Symbol) and _NORM.fullmatch(base.name) and exponent.is_positive:
            return rf"\left({self._print(base)}\right)^{{{self._print(exponent)}}}"
        return str(super()._print_Pow(expression))


def latex(expression: Any) -> str:
    """Return the expression as LaTeX mathematics, without delimiters."""
    return str(_Printer().doprint(expression))


def escape(text: str) -> str:
    """Return plain text with LaTeX's special characters made harmless."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def claim_lines(claim: Claim) -> list[str]:
    """Return a claim's statement and derivation as lines of LaTeX."""
    parts = claim.statement.args if isinstance(claim.statement, And) else (claim.statement,)
    lines = [rf"\begin{{theorem}}[{escape(claim.title)}]\label{{{claim.id}}}"]
    lines += [rf"  Assume {escape('; '.join(claim.assumptions))}."]
    lines += [
        r"  \begin{gather*}",
        " \\\\\n".join(f"    {latex(part)}" for part in parts),
        r"  \end{gather*}",
    ]
    lines += [r"\end{theorem}", r"\begin{proof}"]
    for step in claim.derivation:
        lines += [f"  {escape(step.text)}", rf"  \[ {latex(step.relation)} \]"]
    return [*lines, r"\end{proof}"]
