"""Ties of the claims about Bregman divergences to `theories/bregman.v` and `theories/squared_loss.v`.

Expectations are over finitely many inputs and, at each of them, finitely many answers of the teacher. An input fixes the
target and the student's answer, so that `centre` is the teacher's dual mean given both, and `posterior_mean` its mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from proofs_checks.rocq.ties import Part, Refutation, Tie
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
    target,
    teacher,
)
from w2s_theory.claims.bias_variance.gap_and_misfit import TO_TARGET
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
from w2s_theory.geometry.inner_products import SquaredNorm

FINITE = "laws with finitely many atoms"
THEORIES = ("expectations", "bregman", "squared_loss")
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
AT_EXAMPLE = """
  pose proof (claimed plane quartic cube example example_laws (fun _ => point 1 0) example_centre) as wrong.
  compute_example wrong. lra."""


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
    TO_TARGET: squared_distance(TARGET, STUDENT),
    SquaredNorm.of(target - teacher): squared_distance(TARGET, TEACHER),
}


def refuted(theorem: str, *falsifiers: str) -> tuple[Refutation, ...]:
    """Return the refutations of these twins, all by the example of `theories/bregman.v`."""
    return tuple(Refutation(name, theorem, AT_EXAMPLE, EXAMPLE) for name in falsifiers)


def averaged_tie(claim: Claim, *parts: Part) -> Tie:
    """Return the tie of a claim about expectations over inputs."""
    return Tie(claim, THEORIES, f"{SPACE} {INPUTS} {CENTRE}", parts, names={**NAMES, **NORMS}, covers=FINITE)


def linear(theorem: str) -> str:
    """Return the tactics that prove a relation which `theorem`, as applied, states in another order."""
    return f"pose proof ({theorem}) as fact; lra."


THREE_POINT_TIE = Tie(
    THREE_POINT,
    THEORIES,
    context=f"{SPACE} (g s w : V)",
    names=AT_POINTS,
    parts=(
        Part(
            "bregman.three_point",
            linear("three_point phi grad g s w"),
            refutations=tuple(
                Refutation(
                    name,
                    "bregman.three_points_need_the_cross_term",
                    """
  pose proof (claimed plane quartic cube (point 2 0) (point 0 0) (point 1 0)) as wrong. compute_example wrong. lra.""",
                    {"g": "2", "s": "0", "w": "1", "phi(x)": "x^4/4"},
                )
                for name in (
                    "no cross term",
                    "the cross term with the other sign",
                    "the misfit with its arguments exchanged",
                )
            ),
        ),
    ),
)
GAP_DUAL_TIE = averaged_tie(
    GAP_DUAL,
    Part(
        "bregman.gap_dual",
        linear("gap_dual phi grad inputs laws centre centred"),
        refutations=refuted(
            "bregman.dual_gap_needs_the_dual_mean",
            "the mean in place of the dual mean",
            "gap equals misfit for every student",
        ),
    ),
)
GAP_PRIMAL_TIE = averaged_tie(
    GAP_PRIMAL,
    Part(
        "bregman.gap_primal",
        linear("gap_primal phi grad inputs laws"),
        refutations=refuted(
            "bregman.primal_gap_needs_the_mean",
            "the dual mean in place of the mean",
            "gap equals misfit for every student",
            "the misfit with its arguments exchanged",
        ),
    ),
)
POSTERIOR_MEAN_TIE = averaged_tie(
    POSTERIOR_MEAN_TEACHER,
    Part(
        "bregman.gap_is_misfit_dual",
        linear("gap_is_misfit_dual phi grad inputs laws centre centred"),
        refutations=refuted(
            "bregman.dual_split_needs_the_dual_mean",
            "a student that is the mean where the dual mean is needed",
            "a student that is no posterior mean",
        ),
    ),
    Part(
        "bregman.gap_is_misfit_primal",
        linear("gap_is_misfit_primal phi grad inputs laws"),
        refutations=refuted(
            "bregman.primal_split_needs_the_mean",
            "a student that is the dual mean where the mean is needed",
        ),
    ),
)
BIAS_VARIANCE_TIE = averaged_tie(
    BIAS_VARIANCE,
    Part(
        "bregman.dual_split",
        linear("dual_split phi grad inputs laws target centre centred"),
        refutations=refuted(
            "bregman.dual_split_needs_the_dual_mean",
            "the mean in place of the dual mean",
            "the variance with its arguments exchanged",
        ),
    ),
    Part(
        "bregman.primal_split",
        linear("primal_split phi grad inputs laws target"),
        refutations=refuted("bregman.primal_split_needs_the_mean", "the dual mean in place of the mean"),
    ),
)
MISFIT_SPLIT_TIE = averaged_tie(
    MISFIT_SPLIT,
    Part("bregman.dual_split", linear("dual_split phi grad inputs laws student centre centred")),
    Part("bregman.primal_split", linear("primal_split phi grad inputs laws student")),
    Part(
        "squared_loss.squared_misfit_split",
        linear("squared_misfit_split inputs laws"),
        refutations=refuted("squared_loss.misfit_is_not_only_distance", "half of the spread"),
    ),
)
TIES = (
    THREE_POINT_TIE,
    GAP_DUAL_TIE,
    GAP_PRIMAL_TIE,
    POSTERIOR_MEAN_TIE,
    BIAS_VARIANCE_TIE,
    MISFIT_SPLIT_TIE,
)
