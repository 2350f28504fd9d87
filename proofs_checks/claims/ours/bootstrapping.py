"""Checks, falsifiers and tie for the exact limit of chains of students.

Claim: sharp.bootstrap.
"""

from __future__ import annotations

from dataclasses import replace

import sympy
from scipy.optimize import brentq
from sympy import Ge, Limit, Rational

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.drawn.strategies import Chain, chains
from proofs_checks.drawn.student_chains import CHAIN_DOMAIN, ROUNDING_ALLOWANCE, SMALLEST_BOUND, report
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.reading import least_of, most_of, value_of
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.bootstrapping import (
    BOOTSTRAPPING,
    CHAIN_LIMIT,
    LOWER_BOUND,
    SMALL_LOSS_RATIO,
    attained,
    detour,
    detour_ratio,
)
from w2s_theory.geometry.shrinkage import tight_chain
from w2s_theory.notation.symbols import CORRELATION_ANGLE as THETA
from w2s_theory.notation.symbols import L_ST, L_TE, STEPS
from w2s_theory.relations import at_least

SMALLEST_TAU = Rational(1, 50)
LIMIT_TOLERANCE = Rational(1, 50)
CHAIN_LENGTHS = (2, 3)

ONE_STUDENT_MORE = wrong(
    BOOTSTRAPPING,
    "limit ((1 + 1/n)/2)^2 with n + 1 in place of n",
    part="small-losses",
    replacing={SMALL_LOSS_RATIO: SMALL_LOSS_RATIO.subs(STEPS, STEPS + 1)},
)
ONE_STUDENT_LESS = wrong(
    BOOTSTRAPPING,
    "a chain of n students obeys the limit of n - 1",
    part="chain-limit",
    replacing={
        BOOTSTRAPPING.relation("chain-limit"): at_least(L_ST, CHAIN_LIMIT(STEPS - 1, L_TE)),
    },
)

ATTAINED_BY_ONE_LESS = wrong(
    BOOTSTRAPPING,
    "a chain of n students attains the limit of n + 1",
    part="attained",
    replacing={attained: at_least(CHAIN_LIMIT(STEPS + 1, L_TE), LOWER_BOUND)},
)

register_derivation(BOOTSTRAPPING, rejects=(ONE_STUDENT_MORE,))


@check(BOOTSTRAPPING, Tier.DECISION, "z3 on the rational tight curve", rejects=(ONE_STUDENT_MORE,))
def small_loss_ratio(claim: Claim, context: Context) -> Finding:
    """Decide that L*/L_TE^2 is within 1/50 of the claimed limit for all tau up to 1/50, for chains of 1 to 4."""
    limit = value_of(claim, "small-losses", Limit(detour_ratio, THETA, 0)).subs(detour, 0)
    tau = tight_chain(1).tau
    parts = []
    for steps in range(1, 5):
        curve = tight_chain(steps)
        gap = sympy.cancel(curve.student_loss / curve.teacher_loss**2) - limit.subs(STEPS, steps)
        parts += [Ge(LIMIT_TOLERANCE, gap), Ge(gap, -LIMIT_TOLERANCE)]
    domain = f"n = 1, ..., 4; 0 < tau <= {SMALLEST_TAU}, where L_TE is about n^2 tau^2"
    found = decide_in_coordinates(parts, {}, (tau > 0, tau <= SMALLEST_TAU), domain, context.seconds)
    return replace(
        found,
        covers="the small-loss limit to within 1/50, for n = 1, ..., 4",
        parts=claim.ids("small-losses"),
    )


@check(BOOTSTRAPPING, Tier.PROPERTY, "Hypothesis over chains of students", rejects=(ONE_STUDENT_LESS,))
def chains_against_their_limit(claim: Claim, context: Context) -> Finding:
    """Search chains of 2 and of 3 students in the plane, where the best ones live, for one below the exact limit."""
    claimed_steps = least_of(claim, "chain-limit", L_ST).args[0]
    findings = []
    for steps in CHAIN_LENGTHS:
        curve = ChainLimit(int(claimed_steps.subs(STEPS, steps)))
        found = find_counterexample(
            chains(steps, largest_dimension=2),
            curve.examine,
            curve.confirm,
            examples=context.examples // 2,
            seed=context.seed + steps,
        )
        findings.append(report(found, f"L_ST / L*({curve.steps}, L_TE)", Chain.describe, CHAIN_DOMAIN))
    refuted = [finding for finding in findings if finding.verdict is Verdict.REFUTED]
    summary = "; ".join(finding.summary for finding in findings)
    if refuted:
        return refuted[0]
    covers = "chains of 2 and 3 students"
    return replace(findings[0], summary=summary, covers=covers, parts=claim.ids("chain-limit"))


@check(
    BOOTSTRAPPING, Tier.PROPERTY, "best chains, walked in exact arithmetic", rejects=(ATTAINED_BY_ONE_LESS,)
)
def walked_chains(claim: Claim, _context: Context) -> Finding:
    """Walk the best chains of 1 to 4 students at rational tau, and compare their loss, which no chain is below, with L*."""
    claimed_steps = most_of(claim, "attained", LOWER_BOUND).args[0]
    domain = "n = 1, ..., 4; the best chain in the plane at 8 rational tau each; exact rationals"
    for steps in range(1, 5):
        limit = ChainLimit(int(claimed_steps.subs(STEPS, steps)))
        curve = tight_chain(steps)
        for part in range(1, 9):
            tau = Rational(sympy.floor(1000 * curve.end.evalf()) * part, 9000)
            teacher_loss, least = (
                each.subs(curve.tau, tau) for each in (curve.teacher_loss, curve.student_loss)
            )
            walked = _walked_loss(steps, tau)
            if walked != least:
                return Finding(
                    Verdict.UNDECIDED, f"the chain of {steps} at tau = {tau} is not the best", domain
                )
            above = Rational(sympy.ceiling(limit.tau(float(teacher_loss)) * 10**9) + 1, 10**9)
            worse, reached = (
                each.subs(curve.tau, above) for each in (limit.curve.teacher_loss, limit.curve.student_loss)
            )
            if limit.steps != steps and worse >= teacher_loss and reached < walked:
                witness = {
                    "n": str(steps),
                    "L_TE": str(teacher_loss),
                    "least": str(least),
                    "claimed below": str(reached),
                }
                return Finding(Verdict.REFUTED, "no chain of n students gets there", domain, witness)
    return Finding(
        Verdict.SUPPORTED,
        "32 chains attain the limit",
        domain,
        covers="attainment",
        parts=claim.ids("attained"),
    )


