from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from w2s_theory.terms.algebraic_numbers import root_ball, size
from w2s_theory.terms.exact import ball
from w2s_theory.terms.reading import read_term
from w2s_theory.terms.tree import Root, algebraic


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(st.integers(-9, 9), min_size=2, max_size=6), st.integers(-4, 4))
def test_a_ball_holds_the_only_root_of_an_interval(low_first: list[int], start: int) -> None:
    low, high = Fraction(start), Fraction(start + 1)

    def at(x: Fraction) -> Fraction:
        return sum((c * x**k for k, c in enumerate(low_first)), Fraction(0))

    assume(low_first[-1] != 0 and at(low) * at(high) < 0)
    roots = mpmath.polyroots(low_first[::-1], maxsteps=500, extraprec=400)
    real = [
        mpmath.re(root)
        for root in roots
        if abs(mpmath.im(root)) < 1e-12 and start < mpmath.re(root) < start + 1
    ]
    assume(len(real) == 1)
    with ctx.workprec(200):
        found = root_ball(Root(tuple(low_first), low, high))
        assert found.rad() < arb(2) ** -180
        assert abs(float(found.mid()) - float(real[0])) < 1e-9
        value = sum((c * found**k for k, c in enumerate(low_first)), arb(0))
        assert value.contains(0)


def test_a_rational_root_is_itself() -> None:
    assert root_ball(Root((-1, 2), Fraction(1, 2), Fraction(1, 2))).contains(arb(fmpq(1, 2)))


def test_an_interval_without_a_change_of_sign_is_refused() -> None:
    for low, high in ((2, 3), (1, 2)):
        with pytest.raises(ValueError, match="no change of sign"):
            root_ball(Root((1, -2, 1), Fraction(low), Fraction(high)))


@given(st.integers(2, 60), st.integers(2, 60), st.integers(1, 200), st.integers(1, 99))
def test_a_number_that_is_not_zero_is_above_its_separation(a: int, b: int, p: int, q: int) -> None:
    item = read_term(f"sqrt({a}) + sqrt({b}) - {p}/{q}", {})
    bound = size(item)
    assert bound is not None
    value = ball(item, 512)
    assume(not value.contains(0))
    assert abs(value) > arb(2) ** -int(bound.separation + 1)


def test_only_algebraic_numbers_of_small_degree_have_a_size() -> None:
    assert size(read_term("pi + 1", {})) is None
    assert size(read_term("2**sqrt(2)", {})) is None
    roots = " + ".join(f"sqrt({p})" for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41))
    assert size(read_term(roots, {})) is None
    found = size(algebraic(Root((-2, 0, 0, 1), Fraction(1), Fraction(2))))
    assert found is not None
    assert found.degree == 3
