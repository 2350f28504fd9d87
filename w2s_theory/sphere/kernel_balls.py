"""Dual kernels in ball arithmetic, by their harmonic series with the tail bounded.

Source: derived here: |P_k| <= 1, so that the kernel's tail is at most that of its trace.
"""

from __future__ import annotations

import flint
from sympy import Rational

from w2s_theory.balls import exact, precision
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.harmonics import multiplicity_integer


def trace_tail(activation: Activation, dimension: int, count: int, bits: int) -> flint.arb:
    """Return a ball around the sum of N(d, k) s_k**2 over k >= count: the exact trace minus the rest."""
    coefficients = coefficient_balls(activation, dimension, count, bits)
    with precision(bits):
        head = sum(
            (s * s * multiplicity_integer(dimension, k) for k, s in enumerate(coefficients)), flint.arb(0)
        )
        return exact(activation.second_moment(dimension)) - head


def dual_kernel_series(
    activation: Activation, dimension: int, rho: Rational, count: int, bits: int = 64
) -> flint.arb:
    """Return a ball that contains sum_k s_k**2 N(d, k) P_k(rho) over all k, from its first `count` terms.

    |P_k(rho)| <= 1, so the tail is at most that of the trace, which is known exactly; the radius is
    about this tail. Raises InvalidInput unless rho is rational in [-1, 1].
    """
    if not (rho.is_Rational and -1 <= rho <= 1):
        raise InvalidInput(f"rho is {rho}; ball arithmetic needs a rational in [-1, 1]")
    # Interval arithmetic loses at most log2(1 + sqrt(2)) bits a step of the three-term recursion.
    working_bits = bits + 2 * count
    coefficients = coefficient_balls(activation, dimension, count, working_bits)
    tail = trace_tail(activation, dimension, count, working_bits)
    with precision(working_bits):
        argument, previous, current = exact(rho), flint.arb(0), flint.arb(1)
        total = flint.arb(0)
        for k, s in enumerate(coefficients):
            total += s * s * multiplicity_integer(dimension, k) * current
            # At k = 0 and d = 2 the general step is 0 / 0; P_1(t) = t in every dimension.
            step = (
                ((2 * k + dimension - 2) * argument * current - k * previous) / (k + dimension - 2)
                if k
                else argument
            )
            previous, current = current, step
        return total + flint.arb(0, tail.abs_upper())
