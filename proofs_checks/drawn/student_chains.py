"""Property checks over actual teachers and students: lower bounds on L_ST, asserted on every drawn chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy
from flint import arb
from hypothesis.strategies import SearchStrategy
from sympy import Expr

from proofs_checks.drawn.strategies import Chain
from proofs_checks.evidence import Finding, Verdict
from proofs_checks.methods.search import SearchResult, Trial, find_counterexample
from proofs_checks.registry import Context
from w2s_theory.balls import ball, precision
from w2s_theory.notation.symbols import L_TE

ROUNDING_ALLOWANCE = 1e-10
SMALLEST_BOUND = 1e-6
_RULES = "gradient flow, gradient descent, ridge, spectral cut-off, lasso, norm ball"
_ROUNDING = (
    f"bounds above {SMALLEST_BOUND:g}; rounding allowance {ROUNDING_ALLOWANCE:g}, "
    "suspects re-checked in ball arithmetic"
)
DOMAIN = f"students in 2 to 5 dimensions by {_RULES}; {_ROUNDING}"
SPECTRAL_DOMAIN = f"students in 2 to 5 dimensions by spectral filters; {_ROUNDING}"
FLOW_DOMAIN = f"gradient-flow students in 2 to 5 dimensions; {_ROUNDING}"
RESCALED_DOMAIN = (
    f"students in 2 to 5 dimensions, turned freely and scaled to at most the teacher's norm; {_ROUNDING}"
)
CHAIN_DOMAIN = f"chains in the plane, each link by one of {_RULES}; {_ROUNDING}"


def search_students(
    bounds: Sequence[Expr], chains: SearchStrategy[Chain], context: Context, domain: str = DOMAIN
) -> Finding:
    """Search the drawn chains for a student whose loss is below one of `bounds`, steered toward the bound."""
    evaluators = [sympy.lambdify(L_TE, bound, "math") for bound in bounds]

    def examine(chain: Chain) -> Trial:
        teacher_loss, student_loss = chain.losses()
        limits = [evaluate(min(max(teacher_loss, 0.0), 1.0)) for evaluate in evaluators]
        if min(limits) < SMALLEST_BOUND:
            return Trial(())
        closeness = tuple(-student_loss / limit for limit in limits)
        return Trial(closeness, student_loss < max(limits) - ROUNDING_ALLOWANCE)

    found = find_counterexample(
        chains, examine, lambda chain: _breaks(bounds, chain), examples=context.examples, seed=context.seed
    )
    return report(found, "L_ST / bound", lambda chain: _witness(bounds, chain), domain)


def report(
    found: SearchResult[Chain], ratio: str, describe: Callable[[Chain], dict[str, str]], domain: str
) -> Finding:
    """Return the finding of a search whose closeness is minus a ratio that a bound keeps at 1 or more."""
    if found.counterexample is not None:
        return Finding(
            Verdict.REFUTED,
            f"counterexample after {found.cases} students",
            domain,
            describe(found.counterexample),
        )
    return Finding(
        Verdict.SUPPORTED,
        f"{found.cases} students, none below the bound; the closest had {ratio} = {-found.closest:.6f}",
        domain,
    )


def _breaks(bounds: Sequence[Expr], chain: Chain) -> bool:
    with precision(200):
        teacher_loss, student_loss = chain.ball_losses()
        return any(bool(student_loss < _at(bound, teacher_loss)) for bound in bounds)


def _at(bound: Expr, teacher_loss: arb) -> arb:
    return ball(bound, {L_TE: teacher_loss})


def _witness(bounds: Sequence[Expr], chain: Chain) -> dict[str, str]:
    with precision(200):
        teacher_loss, student_loss = chain.ball_losses()
        limits = [_at(bound, teacher_loss) for bound in bounds]
        shown = {"L_TE": teacher_loss, "L_ST": student_loss}
        shown |= {f"bound {bound}": limit for bound, limit in zip(bounds, limits, strict=True)}
        return {**chain.describe(), **{name: value.str(15, radius=False) for name, value in shown.items()}}
