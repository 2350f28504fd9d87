"""Checks, falsifiers and tie for the exact limit of chains of students.

Claim: sharp.bootstrap.
"""

from __future__ import annotations

from dataclasses import replace

import sympy
from scipy.optimize import brentq
from sympy import Ge, Rational

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.drawn.strategies import Chain, chains
from proofs_checks.drawn.student_chains import CHAIN_DOMAIN, ROUNDING_ALLOWANCE, SMALLEST_BOUND, report
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.bootstrapping import BOOTSTRAPPING, CHAIN_LIMIT, SMALL_LOSS_RATIO, detour
from w2s_theory.geometry.shrinkage import tight_chain
from w2s_theory.notation.symbols import L_ST, L_TE, STEPS

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
    replacing={CHAIN_LIMIT(STEPS, L_TE): CHAIN_LIMIT(STEPS - 1, L_TE)},
)

register_derivation(BOOTSTRAPPING, rejects=(ONE_STUDENT_MORE,))


@check(BOOTSTRAPPING, Tier.DECISION, "z3 on the rational tight curve", rejects=(ONE_STUDENT_MORE,))
def small_loss_ratio(claim: Claim, context: Context) -> Finding:
    """Decide that L*/L_TE^2 is within 1/50 of the claimed limit for all tau up to 1/50, for chains of 1 to 4."""
    limit = claim.relation("small-losses").rhs.subs(detour, 0)
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
    claimed_steps = claim.relation("chain-limit").rhs.args[0]
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
    theories=("inner_product", "right_limit", "shrinkage", "chains", "chain_limit"),
    naturals={STEPS: "n"},
    names={
        L_TE: "loss target teacher",
        L_ST: "loss target student",
        detour: "y",
        CHAIN_LIMIT(STEPS, L_TE): "chain_limit n (loss target teacher)",
        CHAIN_LIMIT(STEPS - 1, L_TE): "chain_limit (n - 1) (loss target teacher)",
    },
    parts={
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
