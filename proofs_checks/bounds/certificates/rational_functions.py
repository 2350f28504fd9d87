"""Terms of one variable as quotients of polynomials, and a formula as a question about those polynomials' signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from flint import fmpq, fmpq_poly

from w2s_theory.terms.tree import All, Any, Atom, Formula, Head, Sign, Term, rational

MAX_DEGREE, MAX_CASES = 400, 64


class NotRationalError(ValueError):
    """A term is no rational function of the variable, piece by piece, or is one of too high a degree."""


@dataclass(frozen=True)
class Quotient:
    """`top`/`bottom`, undefined where `bottom` is 0; nothing is cancelled but where a quotient is divided by.

    Raises NotRationalError where the degrees are too high.
    """

    top: fmpq_poly
    bottom: fmpq_poly

    def __post_init__(self) -> None:
        if self.top.degree() + self.bottom.degree() > MAX_DEGREE:
            raise NotRationalError(f"degree above {MAX_DEGREE}")

    def __add__(self, other: Quotient) -> Quotient:
        shared = self.bottom.gcd(other.bottom)
        if not shared:
            return Quotient(self.top, fmpq_poly([0]))
        mine, yours = self.bottom // shared, other.bottom // shared
        return Quotient(self.top * yours + other.top * mine, mine * other.bottom)

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.bottom)

    def __mul__(self, other: Quotient) -> Quotient:
        return Quotient(self.top * other.top, self.bottom * other.bottom)

    def inverse(self) -> Quotient:
        """Return 1/self, undefined where self is 0; where self is undefined, it is 0, as a formula says elsewhere."""
        return Quotient(self.bottom, self.top)


@dataclass(frozen=True)
class Guard:
    """That a quotient is defined and has one of these signs."""

    quotient: Quotient
    signs: frozenset[int]


@dataclass(frozen=True)
class Case:
    """A term equals `value` where all the guards hold."""

    guards: tuple[Guard, ...]
    value: Quotient


def cases(term: Term, variable: str) -> tuple[Case, ...]:
    """Return cases that together cover every point where the term is defined; abs, min and max make several.

    Raises NotRationalError for roots, exponentials and what else is no rational function.
    """
    found: dict[Term, tuple[Case, ...]] = {}

    def visit(node: Term) -> tuple[Case, ...]:
        if node not in found:
            found[node] = tuple(_read(node, variable, visit))
            if len(found[node]) > MAX_CASES:
                raise NotRationalError(f"more than {MAX_CASES} cases")
        return found[node]

    return visit(term)


def _read(node: Term, variable: str, visit: Callable[[Term], tuple[Case, ...]]) -> Iterable[Case]:
    if isinstance(node.value, Fraction):
        return [Case((), _polynomial(fmpq(node.value.numerator, node.value.denominator)))]
    if node.head == Head.VARIABLE and node.value == variable:
        return [Case((), _polynomial(0, 1))]
    if node.head == Head.POWER:
        exponent = rational(node.args[1])
        if exponent is None or exponent.denominator != 1 or abs(exponent) > MAX_DEGREE:
            raise NotRationalError(f"exponent {node.args[1]}")
        return [Case(base.guards, _power(base.value, int(exponent))) for base in visit(node.args[0])]
    if node.head not in (Head.SUM, Head.PRODUCT, Head.QUOTIENT, "abs", "min", "max"):
        raise NotRationalError(str(node.head))
    arguments = [visit(argument) for argument in node.args]
    if prod(map(len, arguments)) > MAX_CASES:
        raise NotRationalError(f"more than {MAX_CASES} cases")
    return [
        Case((*(guard for case in choice for guard in case.guards), *guards), value)
        for choice in product(*arguments)
        for guards, value in _apply(node.head, [case.value for case in choice])
    ]


def _apply(head: str, values: list[Quotient]) -> Iterable[tuple[tuple[Guard, ...], Quotient]]:
    match head:
        case Head.SUM:
            return [((), values[0] + values[1])]
        case Head.PRODUCT:
            return [((), values[0] * values[1])]
        case Head.QUOTIENT:
            return [((), values[0] * values[1].inverse())]
        case "abs":
            return [
                ((Guard(values[0], Sign.GE.signs),), values[0]),
                ((Guard(values[0], Sign.LT.signs),), -values[0]),
            ]
        case _:
            signs = (Sign.LE if head == "min" else Sign.GE).signs
            return [
                (tuple(Guard(value + -other, signs) for other in values if other is not value), value)
                for value in values
            ]


def _power(base: Quotient, exponent: int) -> Quotient:
    if max(base.top.degree(), base.bottom.degree()) * abs(exponent) > MAX_DEGREE:
        raise NotRationalError(f"degree above {MAX_DEGREE}")
    if exponent < 0:
        return _power(base.inverse(), -exponent)
    return Quotient(base.top**exponent, base.bottom**exponent)


def _polynomial(*coefficients: int | fmpq) -> Quotient:
    return Quotient(fmpq_poly(list(coefficients)), fmpq_poly([1]))


Signs = Sequence[int]
"""The sign of each polynomial of a question, in its order, at some point."""


@dataclass
class Question:
    """A formula as a question about signs: `polynomials` are those it depends on, each once, in the order met.

    The formula must say itself where its terms are defined; at other points the answer means nothing.
    """

    polynomials: list[fmpq_poly] = field(default_factory=list)
    _known: dict[tuple[fmpq, ...], int] = field(default_factory=dict)

    def read(self, formula: Formula, variable: str) -> Callable[[Signs], bool]:
        """Return whether the formula holds, as a function of the polynomials' signs. Raises NotRationalError."""
        match formula:
            case Atom(_, sign, _):
                options = []
                for case in cases(formula.difference, variable):
                    tests = (*case.guards, Guard(case.value, sign.signs))
                    options.append([self._test(test) for test in tests])
                return lambda signs: any(all(test(signs) for test in tests) for tests in options)
            case All(parts):
                every = [self.read(part, variable) for part in parts]
                return lambda signs: all(part(signs) for part in every)
            case Any(parts):
                some = [self.read(part, variable) for part in parts]
                return lambda signs: any(part(signs) for part in some)

    def _test(self, guard: Guard) -> Callable[[Signs], bool]:
        top, bottom = self._index(guard.quotient.top), self._index(guard.quotient.bottom)
        return lambda signs: signs[bottom] != 0 and signs[top] * signs[bottom] in guard.signs

    def _index(self, polynomial: fmpq_poly) -> int:
        key = tuple(polynomial.coeffs())
        if key not in self._known:
            self._known[key] = len(self.polynomials)
            self.polynomials.append(polynomial)
        return self._known[key]
