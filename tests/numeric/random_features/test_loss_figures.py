import numpy as np
import pytest
import xarray as xr

from numeric.random_features.loss_figures import (
    Series,
    draw_figure,
    figure_data,
    limit_of_weak_to_strong,
    save_figure,
)
from numeric.random_features.simulation import Setting, default_times, predict, simulate
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import RELU

WIDTHS = (8, 16, 32)


@pytest.fixture(scope="module")
def series():
    target = parse_target("degree:1")
    times = default_times(SphereFeatures(RELU, 8), target, 40)

    def one(dimension):
        family = SphereFeatures(RELU, dimension)
        setting = Setting(family, target, WIDTHS, None, 4, 0, times)
        predictions = [predict(setting, width) for width in WIDTHS]
        return Series(f"d = {dimension}", simulate(setting), predictions, predictions)

    return [one(8), one(12)]


def test_the_data_hold_what_the_figure_shows(series):
    data = figure_data(series)
    assert dict(data.sizes) == {"series": 2, "teacher_width": 3, "draw": 4, "time": 40}
    one = data.sel(series="d = 12", teacher_width=16)
    np.testing.assert_allclose(one.ratio, (one.L_ST / one.L_TE).mean("draw"))
    np.testing.assert_allclose(one.predicted_ratio, one.ratio, rtol=0.5)
    assert float(data.fit_low[0]) < float(data.fit_exponent[0]) < float(data.fit_high[0])
    assert float(data.predicted_exponent[0]) == pytest.approx(float(data.fit_exponent[0]), abs=0.3)


def test_both_panels_have_labels_logarithmic_axes_and_predictions(series):
    for shown in (series[:1], series):
        figure = draw_figure(shown, "M_ST = inf")
        for axes in figure.axes:
            assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
            assert axes.get_xlabel()
            assert axes.get_ylabel()
            labels = [text.get_text() for text in axes.get_legend().get_texts()]
            assert "universality" in labels
        dashed = [
            line for line in figure.axes[0].lines if line.get_linestyle() == "--" and len(line.get_xdata())
        ]
        assert len(dashed) == len(shown) * len(WIDTHS)


def test_files_are_written_and_repeat_byte_for_byte(series, tmp_path):
    data = figure_data(series)
    for name in ("one", "two"):
        save_figure(draw_figure(series, "title"), data, str(tmp_path / name), ["png", "svg", "pdf"])
    for suffix in (".png", ".svg", ".pdf", ".nc", "-curves.csv", "-points.csv"):
        first = (tmp_path / f"one{suffix}").read_bytes()
        assert first
        assert first == (tmp_path / f"two{suffix}").read_bytes()
    np.testing.assert_array_equal(xr.load_dataset(tmp_path / "one.nc", engine="scipy").L_ST, data.L_ST)
    header, *rows = (tmp_path / "one-curves.csv").read_text().splitlines()
    assert header == "series,teacher_width,time,ratio,ratio_error,predicted_ratio"
    assert len(rows) == 2 * 3 * 40


def test_the_limit_is_the_formula_of_the_theorem():
    loss = np.array([1e-8, 0.1, 2 / 3, 1.0])
    direct = ((np.sqrt(1 + 3 * loss) - np.sqrt(1 - loss)) / 2) ** 2
    np.testing.assert_allclose(limit_of_weak_to_strong(loss)[1:], direct[1:], rtol=1e-14)
    assert limit_of_weak_to_strong(loss)[0] == pytest.approx(1e-16, rel=1e-7)
    assert limit_of_weak_to_strong(loss)[2] == pytest.approx(0.75 * (2 / 3) ** 2)


def test_unknown_formats_and_unwritable_places_are_refused(series, tmp_path):
    figure, data = draw_figure(series, "title"), figure_data(series)
    with pytest.raises(InvalidInput, match="png, svg, pdf"):
        save_figure(figure, data, str(tmp_path / "one"), ["gif"])
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="cannot write"):
        save_figure(figure, data, str(tmp_path / "file" / "one"), ["png"])
