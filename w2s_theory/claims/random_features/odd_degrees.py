"""What no ReLU random-feature network on the sphere S^{d-1} can learn.

rf.odd-degrees  odd components of degree 3 and more are invisible to teacher and student
"""

from __future__ import annotations

from sympy import Sum, Symbol

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.sphere_spectrum import UNIFORM, identity, odd_coefficient
from w2s_theory.claims.teacher_and_student import UNIT_TARGET
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.notation.symbols import L_ST, L_TE, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.sphere.funk_hecke import M

letters = Topic(__name__)

SEEN, ODD = Vector.named("f_seen"), Vector.named("f_odd")
TEACHER, STUDENT = Vector.named("f_TE"), Vector.named("f_ST")
LEARNERS = ((L_TE, TEACHER), (L_ST, STUDENT))
odd_mass = norm_squared(ODD)


orthogonal_degrees = equal(inner(ODD, SEEN), 0)
most = letters.symbol("q", integer=True, nonnegative=True)
values = {
    learner: letters.indexed(f"V_{name}", real=True)[M]
    for (_, learner), name in zip(LEARNERS, ("TE", "ST"), strict=True)
}
"""What f_odd's component of degree 2m + 3 says, summed over the directions of a learner's features by their weights."""
by_funk_hecke = {
    learner: equal(inner(ODD, learner), Sum(odd_coefficient * values[learner], (M, 0, most)))
    for _, learner in LEARNERS
}
nothing_heard = {learner: equal(relation.rhs, 0) for learner, relation in by_funk_hecke.items()}
orthogonal_learners = {learner: equal(inner(ODD, learner), 0) for _, learner in LEARNERS}
losses = {loss: equal(loss, SquaredNorm.of(SEEN + ODD - learner)) for loss, learner in LEARNERS}


def _loss_steps(loss: Symbol, learner: Vector) -> tuple[Step, ...]:
    squared_error = SquaredNorm.of(SEEN + ODD - learner)
    return (
        Step("Each coefficient is 0.", nothing_heard[learner], Rule.IDENTITY),
        Step(
            "So f_odd is orthogonal to the learner.",
            orthogonal_learners[learner],
            Rule.IDENTITY,
            given=(by_funk_hecke[learner], nothing_heard[learner]),
        ),
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
            "f* = f_seen + f_odd, f_odd the orthogonal projection of f* on the span of the harmonics of odd degrees 2m + 3, "
            "m >= 0",
            (orthogonal_degrees,),
        ),
        Assumption(
            "f_TE and f_ST combinations of features act(<u,.>), or limits of such combinations: by the Funk-Hecke formula "
            "E Y(x) act(<u,x>) = s_k Y(u) for harmonics Y of degree k; V_TE and V_ST sum Y(u) over the features by their "
            "weights, for f_odd's component Y of degree 2m + 3, m up to q",
            tuple(by_funk_hecke.values()),
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
