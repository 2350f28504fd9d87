from __future__ import annotations

import sympy

from proofs_checks.methods.minimize import lowest_points
from w2s_theory.balls import holds

X, Y = sympy.symbols("x y", real=True)


def test_lowest_points_are_exact_candidates() -> None:
    margin = (X - sympy.Rational(1, 3)) ** 2 + Y - sympy.Rational(1, 10)
    box = {X: (sympy.Integer(0), sympy.Integer(1)), Y: (sympy.Integer(0), sympy.Integer(1))}
    points = list(lowest_points(margin, box, [Y >= sympy.Rational(1, 100)], 1.0))
    refuting = [
        at for at in points if holds(margin >= 0, at) is False and holds(Y >= sympy.Rational(1, 100), at)
    ]
    assert refuting


def test_endless_sides_and_whole_numbers() -> None:
    box = {X: (sympy.Integer(3), sympy.oo), Y: (-sympy.oo, sympy.oo)}
    points = list(lowest_points((X - sympy.Rational(9, 2)) ** 2 + (Y + 2) ** 2, box, [], 1.0, [X]))
    assert points
    assert all(at[X] in (4, 5) for at in points)
    assert list(lowest_points(sympy.Integer(1), {}, [], 1.0)) == []