def _walked_loss(steps: int, tau: Rational) -> Rational:
    """Return the loss of the last student of the best chain, each turned from its teacher and shrunk by the turn."""
    curve = tight_chain(steps)
    x, y, right, up = (each.subs(curve.tau, tau) for each in (*curve.teacher, *curve.turn))
    for _ in range(steps):
        turned = (x * right - y * up, x * up + y * right)
        if turned[0] * x + turned[1] * y < turned[0] ** 2 + turned[1] ** 2:
            raise ValueError(f"a student that is not shrinkage optimal, at tau = {tau}")
        x, y = turned
    return (1 - x) ** 2 + y**2


class ChainLimit:
    """The exact limit L*(n, L) as a function of the teacher's loss L in (0, 1), by inverting the tight curve."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.curve = tight_chain(steps)
        self._teacher_loss = sympy.lambdify(self.curve.tau, self.curve.teacher_loss, "math")
        self._student_loss = sympy.lambdify(self.curve.tau, self.curve.student_loss, "math")

    def tau(self, teacher_loss: float) -> float:
        """Return the curve's parameter at a teacher's loss."""
        end = float(self.curve.end)
        return float(brentq(lambda tau: self._teacher_loss(tau) - teacher_loss, 0.0, end, xtol=1e-15))

    def examine(self, chain: Chain) -> Trial:
        """Compare a chain's loss with the limit in floating point."""
        teacher_loss, student_loss = chain.losses()
        if not 1e-9 < teacher_loss < 1 - 1e-9:
            return Trial(())
        limit = self._student_loss(self.tau(teacher_loss))
        if limit < SMALLEST_BOUND:
            return Trial(())
        return Trial((-student_loss / limit,), student_loss < limit - ROUNDING_ALLOWANCE)

    def confirm(self, chain: Chain) -> bool:
        """Return whether the loss is below the curve at a rational tau whose teacher is provably better."""
        tau = Rational(sympy.floor(self.tau(chain.losses()[0]) * 10**12) - 1, 10**12)
        with precision(200):
            teacher_loss, student_loss = chain.ball_losses()
            better, limit = (
                ball(side.subs(self.curve.tau, tau), {})
                for side in (self.curve.teacher_loss, self.curve.student_loss)
            )
            return bool(better <= teacher_loss) and bool(student_loss < limit)


# Tie of sharp.bootstrap to theories/claims/ours/bootstrapping.v.
CHAIN_LIMIT_TIE = Tie(
    BOOTSTRAPPING,
    context="(n : nat) (some : (1 <= n)%nat)",
    theories=("inner_product", "right_limit", "shrinkage", "chains", "chain_limit", "detours"),
    naturals={STEPS: "n"},
    names={
        L_TE: "loss target teacher",
        L_ST: "loss target student",
        detour: "y",
        CHAIN_LIMIT(STEPS, L_TE): "chain_limit n (loss target teacher)",
        CHAIN_LIMIT(STEPS - 1, L_TE): "chain_limit (n - 1) (loss target teacher)",
        CHAIN_LIMIT(STEPS + 1, L_TE): "chain_limit (n + 1) (loss target teacher)",
        LOWER_BOUND: "b",
    },
    parts={
        "attained": Proved(
            "ours.bootstrapping.sharp_bootstrap_limit_is_attained",
            given=(
                "(target teacher : plane) (unit : norm2 target = 1) (fit : least_squares target teacher) (b : R) "
                "(bounds : forall first last : plane, least_squares axis first -> loss axis first = loss target teacher -> "
                "chain n first last -> b <= loss axis last)"
            ),
            refutations=(
                Refutation(
                    ATTAINED_BY_ONE_LESS,
                    "ours.bootstrapping.not_sharp_bootstrap_limit_of_one_student_more_is_attained",
                    {"n": "1", "L_TE": "289/613", "b": "the limit of one student"},
                ),
            ),
        ),
        "chain-limit": Proved(
            "ours.bootstrapping.sharp_bootstrap_chain_limit",
            given=(
                "(V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1) "
                "(fit : least_squares target teacher) (links : chain n teacher student)"
            ),
            refutations=(
                Refutation(
                    ONE_STUDENT_LESS,
                    "ours.bootstrapping.not_sharp_bootstrap_chain_limit_of_one_student_less",
                    {"n": "2", "L_TE": "289/613", "L_ST": "392/3065"},
                ),
            ),
        ),
        "small-losses": Proved(
            "ours.bootstrapping.sharp_bootstrap_small_loss_ratio",
            given="(y : R)",
            refutations=(
                Refutation(
                    ONE_STUDENT_MORE,
                    "ours.bootstrapping.not_sharp_bootstrap_small_loss_ratio_with_n_plus_1",
                    {"n": "1", "y": "0", "limit": "1"},
                ),
            ),
        ),
    },
)

TIES = (CHAIN_LIMIT_TIE,)
