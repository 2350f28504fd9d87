import argparse
import json

import pytest
import xarray as xr

from proofs_checks.command_line.commands import simulate
from w2s_theory.errors import InvalidInput


def run(*arguments):
    parser = argparse.ArgumentParser()
    simulate.configure(parser)
    parsed = parser.parse_args(list(map(str, arguments)))
    return simulate.run(parsed)


RELU = ("relu", "--dimension", 8, "--teacher-width", 24, "--draws", 3)


def test_json_has_the_promised_keys(tmp_path, capsys):
    assert run(*RELU, "--seed", 1, "--json", "-") == 0
    result = json.loads(capsys.readouterr().out)
    for name in ("L_TE", "L_ST", "PGR", "kappa_S", "optimal_time"):
        assert set(result[name]) == {"mean", "standard_error"}
        assert result[name]["standard_error"] > 0
    assert result["prediction"]["L_TE"] == pytest.approx(result["L_TE"]["mean"], rel=0.5)
    assert result["prediction"]["L_ST"] == pytest.approx(result["L_ST"]["mean"], rel=0.5)
    assert result["L_ST"]["mean"] < result["L_TE"]["mean"]
    assert result["errors"]["truncation_error"] < 1e-12
    assert result["settings"]["seed"] == 1


def test_the_table_names_every_quantity(capsys):
    assert run(*RELU, "--student-width", 64) == 0
    shown = capsys.readouterr().out
    for name in ("L_TE", "L_ST", "PGR", "kappa_S", "optimal_time", "prediction", "infinitely wide"):
        assert name in shown


def test_linear_features_and_other_activations(capsys):
    assert run("linear", "--spectrum", "1:1,0.05:300", "--teacher-width", 40, "--json", "-") == 0
    linear = json.loads(capsys.readouterr().out)
    assert linear["L_TE"]["mean"] == pytest.approx(linear["kappa_S"]["mean"])
    arguments = ("sphere", "--activation", "leaky:0.2", "--dimension", 6, "--target", "degree:1,3")
    assert run(*arguments, "--teacher-width", 20, "--json", "-") == 0
    assert "degree 3 are invisible" in json.loads(capsys.readouterr().out)["notes"][0]


def test_an_expression_says_what_it_leaves_out(capsys):
    arguments = ("sphere", "--dimension", 5, "--teacher-width", 10, "--draws", 2, "--json", "-")
    assert run(*arguments, "--activation", "max(t,0)*exp(-t)") == 0
    assert "uncorrelated between features" in json.loads(capsys.readouterr().out)["notes"][0]
    assert run(*arguments, "--activation", "exp(t)") == 0
    assert json.loads(capsys.readouterr().out)["notes"] == []


def test_a_singular_teacher_is_said_and_solved(capsys):
    assert run("linear", "--spectrum", "1:2,0.5:3", "--teacher-width", 9, "--json", "-") == 0
    result = json.loads(capsys.readouterr().out)
    assert "minimum-norm" in result["notes"][0]
    assert abs(result["L_TE"]["mean"]) < 1e-12
    assert result["prediction"]["L_TE"] == 0.0


def test_an_invisible_target_is_allowed(capsys):
    assert run(*RELU, "--target", "degree:3", "--json", "-") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["L_ST"]["mean"] == result["prediction"]["L_ST"] == 1.0
    assert result["PGR"]["mean"] is None


def test_all_draws_can_be_saved(tmp_path):
    assert run(*RELU, "--save", tmp_path / "runs.nc", "--times", 0, 10, 1e5) == 0
    runs = xr.load_dataset(tmp_path / "runs.nc", engine="scipy")
    assert dict(runs.sizes) == {"teacher_width": 1, "draw": 3, "time": 3}
    assert float(runs.L_ST.sel(time=0).max()) == 1.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("relu", "--dimension", 1, "--teacher-width", 4), "integer d >= 2"),
        ((*RELU, "--times", -1), "numbers >= 0"),
        ((*RELU, "--times", "nan"), "finite"),
        ((*RELU, "--student-width", "wide"), "or inf"),
        ((*RELU, "--target", "cubic"), "degree:1"),
        ((*RELU, "--backend", "fortran"), "numpy, jax"),
        ((*RELU, "--draws", 0), "draws"),
        (("linear", "--teacher-width", 5, "--spectrum", "2"), "VALUE:COUNT"),
        (("linear", "--teacher-width", 5, "--target", "level:7"), "levels 0 to 1"),
        (("sphere", "--activation", "tanh", "--dimension", 4, "--teacher-width", 4), "unknown activation"),
    ],
)
def test_bad_input_is_one_line(arguments, message):
    with pytest.raises(InvalidInput, match=message) as raised:
        run(*arguments)
    assert "\n" not in str(raised.value)
