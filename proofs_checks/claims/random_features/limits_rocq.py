"""Ties of the limits to `limits.v`, `best_constants.v`, `gradient_flow.v` and `chains.v`."""

from __future__ import annotations

from sympy import Limit, Rational

from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.claims.random_features.limits import (
    BOOTSTRAPPING_LIMITATION,
    BOUNDED_LIMITATION,
    GENERAL_LIMITATION,
    GRADIENT_FLOW_LIMITATION,
    tau,
    three_quarters,
)
from w2s_theory.geometry.shrinkage import bounded_limit_curve, limit_curve
from w2s_theory.notation.symbols import EIGENVALUE, L_ST, L_TE, TIME
from w2s_theory.relations import at_least, equal

THEORIES = ("restating", "inner_product", "right_limit", "shrinkage", "limits", "best_constants")
SPACE = "(V : InnerProductSpace)"
PAIR = "(target teacher student : V) (unit : norm2 target = 1) (fit : least_squares target teacher)"
LOSSES = {L_TE: "loss target teacher", L_ST: "loss target student"}
SMALL_LOSSES = Limit(bounded_limit_curve(L_TE) / L_TE**2, L_TE, 0)
AT_TWO_THIRDS = {"tau": "sqrt(1/2)", "L_TE": "2/3", "L_ST": "1/3"}


def above_best(constant: str, best: str, theorem: str, arguments: str, unfolding: str = "") -> str:
    """Return the tactics by which a bound with `constant` contradicts that none above `best` holds.

    `unfolding`: tactics that bring what the theorem says of `arguments` into the form of the claim.
    """
    return (
        f"enough (small : {constant} <= {best}) by lra; apply {theorem}; intros {arguments}; "
        f"pose proof (claimed {arguments}) as fact; {unfolding} lra."
    )


GENERAL_TIE = Tie(
    GENERAL_LIMITATION,
    THEORIES,
    context=f"{SPACE} {PAIR} (optimal : shrinkage_optimal teacher student)",
    names={**LOSSES, tau: "tau"},
    parts=(
        Part(
            theorem="limits.general_limitation",
            proof=(
                "pose proof (general_limitation target teacher student unit fit optimal) as fact; "
                "unfold limit_curve in fact; rewrite (Rplus_comm 1) in fact; lra."
            ),
            refutations=(
                Refutation(
                    "1.01 times the limit curve",
                    theorem="best_constants.no_multiple_of_limit_curve",
                    proof=above_best(
                        "101 / 100",
                        "1",
                        "no_multiple_of_limit_curve",
                        "V target teacher student unit fit optimal",
                        "unfold limit_curve; rewrite (Rplus_comm 1);",
                    ),
                    values={"tau": "1", "L_TE": "1", "L_ST": "1"},
                    replacing={
                        at_least(L_ST, limit_curve(L_TE)): at_least(
                            L_ST, Rational(101, 100) * limit_curve(L_TE)
                        )
                    },
                ),
            ),
        ),
        Part(
            theorem="limits.general_limitation_quadratic",
            proof="apply Rle_ge, general_limitation_quadratic; assumption.",
            refutations=tuple(
                Refutation(
                    falsifier,
                    theorem="best_constants.best_constant",
                    proof=above_best(
                        constant, "3 / 4", "best_constant", "V target teacher student unit fit optimal"
                    ),
                    values=AT_TWO_THIRDS,
                )
                for falsifier, constant in (
                    ("constant 0.76 instead of 3/4", "19 / 25"),
                    ("constant 1 instead of 3/4", "1"),
                )
            ),
        ),
        Part(
            theorem="best_constants.tight_ratio",
            given="(tau : R)",
            proof=(
                "pose proof (tight_ratio tau) as fact; pose proof (size_positive tau); "
                "rewrite tight_teacher_loss, tight_student_loss in fact; unfold size in *; restate fact."
            ),
            refutations=(
                Refutation(
                    "the ratio is least at tau^2 = 1/3",
                    theorem="best_constants.tight_ratio_is_least_at_one_half",
                    proof=(
                        "apply tight_ratio_is_least_at_one_half; intros tau; "
                        "pose proof (claimed plane _ _ _ tight_unit (tight_fit 1) (tight_optimal 1) tau) as fact; "
                        "pose proof (size_positive tau); "
                        "rewrite tight_teacher_loss, tight_student_loss; unfold size in *; restate fact."
                    ),
                    values={"tau": "1"},
                    replacing={tau**2 - Rational(1, 2): tau**2 - Rational(1, 3)},
                ),
            ),
        ),
    ),
)

