"""`w2s simulate intrinsic-dimension` gives simulated and exact risks, and names what is wrong."""

from __future__ import annotations

import argparse
import json

import pytest

from proofs_checks.simulations import intrinsic_dimension
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
    ],
)
def test_values_out_of_range_are_named(change: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        run(f"{EXAMPLE} {change}")
