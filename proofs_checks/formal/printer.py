"""Sympy's expressions as Rocq terms over the real numbers: a short whitelist, with more parentheses than needed.

A term means what the expression means wherever the expression is defined over the reals. Elsewhere Rocq's functions still
have a value (1/0, the root of a negative number), so a lemma about the term needs hypotheses that exclude it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sympy
from sympy import Add, Basic, Expr, Integer, Mul, Pow, Rational, S, Symbol

from w2s_theory.inner_products import SquaredNorm, Vector, inner, norm_squared

RELATIONS = {sympy.Eq: "=", sympy.Ge: ">=", sympy.Le: "<=", sympy.Gt: ">", sympy.Lt: "<"}
FUNCTIONS = {sympy.exp: "exp", sympy.log: "ln", sympy.cos: "cos", sympy.sin: "sin", sympy.Abs: "Rabs"}
FOLDS = {sympy.Min: "Rmin", sympy.Max: "Rmax"}


class Unprintable(ValueError):
    """An expression that has no term in Rocq here."""


@dataclass(frozen=True)
class Printer:
    """Prints relations and expressions; `names`, `naturals` and `vectors` are those of a tie."""

    names: Mapping[Basic, str] = field(default_factory=dict)
    naturals: Mapping[Symbol, str] = field(default_factory=dict)
    vectors: Mapping[str, str] = field(default_factory=dict)

    def relation(self, relation: Basic) -> str:
        """Return a proposition; raises Unprintable for anything but =, >=, <=, > and < between real expressions."""
        symbol = RELATIONS.get(type(relation))
        if symbol is None:
            raise Unprintable(f"{relation} is no relation")
        return f"({self.real(relation.lhs)} {symbol} {self.real(relation.rhs)})%R"

    def real(self, expression: Basic) -> str:
        """Return a term of type R; raises Unprintable where a symbol has no name or a function is not listed."""
        named = self._named(expression)
        if named is not None:
            return named
        if isinstance(expression, Rational):
            return f"(- {_magnitude(expression)})" if expression < 0 else _magnitude(expression)
        if isinstance(expression, Add):
            return self._sum(expression.as_ordered_terms())
        if isinstance(expression, Mul):
            negative, text = self._signed(expression)
            return f"(- {text})" if negative else text
        if isinstance(expression, Pow):
            return self._power(expression.base, expression.exp)
        if expression is S.Exp1:
            return "(exp 1)"
        if expression is S.Pi:
            return "PI"
        if isinstance(expression, SquaredNorm):
            return f"(inner_product.norm2 {self._vector(expression.vector)})"
        if type(expression) in FUNCTIONS:
            return f"({FUNCTIONS[type(expression)]} {self.real(expression.args[0])})"
        if type(expression) in FOLDS:
            return self._fold(FOLDS[type(expression)], expression.args)
        raise Unprintable(f"{expression} ({type(expression).__name__}) has no term in Rocq")

    def natural(self, expression: Basic) -> str:
        """Return a term of type nat: sums and products of numbers and symbols that count."""
        if isinstance(expression, Symbol) and expression in self.naturals:
            return _parenthesized(self.naturals[expression])
        if isinstance(expression, Integer) and expression >= 0:
            return f"{expression}%nat"
        if isinstance(expression, Add | Mul):
            sign = " + " if isinstance(expression, Add) else " * "
            return f"({sign.join(self.natural(item) for item in expression.args)})%nat"
        raise Unprintable(f"{expression} is no natural number")

    def _named(self, expression: Basic) -> str | None:
        if expression in self.names:
            return _parenthesized(self.names[expression])
        if expression in self.naturals:
            return f"(INR {_parenthesized(self.naturals[expression])})"
        if isinstance(expression, Symbol):
            return self._inner_product(expression)
        return None

    def _inner_product(self, symbol: Symbol) -> str:
        for left, left_term in self.vectors.items():
            if symbol == norm_squared(Vector.named(left)):
                return f"(inner_product.norm2 {_parenthesized(left_term)})"
            for right, right_term in self.vectors.items():
                if symbol == inner(Vector.named(left), Vector.named(right)):
                    return f"(inner_product.inner {_parenthesized(left_term)} {_parenthesized(right_term)})"
        raise Unprintable(f"the symbol {symbol} has no name in Rocq")

    def _sum(self, terms: Sequence[Expr]) -> str:
        """Return the sum, what is added before what is subtracted."""
        signed = [self._signed(term) for term in terms]
        added = " + ".join(text for negative, text in signed if not negative)
        subtracted = "".join(f" - {text}" for negative, text in signed if negative)
        return f"({added}{subtracted})"

    def _signed(self, term: Expr) -> tuple[bool, str]:
        """Return whether the term has a minus in front, and the term without it."""
        if self._named(term) is None:
            if isinstance(term, Rational):
                return bool(term < 0), _magnitude(term)
            if isinstance(term, Mul):
                first, *rest = term.args
                if isinstance(first, Rational) and first < 0:
                    return True, self._product(rest if first == -1 else [-first, *rest])
                return False, self._product(term.args)
        return False, self.real(term)

    def _product(self, factors: Sequence[Expr]) -> str:
        above, below = [], []
        for factor in factors:
            if isinstance(factor, Pow) and self._named(factor) is None and _falls(factor.exp):
                below.append(self._power(factor.base, -factor.exp))
            else:
                above.append(self.real(factor))
        text = " * ".join(above) or "1"
        if len(above) + len(below) == 1 and above:
            return text
        return f"({text}{''.join(f' / {item}' for item in below)})"

    def _power(self, base: Expr, exponent: Expr) -> str:
        if _falls(exponent):
            return f"(1 / {self._power(base, -exponent)})"
        if exponent == 1:
            return self.real(base)
        if isinstance(exponent, Rational) and exponent.q == 2:
            root = f"(sqrt {self.real(base)})"
            return root if exponent.p == 1 else f"({root} ^ {exponent.p})"
        return f"({self.real(base)} ^ {self.natural(exponent)})"

    def _vector(self, vector: Vector) -> str:
        missing = [name for name, _ in vector.terms if name not in self.vectors]
        if missing or not vector.terms:
            raise Unprintable(f"the vector {', '.join(missing) or 'zero'} has no name in Rocq")
        *terms, total = (self._multiple(coefficient, name) for name, coefficient in vector.terms)
        for term in reversed(terms):
            total = f"(inner_product.plus {term} {total})"
        return total

    def _multiple(self, coefficient: Expr, name: str) -> str:
        if coefficient == 1:
            return _parenthesized(self.vectors[name])
        return f"(inner_product.scale {self.real(coefficient)} {_parenthesized(self.vectors[name])})"

    def _fold(self, function: str, arguments: tuple[Basic, ...]) -> str:
        first, *rest = map(self.real, arguments)
        for item in rest:
            first = f"({function} {first} {item})"
        return first


def _magnitude(number: Rational) -> str:
    return f"{abs(number.p)}" if number.q == 1 else f"({abs(number.p)} / {number.q})"


def _falls(exponent: Expr) -> bool:
    """Return whether the exponent has a minus in front."""
    return bool(exponent.as_coeff_Mul()[0] < 0)


def _parenthesized(term: str) -> str:
    return term if term.isidentifier() else f"({term})"
