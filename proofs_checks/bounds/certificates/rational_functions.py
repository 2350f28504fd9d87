"""Terms of one variable as rational functions, with one root or none, and a formula as a question about signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from operator import itemgetter

from flint import fmpq, fmpq_poly

from proofs_checks.bounds.certificates.quotients import MAX_DEGREE, NotRationalError, Quotient
from proofs_checks.bounds.certificates.surds import Guard, Surd, inverted, rooted, sign_test
from w2s_theory.terms.tree import All, Any, Atom, Formula, Head, Sign, Term, rational

MAX_CASES = 64


@dataclass(frozen=True)
class Case:
    """A term equals `value` where all the guards hold."""

    guards: tuple[Guard, ...]
    value: Surd


def quotient(term: Term, variable: str) -> Quotient:
    """Return a term that is one quotient of polynomials wherever it is defined; raises NotRationalError for others."""
    found = cases(term, variable)
    if len(found) != 1 or found[0].guards or not found[0].value.is_plain:
        raise NotRationalError("not one quotient")
    return found[0].value.plain


def cases(term: Term, variable: str) -> tuple[Case, ...]:
    """Return cases that together cover every point where the term is defined; abs, min, max and roots make several.

    Raises NotRationalError for two different roots, exponentials and what else is no such function.
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
        return [Case((), Surd(Quotient.of(fmpq(node.value.numerator, node.value.denominator))))]
    if node.head == Head.VARIABLE and node.value == variable:
        return [Case((), Surd(Quotient.of(0, 1)))]
    arguments = [visit(node.args[0])] if node.head == Head.POWER else [visit(part) for part in node.args]
    if node.head not in (Head.SUM, Head.PRODUCT, Head.QUOTIENT, Head.POWER, "abs", "min", "max", "sqrt"):
        raise NotRationalError(str(node.head))
    if prod(map(len, arguments)) > MAX_CASES:
        raise NotRationalError(f"more than {MAX_CASES} cases")
    return [
        Case((*(guard for case in choice for guard in case.guards), *guards), value)
        for choice in product(*arguments)
        for guards, value in _apply(node, [case.value for case in choice])
    ]


def _apply(node: Term, values: list[Surd]) -> Iterable[tuple[tuple[Guard, ...], Surd]]:
    match node.head:
        case Head.SUM:
            return [((), values[0] + values[1])]
        case Head.PRODUCT:
            return [((), values[0] * values[1])]
        case Head.QUOTIENT:
            return [(guards, values[0] * inverse) for guards, inverse in inverted(values[1])]
        case Head.POWER:
            return _power(values[0], rational(node.args[1]))
        case "sqrt":
            return rooted(values[0])
        case "abs":
            return [
                ((Guard(values[0], Sign.GE.signs),), values[0]),
                ((Guard(values[0], Sign.LT.signs),), -values[0]),
            ]
        case _:
            signs = (Sign.LE if node.head == "min" else Sign.GE).signs
            return [
                (tuple(Guard(value + -other, signs) for other in values if other is not value), value)
                for value in values
            ]


def _power(base: Surd, exponent: Fraction | None) -> Iterable[tuple[tuple[Guard, ...], Surd]]:
    if exponent is None or exponent.denominator not in (1, 2) or abs(exponent.numerator) > MAX_DEGREE:
        raise NotRationalError(f"exponent {exponent}")
    bases = [((), base)] if exponent.denominator == 1 else rooted(base)
    for guards, value in bases:
        found = value.power(abs(exponent.numerator))
        if exponent >= 0:
            yield guards, found
        else:
            for more, inverse in inverted(found):
                yield (*guards, *more), inverse


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
        return sign_test(guard, self._sign_of)

    def _sign_of(self, polynomial: fmpq_poly) -> Callable[[Signs], int]:
        key = tuple(polynomial.coeffs())
        if key not in self._known:
            self._known[key] = len(self.polynomials)
            self.polynomials.append(polynomial)
        return itemgetter(self._known[key])
