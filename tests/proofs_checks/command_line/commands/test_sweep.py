import argparse
import json

import pytest
import xarray as xr

from proofs_checks.command_line.commands import sweep
from w2s_theory.errors import InvalidInput


def run(*arguments):
    parser = argparse.ArgumentParser()
    sweep.configure(parser)
    return sweep.run(parser.parse_args(list(map(str, arguments))))


def test_a_sweep_runs_resumes_and_reports_damage(tmp_path, capsys):
    grid = ("--dimension", 3, 4, "--teacher-width", 6, "--seed", "0:2", "--store", tmp_path / "store")
    assert run(*grid, "--out", tmp_path / "one.nc", "--json", "-") == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["computed"], first["reused"], first["corrupt"]) == (4, 0, [])
    assert [(row["dimension"], row["seed"]) for row in first["points"]] == [(3, 0), (3, 1), (4, 0), (4, 1)]
    assert all(0 < row["best_L_ST"] < row["L_TE"] < 1 for row in first["points"])

    damaged = sorted((tmp_path / "store").iterdir())[0]
    damaged.write_bytes(b"")
    assert run(*grid, "--out", tmp_path / "two.nc") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 points computed, 3 found in the store" in shown
    assert "was damaged; its point was computed again" in shown
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()
    results = xr.load_dataset(tmp_path / "one.nc", engine="scipy")
    assert dict(results.sizes)["dimension"] == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--dimension", 1), "integer d >= 2"),
        (("--dimension", 3, "--seed", "x:2"), "FIRST:END"),
        (("--dimension", 3, 3), "different values"),
        (("--dimension", 3, "--target", "x"), "degree:1"),
        (("--dimension", 3, "--activation", "tanh"), "unknown activation"),
        (("--dimension", 3, "--student-width", "0"), "or inf"),
        (("--dimension", 3, "--executor", "slurm"), "unknown executor"),
        (("--dimension", 3, "--jobs", 0), "integer >= 1"),
    ],
)
def test_bad_input_is_one_line_and_computes_nothing(options, message, tmp_path):
    with pytest.raises(InvalidInput, match=message) as raised:
        run("--teacher-width", 6, "--store", tmp_path / "store", *options)
    assert "\n" not in str(raised.value)
    assert not list(tmp_path.glob("store/*.nc"))


SUBSPACES = ("intrinsic-dimension", "--d-s", 4, "--d-w", 7, "--trials", 50)


@pytest.mark.slow
def test_a_sweep_in_two_subspaces_has_exact_values_and_resumes(tmp_path, capsys):
    grid = (*SUBSPACES, "--n", 20, 40, "--N", 30, "--d-sw", 1, 2.5, "--store", tmp_path / "store")
    assert run(*grid, "--out", tmp_path / "one.nc", "--json", "-") == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["computed"], first["reused"]) == (4, 0)
    assert [(row["d_sw"], row["n"]) for row in first["points"]] == [(1, 20), (1, 40), (2.5, 20), (2.5, 40)]
    assert first["points"][1]["ER_w_exact"] == pytest.approx(7 / 32)

    assert run(*grid, "--N", 30, 60, "--json", "-", "--out", tmp_path / "two.nc") == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["computed"], again["reused"]) == (4, 4)
    assert [row for row in again["points"] if row["N"] == 30] == first["points"]
    results = xr.load_dataset(tmp_path / "two.nc", engine="scipy")
    assert dict(results.sizes) | {"n": 2, "N": 2, "d_sw": 2} == dict(results.sizes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--n", 20, "--N", 30, "--d-sw", 1, 5), r"d_sw = 5; it must be in \[0, min"),
        (("--n", 20, 8, "--N", 30, "--d-sw", 1), "n = 8 labelled points"),
        (("--n", 20, "--N", 5, "--d-sw", 1), "N = 5 unlabelled points"),
        (("--n", 20, "--N", 30), "no --d-sw given"),
        (("--n", 20, "--N", 30, "--d-sw", 1, "--dimension", 3), "an option of `w2s sweep sphere`"),
        (("--n", 20, "--N", 30, "--d-sw", 1, "--sigma2", "nan"), "sigma2"),
    ],
)
def test_subspaces_out_of_range_compute_nothing(options, message, tmp_path):
    with pytest.raises(InvalidInput, match=message):
        run(*SUBSPACES, "--store", tmp_path / "store", *options)
    assert not list(tmp_path.glob("store/*.nc"))


def test_options_of_another_kind_are_refused(tmp_path):
    with pytest.raises(InvalidInput, match="an option of `w2s sweep intrinsic-dimension`"):
        run("--dimension", 3, "--teacher-width", 6, "--n", 20, "--store", tmp_path / "store")
    with pytest.raises(InvalidInput, match="no --teacher-width given"):
        run("--dimension", 3, "--store", tmp_path / "store")
