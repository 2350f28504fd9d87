"""Tie of rf.rate-1.49 to `theories/claims/random_features/published_exponent.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.random_features.published_exponent import RATE_149
from w2s_theory.notation.rate_symbols import DIMENSION

RATE_TIE = Tie(
    RATE_149,
    context="(d : R) (dimension : d >= 2)",
    names=by_name(DIMENSION),
    parts=(
        Part(
            "random_features.published_exponent.rf_rate_1_49_excess",
            refutations=(
                Refutation(
                    "dimension 147 instead of 148",
                    "random_features.published_exponent.not_rf_rate_1_49_from_dimension_147",
                    {"d": "147"},
                ),
                Refutation(
                    "a factor M^(-1/4) instead of M^(-1/2)",
                    "random_features.published_exponent.not_rf_rate_1_49_with_a_quarter_power",
                    {"d": "148"},
                ),
            ),
        ),
    ),
)

TIES = (RATE_TIE,)
