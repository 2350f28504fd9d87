"""Checks and falsifiers of gap and misfit for squared loss and for cross-entropy.

Claims: bv.gap-bound, bv.kl-entropy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

import numpy as np
import sympy
from sympy import Expr, Indexed, Rational, Symbol
from sympy.core.relational import Relational

from proofs_checks.claims.bias_variance.decompositions import BITS, ROUNDING, Measured, by_algebra, examined
from proofs_checks.claims.shared_checks import decide_in_coordinates
from proofs_checks.drawn.finite_laws import FiniteLaw, in_balls, random_law
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.decompositions import DISTANCE
from w2s_theory.claims.bias_variance.gap_and_misfit import (
    CE_TEACHER,
    ENTROPY,
    GAP_BOUND,
    KL_ENTROPY,
    LABEL,
    LABELS,
    NORMALIZER,
    OTHER_LABEL,
    REVERSE_CROSS_ENTROPY,
    STUDENT_CLASS,
    TARGET_CLASS,
    TEACHER_CLASS,
    TEACHER_NUMBER,
    TEACHERS,
    TO_TARGET,
    WEIGHT,
    geometric_mean,
)
from w2s_theory.divergences.bregman import KULLBACK_LEIBLER, SQUARED
from w2s_theory.divergences.formal import MEAN, POSTERIOR_MEAN, STUDENT, TARGET, TEACHER
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import as_text

letters = Topic(__name__)

CLASSES = 3
COORDINATES = letters.symbols("a", "b", "c", "v", "e", real=True)


STUDENT_TO_MEAN_TEACHER = SquaredNorm.of(Vector.named(STUDENT) - Vector.named(MEAN))

NO_FACTOR = wrong(
    GAP_BOUND,
    "without the factor 2",
    part="bound",
    replacing={4 * DISTANCE * TO_TARGET: DISTANCE * TO_TARGET},
)
FACTOR_TOO_SMALL = wrong(
    GAP_BOUND,
    "19/10 in place of the factor 2",
    part="bound",
    replacing={4 * DISTANCE * TO_TARGET: Rational(361, 100) * DISTANCE * TO_TARGET},
)
MEAN_OF_ALL_STUDENTS = wrong(
    GAP_BOUND,
    "the distance from the teacher's mean whatever the student says",
    part="bound",
    replacing={DISTANCE: STUDENT_TO_MEAN_TEACHER},
)
GAP_IS_MISFIT = wrong(
    GAP_BOUND,
    "the gap equals the misfit",
    part="bound",
    replacing={TO_TARGET * DISTANCE * 4: sympy.Integer(0)},
)
ENTROPY_ADDED = wrong(
    KL_ENTROPY,
    "the entropy added, not subtracted",
    part="entropy",
    replacing={-ENTROPY: ENTROPY},
)
CROSS_ENTROPY_NOT_REVERSED = wrong(
    KL_ENTROPY,
    "the cross-entropy in place of the reverse cross-entropy",
    part="entropy",
    replacing={
        -REVERSE_CROSS_ENTROPY: sympy.Sum(
            TEACHER_CLASS[LABEL] * sympy.log(STUDENT_CLASS[LABEL]), (LABEL, 1, LABELS)
        )
    },
)
TEACHER_DROPPED = wrong(
    KL_ENTROPY,
    "the gap with the teacher's term dropped",
    part="gap",
    replacing={-CE_TEACHER: sympy.Integer(0)},
)
ARITHMETIC_MEAN = wrong(
    KL_ENTROPY,
    "the arithmetic mean in place of the geometric mean",
    part="dual-mean",
    replacing={
        geometric_mean(label): sympy.Sum(
            WEIGHT[TEACHER_NUMBER] * TEACHER_CLASS[TEACHER_NUMBER, label], (TEACHER_NUMBER, 1, TEACHERS)
        )
        for label in (LABEL, OTHER_LABEL)
    },
)


@check(
    GAP_BOUND, Tier.DECISION, "z3 in real coordinates", rejects=(NO_FACTOR, FACTOR_TOO_SMALL, GAP_IS_MISFIT)
)
def bound_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide the bound in R^3 with E[w|s] at the origin, where g - s is on the first axis and w is orthogonal to it.

    Nothing but inner products of g, s and w as random vectors enters, so R^3 covers every finite or infinite law.
    """
    a, b, c, v, e = COORDINATES
    places = {TARGET: (a + b, c, 0), STUDENT: (b, c, 0), TEACHER: (0, v, e), POSTERIOR_MEAN: (0, 0, 0)}
    space = {
        inner(Vector.named(x), Vector.named(y)): sum(p * q for p, q in zip(places[x], places[y], strict=True))
        for x, y in combinations_with_replacement(places, 2)
    }
    domain = "g, s and w as random vectors in R^3, E[w|s] at the origin, w - E[w|s] orthogonal to g - s"
    return decide_in_coordinates(claim.relations, space, (), domain, context.seconds)


