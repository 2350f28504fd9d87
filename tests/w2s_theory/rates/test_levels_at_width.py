import math

import mpmath
import pytest
from sympy import Integer, Rational, S, log

from w2s_theory.balls import precision
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import DIMENSION, M
from w2s_theory.rates.levels_at_width import BITS, fixed_levels
from w2s_theory.rates.width_scaling import teacher_on_growing_sphere
from w2s_theory.spectra.families import Exponential, Finite, PowerLaw, Sphere
from w2s_theory.spectra.fixed_point import kappa_ball
from w2s_theory.sphere.activations import RELU, STEP

LINEAR = {1: S.One}


@pytest.mark.parametrize(
    "spectrum",
    [
        Sphere(RELU, Integer(2)),
        Sphere(RELU, Integer(3)),
        Sphere(RELU, Integer(32)),
        PowerLaw(S(3)),
        PowerLaw(Rational(5, 4)),
        Exponential(S.One),
    ],
)
def test_nodes_keep_the_trace(spectrum):
    levels = fixed_levels(spectrum, LINEAR, 40.0).levels
    with precision(BITS):
        trace = sum(level.multiplicity * level.eigenvalue for level in levels)
    assert float(trace) == pytest.approx(float(spectrum.trace), rel=1e-9)


def test_nodes_keep_kappa():
    """Listing 100000 levels one by one confirms the kappa of a few hundred nodes."""
    spectrum, log_width = PowerLaw(S(3)), float(mpmath.log(1000))
    at_width = fixed_levels(spectrum, LINEAR, log_width)
    with precision(BITS):
        kappa = float(kappa_ball(at_width.levels, at_width.width, bits=60))
    counted = sum(1 / (1 + kappa * j**3) for j in range(1, 100_001))
    rest = 1 / (2 * kappa * 100_000.5**2)
    assert counted + rest == pytest.approx(1000, rel=1e-9)


@pytest.mark.parametrize("activation", [RELU, STEP])
def test_a_growing_sphere_at_a_whole_dimension_is_that_sphere(activation):
    """At d = 32 low degrees and the whole trace must agree."""
    teacher = teacher_on_growing_sphere(activation, {DIMENSION: M ** Rational(2, 5)}, LINEAR)
    at_width = teacher.levels({}, 2.5 * math.log(32))
    sphere = Sphere(activation, Integer(32))
    degrees = [k for k in range(7) if not sphere.eigenvalue(Integer(k)).is_zero]
    for level, degree in zip(at_width.levels, degrees, strict=False):
        known = float(log(sphere.eigenvalue(Integer(degree)))), float(sphere.multiplicity(Integer(degree)))
        assert (float(level.eigenvalue.log()), float(level.multiplicity)) == pytest.approx(known, rel=1e-12)
    with precision(BITS):
        trace = sum(level.multiplicity * level.eigenvalue for level in at_width.levels)
    assert float(trace) == pytest.approx(float(sphere.trace), rel=1e-12)


def test_a_spectrum_without_a_ladder_is_refused():
    with pytest.raises(InvalidInput, match="no ladder"):
        fixed_levels(Finite((S.One,), (S.One,)), LINEAR, 1.0)
