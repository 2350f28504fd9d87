"""Sympy's expressions as Rocq terms over the real numbers: a short whitelist, with more parentheses than needed.

A term means what the expression means wherever the expression is defined over the reals. Elsewhere Rocq's functions still
have a value (1/0, the root of a negative number), so a lemma about the term needs hypotheses that exclude it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import sympy
from sympy import Add, Basic, Expr, Integer, Mul, Pow, Rational, S, Symbol

from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared

RELATIONS = {sympy.Eq: "=", sympy.Ge: ">=", sympy.Le: "<=", sympy.Gt: ">", sympy.Lt: "<"}
FUNCTIONS = {
    sympy.exp: "exp",
    sympy.log: "logarithm.logarithm",
    sympy.cos: "cos",
    sympy.sin: "sin",
    sympy.Abs: "Rabs",
}
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
        """Return a proposition: =, >=, <=, > or < between real expressions, or what a one-sided limit is.

        Raises Unprintable for anything else.
        """
        if isinstance(relation, sympy.Eq) and isinstance(relation.lhs, sympy.Limit):
            return self._limit(relation.lhs, relation.rhs)
        symbol = RELATIONS.get(type(relation))
        if symbol is None:
            raise Unprintable(f"{relation} is no relation")
        return f"({self.real(relation.lhs)}\n     {symbol} {self.real(relation.rhs)})%R"

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
        if isinstance(expression, sympy.Sum):
            return self._finite_sum(expression)
        if isinstance(expression, sympy.Indexed) and expression.base in self.names:
            indices = " ".join(map(self.natural, expression.indices))
            return f"({self.names[expression.base]} {indices})"
        if type(expression) in FOLDS:
            return self._fold(FOLDS[type(expression)], expression.args)
        raise Unprintable(f"{expression} ({type(expression).__name__}) has no term in Rocq")

    def _limit(self, limit: sympy.Limit, value: Expr) -> str:
        body, variable, point, direction = limit.args
        if str(direction) != "+" or not point.is_finite:
            raise Unprintable(f"{limit} is no limit from above at a finite point")
        name, inner_printer = self._binding(variable, body)
        function = f"(fun {name} : R => {inner_printer.real(body)})"
        return f"(right_limit.right_limit {function} {self.real(point)} {self.real(value)})%R"

    def natural(self, expression: Basic) -> str:
        """Return a term of type nat: sums and products of numbers and symbols that count."""
        return f"{self._count(expression)}%nat"

    def _count(self, expression: Basic) -> str:
        if expression in self.naturals:
            return _parenthesized(self.naturals[expression])
        if isinstance(expression, Integer) and expression >= 0:
            return str(expression)
        if isinstance(expression, Add | Mul):
            sign = " + " if isinstance(expression, Add) else " * "
            return f"({sign.join(map(self._count, expression.args))})"
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
        return f"({self.real(base)} ^ {self._count(exponent)})"

    def _finite_sum(self, total: sympy.Sum) -> str:
        ((index, first, last),) = total.limits
        if first != 1:
            raise Unprintable(f"{total} does not start at 1")
        name, inner_printer = self._binding(index, total.function, natural=True)
        function = f"(fun {name} : nat => {inner_printer.real(total.function)})"
        return f"(finite_sums.sum_from_one {function} {self.natural(last)})"

    def _binding(self, variable: Symbol, body: Basic, natural: bool = False) -> tuple[str, Printer]:
        """Return a name for a bound variable and the printer of what it is bound in; no other term there may use it."""
        name = variable.name
        others = [
            term for key, term in {**self.names, **self.naturals}.items() if key != variable and body.has(key)
        ]
        taken = {word for term in (*others, *self.vectors.values()) for word in re.findall(r"\w+", term)}
        if not name.isidentifier() or name in taken:
            raise Unprintable(f"the bound variable {name} needs another name")
        names = {key: term for key, term in self.names.items() if key != variable}
        naturals = {key: term for key, term in self.naturals.items() if key != variable}
        (naturals if natural else names)[variable] = name
        return name, replace(self, names=names, naturals=naturals)

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
