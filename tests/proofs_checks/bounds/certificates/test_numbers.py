from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.numbers import Numbers, check
from proofs_checks.bounds.certificates.recheck import from_json
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import variable


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("0 > 0", True),
        ("sqrt(2) + sqrt(3) <= 3", True),
        ("sqrt(2) + sqrt(3) <= sqrt(5 + 2*sqrt(6)) and 1 > 2", True),
        # Forgeries: true formulas, one with a coordinate, and one that is no matter of algebra.
        ("0 >= 0", False),
        ("sqrt(2) + sqrt(3) == sqrt(5 + 2*sqrt(6))", False),
        ("1 > 2 or 1 > 0", False),
        ("x < 0", False),
        ("x - x > 0", False),
        ("pi < 3", False),
    ],
)
def test_only_false_formulas_of_numbers_are_certified(text: str, accepted: bool) -> None:
    problem = Problem({"x": (Fraction(0), Fraction(1))}, read_formula(text, {"x": variable("x")}))
    assert check(problem, Numbers()) is accepted
    assert from_json(Numbers().as_json()) == Numbers()
