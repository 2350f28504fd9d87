"""Two solvers asked about one problem: its emptiness rests on both, and a point that one names is exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.metadata import version
from itertools import product
from math import ceil, floor

from proofs_checks.bounds.certificates.solvers_word import SolversWord
from proofs_checks.bounds.problem import Empty, Found, Problem
from proofs_checks.bounds.solvers.ask_cvc5 import ask_cvc5
from proofs_checks.bounds.solvers.ask_z3 import ask_z3
from proofs_checks.bounds.solvers.constants import NotAlgebraic
from proofs_checks.bounds.solvers.facts import relaxed
from proofs_checks.bounds.solvers.replies import Said
from w2s_theory.terms import exact
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.tree import Term, number, rational, substituted

MOST_NEARBY = 64


@dataclass(frozen=True)
class Effort:
    """How much a problem is worth: units of z3's `rlimit` for each question, seconds of CPU time for each try of cvc5.

    `cvc5_also_finds` says whether cvc5 is asked for a point where z3 has no answer.
    """

    z3_units: int = 300_000
    cvc5_seconds: float = 2.0
    cvc5_also_finds: bool = True


@dataclass(frozen=True)
class OneSolver:
    """One solver says that the problem is empty, and the other cannot tell: no proof."""

    solver: str


def solve(
    problem: Problem, deadline: float, effort: Effort | None = None
) -> Empty | Found | OneSolver | None:
    """Return that the problem is empty, a point that solves it, or None where no solver can tell.

    A point is right as far as its solver is, except that pi, exp(2) and the like stood for numbers close to them.
    The deadline is one of `time.monotonic()`. Within the deadline the answer depends on z3's effort, and on the CPU time of
    cvc5, which does not count its work.
    """
    effort = effort or Effort()
    try:
        return _solve(problem, deadline, effort)
    except (NotAlgebraic, RecursionError):
        return None


def _solve(problem: Problem, deadline: float, effort: Effort) -> Empty | Found | OneSolver | None:
    with_facts = relaxed(problem)
    over_reals = _ask(with_facts, deadline, effort, whole=False)
    if with_facts is not problem:
        return _with_facts(over_reals) if isinstance(over_reals, Empty) else _no_point(over_reals)
    if not isinstance(over_reals, Found) or not problem.integers:
        return over_reals
    return next(_whole_points(problem, over_reals.point, deadline, effort), None) or _ask(
        problem, deadline, effort, whole=True
    )


def _with_facts(empty: Empty) -> Empty:
    word = empty.certificate
    return Empty(replace(word, facts=True)) if isinstance(word, SolversWord) else empty


def _no_point(found: Found | OneSolver | None) -> OneSolver | None:
    return None if isinstance(found, Found) else found


def _ask(
    problem: Problem, deadline: float, effort: Effort, *, whole: bool
) -> Empty | Found | OneSolver | None:
    first = ask_z3(problem, effort.z3_units, deadline, whole=whole)
    if first.said is Said.SAT:
        return Found(first.point) if len(first.point) >= len(problem.box) else None
    if first.said is Said.UNKNOWN and not effort.cvc5_also_finds:
        return None
    second = ask_cvc5(problem, effort.cvc5_seconds, deadline, whole=whole)
    match first.said, second.said:
        case Said.UNSAT, Said.UNSAT:
            return Empty(SolversWord(z3=version("z3-solver"), cvc5=version("cvc5")))
        case Said.UNSAT, Said.UNKNOWN:
            return OneSolver("z3")
        case Said.UNKNOWN, Said.UNSAT:
            return OneSolver("cvc5")
        case Said.UNKNOWN, Said.SAT if len(second.point) >= len(problem.box):
            return Found(second.point)
    return None


def _whole_points(
    problem: Problem, near: Mapping[str, Term], deadline: float, effort: Effort
) -> Iterator[Found]:
    """Yield solutions with integers around a point, and around its multiples, where the formula scales."""
    names = sorted(problem.integers & set(problem.box))
    tried: set[tuple[int, ...]] = set()
    for scale in (1, 2, 10):
        around = [_around(near[name], scale) for name in names]
        for whole in product(*around):
            if whole in tried or len(tried) >= MOST_NEARBY:
                continue
            tried.add(whole)
            values = {name: number(value) for name, value in zip(names, whole, strict=True)}
            rest = {name: ends for name, ends in problem.box.items() if name not in values}
            if not all(_inside(problem, name, value) for name, value in zip(names, whole, strict=True)):
                continue
            found = ask_z3(
                Problem(rest, substituted(problem.formula, values)), effort.z3_units // 10, deadline
            )
            if found.said is Said.SAT and len(found.point) >= len(rest):
                yield Found({**found.point, **values})


def _inside(problem: Problem, name: str, value: int) -> bool:
    low, high = problem.box[name]
    return (low is None or low <= value) and (high is None or value <= high)


def _around(value: Term, scale: int) -> tuple[int, ...]:
    whole = rational(value)
    if whole is None:
        whole = _middle(value)
    return tuple(dict.fromkeys((floor(scale * whole), ceil(scale * whole))))


def _middle(value: Term) -> Fraction:
    return fraction_of(exact.ball(value, 64).mid())
