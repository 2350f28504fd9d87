"""Ties of bv.three-point, bv.gap-dual, bv.gap-primal, bv.posterior-mean, bv.bias-variance and bv.misfit-split to
`theories/claims/bias_variance/decompositions.v`.

Expectations are over finitely many inputs and, at each of them, finitely many answers of the teacher. An input fixes the
target and the student's answer, so that `centre` is the teacher's dual mean given both, and `posterior_mean` its mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations

from proofs_checks.claims.bias_variance.decompositions import (
    CROSS_TERM_NEGATED,
    DUAL_GAP_IS_MISFIT,
    DUAL_MEAN_FOR_MEAN,
    HALF_THE_SPREAD,
    MEAN_FOR_DUAL_MEAN,
    MISFIT_EXCHANGED,
    NO_CROSS_TERM,
    PRIMAL_GAP_IS_MISFIT,
    REVERSE_MISFIT_EXCHANGED,
    SPLIT_BY_DUAL_MEAN,
    SPLIT_BY_MEAN,
    STUDENT_IS_DUAL_MEAN,
    STUDENT_IS_MEAN,
    STUDENT_IS_NO_MEAN,
    VARIANCE_EXCHANGED,
)
from proofs_checks.registry import Falsifier
from proofs_checks.rocq.ties import Proved, Refutation, Tie
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.decompositions import (
    BIAS_VARIANCE,
    DISTANCE,
    GAP_DUAL,
    GAP_PRIMAL,
    MISFIT_SPLIT,
    POSTERIOR_MEAN_TEACHER,
    SLOPE_MISMATCH,
    SPREAD,
    SQUARED_MISFIT,
    THREE_POINT,
)
from w2s_theory.divergences.formal import (
    DUAL_MEAN,
    MEAN,
    POSTERIOR_DUAL_MEAN,
    POSTERIOR_MEAN,
    STUDENT,
    TARGET,
    TEACHER,
    Divergence,
    Term,
    terms,
)

FINITE = "laws with finitely many atoms"
THEORIES = ("expectations", "bregman")
SPACE = "(V : InnerProductSpace) (phi : V -> R) (grad : V -> V)"
INPUTS = "(inputs : law (situation V)) (laws : given_laws inputs)"
CENTRE = "(centre : situation V -> V) (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x))"
ANSWERS = {
    TARGET: "(target x)",
    STUDENT: "(student x)",
    TEACHER: "w",
    MEAN: "(posterior_mean x)",
    POSTERIOR_MEAN: "(posterior_mean x)",
    DUAL_MEAN: "(centre x)",
    POSTERIOR_DUAL_MEAN: "(centre x)",
}
EXAMPLE = {
    "target": "2",
    "student": "0",
    "teacher": "2 with probability 1/8, else 0",
    "phi(x)": "x^4/4",
}


def averaged(body: str, points: Iterable[str]) -> str:
    """Return the mean of a term over inputs x and, where the teacher is one of its points, over its answers w."""
    if TEACHER in points:
        return f"expect_teacher inputs (fun x w => {body})"
    return f"expect inputs (fun x => {body})"


def divergence(first: str, second: str) -> str:
    """Return the divergence of two terms."""
    return f"divergence phi grad {first} {second}"


def mismatch(x: str, y: str, first: str, second: str) -> str:
    """Return the inner product of a difference of gradients with a direction."""
    return f"inner (grad {x} - grad {y})%V ({first} - {second})%V"


def squared_distance(first: str, second: str) -> str:
    """Return the mean squared distance of two named points."""
    return averaged(f"norm2 ({ANSWERS[first]} - {ANSWERS[second]})%V", (first, second))


def in_rocq(term: Term) -> str:
    """Return the expectation that a divergence or a mismatch of named points stands for."""
    if isinstance(term, Divergence):
        pair = (term.first, term.second)
        return averaged(divergence(*(ANSWERS[point] for point in pair)), pair)
    points = (*term.gradients, *term.direction)
    return averaged(mismatch(*(ANSWERS[point] for point in points)), points)


NAMES = {symbol: in_rocq(term) for symbol, term in terms().items() if symbol.name[0] in "E<"}
AT_POINTS = {
    **{
        Divergence(*pair, expected=False).symbol: divergence(*pair)
        for pair in permutations((TARGET, STUDENT, TEACHER), 2)
    },
    SLOPE_MISMATCH.symbol: mismatch(STUDENT, TEACHER, TARGET, STUDENT),
}
NORMS = {
    SQUARED_MISFIT: squared_distance(STUDENT, TEACHER),
    DISTANCE: squared_distance(STUDENT, POSTERIOR_MEAN),
    SPREAD: squared_distance(TEACHER, POSTERIOR_MEAN),
}


def refuted(*twins: tuple[Falsifier, str]) -> tuple[Refutation, ...]:
    """Return the refutations of these twins, with their theorems, by the example of `theories/library/bregman.v`."""
    return tuple(
        Refutation(twin, f"bias_variance.decompositions.{theorem}", EXAMPLE) for twin, theorem in twins
    )


def averaged_tie(claim: Claim, parts: Mapping[str, Proved]) -> Tie:
    """Return the tie of a claim about expectations over inputs."""
    context = f"{SPACE} {INPUTS} {CENTRE}"
    return Tie(claim, context, parts, THEORIES, names={**NAMES, **NORMS}, covers=FINITE)


AT_THREE_POINTS = {"g": "2", "s": "0", "w": "1", "phi(x)": "x^4/4"}
THREE_POINT_TIE = Tie(
    THREE_POINT,
    context=f"{SPACE} (g s w : V)",
    theories=THEORIES,
    names=AT_POINTS,
    parts={
        "identity": Proved(
            "bias_variance.decompositions.bv_three_point_identity",
            refutations=(
                Refutation(
                    NO_CROSS_TERM,
                    "bias_variance.decompositions.not_bv_three_point_without_cross_term",
                    AT_THREE_POINTS,
                ),
                Refutation(
                    CROSS_TERM_NEGATED,
                    "bias_variance.decompositions.not_bv_three_point_with_other_sign",
                    AT_THREE_POINTS,
                ),
                Refutation(
                    MISFIT_EXCHANGED,
                    "bias_variance.decompositions.not_bv_three_point_with_misfit_exchanged",
                    AT_THREE_POINTS,
                ),
            ),
        ),
    },
)
GAP_DUAL_TIE = averaged_tie(
    GAP_DUAL,
    {
        "gap": Proved(
            "bias_variance.decompositions.bv_gap_dual_decomposition",
            refutations=refuted(
                (MEAN_FOR_DUAL_MEAN, "not_bv_gap_dual_with_mean"),
                (DUAL_GAP_IS_MISFIT, "not_bv_gap_dual_without_slope_mismatch"),
            ),
        ),
    },
)
GAP_PRIMAL_TIE = averaged_tie(
    GAP_PRIMAL,
    {
        "gap": Proved(
            "bias_variance.decompositions.bv_gap_primal_decomposition",
            refutations=refuted(
                (DUAL_MEAN_FOR_MEAN, "not_bv_gap_primal_with_dual_mean"),
                (PRIMAL_GAP_IS_MISFIT, "not_bv_gap_primal_without_slope_mismatch"),
                (REVERSE_MISFIT_EXCHANGED, "not_bv_gap_primal_with_misfit_exchanged"),
            ),
        ),
    },
)
POSTERIOR_MEAN_TIE = averaged_tie(
    POSTERIOR_MEAN_TEACHER,
    {
        "dual": Proved(
            "bias_variance.decompositions.bv_posterior_mean_dual_gap_is_misfit",
            refutations=refuted(
                (
                    STUDENT_IS_MEAN,
                    "not_bv_posterior_mean_dual_gap_with_mean",
                ),
                (STUDENT_IS_NO_MEAN, "not_bv_posterior_mean_dual_gap_of_any_student"),
            ),
        ),
        "primal": Proved(
            "bias_variance.decompositions.bv_posterior_mean_primal_gap_is_misfit",
            refutations=refuted(
                (
                    STUDENT_IS_DUAL_MEAN,
                    "not_bv_posterior_mean_primal_gap_with_dual_mean",
                ),
            ),
        ),
    },
)
BIAS_VARIANCE_TIE = averaged_tie(
    BIAS_VARIANCE,
    {
        "dual": Proved(
            "bias_variance.decompositions.bv_bias_variance_dual",
            refutations=refuted(
                (SPLIT_BY_MEAN, "not_bv_bias_variance_dual_with_mean"),
                (
                    VARIANCE_EXCHANGED,
                    "not_bv_bias_variance_dual_with_variance_exchanged",
                ),
            ),
        ),
        "primal": Proved(
            "bias_variance.decompositions.bv_bias_variance_primal",
            refutations=refuted(
                (SPLIT_BY_DUAL_MEAN, "not_bv_bias_variance_primal_with_dual_mean"),
            ),
        ),
    },
)
MISFIT_SPLIT_TIE = averaged_tie(
    MISFIT_SPLIT,
    {
        "dual": Proved("bias_variance.decompositions.bv_misfit_split_dual"),
        "primal": Proved("bias_variance.decompositions.bv_misfit_split_primal"),
        "squared": Proved(
            "bias_variance.decompositions.bv_misfit_split_squared_loss",
            refutations=refuted(
                (HALF_THE_SPREAD, "not_bv_misfit_split_squared_loss_with_half_the_spread"),
            ),
        ),
    },
)

TIES = (
    THREE_POINT_TIE,
    GAP_DUAL_TIE,
    GAP_PRIMAL_TIE,
    POSTERIOR_MEAN_TIE,
    BIAS_VARIANCE_TIE,
    MISFIT_SPLIT_TIE,
)
