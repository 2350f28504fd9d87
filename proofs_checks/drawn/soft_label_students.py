"""Drawn students and soft labels, and claims about them evaluated there in ball arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from flint import arb
from hypothesis import strategies as st
from sympy import Dummy, Expr, Indexed, Limit
from sympy.core.relational import Relational

from proofs_checks.evidence import Finding, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context
from w2s_theory.balls import ball, exact, excludes, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.predictive_uncertainty import FIRST_LABEL, SECOND_LABEL
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLASSES,
    LABEL,
    LABELS,
    LOG_RATIO,
    LOGIT,
    LOGITS,
    MIXED_LABEL,
    MIXED_LABELS,
    SHORTFALL,
    STUDENT,
    STUDENTS,
)
from w2s_theory.relations import as_text

BITS = 200
LIMIT_POINT = Fraction(1, 2**90)
"""The certainty at which a limit for vanishing certainty is evaluated."""
LIMIT_SLACK = Fraction(1, 2**60)
"""How far the value there may be from the limit; a relative error of order the certainty is 2^30 times smaller."""


@dataclass(frozen=True)
class LabelledStudent:
    """A teacher's label and a student over K >= 2 classes, with the teacher's certainty in (0, 1].

    `teacher` and `student` are positive integer weights, normalized here; `logits` have one entry a class.
    """

    teacher: tuple[int, ...]
    student: tuple[int, ...]
    logits: tuple[Fraction, ...]
    certainty: Fraction

    @property
    def classes(self) -> int:
        """The number K of classes."""
        return len(self.teacher)

    @cached_property
    def values(self) -> dict[Expr, arb]:
        """Every symbol of the claims; for two classes the first two weights count, the likelier class first."""
        labels, shares = _normalized(self.teacher), _normalized(self.student)
        first, second = sorted(self.teacher[:2], reverse=True)
        likely, chosen = _normalized((first, second))[0], _normalized(self.student[:2])[0]
        mixed = [self.certainty * label + (1 - self.certainty) / self.classes for label in labels]
        values: dict[Expr, arb] = {
            LOGIT: exact(self.logits[0]),
            STUDENT: exact(chosen),
            LABEL: exact(likely),
            CERTAINTY: exact(self.certainty),
            MIXED_LABEL: exact(self.certainty * likely + (1 - self.certainty) / 2),
            CLASSES: arb(self.classes),
            FIRST_LABEL: exact(labels[0]),
            SECOND_LABEL: exact(labels[1]),
        }
        for number, (label, share, mixture) in enumerate(zip(labels, shares, mixed, strict=True), start=1):
            values |= {
                LOGITS[number]: exact(self.logits[number - 1]),
                LABELS[number]: exact(label),
                STUDENTS[number]: exact(share),
                MIXED_LABELS[number]: exact(mixture),
                SHORTFALL[number]: exact(max(labels) - label),
                LOG_RATIO[number]: (exact(share) / exact(mixture)).log(),
            }
        return values

    def gap(self, relation: Relational) -> arb:
        """Return a ball around left minus right, a limit's left side taken near it."""
        values = self.values
        if relation.lhs.has(Limit):
            values = {**values, CERTAINTY: exact(LIMIT_POINT)}
        expression, stand_ins = _explicit(relation, self.classes)
        return ball(expression, {stand_in: values[each] for each, stand_in in stand_ins.items()})

    def breaks(self, relation: Relational) -> bool:
        """Return whether the relation is certainly false here."""
        gap = self.gap(relation)
        if relation.lhs.has(Limit):
            return bool(abs(gap) > exact(LIMIT_SLACK))
        return excludes(relation, gap)

    def describe(self) -> dict[str, str]:
        """Return student, label and certainty as text, for a witness."""
        return {
            "q": ", ".join(map(str, _normalized(self.teacher))),
            "p": ", ".join(map(str, _normalized(self.student))),
            "z": ", ".join(map(str, self.logits)),
            "a": str(self.certainty),
        }


@cache
def _explicit(relation: Relational, classes: int) -> tuple[Expr, dict[Expr, Dummy]]:
    """Return left minus right for K classes, limits replaced by what they are limits of, and symbols by stand-ins."""
    inside = [side.args[0] if isinstance(side, Limit) else side for side in relation.args]
    left, right = (side.subs(CLASSES, classes).doit() for side in inside)
    indexed = (left - right).atoms(Indexed)
    plain = (left - right).free_symbols - {base for each in indexed for base in each.free_symbols}
    stand_ins = {each: Dummy(str(each), real=True) for each in (*indexed, *plain)}
    return (left - right).xreplace(stand_ins), stand_ins


def _normalized(weights: Sequence[int]) -> list[Fraction]:
    return [Fraction(weight, sum(weights)) for weight in weights]


@st.composite
def labelled_students(draw: st.DrawFn, most_classes: int = 4) -> LabelledStudent:
    """Draw labels and students, ties included, logits in eighths from -4 to 4 and any certainty."""
    classes = draw(st.integers(2, most_classes))
    weights = st.lists(st.integers(1, 40), min_size=classes, max_size=classes).map(tuple)
    logits = st.lists(st.integers(-32, 32), min_size=classes, max_size=classes)
    return LabelledStudent(
        teacher=draw(weights),
        student=draw(weights),
        logits=tuple(Fraction(value, 8) for value in draw(logits)),
        certainty=Fraction(draw(st.integers(1, 64)), 64),
    )


def relations_at_drawn_labels(claim: Claim, context: Context) -> Finding:
    """Evaluate every part of the statement at drawn students, labels and certainties: none may be false."""
    parts = claim.relations

    def breaks(drawn: LabelledStudent) -> bool:
        with precision(BITS):
            return any(drawn.breaks(part) for part in parts)

    found = find_counterexample(
        labelled_students(),
        lambda drawn: Trial((0.0,), breaks(drawn)),
        breaks,
        examples=context.examples // 4,
        seed=context.seed,
    )
    domain = (
        "2 to 4 classes, rational labels and students, logits from -4 to 4, a = k/64; Arb balls of 200 bits"
    )
    if found.counterexample is None:
        return Finding(
            Verdict.SUPPORTED, f"{found.cases} students and labels, {len(parts)} relations", domain
        )
    drawn = found.counterexample
    with precision(BITS):
        broken = next(part for part in parts if drawn.breaks(part))
        gap = drawn.gap(broken).str(12, radius=False)
    return Finding(
        Verdict.REFUTED, f"false: {as_text(broken)}", domain, {**drawn.describe(), "left - right": gap}
    )
