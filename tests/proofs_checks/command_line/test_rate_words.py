import pytest
from sympy import Rational, S

from proofs_checks.command_line.rate_words import expression_symbols, read_scaling, read_target, read_teacher
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import DIMENSION, FREE_CONSTANT, PSI, TOP_MULTIPLICITY, M


def test_targets():
    assert read_target(None, "degree") == {1: 1}
    assert read_target("degree:2", "degree") == {2: 1}
    assert read_target("degree:1=1/2,degree:2=1/2", "degree") == {1: Rational(1, 2), 2: Rational(1, 2)}
    assert read_target("level:1, level:4, level:7", "level") == dict.fromkeys((1, 4, 7), Rational(1, 3))
    assert read_target("degree:0=0.25, degree:2=0.75", "degree") == {0: Rational(1, 4), 2: Rational(3, 4)}


@pytest.mark.parametrize(
    "text",
    [
        "degree",
        "degree:",
        "degree:-1",
        "degree:x",
        "degree:61",
        "degree:٣",
        "level:1",
        " ",
        "degree:1=2",
        "degree:1=-1,degree:2=2",
        "degree:1,degree:1",
        "degree:1=1/2,degree:2",
        "degree:1=pi/4,degree:2=1-pi/4",
    ],
)
def test_bad_targets(text):
    with pytest.raises(InvalidInput, match=r"write degree|name each once|cannot read"):
        read_target(text, "degree")


def test_scalings():
    scaling = read_scaling("d = M**(3/2), psi = c*d**(-2/3), k = 2")
    assert list(scaling) == [DIMENSION, PSI, TOP_MULTIPLICITY]
    assert scaling[PSI] == FREE_CONSTANT * DIMENSION ** Rational(-2, 3)
    assert read_scaling("M = d**(3/2)") == {DIMENSION: M ** Rational(2, 3)}


@pytest.mark.parametrize(
    "text", ["d", "e = M", "d = M, d = M**2", "psi = d", "M = d**2, M = d", "d = q*M", "d = __import__('os')"]
)
def test_bad_scalings(text):
    with pytest.raises(InvalidInput):
        read_scaling(text)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("triangle", None, None, None), "unknown spectrum"),
        (("two-level:3", None, None, None), "unknown spectrum"),
        (("power", None, None, None), "unknown spectrum"),
        (("power:1", None, None, None), "not summable"),
        (("power:beta", None, None, None), "unknown name"),
        (("power:pi", None, None, None), "all rational"),
        (("power:2,3,4", None, None, None), "all rational"),
        (("power:2,-1", None, None, None), "must be > 0"),
        (("exponential:0", None, None, None), "not summable"),
        (("exponential:alpha", None, None, None), "unknown name"),
        (("power:2", None, "d = M", None), "does not belong"),
        (("power:2", None, None, "8"), "does not belong"),
        (("sphere:relu", None, "d = M**(2/3)", "8"), "one of the two"),
        (("sphere:softplus", None, None, "8"), "unknown activation"),
        (("sphere:relu", None, None, "1"), "d >= 2"),
        (("sphere:relu", None, None, "101"), "from 2 to 100"),
        (("sphere:relu", None, None, "4.5"), "from 2 to 100"),
        (("sphere:relu", "degree:3", None, "4"), "visible level"),
        (("sphere:identity", None, None, "4"), "rank is 4"),
        (("two-level", None, None, None), "need d and psi"),
    ],
)
def test_bad_settings_name_the_condition(options, message):
    with pytest.raises(InvalidInput, match=message):
        read_teacher(*options).answer(S.One)


def test_names_in_expressions():
    fixed = read_teacher("sphere:relu", None, None, "8")
    assert expression_symbols(fixed, "8")["d"] == 8
    scaled = read_teacher("two-level", None, "d = M**2, psi = c*M/d", None)
    assert {"d", "psi", "c", "L_ST", "kappa_S"} <= expression_symbols(scaled, None).keys()
    assert "psi" not in expression_symbols(fixed, "8")
