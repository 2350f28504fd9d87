"""Dong et al. 2025: how much two subspaces have in common.

id.correlation-dimension  between 0 and the smaller dimension, by the principal angles
"""

from __future__ import annotations

from sympy import Sum, cos, sin

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import ID
from w2s_theory.notation.symbols import D_SW, Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

angles = letters.indexed("theta", real=True)
index, smaller = letters.symbols("i", "d", integer=True, positive=True)
angle = letters.symbol("theta", real=True)
squared_cosines = Sum(cos(angles[index]) ** 2, (index, 1, smaller))
squared_sines = Sum(sin(angles[index]) ** 2, (index, 1, smaller))

CORRELATION_DIMENSION = Claim(
    id="id.correlation-dimension",
    title="The correlation dimension by the principal angles",
    source=Source(ID, "Definition of the correlation dimension"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        Assumption(
            "subspaces V_s, V_w of one R^D with principal angles theta_1, ..., theta_d, d = min(d_s, d_w)"
        ),
        Assumption("d_sw = tr(P_s P_w) = ||V_s^T V_w||_F^2 for orthonormal bases, the same for all of them"),
    ),
    states=(
        Part("trace", equal(D_SW, squared_cosines)),
        Part("nonnegative", at_least(squared_cosines, 0)),
        Part("at-most-smaller", at_least(smaller, squared_cosines)),
    ),
    derivation=(
        Step(
            "The singular values of V_s^T V_w are the cosines: each principal pair brings a squared cosine, whatever the "
            "bases, and lacks a squared sine to 1.",
            equal(1 - cos(angle) ** 2, sin(angle) ** 2),
            Rule.IDENTITY,
        ),
        Step("It is a sum of squares.", at_least(squared_cosines, 0), Rule.NONNEGATIVE),
        Step(
            "The squared sines are what it lacks to the smaller dimension.",
            at_least(smaller, squared_cosines),
            Rule.NONNEGATIVE,
            certificate=(squared_sines,),
        ),
    ),
    remarks=(
        "Spans turned at random against each other in R^D have the mean d_s d_w/D, which is what features of "
        "different widths get by a random embedding.",
    ),
)

CLAIMS = (CORRELATION_DIMENSION,)
