from __future__ import annotations

import sympy
from sympy import Eq, Ge, Gt, Integer, Le, Rational, oo

from proofs_checks.bounds.models import Chart
from proofs_checks.bounds.simple_states import simple_points
from w2s_theory.balls import holds

K = sympy.Symbol("i", integer=True)
X, Y = sympy.symbols("x y", real=True)
CHART = Chart(
    intervals={K: (Integer(2), oo), X: (-oo, oo), Y: (Integer(0), Integer(1))},
    observables={K: K, X: X, Y: Y},
    witness=lambda at: {str(x): str(value) for x, value in at.items()},
    constraints=(Le(X**2, Y, evaluate=False),),
    integers=frozenset((K,)),
)


def test_points_break_the_bound_on_the_chart_simplest_first() -> None:
    relation, condition = Ge(1, K * X, evaluate=False), Gt(Y, Rational(1, 2), evaluate=False)
    points = list(simple_points(CHART, relation, (condition,)))
    assert points
    for point in points:
        assert point[K].is_Integer
        assert all(holds(item, point) for item in (*CHART.relations(), condition))
        assert holds(relation, point) is False
    assert points[0][K] <= points[-1][K]
    assert points == list(simple_points(CHART, relation, (condition,)))


def test_equations_and_equalities() -> None:
    on_parabola = list(simple_points(CHART, Ge(X, 0, evaluate=False), (Eq(Y, X**2, evaluate=False),)))
    assert on_parabola
    assert all(point[Y] == point[X] ** 2 and point[X] < 0 for point in on_parabola)
    assert all(
        point[X] == point[Y]
        for point in simple_points(CHART, Gt(Y, X, evaluate=False), ())
        if point[X] <= point[Y]
    )
    assert next(simple_points(CHART, Eq(K, 2, evaluate=False), ()))[K] > 2


def test_nothing_where_the_bound_holds() -> None:
    assert not list(simple_points(CHART, Le(X, 1, evaluate=False), ()))
    assert not list(simple_points(CHART, Ge(X / Y, -2, evaluate=False), (Eq(X, 0, evaluate=False),)))
