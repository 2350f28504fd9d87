"""Ties of rf.thm4.1, rf.cor1, rf.thm4.2 and rf.cor2 to `theories/claims/random_features/limits.v`."""

from __future__ import annotations

from sympy import Limit, Rational

from proofs_checks.claims.random_features.limits import (
    FILTER_BELOW_HALF,
    LINKS_LOSE_HALF,
    QUARTER_TOO_LARGE,
    THREE_QUARTERS_FOR_CHAINS,
    THREE_QUARTERS_IS_1,
    THREE_QUARTERS_TOO_LARGE,
)
from proofs_checks.registry import wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie
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

SPACE = "(V : InnerProductSpace)"
PAIR = "(target teacher student : V) (unit : norm2 target = 1) (fit : least_squares target teacher)"
LOSSES = {L_TE: "loss target teacher", L_ST: "loss target student"}
SMALL_LOSSES = Limit(bounded_limit_curve(L_TE) / L_TE**2, L_TE, 0)
AT_TWO_THIRDS = {"tau": "sqrt(1/2)", "L_TE": "2/3", "L_ST": "1/3"}

GENERAL_TIE = Tie(
    GENERAL_LIMITATION,
    context=f"{SPACE} {PAIR} (optimal : shrinkage_optimal teacher student)",
    theories=("inner_product", "shrinkage"),
    names={**LOSSES, tau: "tau"},
    parts={
        "curve": Proved(
            "random_features.limits.rf_thm4_1_limit_curve",
            refutations=(
                Refutation(
                    wrong(
                        GENERAL_LIMITATION,
                        "1.01 times the limit curve",
                        part="curve",
                        replacing={
                            at_least(L_ST, limit_curve(L_TE)): at_least(
                                L_ST, Rational(101, 100) * limit_curve(L_TE)
                            )
                        },
                    ),
                    "random_features.limits.not_rf_thm4_1_with_1_01_times_the_curve",
                    {"tau": "1", "L_TE": "1", "L_ST": "1"},
                ),
            ),
        ),
        "quadratic": Proved(
            "random_features.limits.rf_thm4_1_quadratic",
            refutations=(
                Refutation(
                    THREE_QUARTERS_TOO_LARGE,
                    "random_features.limits.not_rf_thm4_1_with_constant_0_76",
                    AT_TWO_THIRDS,
                ),
                Refutation(
                    THREE_QUARTERS_IS_1, "random_features.limits.not_rf_thm4_1_with_constant_1", AT_TWO_THIRDS
                ),
            ),
        ),
        **{
            f"tight-{word}": Proved(
                f"random_features.limits.rf_thm4_1_tight_{word}",
                given="(tau : R)",
            )
            for word in ("fit", "teacher", "optimal", "student")
        },
        "tight": Proved(
            "random_features.limits.rf_thm4_1_tight_ratio",
            given="(tau : R)",
            refutations=(
                Refutation(
                    wrong(
                        GENERAL_LIMITATION,
                        "the ratio is least at tau^2 = 1/3",
                        part="tight",
                        replacing={tau**2 - Rational(1, 2): tau**2 - Rational(1, 3)},
                    ),
                    "random_features.limits.not_rf_thm4_1_ratio_least_at_one_third",
                    {"tau": "1"},
                ),
            ),
        ),
    },
)

FLOW_TIE = Tie(
    GRADIENT_FLOW_LIMITATION,
    context=SPACE,
    theories=("inner_product", "shrinkage", "filters", "gradient_flow"),
    names={
        L_TE: "loss target teacher",
        L_ST: "loss target (flow_to flow t forward teacher)",
        TIME: "t",
        EIGENVALUE: "lambda",
    },
    parts={
        "filter": Proved(
            "random_features.limits.rf_cor1_flow_filter_in_unit_interval",
            given="(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)",
            refutations=(
                Refutation(
                    FILTER_BELOW_HALF,
                    "random_features.limits.not_rf_cor1_flow_filter_below_one_half",
                    {"t": "0", "lambda": "0"},
                ),
            ),
        ),
        "quadratic": Proved(
            "random_features.limits.rf_cor1_quadratic",
            given=(
                "(flow : GradientFlow V) (t : R) (forward : 0 <= t) (target teacher : V) "
                "(unit : norm2 target = 1) (fit : least_squares target teacher)"
            ),
            refutations=(
                Refutation(
                    wrong(
                        GRADIENT_FLOW_LIMITATION,
                        "constant 0.76 instead of 3/4",
                        part="quadratic",
                        replacing={three_quarters: Rational(19, 25) * L_TE**2},
                    ),
                    "random_features.limits.not_rf_cor1_with_constant_0_76",
                    {"t": "1", "lambda": "200 and 0", "L_TE": "2/3"},
                ),
            ),
        ),
    },
)

