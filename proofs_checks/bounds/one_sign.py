"""A search for changes of variables that leave a constraint with coefficients of one sign."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations, product

from flint import fmpq, fmpq_mpoly

from proofs_checks.bounds.certificates.coefficients import Coefficients, contradicts
from proofs_checks.bounds.certificates.constraints import Constraints, NotPolynomialError, constraints_of
from proofs_checks.bounds.problem import Empty, Problem

MOST_LINKS = 4
MOST_TRIES = 600


def find_coefficients(problem: Problem, deadline: float) -> Empty | None:
    """Return that a problem is empty, with the steps that show it; None if none of those that were tried does."""
    try:
        constraints = constraints_of(problem)
    except NotPolynomialError:
        return None
    targets = [place for place, item in enumerate(constraints.positive) if not _is_affine(item.polynomial)]
    for number, steps in enumerate(_changes(constraints)):
        if number >= MOST_TRIES or time.monotonic() > deadline:
            return None
        for target in targets[::-1]:
            certificate = Coefficients(steps, target)
            if contradicts(constraints, certificate):
                return Empty(certificate)
    return None


def _is_affine(polynomial: fmpq_mpoly) -> bool:
    return bool(polynomial.total_degree() <= 1)


def _changes(constraints: Constraints) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield steps for every variable: a few by links between variables, the others by their lower bounds."""
    count = len(constraints.context.gens())
    bounds: dict[int, int] = {}
    links: list[list[tuple[int, int]]] = []
    for place, item in enumerate(constraints.positive):
        if not _is_affine(item.polynomial):
            continue
        slopes = _slopes(item.polynomial, count)
        rising = [x for x, slope in slopes.items() if slope > 0]
        if len(slopes) == 1 and rising:
            better = rising[0] not in bounds or item.strict
            bounds[rising[0]] = place if better else bounds[rising[0]]
        elif rising:
            links.append([(x, place) for x in rising])
    for size in range(min(MOST_LINKS, len(links)) + 1):
        for chosen in combinations(links, size):
            for steps in product(*chosen):
                linked = {x for x, _ in steps}
                others = [x for x in range(count) if x not in linked]
                if len(linked) == size and all(x in bounds for x in others):
                    # A bound of one variable must not mention another that is replaced later.
                    yield (*((x, bounds[x]) for x in others), *steps)


def _slopes(polynomial: fmpq_mpoly, count: int) -> dict[int, fmpq]:
    found: dict[int, fmpq] = {}
    for x in range(count):
        slope = polynomial.derivative(x)
        if not slope.is_zero():
            found[x] = slope.leading_coefficient()
    return found
