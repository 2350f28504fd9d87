"""The search for sums-of-squares certificates: which identity to try, and how to make its matrices exact."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import comb

from flint import fmpq, fmpq_mpoly

from proofs_checks.bounds.certificates.constraints import Constraints, constraints_of
from proofs_checks.bounds.certificates.squares import Multiple, Reduction, Rule, Square, Squares, check
from proofs_checks.bounds.problem import Empty, Problem
from proofs_checks.bounds.squares.gram import Block, Identity, monomials
from proofs_checks.bounds.squares.rounding import narrowed, rounded
from proofs_checks.bounds.squares.semidefinite import most_positive

MOST_BLOCKS, MOST_ENTRIES = 200, 1200
MOST_ROUNDED, MOST_NARROWED = 900, 250
"""How many entries may be made exact: of a basis of monomials, and of one of their combinations, which takes longer."""
ENTRIES = 3000
MOST_STRICT = 4
INFEASIBLE = 1e-4
HIGHEST_DEGREE = 8
TOLERANCES = (3e-4, 1e-3, 1e-4, 1e-2, 1e-5)
DEEPEST = 4


def find_squares(problem: Problem, deadline: float, entries: int = ENTRIES) -> Empty | None:
    """Return a certificate that the problem is empty; None where none is found.

    The semidefinite programs that are tried have at most so many unknowns together, which takes about a second. The
    deadline is one of `time.monotonic()`.
    """
    search = _Search(constraints_of(problem), deadline, entries)
    try:
        for certificate in search.certificates():
            if check(problem, certificate):
                return Empty(certificate)
    except OverflowError:  # a coefficient has no floating-point number
        return None
    return None


@dataclass(frozen=True)
class _Attempt:
    """What is above 0 at every solution, as numbers of constraints; the variables and degree to use; and whether constraints
    are multiplied by each other.
    """

    above: tuple[int, ...]
    start: fmpq_mpoly
    variables: frozenset[int]
    degree: int
    products: bool


class _Search:
    def __init__(self, constraints: Constraints, deadline: float, entries: int) -> None:
        self._constraints = constraints
        self._deadline = deadline
        self._entries = entries
        self._rules = _rules(constraints)
        self._reduction = Reduction(constraints, self._rules)
        self._highest = {
            rule.variable: constraints.zero[rule.equation].degrees()[rule.variable] for rule in self._rules
        }
        self._normal = [self._reduced(item.polynomial) for item in constraints.positive]

    def certificates(self) -> Iterator[Squares]:
        """Yield certificates, the likeliest identities first."""
        yield from self._contradictions()
        for attempt in self._attempts():
            if self._entries <= 0 or time.monotonic() > self._deadline:
                return
            identity = self._identity(attempt)
            if identity is None:
                continue
            found = self._solved(identity.without_vanishing_diagonals(), DEEPEST)
            if found is not None:
                yield Squares((self._times(_ONE, attempt.above), *found), self._rules)

    def _contradictions(self) -> Iterator[Squares]:
        """Yield the certificates of constraints that are numbers, and false."""
        for number, item in enumerate(self._constraints.positive):
            polynomial = self._normal[number]
            if not polynomial.is_constant():
                continue
            value = Fraction(0) if polynomial.is_zero() else _fraction(polynomial.leading_coefficient())
            if value == 0 and item.strict:
                yield Squares((self._times(_ONE, (number,)),), self._rules)
            elif value < 0:
                yield Squares((self._times(-value, ()), self._times(_ONE, (number,))), self._rules)

    def _times(self, weight: Fraction, factors: tuple[int, ...]) -> Multiple:
        one = (((0,) * self._constraints.context.nvars(), _ONE),)
        return Multiple(factors, (Square(weight, one),))

    def _reduced(self, polynomial: fmpq_mpoly) -> fmpq_mpoly:
        rest = self._reduction.remainder(polynomial)
        if rest is None:
            raise ValueError("the rules do not end")
        return rest

    def _attempts(self) -> Iterator[_Attempt]:
        """Yield attempts by degree, and by how much is above 0: one strict constraint, 1, two strict constraints."""
        strict = [
            number
            for number, item in enumerate(self._constraints.positive)
            if item.strict and not self._normal[number].is_constant()
        ]
        strict.sort(key=lambda number: (self._normal[number].total_degree(), -number))
        single: list[tuple[int, ...]] = [*((number,) for number in strict[:MOST_STRICT]), ()]
        pairs = list(combinations_with_replacement(strict[:MOST_STRICT], 2))
        starts = {above: self._product(above) for above in (*single, *pairs)}
        for degree in range(2, HIGHEST_DEGREE + 1, 2):
            for products, chosen in ((False, single), (True, [*single, *pairs])):
                for above in chosen:
                    start = starts[above]
                    if start.total_degree() <= degree <= max(start.total_degree(), 2) + 3:
                        for variables in self._scopes(start):
                            yield _Attempt(above, start, variables, degree, products)

    def _scopes(self, start: fmpq_mpoly) -> list[frozenset[int]]:
        """Return the variables that equations link to those of a polynomial, and those that constraints do; all for 1."""
        equations = [_variables(equation) for equation in self._constraints.zero]
        groups = [_variables(polynomial) for polynomial in self._normal]
        own = _variables(start)
        if not own:
            return [frozenset().union(*groups)]
        return list(dict.fromkeys((_linked(own, equations), _linked(own, [*equations, *groups]))))

    def _product(self, factors: tuple[int, ...]) -> fmpq_mpoly:
        product = self._constraints.context.constant(1)
        for number in factors:
            product *= self._normal[number]
        return self._reduced(product)

    def _identity(self, attempt: _Attempt) -> Identity | None:
        """Return the identity to try; None where it is too large."""
        usable = [
            number
            for number, polynomial in enumerate(self._normal)
            if not polynomial.is_constant() and _variables(polynomial) <= attempt.variables
        ]
        degrees: dict[tuple[int, ...], int] = {(): 0}
        degrees |= {(number,): self._normal[number].total_degree() for number in usable}
        if attempt.products:
            degrees |= {(i, j): degrees[i,] + degrees[j,] for i, j in combinations(usable, 2)}
        halves = {
            factors: (attempt.degree - degree) // 2
            for factors, degree in degrees.items()
            if degree <= attempt.degree
        }
        count = len(attempt.variables)
        sizes = [comb(count + half, half) for half in halves.values()]
        entries = sum(size * (size + 1) // 2 for size in sizes)
        if len(halves) > MOST_BLOCKS or entries > MOST_ENTRIES:
            return None
        blocks = [
            Block(factors, product, self._basis(attempt.variables, half))
            for factors, half in halves.items()
            if not (product := self._product(factors)).is_zero()
        ]
        return Identity(self._reduction, attempt.start, tuple(blocks))

    def _basis(self, variables: frozenset[int], degree: int) -> tuple[fmpq_mpoly, ...]:
        return monomials(self._constraints, sorted(variables), degree, self._highest)

    def _solved(self, identity: Identity, depth: int) -> list[Multiple] | None:
        """Return exact multiples, by ever smaller bases where matrices must be singular."""
        if self._entries <= 0 or not identity.blocks or time.monotonic() > self._deadline:
            return None
        self._entries -= sum(block.size for block in identity.blocks)
        solution = most_positive(identity)
        if solution is None:
            return None
        matrices, least = solution
        if least < -INFEASIBLE:
            return None
        if sum(block.size for block in identity.blocks) <= (
            MOST_ROUNDED if depth == DEEPEST else MOST_NARROWED
        ):
            found = rounded(identity, matrices)
            if found is not None or depth == 0:
                return found
        largest = max(float(abs(matrix).max()) for matrix in matrices)
        tried = {tuple(len(block.basis) for block in identity.blocks)}
        for tolerance in TOLERANCES:
            blocks = [
                narrow
                for block, matrix in zip(identity.blocks, matrices, strict=True)
                if (narrow := narrowed(block, matrix, tolerance, largest)) is not None
            ]
            sizes = tuple(len(block.basis) for block in blocks)
            if sizes in tried:
                continue
            tried.add(sizes)
            found = self._solved(
                replace(identity, blocks=tuple(blocks)).without_vanishing_diagonals(), depth - 1
            )
            if found is not None:
                return found
        return None


_ONE = Fraction(1)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _variables(polynomial: fmpq_mpoly) -> frozenset[int]:
    return (
        frozenset()
        if polynomial.is_zero()
        else frozenset(x for x, power in enumerate(polynomial.degrees()) if power)
    )


def _linked(found: frozenset[int], groups: Sequence[frozenset[int]]) -> frozenset[int]:
    """Return what groups with a common member link to a set."""
    while True:
        wider = found.union(*(group for group in groups if group & found))
        if wider == found:
            return found
        found = wider


def _rules(constraints: Constraints) -> tuple[Rule, ...]:
    """Return equations to replace powers of variables by, no two of one variable, that raise no degree if possible."""
    options = []
    for number, equation in enumerate(constraints.zero):
        for x in _variables(equation):
            degree = equation.degrees()[x]
            options.append((equation.total_degree() - degree, degree, number, -x))
    found: list[Rule] = []
    for _, _, number, negative in sorted(options):
        rule = Rule(number, -negative)
        if any(number == other.equation or rule.variable == other.variable for other in found):
            continue
        if _replaces(constraints, [*found, rule]):
            found.append(rule)
    return tuple(found)


def _replaces(constraints: Constraints, rules: list[Rule]) -> bool:
    """Return whether the rules apply, and come to an end: no variable is replaced, in the end, by powers of itself."""
    try:
        Reduction(constraints, rules)
    except ValueError:
        return False
    leads_to = {
        rule.variable: _variables(constraints.zero[rule.equation]) - {rule.variable} for rule in rules
    }
    for variable, others in leads_to.items():
        reached: frozenset[int] = frozenset()
        while others - reached:
            reached |= others
            others = frozenset().union(*(leads_to.get(x, frozenset()) for x in reached))  # noqa: PLW2901
        if variable in reached:
            return False
    return True
