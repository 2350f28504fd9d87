"""z3's answer to a problem, with its effort limited by a count that no other work on the machine can change."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import z3

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.replies import Reply, Said
from proofs_checks.bounds.solvers.roots import root_between
from proofs_checks.bounds.solvers.translation import Translation
from w2s_theory.terms.tree import Term, number

_DIGITS = (1, 3, 6, 20, 60, 200)


def ask_z3(problem: Problem, units: int, deadline: float, *, whole: bool = True) -> Reply:
    """Return z3's answer after at most `units` of its `rlimit`; none after the deadline of `time.monotonic()`.

    Without `whole`, integer variables are real numbers. Raises NotAlgebraic.
    """
    translation = Translation(problem, whole=whole)
    assertions = translation.everything()
    context = translation.context
    mixed = whole and bool(problem.integers)
    solver = z3.Solver(ctx=context) if mixed else z3.SolverFor("QF_NRA", ctx=context)
    solver.set("rlimit", units)
    solver.set("timeout", max(1, int(1000 * (deadline - time.monotonic()))))
    solver.add(*assertions)
    try:
        result = solver.check()
    except z3.Z3Exception:
        return Reply(Said.UNKNOWN)
    if result == z3.unsat:
        return Reply(Said.UNSAT)
    if result != z3.sat:
        return Reply(Said.UNKNOWN)
    model = solver.model()
    values = {
        name: _exact(model.eval(variable, model_completion=True))
        for name, variable in translation.variables.items()
    }
    return Reply(Said.SAT, {name: value for name, value in values.items() if value is not None})


def _exact(value: Any) -> Term | None:
    if z3.is_rational_value(value):
        return number(value.as_fraction())
    if not z3.is_algebraic_value(value):
        return None
    coefficients = [Fraction(str(item)) for item in value.poly()]
    for digits in _DIGITS:
        error = Fraction(2, 10**digits)
        near = round(value.approx(digits).as_fraction(), digits)
        found = root_between(coefficients, near - error, near + error)
        if found is not None:
            return found
    return None
