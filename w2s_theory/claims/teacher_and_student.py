"""The setting that the claims share: target, teacher and student as formal vectors, and what is assumed of them."""

from __future__ import annotations

from sympy import Rational

from w2s_theory.claim import Assumption
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.relations import at_least, equal

TARGET = Vector.named("f*")
TEACHER = Vector.named("f_TE")
STUDENT = Vector.named("f_ST")

student_norm, teacher_norm, target_norm = map(norm_squared, (STUDENT, TEACHER, TARGET))
student_teacher = inner(STUDENT, TEACHER)
half_teacher = Rational(1, 2) * TEACHER

INNER_PRODUCT_SPACE = Assumption("any real inner-product space, in particular L^2 of the data")
UNIT_TARGET = Assumption("E f*^2 = 1", (equal(target_norm, 1),))
LEAST_SQUARES_TEACHER = Assumption(
    "f_TE = P f*, the least-squares fit, so that E f_TE^2 = E f_TE f* = 1 - L_TE",
    (equal(teacher_norm, 1 - L_TE), equal(inner(TARGET, TEACHER), 1 - L_TE)),
)
SHRINKAGE_OPTIMAL_STUDENT = Assumption(
    "f_ST shrinkage optimal for f_TE, that is E f_ST^2 <= E f_ST f_TE",
    (at_least(student_teacher, student_norm),),
)
STUDENT_LOSS = Assumption("L_ST = E (f_ST - f*)^2", (equal(L_ST, SquaredNorm.of(STUDENT - TARGET)),))
