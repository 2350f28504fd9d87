"""The families of states of each model of a least-squares teacher and its student."""

from __future__ import annotations

from proofs_checks.bounds.adversary.families import Family
from proofs_checks.bounds.adversary.given_numbers import (
    any_student_at_a_loss,
    at_given_numbers,
    filters_at_a_loss,
)
from proofs_checks.bounds.adversary.learning import by_rules, filters, turned_and_shortened
from proofs_checks.bounds.adversary.planes import lines_at_a_loss, shortened_in_a_plane, turns_in_a_plane


def shrinkage(steps: int = 1) -> list[Family]:
    """Return families of chains of shrinkage-optimal students."""
    by_any_rule = [by_rules(dimension, steps) for dimension in ((2, 3, 5, 8) if steps == 1 else (2, 4))]
    families = [*by_any_rule, turns_in_a_plane(steps, True), lines_at_a_loss(steps)]
    if steps > 1:
        return [*families, turns_in_a_plane(steps, False)]
    return [*families, any_student_at_a_loss(False), *_given_numbers(False)]


def bounded() -> list[Family]:
    """Return families of students no longer than their teacher."""
    turned = [turned_and_shortened(dimension) for dimension in (2, 3, 6)]
    return [
        by_rules(4, 1),
        *turned,
        shortened_in_a_plane(),
        any_student_at_a_loss(True),
        *_given_numbers(True),
    ]


def eigenfunction() -> list[Family]:
    """Return families of spectral filters of a target that is an eigenfunction."""
    return [
        *(filters(dimension) for dimension in (2, 4, 7)),
        *(filters_at_a_loss(count) for count in (1, 2, 4)),
    ]


def _given_numbers(bounded: bool) -> list[Family]:
    return [at_given_numbers(bounded, norm, loss) for norm in (False, True) for loss in (False, True)]
