import argparse
import json

import pytest

from numeric.figures.catalogue import FIGURES
from proofs_checks.command_line.commands import figure
from w2s_theory.errors import InvalidInput


def run(*arguments):
    parser = argparse.ArgumentParser()
    figure.configure(parser)
    return figure.run(parser.parse_args(list(map(str, arguments))))


def test_every_figure_in_the_catalogue_has_its_options():
    assert list(figure.SUBCOMMANDS) == list(FIGURES)
    assert {name: subcommand.help for name, subcommand in figure.SUBCOMMANDS.items()} == {
        name: each.caption for name, each in FIGURES.items()
    }


@pytest.mark.parametrize(
    ("number", "options"),
    [
        (2, ("--student-width", 500)),
        (3, ("--teacher-width", 16, 32)),
        (4, ()),
        (5, ("--student-width", 200, 400)),
    ],
)
def test_a_quick_figure_is_drawn_with_its_data(number, options, tmp_path, capsys):
    prefix = tmp_path / "figure"
    assert run(number, "--quick", "--out", prefix, "--format", "png", *options, "--json", "-") == 0
    result = json.loads(capsys.readouterr().out)
    for suffix in (".png", ".nc", "-curves.csv", "-points.csv"):
        assert (tmp_path / f"figure{suffix}").stat().st_size > 0
        assert str(prefix) + suffix in result["files"]
    for one in result["series"]:
        low, high = one["interval"]
        assert low < one["exponent"] < high
        assert 0.5 < one["exponent"] < 3


def test_figure_2_is_far_above_1_49_and_near_2(tmp_path, capsys):
    run(2, "--draws", 8, "--out", tmp_path / "f", "--format", "svg", "--json", "-")
    (one,) = json.loads(capsys.readouterr().out)["series"]
    assert one["interval"][0] > 1.9
    assert one["exponent"] == pytest.approx(one["predicted_exponent"], abs=0.05)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--teacher-width", 16), "two or more"),
        (("--format", "gif"), "png, svg, pdf"),
        (("--draws", 0), "draws"),
        (("--student-width", "wide"), "or inf"),
    ],
)
def test_bad_input_is_one_line(options, message, tmp_path):
    with pytest.raises(InvalidInput, match=message):
        run(2, "--quick", "--out", tmp_path / "f", *options)
