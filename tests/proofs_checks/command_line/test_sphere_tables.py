from decimal import Decimal

import pytest

from proofs_checks.command_line.sphere_tables import closed_form_table, quadrature_table, symbolic_summary
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import IDENTITY, RELU, STEP, monomial, named_activation


def test_digits_are_as_many_as_asked_for():
    table = closed_form_table(RELU, 32, range(9), digits=30)
    for text in table.coefficients[:3]:
        assert len(text.lstrip("-0.").partition("e")[0].replace(".", "")) == 30
    assert table.coefficients[3] == table.eigenvalues[3] == "0"
    assert table.multiplicities[:4] == [1, 32, 527, 5952]


def test_more_digits_continue_fewer_digits():
    short = closed_form_table(RELU, 7, range(5), digits=20).coefficients
    long = closed_form_table(RELU, 7, range(5), digits=60).coefficients
    for few, many in zip(short, long, strict=True):
        assert abs(Decimal(few) - Decimal(many)) <= abs(Decimal(many)) * Decimal("1e-19")


def test_eigenvalues_are_the_squares():
    table = closed_form_table(RELU, 8, range(5), digits=25)
    for value, square in zip(table.coefficients, table.eigenvalues, strict=True):
        assert Decimal(square) == pytest.approx(Decimal(value) ** 2, rel=Decimal("1e-23"))
    integrated = quadrature_table("max(t, 0)", 8, range(3), digits=25)
    assert [text[:20] for text in integrated.eigenvalues] == [text[:20] for text in table.eigenvalues[:3]]


def test_exact_fractions_where_they_exist():
    odd = closed_form_table(RELU, 3, range(7), digits=12, exact=True)
    assert odd.coefficients == ["1/4", "1/6", "1/16", "0", "-1/96", "0", "1/256"]
    assert odd.eigenvalues[2] == "1/256"
    even = closed_form_table(RELU, 4, range(3), digits=12, exact=True)
    assert even.coefficients == ["0.212206590789", "1/8", "0.0424413181578"]


def test_exact_fractions_that_would_fill_pages_are_refused():
    with pytest.raises(InvalidInput, match="--exact"):
        closed_form_table(RELU, 10**6, range(3), digits=12, exact=True)


def test_huge_multiplicities_are_decimals():
    (size,) = closed_form_table(RELU, 10**6, range(10**5, 10**5 + 1), digits=10).multiplicities
    assert size == "1.072218528e+145529"


def test_quadrature_reports_its_error_bounds():
    table = quadrature_table("max(t, 0)", 32, range(9), digits=20)
    closed = closed_form_table(RELU, 32, range(9), digits=20)
    assert table.reached
    assert table.error_bounds is not None
    for found, known, bound in zip(table.coefficients, closed.coefficients, table.error_bounds, strict=True):
        # The printed digits carry a rounding of at most one unit in the last of them.
        rounding = Decimal(1).scaleb(Decimal(found).as_tuple().exponent)
        assert abs(Decimal(found) - Decimal(known)) <= Decimal(bound) + 2 * rounding


def test_quadrature_that_falls_short_says_so():
    assert not quadrature_table("sqrt(1 - t**2)", 4, range(1), digits=30).reached


def test_quadrature_refuses_high_degrees():
    with pytest.raises(InvalidInput, match="400"):
        quadrature_table("t", 3, range(402), digits=10)


@pytest.mark.parametrize("name", ["step", "relu", "relu2", "leaky:1/10", "identity"])
def test_every_derivation_re_checks(name):
    summary = symbolic_summary(named_activation(name))
    assert len(summary["derivation"]) > 15
    assert [step["text"] for step in summary["derivation"] if not step["holds"]] == []


def test_decay_is_named_by_parity_or_absent():
    assert symbolic_summary(RELU)["decay"]["degrees"] == "even"
    assert symbolic_summary(STEP)["decay"]["degrees"] == "odd"
    assert symbolic_summary(RELU)["decay"]["exponent"] == "d + 2"
    assert symbolic_summary(IDENTITY)["decay"] is None
    assert symbolic_summary(monomial(4))["trace"] == "105/(d*(d + 2)*(d + 4)*(d + 6))"