@check(
    GAP_BOUND,
    Tier.PROPERTY,
    "drawn finite laws, re-checked in ball arithmetic",
    rejects=(NO_FACTOR, FACTOR_TOO_SMALL, MEAN_OF_ALL_STUDENTS, GAP_IS_MISFIT),
)
def bound_on_drawn_laws(claim: Claim, context: Context) -> Finding:
    """Compare both sides on drawn laws; on single points of the line the bound is attained."""
    parts = [Measured.of(part) for part in claim.relations]
    generator = np.random.default_rng(context.seed)
    sizes = generator.integers((1, 1), (5, 3), size=(context.examples, 2))
    cases = [(SQUARED, random_law(SQUARED, generator, int(atoms), int(size))) for atoms, size in sizes]
    domain = "joint laws of up to 4 atoms on the line and in the plane, two targets and two students, dependent ones too"
    return examined(parts, cases, domain)


def probabilities(law: FiniteLaw) -> dict[str, Fraction]:
    """Return the entries of a target, a student, a teacher, and of all teachers with their weights, by name."""
    found: dict[str, Fraction] = {}
    for base, row in ((TARGET_CLASS, law.target), (STUDENT_CLASS, law.student), (TEACHER_CLASS, law.teacher)):
        found |= {f"{base}[{k}]": value for k, value in enumerate(row[0], 1)}
    for number, (weight, teacher) in enumerate(zip(law.probabilities, law.teacher, strict=True), 1):
        found[f"{WEIGHT}[{number}]"] = weight
        found |= {f"{TEACHER_CLASS}[{number}, {k}]": value for k, value in enumerate(teacher, 1)}
    return found


@cache
def explicit(relation: Relational, teachers: int) -> Expr:
    """Return left minus right for `CLASSES` classes and this many teachers, in plain symbols."""

    def normalized(expression: Expr) -> Expr:
        total = sum(NORMALIZER * geometric_mean(sympy.Integer(k)) for k in range(1, CLASSES + 1))
        return expression.subs(NORMALIZER, total)

    difference = normalized(relation.lhs - relation.rhs).subs({LABELS: CLASSES, TEACHERS: teachers}).doit()
    difference = difference.subs({LABEL: 1, OTHER_LABEL: 2})
    return difference.xreplace(
        {entry: Symbol(str(entry), positive=True) for entry in difference.atoms(Indexed)}
    )


@cache
def in_floating_point(relation: Relational, teachers: int) -> Callable[[Mapping[str, Fraction]], float]:
    """Return left minus right as a function of the probabilities."""
    expression = explicit(relation, teachers)
    symbols = sorted(expression.free_symbols, key=str)
    names = list(map(str, symbols))
    function = sympy.lambdify(symbols, expression, "math")
    return lambda values: float(function(*(float(values[name]) for name in names)))


def differs(relation: Relational, teachers: int, values: Mapping[str, Fraction]) -> bool:
    """Return whether the two sides are different, in ball arithmetic."""
    expression = explicit(relation, teachers)
    number = in_balls(KULLBACK_LEIBLER).number
    with precision(BITS):
        found = ball(expression, {name: number(values[str(name)]) for name in expression.free_symbols})
        return bool(found != 0)


@check(
    KL_ENTROPY,
    Tier.PROPERTY,
    "drawn classifiers, re-checked in ball arithmetic",
    rejects=(ENTROPY_ADDED, CROSS_ENTROPY_NOT_REVERSED, TEACHER_DROPPED, ARITHMETIC_MEAN),
)
def entropies_of_drawn_classifiers(claim: Claim, context: Context) -> Finding:
    """Compare both sides on drawn probability vectors, one to four teachers each."""
    generator = np.random.default_rng(context.seed)
    domain = f"{CLASSES} classes, one to four teachers, probabilities in proportion to integers from 1 to 9"
    parts = claim.relations
    largest = 0.0
    for _ in range(context.examples):
        teachers = int(generator.integers(1, 5))
        law = random_law(KULLBACK_LEIBLER, generator, teachers, CLASSES)
        values = probabilities(law)
        gaps = [in_floating_point(part, teachers)(values) for part in parts]
        largest = max(largest, *map(abs, gaps))
        for part, gap in zip(parts, gaps, strict=True):
            if abs(gap) > ROUNDING and differs(part, teachers, values):
                witness = {**law.described(), "left - right": f"{gap:.12g}"}
                return Finding(Verdict.REFUTED, f"false: {as_text(part)}", domain, witness)
    summary = f"{context.examples} sets of classifiers, both sides equal to {largest:.1e}"
    return Finding(Verdict.SUPPORTED, summary, domain)


@check(
    GAP_BOUND,
    Tier.SYMBOLIC,
    "exact algebra (sympy)",
    rejects=(NO_FACTOR, FACTOR_TOO_SMALL, MEAN_OF_ALL_STUDENTS, GAP_IS_MISFIT),
)
def bound_by_algebra(claim: Claim, context: Context) -> Finding:
    """Re-check Cauchy-Schwarz and the certificate."""
    return by_algebra(claim, context, bound_on_drawn_laws)


@check(
    KL_ENTROPY,
    Tier.SYMBOLIC,
    "exact algebra (sympy)",
    rejects=(ENTROPY_ADDED, CROSS_ENTROPY_NOT_REVERSED, TEACHER_DROPPED, ARITHMETIC_MEAN),
)
def entropies_by_algebra(claim: Claim, context: Context) -> Finding:
    """Re-check the identities for any number of classes and teachers."""
    return by_algebra(claim, context, entropies_of_drawn_classifiers)
