from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.bounds.solvers.roots import root_between
from w2s_theory.terms import exact
from w2s_theory.terms.tree import Atom, Sign, number

SMALL = st.fractions(-3, 3, max_denominator=6)


def expanded(roots):
    coefficients = [Fraction(1)]
    for root in roots:
        shifted = [Fraction(0), *coefficients]
        coefficients = [a - root * b for a, b in zip(shifted, [*coefficients, 0], strict=True)]
    return coefficients


@given(st.lists(SMALL, min_size=1, max_size=5), SMALL, SMALL)
def test_counts_the_roots_between_two_numbers(roots, low, high):
    inside = {root for root in roots if low < root < high}
    found = root_between(expanded(roots), low, high)
    if len(inside) != 1:
        assert found is None
    else:
        assert exact.sign(found - number(inside.pop())) == 0


def test_square_root_of_two():
    double = [Fraction(c) for c in (4, 0, -4, 0, 1)]
    root = root_between(double, Fraction(1), Fraction(2))
    assert exact.holds(Atom(root**2, Sign.EQ, number(2)), {}) is True
    assert root_between(double, Fraction(-2), Fraction(2)) is None
    assert root_between([Fraction(1)], Fraction(0), Fraction(1)) is None
