"""What no ReLU random-feature network on the sphere S^{d-1} can learn.

rf.odd-degrees  odd components of degree 3 and more are invisible to teacher and student
"""

from __future__ import annotations

from sympy import Symbol

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.sphere_spectrum import UNIFORM, identity, odd_coefficient
from w2s_theory.claims.teacher_and_student import UNIT_TARGET
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.relations import at_least, equal

SEEN, ODD = Vector.named("f_seen"), Vector.named("f_odd")
TEACHER, STUDENT = Vector.named("f_TE"), Vector.named("f_ST")
LEARNERS = ((L_TE, TEACHER), (L_ST, STUDENT))
odd_mass = norm_squared(ODD)


orthogonal_degrees = equal(inner(ODD, SEEN), 0)
orthogonal_learners = {learner: equal(inner(ODD, learner), 0) for _, learner in LEARNERS}
losses = {loss: equal(loss, SquaredNorm.of(SEEN + ODD - learner)) for loss, learner in LEARNERS}


def _loss_steps(loss: Symbol, learner: Vector) -> tuple[Step, Step]:
    squared_error = SquaredNorm.of(SEEN + ODD - learner)
    return (
        Step(
            "Orthogonal to every feature, f_odd is orthogonal to what is learned: its error stays whole.",
            at_least(squared_error, odd_mass),
            Rule.NONNEGATIVE,
            given=(orthogonal_degrees, orthogonal_learners[learner]),
            certificate=(SquaredNorm.of(SEEN - learner),),
        ),
        Step(
            "That squared error is the loss.",
            at_least(loss, odd_mass),
            Rule.CHAIN,
            given=(losses[loss],),
        ),
    )


ODD_DEGREES = Claim(
    id="rf.odd-degrees",
    title="Odd components of degree 3 and more are invisible",
    source=Source(RF, "why Theorem 3.1 asks for an even polynomial, or a linear function plus one"),
    provenance=Provenance.NEW,
    assumptions=(
        UNIFORM,
        UNIT_TARGET,
        Assumption(
            "f* = f_seen + f_odd, f_odd the sum of the components of odd degrees 2m + 3, m >= 0: harmonics of different "
            "degrees are orthogonal",
            (orthogonal_degrees,),
        ),
        Assumption(
            "f_TE and f_ST combinations of features act(<u,.>), or limits of such combinations: given, by the Funk-Hecke "
            "formula and the first part of the statement, that f_odd is orthogonal to them",
            tuple(orthogonal_learners.values()),
        ),
        Assumption("L_TE = E (f* - f_TE)^2 and L_ST = E (f* - f_ST)^2", tuple(losses.values())),
    ),
    states=(
        Part("coefficient", equal(odd_coefficient, 0)),
        Part("teacher", at_least(L_TE, odd_mass)),
        Part("student", at_least(L_ST, odd_mass)),
    ),
    derivation=(
        identity(
            "Degree 2m + 3 has coefficient 0; by the Funk-Hecke formula E f_odd(x) act(<u,x>) = 0 for every u.",
            equal(odd_coefficient, 0),
        ),
        *(step for loss, learner in LEARNERS for step in _loss_steps(loss, learner)),
    ),
)

CLAIMS = (ODD_DEGREES,)
