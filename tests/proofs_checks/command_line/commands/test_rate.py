import argparse
import json
import shlex

import pytest

from proofs_checks.command_line.commands import rate
from w2s_theory.errors import InvalidInput
from w2s_theory.rates.observables import Rates
from w2s_theory.rates.orders import Order


def call(*words):
    parser = argparse.ArgumentParser()
    rate.configure(parser)
    return rate.run(parser.parse_args(words))


def data_of(capsys, *words):
    code = call(*words, "--json", "-")
    return code, json.loads(capsys.readouterr().out)


def test_the_example(capsys):
    code, data = data_of(capsys, *shlex.split(rate.EXAMPLE)[2:])
    assert code == 0
    assert list(data) == [
        "expression",
        "parameter",
        "power",
        "log_power",
        "constant",
        "constant_numeric",
        "numeric_check",
        "verdict",
    ]
    assert data["expression"] == "L_ST/L_TE**2"
    assert (data["parameter"], data["power"], data["log_power"]) == ("M", 0, 0)
    assert (data["constant"], data["constant_numeric"], data["verdict"]) == ("1", 1.0, "supported")
    assert all(set(reading) == {"M", "value", "ratio"} for reading in data["numeric_check"])
    assert data["numeric_check"][-1]["ratio"] == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("dimension", ["4", "8", "16", "32"])
def test_the_quadratic_limit_on_the_sphere(capsys, dimension):
    words = ("--spectrum", "sphere:relu", "--dimension", dimension, "--target", "degree:1")
    code, data = data_of(capsys, "L_ST", "--in", "L_TE", *words)
    assert code == 0
    assert (data["parameter"], data["power"], data["log_power"]) == ("L_TE", 2, 0)
    assert (data["constant"], data["constant_numeric"]) == ("1", 1.0)


def test_symbols_keep_their_samples_on_the_ladder(capsys):
    words = ("--spectrum", "sphere:relu", "--target", "degree:1=1/2,degree:2=1/2")
    code, data = data_of(capsys, "L_ST", "--in", "L_TE", *words)
    assert code == 0
    assert data["power"] == 2
    assert "gamma(d/2)" in data["constant"]
    assert data["constant_numeric"] is None
    assert {reading["at"]["d"] for reading in data["numeric_check"]} == {"4", "9"}


def test_fractional_powers_and_tiny_values_are_text(capsys):
    code, data = data_of(capsys, "kappa", "--spectrum", "sphere:relu", "--dimension", "8")
    assert (code, data["power"]) == (0, "-10/7")
    last = data["numeric_check"][-1]
    assert isinstance(last["M"], str)
    assert last["value"].startswith("1.0")
    assert "e-9" in last["value"]


def test_the_derivation_and_the_ladder_are_shown(capsys):
    assert call("L_ST", "--in", "L_TE", "--spectrum", "exponential:1") == 0
    shown = capsys.readouterr().out
    assert "optimal_time ~ E*M" in shown
    assert "heuristic" in shown
    assert "log-periodic oscillations" in shown
    assert "2*log(2)" in shown
    assert "supported by the ladder" in shown


def test_a_derivation_that_the_ladder_contradicts_fails(capsys, monkeypatch):
    right = Rates.order

    def doubled(self, expression, measured_in=None):
        order = right(self, expression, measured_in)
        return Order(2 * order.constant, order.power, order.log_power)

    monkeypatch.setattr(Rates, "order", doubled)
    code, data = data_of(capsys, "kappa", "--spectrum", "power:2")
    assert (code, data["verdict"]) == (1, "refuted")
    assert call("kappa", "--spectrum", "power:2") == 1
    assert "REFUTED" in capsys.readouterr().out


@pytest.mark.parametrize(
    "expression", ["foo", "__import__('os')", "L_ST.real", "9**9**9**9", "L_ST -", "L_ST/0", "0"]
)
def test_bad_expressions(expression):
    with pytest.raises(InvalidInput):
        call(expression, "--spectrum", "power:2")
