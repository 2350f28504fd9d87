import argparse
import json

import pytest

from proofs_checks.command_line.commands import spectrum
from w2s_theory.errors import InvalidInput


def call(*words):
    parser = argparse.ArgumentParser()
    spectrum.configure(parser)
    return spectrum.run(parser.parse_args(words))


def data_of(capsys, *words):
    code = call(*words, "--json", "-")
    return code, json.loads(capsys.readouterr().out)


def test_the_example_gives_the_known_values(capsys):
    words = spectrum.EXAMPLE.split()[2:]
    code, data = data_of(capsys, *words)
    assert code == 0
    assert list(data) == [
        "activation",
        "dimension",
        "degrees",
        "coefficients",
        "eigenvalues",
        "multiplicities",
    ]
    assert data["activation"] == "relu"
    assert data["dimension"] == 32
    assert data["degrees"] == list(range(9))
    known = {
        0: ".0710767318886",
        1: ".015625",
        2: ".00215384036026",
        4: "-6.15382960074e-5",
        6: "4.98959156817e-6",
    }
    for degree, value in known.items():
        assert float(data["coefficients"][degree]) == pytest.approx(float(value), rel=1e-11)
    assert data["coefficients"][3] == "0"
    assert data["coefficients"][4] == "-6.15382960074485519228350152854e-5"


def test_exact(capsys):
    _, data = data_of(capsys, "relu", "--dimension", "3", "--degrees", "0:4", "--exact")
    assert data["coefficients"] == ["1/4", "1/6", "1/16", "0", "-1/96"]


def test_a_single_degree(capsys):
    _, data = data_of(capsys, "abs", "--dimension", "5", "--degrees", "6")
    assert data["degrees"] == [6]


def test_symbolic_shows_and_checks_the_steps(capsys):
    assert call("relu", "--dimension", "4", "--symbolic", "--json", "") == 0
    shown = capsys.readouterr().out
    assert "gamma(d/2)" in shown
    assert "even k" in shown
    assert "re-checked" in shown
    assert "NOT" not in shown


def test_a_failed_step_exits_with_one(capsys, monkeypatch):
    monkeypatch.setattr("proofs_checks.command_line.sphere_tables.step_holds", lambda step: False)
    code, data = data_of(capsys, "step", "--dimension", "4", "--symbolic")
    assert code == 1
    assert not any(step["holds"] for step in data["symbolic"]["derivation"])


def test_an_expression_is_integrated(capsys):
    code, data = data_of(capsys, "exp(t)", "--dimension", "2", "--degrees", "0:1", "--digits", "25")
    assert code == 0
    # Modified Bessel functions I_0(1), I_1(1).
    assert data["coefficients"][0].startswith("1.26606587775200833559")
    assert data["coefficients"][1].startswith("0.56515910399248502720")
    assert all(float(bound) < 1e-25 for bound in data["error_bounds"])


def test_digits_out_of_reach_exit_with_three(capsys):
    assert call("sqrt(1-t**2)", "--dimension", "4", "--degrees", "0", "--digits", "30") == 3
    assert "fewer digits" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_plot(tmp_path, suffix):
    target = tmp_path / f"spectrum.{suffix}"
    call("relu", "--dimension", "8", "--plot", str(target))
    assert target.stat().st_size > 1000


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["relu", "--dimension", "1"], "d >= 2"),
        (["relu", "--dimension", "3", "--degrees", "8:0"], "FIRST <= LAST"),
        (["relu", "--dimension", "3", "--degrees=-1"], "0 <= FIRST"),
        (["relu", "--dimension", "3", "--degrees", "0:100001"], "100000"),
        (["relu", "--dimension", "3", "--digits", "0"], "--digits"),
        (["tanh", "--dimension", "3"], "unknown activation"),
        (["exp(t", "--dimension", "3"], "cannot read"),
        (["1/t", "--dimension", "3"], "second moment"),
        (["exp(t)", "--dimension", "3", "--exact"], "no closed form"),
        (["exp(t)", "--dimension", "3", "--symbolic"], "no closed form"),
        (["relu", "--dimension", "3", "--plot", "picture.txt"], ".png, .pdf or .svg"),
        (["relu", "--dimension", "3", "--plot", "missing-folder/picture.png"], "writable file"),
    ],
)
def test_bad_input_is_one_line(words, message):
    with pytest.raises(InvalidInput, match=message) as caught:
        call(*words)
    assert "\n" not in str(caught.value)
