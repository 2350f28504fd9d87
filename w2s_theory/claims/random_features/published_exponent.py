"""Medvedev et al. 2025: where the exponent 1.49 of Theorem 3.1 comes from.

rf.rate-1.49  it holds from dimension 148 on
"""

from __future__ import annotations

from sympy import Integer, Limit, Rational, oo

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.notation.symbols import DIMENSION
from w2s_theory.relations import equal

THRESHOLD_EXPONENT = Rational(149, 100)
THRESHOLD_DIMENSION = Integer(148)
teacher_power = -(DIMENSION + 2) / (DIMENSION - 1)
EXPONENT = 1 + (DIMENSION - 1) / (2 * (DIMENSION + 2))
EXPONENT_EXCESS = (DIMENSION - THRESHOLD_DIMENSION) / (100 * (DIMENSION + 2))

RATE_149 = Claim(
    id="rf.rate-1.49",
    title="The exponent 1.49 starts at dimension 148",
    source=Source(RF, "Theorem 3.1, the exponent 1.49"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        Assumption("L_TE of order M^(-(d+2)/(d-1)), L_ST/L_TE of order M^(-1/2), up to logarithms"),
        Assumption("d >= 2; the excess over 1.49 has the sign of d - 148"),
    ),
    states=(Part("excess", equal(EXPONENT - THRESHOLD_EXPONENT, EXPONENT_EXCESS)),),
    derivation=(
        Step(
            "The exponent p in L_ST ~ L_TE^p is the ratio of the two powers of M.",
            equal((teacher_power - Rational(1, 2)) / teacher_power, EXPONENT),
            Rule.IDENTITY,
        ),
        Step(
            "It exceeds 1.49 by d - 148 over a positive number, so p >= 1.49 if and only if d >= 148.",
            equal(EXPONENT - THRESHOLD_EXPONENT, EXPONENT_EXCESS),
            Rule.IDENTITY,
        ),
        Step(
            "It never reaches 3/2, its limit.",
            equal(Limit(EXPONENT, DIMENSION, oo), Rational(3, 2)),
            Rule.LIMIT,
        ),
    ),
    remarks=("Under Gaussian universality the exponent is exactly 2: this rate is not tight.",),
)

CLAIMS = (RATE_149,)
