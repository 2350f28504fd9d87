"""Between the papers: two subspaces and early stopping.

bridge.variance-removal  the same removal of variance as under Gaussian universality
"""

from __future__ import annotations

from sympy import Limit, oo

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.intrinsic_dimension.conditions import POPULATION_EXCESS, kept_dimension
from w2s_theory.claims.least_squares import BIASES, GAUSSIAN, STUDENT, TEACHER, WELL_SPECIFIED
from w2s_theory.claims.papers import ID
from w2s_theory.notation.symbols import D_S, D_SW, D_W, UNLABELLED, Topic
from w2s_theory.relations import equal

letters = Topic(__name__)

tau = letters.symbol("tau2", positive=True)
student_variance = tau * kept_dimension
inherited_share = D_SW / D_W
kept_in_span, kept_off_span = letters.symbols("A_in", "A_off", nonnegative=True)
filtered = (D_SW * kept_in_span**2 + (D_W - D_SW) * kept_off_span**2) / D_W

VARIANCE_REMOVAL = Claim(
    id="bridge.variance-removal",
    title="Two subspaces remove variance as early stopping does",
    source=Source(ID, "main theorem, beside the universal loss of random features"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        WELL_SPECIFIED,
        BIASES,
        Assumption(
            "under universality the student's share of the teacher's variance is sum w A^2/sum w over eigenspaces; "
            "A = 1 in V_s and A = 0 off it when the spectrum is a projection"
        ),
    ),
    states=(
        Part("many-points", equal(Limit(student_variance / (tau * D_W), UNLABELLED, oo), inherited_share)),
        Part(
            "filter",
            equal(filtered.subs(kept_in_span, 1), inherited_share + kept_off_span**2 * (1 - inherited_share)),
        ),
        Part(
            "removed",
            equal(
                1 - student_variance / (tau * D_W),
                (1 - inherited_share) * POPULATION_EXCESS / (UNLABELLED - D_S - 1),
            ),
        ),
    ),
    derivation=(
        Step(
            "With endless pseudo-labels the student's variance is the share d_sw/d_w of its teacher's.",
            equal(Limit(student_variance / (tau * D_W), UNLABELLED, oo), inherited_share),
            Rule.LIMIT,
        ),
        Step(
            "A filter that is 1 on V_s and A_off off it keeps this share of a variance spread evenly over V_w: a projection "
            "has A_off = 0, N points act like A_off^2 = d_s/(N - d_s - 1).",
            equal(filtered.subs(kept_in_span, 1), inherited_share + kept_off_span**2 * (1 - inherited_share)),
            Rule.IDENTITY,
        ),
        Step(
            "With N points it removes (N - 2 d_s - 1)/(N - d_s - 1) of what lies off V_s.",
            equal(
                1 - student_variance / (tau * D_W),
                (1 - inherited_share) * POPULATION_EXCESS / (UNLABELLED - D_S - 1),
            ),
            Rule.IDENTITY,
        ),
    ),
)

CLAIMS = (VARIANCE_REMOVAL,)