FLOW_TIE = Tie(
    GRADIENT_FLOW_LIMITATION,
    ("inner_product", "filters", "limits", "gradient_flow"),
    context=SPACE,
    names={
        L_TE: "loss target teacher",
        L_ST: "loss target (flow_to flow t forward teacher)",
        TIME: "t",
        EIGENVALUE: "lambda",
    },
    parts=(
        Part(
            theorem="filters.flow_filter_range",
            given="(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)",
            proof=(
                "pose proof (flow_filter_range t lambda forward psd) as fact; unfold flow_filter in fact; "
                "apply Rle_ge, Rmult_le_pos; lra."
            ),
            refutations=(
                Refutation(
                    "gradient flow's filter stays below 1/2",
                    theorem="filters.more_than_half_may_be_left",
                    proof=(
                        "apply more_than_half_may_be_left; intros t lambda forward psd; "
                        "pose proof (claimed plane t lambda forward psd) as fact; lra."
                    ),
                    values={"t": "0", "lambda": "0"},
                ),
            ),
        ),
        Part(
            theorem="gradient_flow.gradient_flow_limitation",
            given=(
                "(flow : GradientFlow V) (t : R) (forward : 0 <= t) (target teacher : V) "
                "(unit : norm2 target = 1) (fit : least_squares target teacher)"
            ),
            proof="apply Rle_ge, gradient_flow_limitation; assumption.",
            refutations=(
                Refutation(
                    "constant 0.76 instead of 3/4",
                    theorem="gradient_flow.best_flow_constant",
                    proof=(
                        above_best(
                            "19 / 25",
                            "3 / 4",
                            "best_flow_constant",
                            "V flow t forward target teacher unit fit",
                        )
                    ),
                    values={"t": "1", "lambda": "200 and 0", "L_TE": "2/3"},
                    replacing={three_quarters: Rational(19, 25) * L_TE**2},
                ),
            ),
        ),
    ),
)

BOUNDED_TIE = Tie(
    BOUNDED_LIMITATION,
    THEORIES,
    context=SPACE,
    names=LOSSES,
    parts=(
        Part(
            theorem="limits.bounded_limitation",
            given=f"{PAIR} (bounded : norm2 student <= norm2 teacher)",
            proof="apply Rle_ge, bounded_limitation; assumption.",
            refutations=(
                Refutation(
                    "1.01 times the limit curve of bounded students",
                    theorem="best_constants.no_multiple_of_bounded_limit_curve",
                    proof=above_best(
                        "101 / 100",
                        "1",
                        "no_multiple_of_bounded_limit_curve",
                        "V target teacher student unit fit bounded",
                        "unfold bounded_limit_curve;",
                    ),
                    values={"f*": "(1, 0)", "f_TE": "(9/25, 12/25)", "f_ST": "(3/5, 0)"},
                    replacing={
                        at_least(L_ST, bounded_limit_curve(L_TE)): at_least(
                            L_ST, Rational(101, 100) * bounded_limit_curve(L_TE)
                        )
                    },
                ),
            ),
        ),
        Part(
            theorem="limits.bounded_limitation_quadratic",
            given=f"{PAIR} (bounded : norm2 student <= norm2 teacher)",
            proof="apply Rle_ge, bounded_limitation_quadratic; assumption.",
            refutations=(
                Refutation(
                    "constant 0.26 instead of 1/4",
                    theorem="best_constants.best_bounded_constant",
                    proof=above_best(
                        "13 / 50",
                        "1 / 4",
                        "best_bounded_constant",
                        "V target teacher student unit fit bounded",
                    ),
                    values={"f*": "(1, 0)", "f_ST": "(51/52, 0)", "L_TE": "103/2704"},
                ),
            ),
        ),
        Part(
            theorem="best_constants.bounded_curve_over_square",
            proof="apply bounded_curve_over_square.",
            refutations=(
                Refutation(
                    "the ratio to the squared loss tends to 1/3",
                    theorem="best_constants.bounded_curve_over_square_is_a_quarter",
                    proof="exact (bounded_curve_over_square_is_a_quarter (claimed plane)).",
                    values={"limit": "1/4"},
                    replacing={equal(SMALL_LOSSES, Rational(1, 4)): equal(SMALL_LOSSES, Rational(1, 3))},
                ),
            ),
        ),
    ),
)

BOOTSTRAPPING_TIE = Tie(
    BOOTSTRAPPING_LIMITATION,
    ("inner_product", "shrinkage", "limits", "chains"),
    context=SPACE,
    vectors={"f_i": "link", "f_{i+1}": "next"},
    names=LOSSES,
    parts=(
        Part(
            theorem="chains.students_shrink",
            given="(link next : V) (optimal : shrinkage_optimal link next)",
            proof="pose proof (students_shrink link next optimal) as fact; lra.",
            refutations=(
                Refutation(
                    "each link loses half its squared norm",
                    theorem="chains.students_need_not_shrink",
                    proof=(
                        "apply students_need_not_shrink; intros V teacher student optimal; "
                        "pose proof (claimed V teacher student optimal) as fact; lra."
                    ),
                    values={"f_i": "(1, 0)", "f_{i+1}": "(1, 0)"},
                ),
            ),
        ),
        Part(
            theorem="chains.bootstrapping_limitation",
            given=f"{PAIR} (n : nat) (links : chain n teacher student)",
            proof=(
                "pose proof (bootstrapping_limitation n target teacher student unit fit links) as fact; lra."
            ),
            refutations=(
                Refutation(
                    "Theorem 4.1's constant 3/4 for every chain",
                    theorem="chains.general_limitation_is_for_one_student",
                    proof=(
                        "apply general_limitation_is_for_one_student; "
                        "intros V n target teacher student unit fit links; "
                        "pose proof (claimed V target teacher student unit fit n links) as fact; lra."
                    ),
                    values={"n": "2", "L_TE": "289/613", "L_ST": "392/3065"},
                ),
            ),
        ),
    ),
)

TIES = (GENERAL_TIE, FLOW_TIE, BOUNDED_TIE, BOOTSTRAPPING_TIE)
