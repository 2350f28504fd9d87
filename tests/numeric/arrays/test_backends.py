import sys

import numpy as np
import pytest

from numeric.arrays.backends import load_backend
from numeric.random_features.simulation import Setting, default_times, simulate
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import named_activation


def run(backend, student_width):
    family = SphereFeatures(named_activation("relu"), 6, backend)
    target = parse_target("degree:1,2")
    return simulate(Setting(family, target, (8, 20), student_width, 2, 3, default_times(family, target, 30)))


@pytest.mark.parametrize("student_width", [None, 150])
@pytest.mark.parametrize("name", ["array_api_strict", "jax"])
def test_every_library_gives_the_numbers_of_numpy(name, student_width, need):
    need(name)
    reference, found = run(load_backend(), student_width), run(load_backend(name, "cpu"), student_width)
    # From one rounding error to another: ten times the larger of the two estimates of them.
    allowance = 10 * np.maximum(reference.rounding_error, found.rounding_error) + 1e-13
    assert bool((abs(found.L_ST - reference.L_ST) <= allowance).all())
    np.testing.assert_allclose(found.kappa_S, reference.kappa_S, atol=1e-10)


def test_single_precision_is_within_its_stated_error():
    exact, rough = run(load_backend(), 150), run(load_backend(precision="single"), 150)
    error = abs(rough.L_ST - exact.L_ST)
    assert float(error.max()) > 1e-9
    assert bool((error <= rough.rounding_error + rough.lanczos_error).all())


def test_unknown_names_devices_and_precisions_are_refused():
    with pytest.raises(InvalidInput, match="use one of numpy, jax"):
        load_backend("fortran")
    with pytest.raises(InvalidInput, match="double or single"):
        load_backend(precision="half")
    with pytest.raises(InvalidInput, match="no device 'cuda'"):
        load_backend("numpy", "cuda")


def test_a_missing_library_or_device_says_what_to_do(monkeypatch, need):
    monkeypatch.setitem(sys.modules, "cupy", None)
    with pytest.raises(InvalidInput, match=r"pip install 'w2s-theory\[cupy\]'"):
        load_backend("cupy")
    need("jax")
    with pytest.raises(InvalidInput, match="cannot use device 'tpu:3'"):
        load_backend("jax", "tpu:3")
