from __future__ import annotations

import pytest
from sympy import Function, IndexedBase, Limit, Rational, Sum, cos, exp, sqrt, symbols
from sympy.core.relational import Relational

from proofs_checks.sensitivity.standing import Standing, standing
from w2s_theory.claims import find_claim
from w2s_theory.geometry.inner_products import SquaredNorm, Vector
from w2s_theory.notation.symbols import L_ST, L_TE, SCALE
from w2s_theory.relations import at_least, at_most, equal, more_than

x, y = symbols("x y", positive=True)
i, m = symbols("i m", integer=True, positive=True)
b = IndexedBase(symbols("b", positive=True))
u, v = Vector.named("u"), Vector.named("v")
HUNDREDTH_MORE = Rational(101, 100)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (at_least(L_ST, L_TE**2), at_least(L_ST, L_TE**2 / HUNDREDTH_MORE), Standing.WEAKER),
        (at_least(L_ST, L_TE**2), at_least(L_ST, HUNDREDTH_MORE * L_TE**2), Standing.WRONG),
        (at_least(L_ST, L_TE**2), at_least(L_ST, L_TE**3), Standing.WEAKER),
        (at_least(L_ST - L_TE**2, x), at_least(HUNDREDTH_MORE * (L_ST - L_TE**2), x), Standing.WEAKER),
        (at_least(L_ST - L_TE**2, x), at_least((L_ST - L_TE**2) / HUNDREDTH_MORE, x), Standing.WRONG),
        (at_most(x, y), at_most(x, HUNDREDTH_MORE * y), Standing.WEAKER),
        (at_most(x, y), at_most(HUNDREDTH_MORE * x, y), Standing.WRONG),
        (at_least(x, y), more_than(x, y), Standing.WRONG),
        (equal(x, y), equal(x, HUNDREDTH_MORE * y), Standing.WRONG),
        (equal(x, 0), equal(HUNDREDTH_MORE * x, 0), Standing.SAME),
        (at_least(x - 1, 0), at_least(HUNDREDTH_MORE * (x - 1), 0), Standing.SAME),
        (at_least(x - 1, 0), at_least(HUNDREDTH_MORE * x - 1, 0), Standing.WEAKER),
        (at_least(0, x - 1), at_least(0, 1 - x), Standing.WRONG),
        (equal(cos(x), y), equal(cos(-x), y), Standing.SAME),
        (
            at_least(x, Sum(b[i] ** 2, (i, 1, m))),
            at_least(x, Sum(b[i] ** 2, (i, 1, m)) - y),
            Standing.WEAKER,
        ),
        (at_least(SquaredNorm.of(u), x), at_least(SquaredNorm.of(2 * u), x), Standing.WEAKER),
        (at_least(SquaredNorm.of(u - v), x), at_least(SquaredNorm.of(2 * u - v), x), Standing.WRONG),
        (equal(Limit(x * y, x, 0), 0), equal(Limit(2 * x * y, x, 0), 0), Standing.SAME),
        (equal(Limit(x * y, x, 0), 0), equal(2 * Limit(x * y, x, 0), 0), Standing.SAME),
        (equal(Limit(x + y, x, 0), y), equal(2 * Limit(x + y, x, 0), y), Standing.WRONG),
        (equal(Limit(x + y, x, 0), y), equal(Limit(x + 2 * y, x, 0), y), Standing.WRONG),
        (at_least(Function("f")(x), y), at_least(Function("f")(x), y / 2), Standing.WRONG),
        (at_least(exp(-x), 0), at_least(exp(-x), -1), Standing.WEAKER),
        (at_least(sqrt(x - 1), y), at_least(sqrt(x), y), Standing.WEAKER),
    ],
)
def test_where_a_twin_stands(old: Relational, new: Relational, expected: Standing) -> None:
    assert standing(old, new, (), {"L_TE": (0, 1)}) is expected


def test_assumptions_and_ranges_bound_the_points() -> None:
    old, new = at_least(x, y), at_least(x, y**2)
    assert standing(old, new) is Standing.WRONG
    assert standing(old, new, (at_most(y, 1),)) is Standing.WEAKER
    assert standing(old, new, (), {"y": (0, 1)}) is Standing.WEAKER


def test_a_twin_that_is_false_only_where_the_bound_is_met_is_wrong() -> None:
    """Shrinking costs, and -|s - c g|^2 + |a s - g|^2 >= 0 for c < 1 is false where s = g and a = 1."""
    claim = find_claim("rf.def1")
    old = claim.relation("inequality")
    s, g = Vector.named("f_ST"), Vector.named("f_TE")
    for share in (Rational(99, 100), Rational(19, 20)):
        new = at_least(SquaredNorm.of(SCALE * s - g) - SquaredNorm.of(s - share * g), 0)
        assert standing(old, new, claim.premises) is Standing.WRONG
