"""Tie of sharp.learning-rules to `theories/claims/ours/learning_rules.v`."""

from __future__ import annotations

from sympy import Expr, Rational

from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.claims.ours.learning_rules import LEARNING_RULES
from w2s_theory.geometry.shrinkage import (
    GRADIENT_DESCENT,
    GRADIENT_FLOW,
    ITERATIONS,
    RIDGE,
    RIDGE_REGRESSION,
    SPECTRAL_CUTOFF,
    STEP_TIMES_EIGENVALUE,
)
from w2s_theory.notation.symbols import EIGENVALUE, TIME
from w2s_theory.relations import at_least

FLOW = "(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)"
DESCENT = "(x : R) (k : nat) (range : 0 <= x <= 1)"
RIDGED = "(alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda)"
CUTOFF = "(alpha lambda : R)"


def half(side: Expr, falsifier: str, theorem: str, **values: str) -> tuple[Refutation]:
    """Return the refutation of the twin that `side`, what a rule learns or leaves of a mode, is at least 1/2."""
    twin = {at_least(side, 0): at_least(side, Rational(1, 2))}
    return (Refutation(falsifier, theorem, values, replacing=twin),)


FLOW_PARTS = (
    Part(
        "ours.learning_rules.sharp_learning_rules_flow_learns_at_least_nothing",
        FLOW,
        half(
            GRADIENT_FLOW.filter,
            "gradient flow learns half at least",
            "ours.learning_rules.not_sharp_learning_rules_flow_learns_half",
            **{"t": "0", "lambda": "0"},
        ),
    ),
    Part(
        "ours.learning_rules.sharp_learning_rules_flow_learns_at_most_all",
        FLOW,
        half(
            1 - GRADIENT_FLOW.filter,
            "gradient flow leaves half at least",
            "ours.learning_rules.not_sharp_learning_rules_flow_leaves_half",
            **{"t": "2", "lambda": "1"},
        ),
    ),
)

RULES_TIE = Tie(
    LEARNING_RULES,
    context="",
    theories=("learning_rules",),
    naturals={ITERATIONS: "k"},
    names={
        STEP_TIMES_EIGENVALUE: "x",
        RIDGE: "alpha",
        TIME: "t",
        EIGENVALUE: "lambda",
        SPECTRAL_CUTOFF.filter: "cutoff_filter alpha lambda",
    },
    parts=(
        *FLOW_PARTS,
        Part(
            "ours.learning_rules.sharp_learning_rules_descent_learns_at_least_nothing",
            DESCENT,
            half(
                GRADIENT_DESCENT.filter,
                "gradient descent learns half at least",
                "ours.learning_rules.not_sharp_learning_rules_descent_learns_half",
                **{"x": "0", "k": "1"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_descent_learns_at_most_all",
            DESCENT,
            half(
                1 - GRADIENT_DESCENT.filter,
                "gradient descent leaves half at least",
                "ours.learning_rules.not_sharp_learning_rules_descent_leaves_half",
                **{"x": "1", "k": "1"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_ridge_learns_at_least_nothing",
            RIDGED,
            (
                Refutation(
                    "ridge regression with a negative penalty",
                    "ours.learning_rules.not_sharp_learning_rules_ridge_with_negative_penalty",
                    {"alpha": "2", "lambda": "1"},
                ),
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_ridge_learns_at_most_all",
            RIDGED,
            half(
                1 - RIDGE_REGRESSION.filter,
                "ridge regression leaves half at least",
                "ours.learning_rules.not_sharp_learning_rules_ridge_leaves_half",
                **{"alpha": "1", "lambda": "3"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_cutoff_learns_at_least_nothing",
            CUTOFF,
            half(
                SPECTRAL_CUTOFF.filter,
                "spectral cut-off learns half at least",
                "ours.learning_rules.not_sharp_learning_rules_cutoff_learns_half",
                **{"alpha": "2", "lambda": "1"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_cutoff_learns_at_most_all",
            CUTOFF,
            half(
                1 - SPECTRAL_CUTOFF.filter,
                "spectral cut-off leaves half at least",
                "ours.learning_rules.not_sharp_learning_rules_cutoff_leaves_half",
                **{"alpha": "1", "lambda": "1"},
            ),
        ),
    ),
)

TIES = (RULES_TIE,)
