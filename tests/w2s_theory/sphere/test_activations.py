import pytest
from sympy import Integer, Max, Rational, S, Symbol, gamma, gammasimp, pi, simplify, sqrt, symbols

from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import (
    ABSOLUTE_VALUE,
    IDENTITY,
    RELU,
    RELU_SQUARED,
    STEP,
    Activation,
    leaky_relu,
    monomial,
    named_activation,
)

D, K = symbols("d k", integer=True, positive=True)
ALL = (STEP, RELU, RELU_SQUARED, ABSOLUTE_VALUE, IDENTITY, leaky_relu(Rational(1, 10)), monomial(3))


def test_relu_in_three_dimensions_is_rational():
    values = [RELU.coefficient(3, k) for k in (0, 1, 2, 4, 6)]
    assert values == [Rational(1, 4), Rational(1, 6), Rational(1, 16), -Rational(1, 96), Rational(1, 256)]


@pytest.mark.parametrize(
    ("dimension", "published"),
    [
        (4, [".212206590789", ".125", ".0424413181578", "-.00606304545112", ".00202101515037"]),
        (32, [".0710767318886", ".015625", ".00215384036026", "-6.15382960074e-5", "4.98959156817e-6"]),
    ],
)
def test_relu_has_its_known_decimals(dimension, published):
    for degree, text in zip((0, 1, 2, 4, 6), published, strict=True):
        value, expected = RELU.coefficient(dimension, degree), Rational(text)
        # The decimals are given to 12 significant digits.
        assert abs(value / expected - 1) < Rational(1, 10**11)


@pytest.mark.parametrize("degree", [3, 5, 7, 101])
def test_odd_degrees_of_relu_vanish_for_symbolic_dimension(degree):
    assert RELU.coefficient(D, degree) == 0


def test_circle_coefficients_are_fourier_coefficients():
    # max(cos, 0) = 1/pi + cos/2 + (2/pi) sum (-1)^(m-1) cos(2 m .)/(4 m^2 - 1), and N(2, k) = 2.
    assert RELU.coefficient(2, 0) == 1 / pi
    assert RELU.coefficient(2, 1) == Rational(1, 4)
    for m in (1, 2, 5):
        assert simplify(RELU.coefficient(2, 2 * m) - (-1) ** (m - 1) / (pi * (4 * m**2 - 1))) == 0


def test_leaky_relu_combines_relu_and_identity():
    slope = Symbol("a")
    mixed = leaky_relu(slope)
    for degree in range(5):
        parts = (1 - slope) * RELU.coefficient(D, degree) + slope * IDENTITY.coefficient(D, degree)
        assert simplify(mixed.coefficient(D, degree) - parts) == 0


def test_absolute_value_is_twice_relu_minus_identity():
    for degree in range(5):
        parts = 2 * RELU.coefficient(D, degree) - IDENTITY.coefficient(D, degree)
        assert gammasimp(ABSOLUTE_VALUE.coefficient(D, degree) - parts) == 0


def test_identity_and_cube_have_finitely_many_degrees():
    assert [gammasimp(IDENTITY.coefficient(D, k) * D) for k in range(4)] == [0, 1, 0, 0]
    assert [gammasimp(monomial(3).coefficient(D, k)) for k in (0, 2, 4, 5)] == [0, 0, 0, 0]
    assert monomial(3).top_degree() == 3
    # t^3 = s_1 d t + s_3 N(d,3) P_3(t), so the coefficient of t^2 in E t^3 t = 3/(d(d+2)) fixes s_1.
    assert gammasimp(monomial(3).coefficient(D, 1) - 3 / (D * (D + 2))) == 0


@pytest.mark.parametrize("activation", ALL, ids=lambda activation: activation.name)
def test_values_of_the_activation(activation):
    t = Rational(-2, 3)
    by_name = {"step": 0, "relu": 0, "relu2": 0, "abs": -t, "identity": t, "leaky:1/10": t / 10}
    assert activation(t) == by_name.get(activation.name, t**3)
    assert RELU(-t) == Max(0, -t)


def test_trace_of_relu_is_one_over_two_d():
    assert RELU.second_moment(D) == 1 / (2 * D)
    assert STEP.second_moment(D) == Rational(1, 2)
    assert RELU_SQUARED.second_moment(D) == 3 / (2 * D * (D + 2))


def test_decay_of_relu_is_the_known_constant():
    law = RELU.eigenvalue_decay(D)
    assert law is not None
    assert law.exponent == D + 2
    assert simplify(law.constant - (gamma(D / 2) / (4 * pi)) ** 2 * 2 ** (D + 2)) == 0


@pytest.mark.parametrize("activation", [STEP, RELU, RELU_SQUARED, ABSOLUTE_VALUE], ids=lambda a: a.name)
@pytest.mark.parametrize("dimension", [2, 3, 8, 33])
def test_eigenvalues_lie_between_their_bounds_and_approach_the_law(activation, dimension):
    parity, law = activation.tail_parity(), activation.eigenvalue_decay(dimension)
    assert parity is not None
    assert law is not None
    for degree in (4 + parity, 40 + parity, 4000 + parity):
        value = activation.coefficient(dimension, degree).evalf(30) ** 2
        lower, upper = (bound.evalf(30) for bound in activation.eigenvalue_bounds(dimension, Integer(degree)))
        assert lower < value < upper
    asymptotic = law.constant.evalf(30) * Integer(degree) ** -law.exponent
    # The relative distance of the law is at most (d+2p)(d/2) / k to first order.
    assert abs(value / asymptotic - 1) < (dimension + 4) * dimension / (2 * 4000)


def test_finite_rank_has_no_tail():
    assert IDENTITY.eigenvalue_decay(D) is None
    assert IDENTITY.tail_parity() is None
    assert (RELU.tail_parity(), STEP.tail_parity(), RELU_SQUARED.tail_parity()) == (0, 1, 1)


def test_names_are_read():
    assert named_activation("relu") is RELU
    assert named_activation("leaky:0.1") == leaky_relu(Rational(1, 10)).__class__(
        "leaky:1/10", 1, S.One, -Rational(1, 10)
    )
    assert named_activation("monomial:4").order == 4


@pytest.mark.parametrize(
    "name", ["tanh", "leaky:", "leaky:x", "monomial:-1", "monomial:1.5", "leaky:1/0", ""]
)
def test_unknown_names_are_refused_with_the_list(name):
    with pytest.raises(InvalidInput, match=r"relu.*monomial:DEGREE"):
        named_activation(name)


@pytest.mark.parametrize(
    ("dimension", "degree"), [(1, 0), (3, -1), (Rational(5, 2), 0), ("3", 0), (3, Rational(1, 2))]
)
def test_dimension_and_degree_are_checked(dimension, degree):
    with pytest.raises(InvalidInput, match=r"d >= 2|k >= 0|a number or"):
        RELU.coefficient(dimension, degree)


def test_negative_order_is_refused():
    with pytest.raises(InvalidInput, match="order"):
        Activation("bad", -1, S.One, S.Zero)


def test_coefficient_in_high_dimension_is_near_the_gaussian_one():
    # sqrt(d) E max(<u,x>, 0) -> E max(z, 0) = 1/sqrt(2 pi), with a relative error of about 1/(4d).
    dimension = 10**6
    ratio = (RELU.coefficient(dimension, 0) * sqrt(2 * pi * dimension)).evalf(20)
    assert abs((ratio - 1) * 4 * dimension) == pytest.approx(1, rel=1e-3)
