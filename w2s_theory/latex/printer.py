"""Formulas as LaTeX: sympy's printer with the papers' names for losses, vectors, norms and inner products."""

from __future__ import annotations

import re
from typing import Any

from sympy import Symbol
from sympy.core.function import AppliedUndef, _coeff_isneg
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE

from w2s_theory.latex.names import NAMES, typeset

_INNER = re.compile(r"<(.+), (.+)>")
_NORM = re.compile(r"\|\|(.+)\|\|\^2")


class Printer(LatexPrinter):  # type: ignore[misc]
    """sympy's printer in the papers' notation; with `macros` it writes the commands of `macro_lines`."""

    def __init__(self, *, macros: bool = False) -> None:
        super().__init__({"inv_trig_style": "full"})
        self.macros = macros

    def _print_Symbol(self, symbol: Symbol, style: str = "plain") -> str:
        name = symbol.name
        if pair := _INNER.fullmatch(name):
            return rf"\langle {self.name(pair[1])}, {self.name(pair[2])}\rangle"
        if norm := _NORM.fullmatch(name):
            return rf"\| {self.name(norm[1])} \|^{{2}}"
        return self.name(name)

    def name(self, name: str) -> str:
        """Return a name in the papers' notation."""
        return typeset(name, macros=self.macros)

    def _hprint_Function(self, func: str) -> str:
        """Print the name of a function: a loss as a function of other quantities keeps its notation."""
        return self.name(func) if func in NAMES else str(super()._hprint_Function(func))

    def _print_Function(self, expression: Any, exp: str | None = None) -> str:
        if isinstance(expression, AppliedUndef):
            return _raised(str(super()._print_Function(expression)), exp)
        return str(super()._print_Function(expression, exp))

    def _print_Pow(self, expression: Any) -> str:
        base, exponent = expression.as_base_exp()
        is_square = isinstance(base, Symbol) and self._is_square(base.name)
        if is_square and exponent.is_positive and getattr(exponent, "p", 0) != 1:
            return rf"\left({self._print(base)}\right)^{{{self._print(exponent)}}}"
        return str(super()._print_Pow(expression))

    def _is_square(self, name: str) -> bool:
        """Return whether a name prints as a square, which a further exponent takes in brackets."""
        return bool(_NORM.fullmatch(name)) or NAMES.get(name, "").endswith("^{2}")

    def _print_Derivative(self, expression: Any) -> str:
        """Print a derivative, a product under it in brackets."""
        text = str(super()._print_Derivative(expression))
        operand = self.parenthesize(expression.expr, PRECEDENCE["Mul"], is_neg=False, strict=True)
        if not expression.expr.is_Mul or not text.endswith(operand):
            return text
        return rf"{text.removesuffix(operand)}\left({operand}\right)"

    def _print_gamma(self, expression: Any, exp: str | None = None) -> str:
        return _raised(rf"\Gamma\left({self._print(expression.args[0])}\right)", exp)

    def _print_factorial(self, expression: Any, exp: str | None = None) -> str:
        text = f"{self.parenthesize(expression.args[0], PRECEDENCE['Func'])}!"
        return text if exp is None else _raised(rf"\left({text}\right)", exp)

    def _print_loggamma(self, expression: Any, exp: str | None = None) -> str:
        text = rf"\log\Gamma\left({self._print(expression.args[0])}\right)"
        return text if exp is None else _raised(rf"\left({text}\right)", exp)

    def _print_Add(self, expression: Any, order: Any = None) -> str:
        return " ".join(self.signed_terms(expression)).removeprefix("+ ")

    def signed_terms(self, expression: Any) -> list[str]:
        """Return the terms of a sum, each with its sign, one without a minus first if there is one."""
        terms = [self._signed(term) for term in self._as_ordered_terms(expression)]
        first = next((term for term in terms if term.startswith("+")), terms[0])
        terms.remove(first)
        return [first, *terms]

    def _signed(self, term: Any) -> str:
        negative = _coeff_isneg(term)
        term = -term if negative else term
        text = self._print(term)
        if self._needs_add_brackets(term):
            text = rf"\left({text}\right)"
        return f"{'-' if negative else '+'} {text}"


def _raised(text: str, exponent: str | None) -> str:
    return text if exponent is None else f"{text}^{{{exponent}}}"


def latex(expression: Any, *, macros: bool = False) -> str:
    """Return the expression as LaTeX mathematics, without delimiters.

    With `macros`, the papers' names are the commands that `macro_lines` defines.
    """
    return str(Printer(macros=macros).doprint(expression))
