"""The decision procedure for rational functions of one variable: all roots isolated, all rows of signs read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import fmpq_poly, fmpz_poly

from proofs_checks.bounds.certificates.quotients import NotRationalError
from proofs_checks.bounds.certificates.rational_functions import Question
from proofs_checks.bounds.certificates.sign_table import (
    Product,
    SignTable,
    has_integer,
    intervals,
    signs_at,
    signs_between,
)
from proofs_checks.bounds.line.roots import GaveUpError, Irrational, isolate, root
from proofs_checks.bounds.line.simplest import simplest
from proofs_checks.bounds.problem import Empty, End, Found, Problem
from w2s_theory.terms.tree import Term, number

MAX_PIECES = 4000

_Point = Fraction | Irrational
_Run = tuple[_Point | None, _Point | None]


def decide(problem: Problem, deadline: float | None = None, pieces: int = MAX_PIECES) -> Empty | Found | None:
    """Return whether a problem in one variable has a point, with a sign table or the point.

    None if a term is no rational function with rational coefficients, or after more than `pieces` pieces, or past the
    deadline (of `time.monotonic`). A point is rational, of least denominator in its interval, where there is such.
    """
    if len(problem.box) != 1:
        return None
    ((name, (low, high)),) = problem.box.items()
    whole = name in problem.integers
    if low is not None and high is not None and low > high:
        return Empty(SignTable(name, (), (), ()))
    question = Question()
    try:
        holds = question.read(problem.formula, name)
        factors, products = _factored(question.polynomials)
        cuts = isolate(factors, low, high, whole, pieces, deadline)
    except (NotRationalError, GaveUpError):
        return None

    def true_at(signs: Sequence[int]) -> bool:
        return holds([product.sign(signs) for product in products])

    points, runs = _true(factors, intervals(low, high, cuts) or [], cuts, true_at, whole)
    found = _choose(points, runs, whole)
    if found is not None:
        return Found({name: found})
    table = tuple(tuple(int(c) for c in factor.numer().coeffs()) for factor in factors)
    return Empty(SignTable(name, table, products, cuts))


def _factored(polynomials: Sequence[fmpq_poly]) -> tuple[list[fmpq_poly], tuple[Product, ...]]:
    """Return the distinct irreducible factors of polynomials, and each polynomial as a product of them."""
    places: dict[tuple[int, ...], int] = {}
    factors: list[fmpq_poly] = []
    products: list[Product] = []
    for polynomial in polynomials:
        whole = fmpz_poly(polynomial.numer())
        content, found = whole.factor() if polynomial else (0, [])
        powers = []
        for factor, exponent in found:
            key = tuple(int(c) for c in factor.coeffs())
            if key not in places:
                places[key] = len(factors)
                factors.append(fmpq_poly(factor))
            powers.append((places[key], int(exponent)))
        products.append(Product(Fraction(int(content), int(polynomial.denom())), tuple(powers)))
    return factors, tuple(products)


def _true(
    factors: Sequence[fmpq_poly],
    pieces: Sequence[tuple[End, End]],
    cuts: Sequence[Fraction],
    true_at: Callable[[Sequence[int]], bool],
    whole: bool,
) -> tuple[list[_Point], list[_Run]]:
    """Return the points and the longest open intervals of the line at which a formula is true."""
    row: list[
        tuple[_Point | None, bool]
    ] = []  # points in order, each with the truth of the open interval after it
    points: list[_Point] = []

    def add(point: _Point | None, here: bool, after: bool) -> None:
        if here and point is not None:
            points.append(point)
        row.append((point, after))

    for start, stop in pieces:
        here = start is not None and true_at(signs_at(factors, start))
        signs = None if whole and not has_integer(start, stop) else signs_between(factors, start, stop)
        truths = [true_at(item) for item in signs or ()] or [False]
        add(start, here, truths[0])
        if len(truths) == 3 and signs:
            factor = factors[signs[1].index(0)]
            add(root(factor, start, stop), truths[1], truths[2])
    last = pieces[-1][1] if pieces else cuts[-1]
    if last is not None:
        add(last, true_at(signs_at(factors, last)), False)
    else:
        row.append((None, False))
    runs: list[_Run] = []
    held = set(map(id, points))
    for (point, after), (stop_at, _) in pairwise(row):
        if after and runs and runs[-1][1] is point and id(point) in held:
            runs[-1] = (runs[-1][0], stop_at)
        elif after:
            runs.append((point, stop_at))
    return points, runs


def _choose(points: Sequence[_Point], runs: Sequence[_Run], whole: bool) -> Term | None:
    """Return the simplest of the rational numbers, or an irrational point if there are none."""
    rational = [point for point in points if isinstance(point, Fraction)]
    if whole:
        rational = [point for point in rational if point.denominator == 1]
    for low, high in runs:
        start, stop = _after(low), _before(high)
        if not whole or has_integer(start, stop):
            rational.append(simplest(start, stop))
    if rational:
        return number(min(rational, key=lambda value: (value.denominator, abs(value), value < 0)))
    roots = [] if whole else [point for point in points if isinstance(point, Irrational)]
    if not roots:
        return None
    return roots[0].as_term()


def _after(point: _Point | None) -> End:
    return point.narrowed()[1] if isinstance(point, Irrational) else point


def _before(point: _Point | None) -> End:
    return point.narrowed()[0] if isinstance(point, Irrational) else point
