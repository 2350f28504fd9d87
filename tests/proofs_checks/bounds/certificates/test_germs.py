"""Series enclose the terms that they stand for, at every point tried, and have the signs that the terms have."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_checks.bounds.certificates.constants import Constant, NoSeriesError
from proofs_checks.bounds.certificates.germs import Germs, Neighbourhood
from proofs_checks.bounds.certificates.line_cover import Way, neighbourhood
from proofs_checks.bounds.certificates.series import Arithmetic, Monomial, Series
from w2s_theory.terms import exact
from w2s_theory.terms.reading import read_term
from w2s_theory.terms.tree import ONE, PI, ZERO, Root, Term, algebraic, apply, number, substitute, variable

t = variable("t")
HALF_ROOT = apply("sqrt", number(1, 2))
CUBIC = algebraic(Root((-1, 1, 0, 1), Fraction(2, 3), Fraction(3, 4)))


def read(text: str) -> Term:
    return read_term(text, {"t": t})


def above(centre: Term, reach: Fraction) -> Neighbourhood:
    found = neighbourhood(centre, centre + number(reach), Way.LOWER)
    assert found is not None
    return found


def below(centre: Term, reach: Fraction) -> Neighbourhood:
    found = neighbourhood(centre - number(reach), centre, Way.UPPER)
    assert found is not None
    return found


def far(start: Fraction) -> Neighbourhood:
    found = neighbourhood(number(start), None, Way.UPPER)
    assert found is not None
    return found


def value(series: Series, h: Fraction) -> arb:
    """Return the ball that the series says the function lies in, at one h."""
    at = arb(fmpq(h.numerator, h.denominator))
    parts = [coefficient.ball * power(at, m.power.ball, m.logs) for m, coefficient in series.terms]
    if series.rest is not None:
        monomial, ball = series.rest
        parts.append(ball * power(at, monomial.power.ball, monomial.logs))
    return sum(parts, arb(0))


def power(at: arb, exponent: arb, logs: fmpq) -> arb:
    return (exponent * at.log()).exp() * (1 / at).log() ** arb(logs)


def point(near: Neighbourhood, h: Fraction) -> Term:
    if near.centre is None:
        return number(near.side / h)
    return near.centre + number(near.side * h)


def assert_encloses(item: Term, near: Neighbourhood, top: Fraction, order: int) -> None:
    germs = Germs("t", near, order)
    signs, series = germs.signs(item), germs.series(item)
    for share in (Fraction(1), Fraction(7, 9), Fraction(1, 3), Fraction(1, 50), Fraction(1, 10**6)):
        at = {"t": point(near, top * share)}
        with ctx.workprec(200):
            here = exact.ball(substitute(item, at), 200)
        if not here.is_finite():
            continue
        sign = exact.sign(item, at, bits=2000)
        assert sign is None or sign in signs
        if series is not None:
            with ctx.workprec(200):
                assert value(series, top * share).overlaps(here), (item, at, series)


CENTRES = [ZERO, number(1, 3), ONE, number(-2), HALF_ROOT, CUBIC, number(1, 4) * PI, apply("exp", number(-1))]
leaves = st.one_of(
    st.just(t),
    st.just(t),
    st.fractions(-2, 2, max_denominator=4).map(number),
    st.sampled_from([apply("sqrt", number(2)), PI, HALF_ROOT]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Term.__add__, inner, inner),
        st.builds(Term.__mul__, inner, inner),
        st.builds(Term.__sub__, inner, inner),
        st.builds(Term.__truediv__, inner, inner),
        st.builds(lambda x, p: x ** number(p), inner, st.integers(-3, 4)),
        st.builds(lambda x, p: x**p, inner, leaves),
        st.builds(apply, st.sampled_from(["sqrt", "exp", "log", "sin", "cos", "tan", "abs"]), inner),
        st.builds(lambda x, y: apply("max", x, y), inner, inner),
        st.builds(lambda x, y: apply("min", x, y), inner, inner),
    ),
    max_leaves=6,
)
reaches = st.sampled_from([Fraction(1, 2), Fraction(1, 5), Fraction(1, 100)])


@settings(max_examples=500, deadline=None)
@given(trees, st.sampled_from(CENTRES), st.booleans(), reaches, st.sampled_from([1, 3, 6]))
def test_the_series_of_a_random_term_encloses_it(
    item: Term, centre: Term, upwards: bool, reach: Fraction, order: int
) -> None:
    assert_encloses(item, (above if upwards else below)(centre, reach), reach, order)


@settings(max_examples=150, deadline=None)
@given(trees, st.sampled_from([Fraction(2), Fraction(5), Fraction(100)]), st.sampled_from([2, 5]))
def test_the_series_of_a_random_term_encloses_it_far_out(item: Term, start: Fraction, order: int) -> None:
    assert_encloses(item, far(start), 1 / start, order)


SIGNS = {
    "sin(pi*t)": (above(ZERO, Fraction(1, 4)), 1),
    "1 - t - exp(-t)": (above(ZERO, Fraction(1, 2)), -1),
    "1 + t - 2**t": (below(ONE, Fraction(1, 4)), 1),
    "t**t - 1": (above(ZERO, Fraction(1, 10)), -1),
    "t*log(t)": (above(ZERO, Fraction(1, 10)), -1),
    "t*log(t) + exp(-1)": (above(apply("exp", number(-1)), Fraction(1, 10)), 1),
    "t**(sqrt(2)+1) - t**2.4": (above(ZERO, Fraction(1, 100)), -1),
    "sqrt(2)/2 - sqrt(abs(t - 1/2))": (above(ZERO, Fraction(1, 100)), 1),
    "sqrt(t) - t": (above(ZERO, Fraction(1, 2)), 1),
    "(2*t**2 - 1)**2*exp(t)": (below(HALF_ROOT, Fraction(1, 10)), 1),
    "sin(t)**2 - t**2 + t**4/3": (above(ZERO, Fraction(1, 10)), 1),
    "log(1 + t) - t + t**2/2": (above(ZERO, Fraction(1, 10)), 1),
    "1/log(t) + 1": (above(ZERO, Fraction(1, 10)), 1),
    "exp(1/t) - 1 - 1/t": (far(Fraction(4)), 1),
    "sqrt(t**2 + 1) - t": (far(Fraction(4)), 1),
    "log(t + 1) - log(t)": (far(Fraction(4)), 1),
}


@pytest.mark.parametrize("text", SIGNS)
def test_signs_next_to_a_point_at_which_the_term_is_zero_or_undefined(text: str) -> None:
    near, sign = SIGNS[text]
    assert Germs("t", near, 6).signs(read(text)) == {sign}


def test_a_sign_is_not_given_where_the_term_changes_it() -> None:
    near = above(ZERO, Fraction(1, 2))
    for text in ("t - 1/3", "sin(1/t)", "exp(t) - 1 - 1.1*t", "t*log(t) + t*log(3)"):
        assert Germs("t", near, 8).signs(read(text)) >= {-1, 1}


def test_a_zero_that_no_algebra_shows_is_not_taken_for_a_sign() -> None:
    hidden = "sin(1)*cos(2) + cos(1)*sin(2) - sin(3)"  # this is 0
    near = above(ZERO, Fraction(1, 2))
    assert Germs("t", near, 4).signs(read(f"{hidden} + t*({hidden})")) == {-1, 0, 1}
    assert Germs("t", near, 4).signs(read(f"t*({hidden}) + t**2")) >= {1}


@pytest.mark.parametrize("exponent", [fmpq(0), fmpq(1, 3), fmpq(1), fmpq(5, 2)])
@pytest.mark.parametrize("logs", [fmpq(-2), fmpq(-1, 2), fmpq(0), fmpq(1), fmpq(3)])
@pytest.mark.parametrize("reach", [Fraction(1, 2), Fraction(1, 10), Fraction(1, 10**6)])
def test_the_span_of_a_monomial_holds_its_values_and_little_more(
    exponent: fmpq, logs: fmpq, reach: Fraction
) -> None:
    monomial = Monomial(Constant(exponent), logs)
    arithmetic = Arithmetic(arb(fmpq(reach.numerator, reach.denominator)), 4)
    if monomial.size < 0:
        with pytest.raises(NoSeriesError):
            arithmetic.span(monomial)
        return
    span = arithmetic.span(monomial)
    values = [
        power(arb(fmpq(reach.numerator, reach.denominator)) * arb(fmpq(9, 10)) ** k, arb(exponent), logs)
        for k in range(1, 400)
    ]
    assert all(span.contains(value.mid()) for value in values)
    assert span.upper() < 2 * max(value.upper() for value in values)


def test_the_root_of_what_is_only_enclosed() -> None:
    for text in ("sqrt(t*(1+sin(1/t)))", "(t**2*abs(sin(1/t)))**(1/3)", "sqrt(t*sin(1/t)**2)*t**(1/3)"):
        assert_encloses(read(text), above(ZERO, Fraction(1, 4)), Fraction(1, 4), 4)


def test_an_exponential_that_falls_faster_than_every_power() -> None:
    near = far(Fraction(8))
    for text in ("exp(-t)", "t**3*exp(-t)", "exp(-sqrt(t))", "exp(-t**2+t)", "t - exp(t)*exp(-2*t)"):
        assert_encloses(read(text), near, Fraction(1, 8), 4)
    assert Germs("t", near, 4).signs(read("1 - t**3*exp(-t)/5")) == {1}
