"""Ties of the learning rules' filters to `filters.v` and `learning_rules.v`."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class InUnit:
    """A theorem that a filter, by this definition, is in [0, 1]: its binders with and without their types."""

    theorem: str
    definition: str
    given: str
    arguments: str

    def part(self, refutation: Refutation) -> Part:
        """Return the part that the filter, or what it leaves, is nonnegative."""
        proof = f"pose proof ({self.theorem} {self.arguments}) as fact; unfold {self.definition} in *; lra."
        return Part(self.theorem, proof, self.given, (refutation,))

    def half(self, side: Expr, falsifier: str, theorem: str, **values: str) -> Part:
        """Return the part that `side` is nonnegative, with the twin that it is at least 1/2."""
        refutation = Refutation(
            falsifier,
            theorem,
            proof=(
                f"apply {theorem}; intros {self.arguments}; pose proof (claimed {self.arguments}) as fact; "
                f"unfold {self.definition} in *; lra."
            ),
            values=values,
            replacing={at_least(side, 0): at_least(side, Rational(1, 2))},
        )
        return self.part(refutation)


FLOW = InUnit(
    "filters.flow_filter_range",
    "flow_filter",
    "(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)",
    "t lambda forward psd",
)
DESCENT = InUnit(
    "learning_rules.descent_filter_range",
    "descent_filter",
    "(x : R) (k : nat) (range : 0 <= x <= 1)",
    "x k range",
)
RIDGED = InUnit(
    "learning_rules.ridge_filter_range",
    "ridge_filter",
    "(alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda)",
    "alpha lambda positive psd",
)
CUTOFF = InUnit("learning_rules.cutoff_filter_range", "cutoff_filter", "(alpha lambda : R)", "alpha lambda")

FLOW_PARTS = (
    FLOW.half(
        GRADIENT_FLOW.filter,
        "gradient flow learns half at least",
        "filters.flow_filter_may_be_small",
        **{"t": "0", "lambda": "0"},
    ),
    FLOW.half(
        1 - GRADIENT_FLOW.filter,
        "gradient flow leaves half at least",
        "filters.flow_filter_may_be_large",
        **{"t": "2", "lambda": "1"},
    ),
)

RULES_TIE = Tie(
    LEARNING_RULES,
    theories=("filters", "learning_rules"),
    context="",
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
        DESCENT.half(
            GRADIENT_DESCENT.filter,
            "gradient descent learns half at least",
            "learning_rules.descent_filter_may_be_small",
            **{"x": "0", "k": "1"},
        ),
        DESCENT.half(
            1 - GRADIENT_DESCENT.filter,
            "gradient descent leaves half at least",
            "learning_rules.descent_filter_may_be_large",
            **{"x": "1", "k": "1"},
        ),
        RIDGED.part(
            Refutation(
                "ridge regression with a negative penalty",
                theorem="learning_rules.ridge_needs_a_positive_penalty",
                proof=(
                    "apply ridge_needs_a_positive_penalty; intros alpha lambda positive psd; "
                    "exact (Rge_le _ _ (claimed alpha lambda positive psd))."
                ),
                values={"alpha": "2", "lambda": "1"},
            ),
        ),
        RIDGED.half(
            1 - RIDGE_REGRESSION.filter,
            "ridge regression leaves half at least",
            "learning_rules.ridge_filter_may_be_large",
            **{"alpha": "1", "lambda": "3"},
        ),
        CUTOFF.half(
            SPECTRAL_CUTOFF.filter,
            "spectral cut-off learns half at least",
            "learning_rules.cutoff_filter_may_be_small",
            **{"alpha": "2", "lambda": "1"},
        ),
        CUTOFF.half(
            1 - SPECTRAL_CUTOFF.filter,
            "spectral cut-off leaves half at least",
            "learning_rules.cutoff_filter_may_be_large",
            **{"alpha": "1", "lambda": "1"},
        ),
    ),
)

TIES = (RULES_TIE,)
