"""Checks and falsifiers for the posterior-mean teacher on joint laws of teacher and student.

Claim: bridge.mean-teacher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hypothesis import strategies as st
from sympy import Expr, Rational
from sympy.core.relational import Relational

from proofs_checks.claims.ours.mean_teacher import GAP_IS_MISFIT, VARIANCE_TWICE
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.mean_teacher import (
    ANY_RISK,
    MEAN_DISTANCE,
    MEAN_TEACHER_RISK,
    MISFIT,
    STUDENT_RISK,
    TEACHER_RISK,
    TEACHER_VARIANCE,
)
from w2s_theory.relations import as_text

Point = tuple[Fraction, ...]
"""A function's values on the data."""


ABOUT_ANY_LAW = ("bias-variance", "gap-misfit")
"""The parts of the statement that hold for any joint law of teacher and student."""


@dataclass(frozen=True)
class JointLaw:
    """Equally likely pairs of a teacher and a student, values of both on the data, and the target's values.

    Students repeat, so that the mean teacher given the student is a mean over several draws.
    """

    target: Point
    pairs: tuple[tuple[Point, Point], ...]

    @cached_property
    def mean_teachers(self) -> Mapping[Point, Point]:
        """E[f_TE | f_ST] for each student."""
        taught: dict[Point, list[Point]] = defaultdict(list)
        for teacher, student in self.pairs:
            taught[student].append(teacher)
        return {
            student: tuple(sum(values, Fraction(0)) / len(values) for values in zip(*teachers, strict=True))
            for student, teachers in taught.items()
        }

    @cached_property
    def moments(self) -> dict[Expr, Rational]:
        """The mean squared distances that the statement names, exactly."""
        triples = [(teacher, student, self.mean_teachers[student]) for teacher, student in self.pairs]
        return {
            TEACHER_RISK: _mean([_square(teacher, self.target) for teacher, _, _ in triples]),
            STUDENT_RISK: _mean([_square(student, self.target) for _, student, _ in triples]),
            MISFIT: _mean([_square(teacher, student) for teacher, student, _ in triples]),
            ANY_RISK: _mean([_square(mean, self.target) for _, _, mean in triples]),
            TEACHER_VARIANCE: _mean([_square(teacher, mean) for teacher, _, mean in triples]),
            MEAN_DISTANCE: _mean([_square(student, mean) for _, student, mean in triples]),
        }

    def breaks(self, part: Relational) -> bool:
        """Return whether an equation of the statement is false here."""
        return bool((part.lhs - part.rhs).xreplace(self.moments) != 0)


def _square(left: Point, right: Point) -> Fraction:
    return sum(((x - y) ** 2 for x, y in zip(left, right, strict=True)), Fraction(0))


def _shown(point: Point) -> str:
    return f"({', '.join(map(str, point))})"


def _mean(values: list[Fraction]) -> Rational:
    mean = sum(values, Fraction(0)) / len(values)
    return Rational(mean.numerator, mean.denominator)


@st.composite
def joint_laws(draw: st.DrawFn) -> JointLaw:
    """Draw two to six teachers on two data points, taught to one to three different students."""
    value = st.integers(-6, 6).map(Fraction)
    points = st.tuples(value, value)
    students = st.sampled_from(draw(st.lists(points, min_size=1, max_size=3)))
    pairs = draw(st.lists(st.tuples(points, students), min_size=2, max_size=6))
    return JointLaw(draw(points), tuple(pairs))


@check(
    MEAN_TEACHER_RISK,
    Tier.PROPERTY,
    "Hypothesis over joint laws of teacher and student, exact",
    rejects=(VARIANCE_TWICE, GAP_IS_MISFIT),
)
def on_joint_laws(claim: Claim, context: Context) -> Finding:
    """Evaluate the parts about any law at drawn laws, dependent ones included, in rational numbers."""
    parts = [claim.relation(name) for name in ABOUT_ANY_LAW]

    def breaks(law: JointLaw) -> bool:
        return any(law.breaks(part) for part in parts)

    found = find_counterexample(
        joint_laws(),
        lambda law: Trial((0.0,), breaks(law)),
        breaks,
        examples=context.examples // 4,
        seed=context.seed,
    )
    domain = "2 to 6 equally likely pairs of integer teachers and students on two data points"
    if found.counterexample is None:
        summary = f"{found.cases} joint laws, {len(parts)} equations exact"
        return Finding(
            Verdict.SUPPORTED,
            summary,
            domain,
            covers="bias and variance, gap and misfit",
            parts=claim.ids(*ABOUT_ANY_LAW),
        )
    law = found.counterexample
    part = next(part for part in parts if law.breaks(part))
    witness = {
        "f*": _shown(law.target),
        "(f_TE, f_ST)": "; ".join(f"{_shown(teacher)}, {_shown(student)}" for teacher, student in law.pairs),
        "left - right": str((part.lhs - part.rhs).xreplace(law.moments)),
    }
    return Finding(Verdict.REFUTED, f"false: {as_text(part)}", domain, witness)
