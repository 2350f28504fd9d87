"""The engines that settle a problem, in the order in which they are tried. Each has a budget that does not depend on load.

What they find is re-checked before it counts: a point by exact numbers, a certificate by its checker.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from proofs_checks.bounds.certificates import numbers
from proofs_checks.bounds.certificates.numbers import Numbers
from proofs_checks.bounds.certificates.recheck import check
from proofs_checks.bounds.certificates.reduced import Reduced
from proofs_checks.bounds.cover import cover, middle
from proofs_checks.bounds.line import cover as line_cover
from proofs_checks.bounds.line import polynomials
from proofs_checks.bounds.one_sign import find_coefficients
from proofs_checks.bounds.parts import cores, parts
from proofs_checks.bounds.problem import Answer, Certificate, Empty, Found, Problem, satisfies
from proofs_checks.bounds.reductions import completed, reduced
from proofs_checks.bounds.solvers.solve import Effort, OneSolver, solve
from proofs_checks.bounds.squares.find import find_squares
from w2s_theory.terms import tree
from w2s_theory.terms.tree import Term, conjuncts

EFFORTS = range(4)
"""How hard to try: quick engines on every chart come before slow ones on any, certificates before the word of solvers."""
BOXES, BOXES_OF_MANY = (40, 0, 400, 3000), (2, 0, 20, 400)
"""How many boxes a cover may have: few where there are more than MANY_COORDINATES to cut."""
PIECES = (60, 400, 400, 4000)
MANY_COORDINATES = 4
SOLVERS = (None, None, Effort(300_000, 3.0, False), Effort(3_000_000, 4.0, True))

CORE = 2
"""Coordinates of a part that is asked about alone by sums of squares."""

Engine = Callable[[Problem, float], Answer]


class WrongAnswer(Exception):
    """An engine's answer did not stand up to its checker: a fault of the program, never of the user."""


def settle(problem: Problem, effort: int, deadline: float) -> Empty | Found | None:
    """Return whether a point satisfies the problem's formula, with a certificate or the point; None if not settled.

    `effort` is one of EFFORTS. Raises WrongAnswer where a certificate does not check.
    """
    steps, rest = reduced(problem)
    everything = conjuncts(rest.formula)

    def empty(part: Problem, certificate: Certificate) -> Empty:
        places = tuple(everything.index(formula) for formula in conjuncts(part.formula))
        return Empty(Reduced(steps, places, certificate))

    if effort <= 1:
        for core in cores(rest):
            if effort == 1 and (len(core.box) != CORE or not _is_polynomial(core)):
                continue
            answer = _settle_part(core, effort, deadline)
            if isinstance(answer, Empty):
                return empty(core, answer.certificate)
    point: dict[str, Term] = {name: tree.number(middle(*ends)) for name, ends in rest.box.items()}
    open_parts = False
    for part in parts(rest):
        answer = _settle_part(part, effort, deadline)
        if isinstance(answer, Empty):
            return empty(part, answer.certificate)
        if answer is None:
            open_parts = True
        else:
            point |= answer.point
    if open_parts:
        return None
    point = completed(steps, point)
    return Found(point) if satisfies(problem, point) else None


def _settle_part(problem: Problem, effort: int, deadline: float) -> Answer:
    for engine in _engines(problem, effort):
        if time.monotonic() > deadline:
            return None
        answer = engine(problem, deadline)
        if isinstance(answer, Empty) and not check(problem, answer.certificate):
            raise WrongAnswer(f"the certificate {answer.certificate.kind} does not check")
        if isinstance(answer, Empty) or (isinstance(answer, Found) and satisfies(problem, answer.point)):
            return answer
    return None


def _engines(problem: Problem, effort: int) -> list[Engine]:
    if len(problem.box) == 0:
        return [_comparing, _covering(1)]
    if len(problem.box) == 1:
        quick = [polynomials.decide] if effort == 0 else []
        asking = [_asking(effort)] if SOLVERS[effort] else []
        along = [_along_line(effort)] if PIECES[effort] not in PIECES[:effort] else []
        return [*quick, *asking, *along]
    boxes = BOXES[effort] if len(problem.box) <= MANY_COORDINATES else BOXES_OF_MANY[effort]
    match effort:
        case 0:
            return [_covering(boxes)]
        case 1:
            return [find_coefficients, find_squares]
        case _:
            return [_asking(effort), _covering(boxes)]


def _is_polynomial(problem: Problem) -> bool:
    terms = (side for atom in tree.atoms(problem.formula) for side in (atom.left, atom.right))
    return not any(node.head in tree.FUNCTIONS for term in terms for node in tree.subterms(term))


def _comparing(problem: Problem, deadline: float) -> Answer:
    certificate = Numbers()
    return Empty(certificate) if numbers.check(problem, certificate) else None


def _along_line(effort: int) -> Engine:
    def engine(problem: Problem, deadline: float) -> Answer:
        if problem.integers:
            return cover(problem, BOXES[effort], deadline)
        return line_cover.decide(problem, deadline, PIECES[effort])

    return engine


def _asking(effort: int) -> Engine:
    def engine(problem: Problem, deadline: float) -> Answer:
        found = solve(problem, deadline, SOLVERS[effort])
        return None if isinstance(found, OneSolver) else found

    return engine


def _covering(boxes: int) -> Engine:
    def engine(problem: Problem, deadline: float) -> Answer:
        return cover(problem, boxes, deadline)

    return engine
