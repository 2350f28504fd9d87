"""The pages and the figure that the documentation makes from the code."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest

from numeric.random_features.deterministic_equivalents import DeterministicEquivalent
from proofs_checks.command_line.cli import COMMANDS
from w2s_theory.claims import all_claims


def test_the_catalogue_has_every_claim_with_its_checks(load_generator: Callable[[str], ModuleType]) -> None:
    text = load_generator("pages").claims()
    for claim in all_claims():
        assert f"{{ #{claim.id} }}" in text
    assert text.count("\nChecks: ") == len(all_claims())
    assert text.count("<math") > 3 * len(all_claims())


def test_every_command_and_module_has_its_place(load_generator: Callable[[str], ModuleType]) -> None:
    pages = load_generator("pages")
    assert [f"## w2s {name}" for name in COMMANDS] == [
        line for line in pages.commands().splitlines() if line.startswith("## ")
    ]
    assert "::: w2s_theory.claims.ours.mean_teacher" in pages.package("w2s_theory")


def test_the_figure_splits_the_loss_into_bias_and_variance(
    load_generator: Callable[[str], ModuleType],
) -> None:
    figure = load_generator("three_papers")
    teacher = DeterministicEquivalent.at_width(
        np.log([1.0, 0.05, 0.01]), np.log([1, 40, 400]), [0.7, 0.3], 60
    )
    times = np.geomspace(0.1, 1e4, 50)
    bias, variance, misfit = figure.parts(teacher, times)
    assert bias + variance == pytest.approx(teacher.student_loss(times), rel=1e-12)
    # A student that has learned everything is its teacher; one that has learned nothing is all of it away.
    assert misfit[-1] < 1e-12
    nothing = figure.parts(teacher, np.zeros(1))[2]
    assert nothing == pytest.approx(1 - teacher.teacher_loss, rel=1e-12)


def test_the_figure_is_a_drawing(load_generator: Callable[[str], ModuleType]) -> None:
    assert ElementTree.fromstring(load_generator("three_papers").draw()).tag.endswith("svg")
