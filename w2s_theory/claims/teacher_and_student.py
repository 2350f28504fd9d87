"""The setting that the claims share: target, teacher and student as formal vectors, and what is assumed of them."""

from __future__ import annotations

from sympy import Rational

from w2s_theory.claim import Rule, Step
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.relations import equal

TARGET = Vector.named("f*")
TEACHER = Vector.named("f_TE")
STUDENT = Vector.named("f_ST")

INNER_PRODUCT_SPACE = "any real inner-product space, in particular L^2 of the data"
UNIT_TARGET = "E f*^2 = 1"
LEAST_SQUARES_TEACHER = "f_TE = P f*, the least-squares fit, so that E f_TE^2 = E f_TE f* = 1 - L_TE"
SHRINKAGE_OPTIMAL_STUDENT = "f_ST shrinkage optimal for f_TE, that is E f_ST^2 <= E f_ST f_TE"

student_norm, teacher_norm, target_norm = map(norm_squared, (STUDENT, TEACHER, TARGET))
student_teacher = inner(STUDENT, TEACHER)
half_teacher = Rational(1, 2) * TEACHER

U, V = Vector.named("u"), Vector.named("v")
CAUCHY_SCHWARZ = Step(
    "Cauchy-Schwarz: ||u||^2 ||v||^2 - <u, v>^2, times ||v||^2, is the squared norm of a vector.",
    equal(
        SquaredNorm.of(norm_squared(V) * U - inner(U, V) * V),
        norm_squared(V) * (norm_squared(U) * norm_squared(V) - inner(U, V) ** 2),
    ),
    Rule.IDENTITY,
)
