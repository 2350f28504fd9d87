"""Formal vectors of an inner-product space: algebra without a choice of coordinates or dimension.

Source: the axioms of an inner product; vectors are named as in Medvedev et al. 2025, section 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Expr, Integer, Symbol, Tuple, sympify
from sympy.core.symbol import Str


@dataclass(frozen=True)
class Vector:
    """A finite linear combination of named vectors, with sympy coefficients."""

    terms: tuple[tuple[str, Expr], ...]

    @staticmethod
    def named(name: str) -> Vector:
        """Return the vector that stands for itself under `name` (its LaTeX)."""
        return Vector(((name, Integer(1)),))

    @staticmethod
    def _of(coefficients: Mapping[str, Expr]) -> Vector:
        return Vector(tuple((name, value) for name, value in sorted(coefficients.items()) if value != 0))

    def __add__(self, other: Vector) -> Vector:
        total = dict(self.terms)
        for name, value in other.terms:
            total[name] = total.get(name, Integer(0)) + value
        return Vector._of(total)

    def __rmul__(self, scalar: Any) -> Vector:
        return Vector._of({name: sympify(scalar) * value for name, value in self.terms})

    def __sub__(self, other: Vector) -> Vector:
        return self + (-1) * other


def inner(left: Vector, right: Vector) -> Expr:
    """Return <left, right>, expanded by bilinearity and symmetry into inner products of named vectors."""
    return sum(
        (x * y * _product(name, other) for name, x in left.terms for other, y in right.terms), Integer(0)
    )


def norm_squared(vector: Vector) -> Expr:
    """Return ||vector||^2, expanded."""
    return inner(vector, vector)


class SquaredNorm(Expr):  # type: ignore[misc]
    """||vector||^2, kept as it is written: arguments are pairs of a name and a coefficient."""

    is_commutative = True

    @staticmethod
    def of(vector: Vector) -> SquaredNorm:
        """Return the squared norm of `vector`, unexpanded."""
        return SquaredNorm(*(Tuple(Str(name), value) for name, value in vector.terms))

    @property
    def vector(self) -> Vector:
        """Return the vector whose norm this is."""
        return Vector(tuple((pair[0].name, pair[1]) for pair in self.args))

    def _eval_is_nonnegative(self) -> bool | None:
        return True if all(value.is_real for _, value in self.vector.terms) else None

    def _sympystr(self, printer: Any) -> str:
        return f"||{_combination(self.vector, printer)}||^2"

    def _latex(self, printer: Any, exp: str = "2") -> str:
        return rf"\left\| {_combination(self.vector, printer)} \right\|^{{{exp}}}"


def _combination(vector: Vector, printer: Any) -> str:
    """Print the vector as the linear combination that it is."""
    return str(printer._print(sum((c * Symbol(name) for name, c in vector.terms), Integer(0))))


def expand_norms(expression: Basic) -> Any:
    """Return the expression with every unexpanded squared norm written in inner products."""
    return expression.replace(
        lambda part: isinstance(part, SquaredNorm), lambda part: norm_squared(part.vector)
    )


_FACTORS: dict[Symbol, tuple[str, str]] = {}
"""The names of the two vectors of every inner product made so far; one name twice for a squared norm."""


def _product(left: str, right: str) -> Symbol:
    first, second = sorted((left, right))
    is_norm = first == second
    product = (
        Symbol(f"||{first}||^2", nonnegative=True) if is_norm else Symbol(f"<{first}, {second}>", real=True)
    )
    _FACTORS[product] = (first, second)
    return product


def factors(symbol: Basic) -> tuple[str, str] | None:
    """Return the names of the vectors whose inner product the symbol is, None where it is none."""
    return _FACTORS.get(symbol)


def replace_vectors(expression: Expr, values: Mapping[Symbol, Expr], vectors: Mapping[str, Vector]) -> Expr:
    """Return the expression with symbols at these values and named vectors at these, all at once."""

    def image(vector: Vector) -> Vector:
        terms = (
            value.xreplace(values) * vectors.get(name, Vector.named(name)) for name, value in vector.terms
        )
        return sum(terms, Vector(()))

    new: dict[Basic, Basic] = dict(values)
    for norm in expression.atoms(SquaredNorm):
        new[norm] = SquaredNorm.of(image(norm.vector))
    for symbol in expression.atoms(Symbol):
        if (names := factors(symbol)) is not None:
            new[symbol] = inner(*(image(Vector.named(name)) for name in names))
    return expression.xreplace(new)
