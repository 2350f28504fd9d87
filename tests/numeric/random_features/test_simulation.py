import dataclasses

import numpy as np
import pytest
import xarray as xr

from numeric.random_features.linear import LinearFeatures
from numeric.random_features.simulation import Setting, default_times, predict, simulate, summarize
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.families import Finite
from w2s_theory.sphere.activations import named_activation

RELU = SphereFeatures(named_activation("relu"), 16)
LINEAR = parse_target("degree:1")


def setting(**changes):
    usual = Setting(RELU, LINEAR, (16, 64), None, 3, 0, default_times(RELU, LINEAR, 60))
    return dataclasses.replace(usual, **changes)


@pytest.mark.parametrize("student_width", [None, 300])
def test_a_draw_depends_on_the_seed_its_index_and_its_width_alone(student_width):
    everything = simulate(setting(student_width=student_width))
    part = simulate(setting(student_width=student_width, teacher_widths=(64,), draws=2))
    again = everything.sel(teacher_width=[64], draw=[0, 1])
    np.testing.assert_array_equal(part.L_TE, again.L_TE)
    # Several starts share one product of matrices, whose rounding depends on their number.
    np.testing.assert_allclose(part.L_ST, again.L_ST, rtol=0, atol=1e-12 if student_width else 0)
    other = simulate(setting(student_width=student_width, seed=1))
    assert not np.any(np.asarray(other.L_TE) == np.asarray(everything.L_TE))


@pytest.mark.parametrize("target", ["degree:1", "degree:2", "degree:1,2"])
@pytest.mark.parametrize("student_width", [None, 400])
def test_every_draw_obeys_the_limit_of_weak_to_strong_learning(target, student_width):
    """RF, Theorem 4.1 on every draw and at every time, and the bound by kappa_S."""
    runs = simulate(setting(target=parse_target(target), student_width=student_width))
    teacher = runs.L_TE
    limit = ((np.sqrt(1 + 3 * teacher) - np.sqrt(1 - teacher)) / 2) ** 2
    assert float((runs.L_ST - limit + runs.rounding_error).min()) > -1e-12
    assert float((runs.best_L_ST - limit).min()) > -1e-12
    assert bool((runs.kappa_S >= teacher - 1e-12).all())


def test_the_bound_by_alignment_holds_on_every_draw():
    """L_ST(t) <= (sqrt(kappa_S L_TE) + exp(-ta))^2 + (1 - exp(-tb))^2 L_TE, S the top eigenspace."""
    family = LinearFeatures(Finite((1, 0.01), (2, 400)))
    target = parse_target("level:0")
    runs = simulate(Setting(family, target, (20, 80), None, 5, 0, default_times(family, target, 60)))
    aligned = (np.sqrt(runs.kappa_S * runs.L_TE) + np.exp(-runs.time)) ** 2
    bound = aligned + (1 - np.exp(-0.01 * runs.time)) ** 2 * runs.L_TE
    assert float((bound - runs.L_ST).min()) > -1e-13
    assert bool((runs.kappa_S > runs.L_TE).all())


def test_the_mean_over_draws_is_near_the_prediction():
    """Universality is an approximation in d and M; at d = 16, M = 64 it is good to a few percent."""
    many = setting(draws=200, teacher_widths=(64,))
    summary = summarize(simulate(many))[0]
    prediction = predict(many, 64)
    assert summary["L_TE"]["mean"] == pytest.approx(prediction.teacher_loss, rel=0.03)
    assert summary["L_ST"]["mean"] == pytest.approx(prediction.best_student_loss, rel=0.05)
    assert summary["L_TE"]["standard_error"] == pytest.approx(0.002, abs=0.0015)


def test_overtraining_gives_back_the_teacher():
    runs = simulate(setting(times=np.array([1e3, 1e300])))
    difference = abs(runs.L_ST.isel(time=-1) - runs.L_TE)
    assert bool((difference <= runs.truncation_error.isel(time=-1) + 1e-12).all())


def test_a_target_that_no_feature_sees_is_not_learnt():
    blind = setting(target=parse_target("degree:3"))
    runs = simulate(blind)
    assert blind.invisible_mass == 1.0
    assert bool((runs.L_ST == 1).all())
    assert summarize(runs)[0]["PGR"]["mean"] is None


def test_the_dataset_survives_a_file(tmp_path):
    runs = simulate(setting())
    runs.to_netcdf(tmp_path / "runs.nc", engine="scipy")
    xr.testing.assert_identical(xr.load_dataset(tmp_path / "runs.nc", engine="scipy"), runs)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"teacher_widths": (0,)}, "teacher widths"),
        ({"teacher_widths": (8, 8)}, "teacher widths"),
        ({"student_width": 0}, "student widths"),
        ({"draws": 0}, "draws"),
        ({"seed": -1}, "seed"),
        ({"times": np.array([-1.0])}, "stopping times"),
    ],
)
def test_bad_settings_are_named(changes, message):
    with pytest.raises(InvalidInput, match=message):
        setting(**changes)