BOUNDED_TIE = Tie(
    BOUNDED_LIMITATION,
    context=SPACE,
    theories=("inner_product", "right_limit", "shrinkage"),
    names=LOSSES,
    parts={
        "curve": Proved(
            "random_features.limits.rf_thm4_2_limit_curve",
            given=f"{PAIR} (bounded : norm2 student <= norm2 teacher)",
            refutations=(
                Refutation(
                    wrong(
                        BOUNDED_LIMITATION,
                        "1.01 times the limit curve of bounded students",
                        part="curve",
                        replacing={
                            at_least(L_ST, bounded_limit_curve(L_TE)): at_least(
                                L_ST, Rational(101, 100) * bounded_limit_curve(L_TE)
                            )
                        },
                    ),
                    "random_features.limits.not_rf_thm4_2_with_1_01_times_the_curve",
                    {"f*": "(1, 0)", "f_TE": "(9/25, 12/25)", "f_ST": "(3/5, 0)"},
                ),
            ),
        ),
        "quadratic": Proved(
            "random_features.limits.rf_thm4_2_quadratic",
            given=f"{PAIR} (bounded : norm2 student <= norm2 teacher)",
            refutations=(
                Refutation(
                    QUARTER_TOO_LARGE,
                    "random_features.limits.not_rf_thm4_2_with_constant_0_26",
                    {"f*": "(1, 0)", "f_ST": "(51/52, 0)", "L_TE": "103/2704"},
                ),
            ),
        ),
        "small-losses": Proved(
            "random_features.limits.rf_thm4_2_curve_over_square",
            refutations=(
                Refutation(
                    wrong(
                        BOUNDED_LIMITATION,
                        "the ratio to the squared loss tends to 1/3",
                        part="small-losses",
                        replacing={equal(SMALL_LOSSES, Rational(1, 4)): equal(SMALL_LOSSES, Rational(1, 3))},
                    ),
                    "random_features.limits.not_rf_thm4_2_curve_over_square_tends_to_one_third",
                    {"limit": "1/4"},
                ),
            ),
        ),
    },
)

BOOTSTRAPPING_TIE = Tie(
    BOOTSTRAPPING_LIMITATION,
    context=SPACE,
    theories=("inner_product", "shrinkage", "chains"),
    vectors={"f_i": "link", "f_{i+1}": "next"},
    names=LOSSES,
    parts={
        "links": Proved(
            "random_features.limits.rf_cor2_students_shrink",
            given="(link next : V) (optimal : shrinkage_optimal link next)",
            refutations=(
                Refutation(
                    LINKS_LOSE_HALF,
                    "random_features.limits.not_rf_cor2_each_link_loses_half",
                    {"f_i": "(1, 0)", "f_{i+1}": "(1, 0)"},
                ),
            ),
        ),
        "quadratic": Proved(
            "random_features.limits.rf_cor2_quadratic",
            given=f"{PAIR} (n : nat) (links : chain n teacher student)",
            refutations=(
                Refutation(
                    THREE_QUARTERS_FOR_CHAINS,
                    "random_features.limits.not_rf_cor2_with_constant_3_4",
                    {"n": "2", "L_TE": "289/613", "L_ST": "392/3065"},
                ),
            ),
        ),
    },
)

TIES = (GENERAL_TIE, FLOW_TIE, BOUNDED_TIE, BOOTSTRAPPING_TIE)
