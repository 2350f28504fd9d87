"""Tie of the dimension at which the exponent 1.49 starts to `theories/numbers.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.random_features.published_exponent import RATE_149
from w2s_theory.notation.rate_symbols import DIMENSION

RATE_TIE = Tie(
    RATE_149,
    theories=("restating", "numbers"),
    context="(d : R) (dimension : d >= 2)",
    names=by_name(DIMENSION),
    parts=(
        Part(
            "numbers.exponent_excess",
            "pose proof (exponent_excess d ltac:(lra)) as fact. unfold exponent in fact. restate fact.",
            refutations=(
                Refutation(
                    "dimension 147 instead of 148",
                    "numbers.dimension_147_is_not_enough",
                    "apply dimension_147_is_not_enough. pose proof (claimed 147 ltac:(lra)). unfold exponent. lra.",
                    {"d": "147"},
                ),
                Refutation(
                    "a factor M^(-1/4) instead of M^(-1/2)",
                    "numbers.quarter_power_is_not_enough",
                    "apply quarter_power_is_not_enough. intros d dimension. "
                    "pose proof (claimed d dimension) as fact. restate fact.",
                    {"d": "148"},
                ),
            ),
        ),
    ),
)

TIES = (RATE_TIE,)
