"""`w2s simulate intrinsic-dimension` gives simulated and exact risks, and names what is wrong."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from proofs_checks.command_line.simulations import intrinsic_dimension
from w2s_theory.errors import InvalidInput

EXAMPLE = "--n 80 --N 50 --d-s 12 --d-w 20 --d-sw 5 --sigma2 1 --rho-s 0 --rho-w 0 --trials 2000 --seed 0"


def run(words: str, json_to: str | None = None) -> int:
    parser = argparse.ArgumentParser()
    intrinsic_dimension.configure(parser)
    arguments = parser.parse_args(words.split())
    arguments.json = json_to
    return intrinsic_dimension.run(arguments)


def test_json_has_means_errors_and_exact_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(EXAMPLE, "-") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["ER_w"]["exact"] == pytest.approx(20 / 59)
    assert result["ER_w2s"]["exact"] == pytest.approx((5 + 12 * 15 / 37) / 59)
    for name in ("ER_w", "ER_w2s", "ER_w2s_in_sample", "ER_s", "ER_c", "PGR", "OPR"):
        row = result[name]
        assert abs(row["mean"] - row["exact"]) < 4 * row["standard_error"]
    assert result["settings"]["d_sw"] == 5
    assert result["notes"] == []


def test_single_precision_changes_the_means_by_rounding(capsys: pytest.CaptureFixture[str]) -> None:
    means = []
    for precision in ("double", "single"):
        assert run(f"{EXAMPLE} --precision {precision}", "-") == 0
        result = json.loads(capsys.readouterr().out)
        assert result["settings"]["backend"] == f"numpy default device {precision}"
        means.append(result["ER_w2s"]["mean"])
    assert means[0] == pytest.approx(means[1], rel=1e-5)
    assert means[0] != means[1]


def test_the_table_warns_of_infinite_variances(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--n 22 --N 50 --d-s 12 --d-w 20 --d-sw 5 --trials 20") == 0
    shown = capsys.readouterr().out
    assert "published bound" in shown
    assert "infinite variance" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("--n 21", "n = 21"),
        ("--N 13", "N = 13"),
        ("--d-sw 12.5", "d_sw = 12.5"),
        ("--d-sw -1", "d_sw = -1"),
        ("--rho-s 0.1 --rho-both 0.2", "rho_both"),
        ("--trials 0", "trials = 0"),
        ("--seed -1", "seed"),
        ("--sigma2 nan", "sigma2"),
        ("--backend fortran", "unknown backend"),
    ],
)
def test_values_out_of_range_are_named(change: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        run(f"{EXAMPLE} {change}")


def test_angles_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--n 30 --N 20 --d-s 3 --d-w 5 --cosines 0.9 0.5 --trials 20", "-") == 0
    assert json.loads(capsys.readouterr().out)["settings"]["d_sw"] == pytest.approx(1.06)
    with pytest.raises(InvalidInput, match="one of --d-sw and --cosines"):
        run("--n 30 --N 20 --d-s 3 --d-w 5 --cosines 0.9 0.5 --d-sw 1")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    generator = np.random.default_rng(0)
    arrays = {
        "strong": generator.standard_normal((9, 3)),
        "weak": generator.standard_normal((9, 5)),
        "target": generator.standard_normal(9),
        "dependent": np.ones((9, 2)),
        "infinite": np.full((9, 2), np.inf),
        "short": np.eye(8, 2),
    }
    for name, array in arrays.items():
        np.save(tmp_path / f"{name}.npy", array)
    (tmp_path / "words.npy").write_text("no array")
    return {name: str(tmp_path / f"{name}.npy") for name in (*arrays, "words", "missing")}


def test_matrices_of_ones_own(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    spans = " ".join(files[name] for name in ("strong", "weak", "target"))
    assert run(f"--n 30 --N 20 --sigma2 0.5 --trials 4000 --spans {spans}", "-") == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["settings"]["d_s"], result["settings"]["d_w"]) == (3, 5)
    assert abs(result["ER_w2s"]["mean"] - result["ER_w2s"]["exact"]) < 4 * result["ER_w2s"]["standard_error"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("dependent", "weak", "target"), "linearly dependent"),
        (("strong", "infinite", "target"), "not all finite"),
        (("short", "weak", "target"), "use 9 rows"),
        (("strong", "weak", "strong"), "one dimension"),
        (("words", "weak", "target"), "cannot read"),
        (("missing", "weak", "target"), "cannot read"),
    ],
)
def test_matrices_that_do_not_fit_are_named(
    files: dict[str, str], names: tuple[str, ...], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        run(f"--n 30 --N 20 --spans {' '.join(files[name] for name in names)}")


def test_subspaces_are_given_once() -> None:
    with pytest.raises(InvalidInput, match="no subspaces"):
        run("--n 30 --N 20 --d-s 3")
    with pytest.raises(InvalidInput, match="both given"):
        run("--n 30 --N 20 --d-s 3 --spans a b c")
