"""One spectrum at one width, in Arb numbers: what a ladder of widths evaluates its predictions on.

Widths go far beyond floating point (log M in the thousands), because rates set in late. Levels that are
too many to list are replaced by the nodes of a Gauss-Legendre rule in the logarithm of the level.

Source: the spectra of `w2s_theory.spectra.families`; the rule for the levels in between is derived here, by
substitution.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import factorial

from flint import arb
from sympy import Expr, Symbol

from w2s_theory.balls import exact, precision
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import DIMENSION, PSI, TOP_MULTIPLICITY
from w2s_theory.spectra.families import Exponential, PowerLaw, Spectrum, Sphere
from w2s_theory.spectra.universality import Level
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.harmonics import multiplicity_integer

BITS = 160
NODES = 10
DIRECT_LEVELS = 64
NEGLIGIBLE = 40.0
"""Logarithm of the relative size below which parts of a sum are dropped."""


@dataclass(frozen=True)
class LevelsAtWidth:
    """The levels of a spectrum and the teacher's width, as Arb balls, at the parameter X with this log."""

    log_parameter: float
    width: arb
    levels: tuple[Level, ...]
    definitions: Mapping[Symbol, arb]


@dataclass(frozen=True)
class Tail:
    """Levels start, start + step, ... as functions of log k: eigenvalue ~ k^-a, multiplicity ~ k^(b-1)."""

    start: int
    step: int
    eigenvalue: Callable[[arb], arb]
    multiplicity: Callable[[arb], arb]
    eigenvalue_power: float
    count_power: float


def fixed_levels(spectrum: Spectrum, masses: Mapping[int, Expr], log_parameter: float) -> LevelsAtWidth:
    """Return the levels of a fixed spectrum at one width; the parameter is M, or exp(M) for an exponential spectrum.

    Raises InvalidInput for a spectrum whose levels are not known at real levels.
    """
    if isinstance(spectrum, Exponential):
        return _exponential_levels(spectrum, masses, round(log_parameter))
    with precision(BITS):
        width = arb(log_parameter).exp()
    if isinstance(spectrum, PowerLaw):
        top, tail = _power_law(spectrum, masses)
        log_transition = log_parameter
    elif isinstance(spectrum, Sphere):
        top, tail = _sphere(spectrum, masses)
        d = int(spectrum.dimension)
        log_transition = (log_parameter + math.lgamma(d)) / (d - 1)
    else:
        raise InvalidInput(f"no ladder for {type(spectrum).__name__}; it needs levels at every real degree")
    return LevelsAtWidth(log_parameter, width, (*top, *_nodes(tail, log_transition)), {})


def _mass(masses: Mapping[int, Expr], level: int) -> arb | int:
    return exact(masses[level]) if level in masses else 0


def _exponential_levels(spectrum: Exponential, masses: Mapping[int, Expr], width: int) -> LevelsAtWidth:
    last = max(width + math.ceil(2 * NEGLIGIBLE / float(spectrum.rate)), *masses)
    with precision(BITS):
        rate, amplitude = exact(spectrum.rate), exact(spectrum.amplitude)
        levels = tuple(
            Level(amplitude * (-rate * j).exp(), arb(1), _mass(masses, j)) for j in range(1, last + 1)
        )
        return LevelsAtWidth(float(width), arb(width), levels, {})


def _power_law(spectrum: PowerLaw, masses: Mapping[int, Expr]) -> tuple[list[Level], Tail]:
    with precision(BITS):
        alpha, amplitude = exact(spectrum.alpha), exact(spectrum.amplitude)
        last = max(DIRECT_LEVELS, *masses)
        top = [Level(amplitude * arb(j) ** -alpha, arb(1), _mass(masses, j)) for j in range(1, last + 1)]
    power = float(spectrum.alpha)
    tail = Tail(last + 1, 1, lambda u: amplitude * (-alpha * u).exp(), lambda _: arb(1), power, 1.0)
    return top, tail


def _sphere(spectrum: Sphere, masses: Mapping[int, Expr]) -> tuple[list[Level], Tail]:
    """Return the low degrees, and the eigenvalue at real k without |sin(pi (k - order)/2)|, 1 on the tail."""
    activation, d = spectrum.activation, int(spectrum.dimension)
    p, parity = activation.order, activation.tail_parity()
    if parity is None:
        raise InvalidInput(
            f"{activation.name} has finitely many degrees; the width cannot grow past their number"
        )
    last = max(DIRECT_LEVELS, 4 * d, *masses)
    last += (last - parity) % 2
    with precision(BITS):
        weight = exact(activation.right) + (-1) ** parity * exact(activation.left)
        amplitude = weight * factorial(p) / (arb(2) ** (p + 1) * arb.pi())
        log_amplitude = abs(amplitude).log() + (arb(d) / 2).lgamma()
        coefficients = coefficient_balls(activation, d, last + 1, BITS)
        top = [
            Level(s**2, arb(multiplicity_integer(d, k)), _mass(masses, k))
            for k, s in enumerate(coefficients)
            if s != 0 or k in masses
        ]

    def eigenvalue(log_degree: arb) -> arb:
        k = log_degree.exp()
        return (2 * (log_amplitude + ((k - p) / 2).lgamma() - ((k + p + d) / 2).lgamma())).exp()

    def multiplicity(log_degree: arb) -> arb:
        k = log_degree.exp()
        between = (k + 1).rising(d - 3) if d > 2 else 1 / k
        return (2 * k + d - 2) * between / factorial(d - 2)

    return top, Tail(last + 2, 2, eigenvalue, multiplicity, d + 2.0 * p, d - 1.0)


def _nodes(tail: Tail, log_transition: float) -> Iterator[Level]:
    """Replace sum_k f(k), step h, by the integral of f/h from h/2 before the first level.

    Its leading correction, h f'/24 there, moves 1/24 of the last level listed to the first that is not.
    """
    start = math.log(tail.start - tail.step / 2)
    center = max(log_transition, start)
    end = center + NEGLIGIBLE / (tail.eigenvalue_power - tail.count_power)
    finest = math.pi / tail.eigenvalue_power
    # Gamma functions of exp(end) lose as many bits as exp(end) has.
    with precision(BITS + math.ceil(3 * end)):
        rule = [arb.legendre_p_root(NODES, i, weight=True) for i in range(NODES)]
        left = start
        while left < end:
            width = max(finest, 0.5 * min(left - start + finest, abs(left - center)))
            if left < center < left + width:
                width = max(center - left, finest / 2)
            for node, weight in rule:
                u = left + width * (1 + node) / 2
                count = tail.multiplicity(u) * u.exp() * weight * width / (2 * tail.step)
                yield Level(tail.eigenvalue(u), count, 0)
            left += width
        first = arb(tail.start).log()
        yield Level(tail.eigenvalue(first), tail.multiplicity(first) / 24, 0)
        before = arb(tail.start - tail.step).log()
        yield Level(tail.eigenvalue(before), -tail.multiplicity(before) / 24, 0)


def two_levels(
    definitions: Mapping[Symbol, arb], masses: Mapping[int, Expr], log_parameter: float
) -> LevelsAtWidth:
    """Return eigenvalues 1 and psi with multiplicities k and d - k at M = exp(log_parameter)."""
    k, psi, d = (definitions[symbol] for symbol in (TOP_MULTIPLICITY, PSI, DIMENSION))
    with precision(BITS):
        levels = (Level(arb(1), k, _mass(masses, 0)), Level(psi, d - k, _mass(masses, 1)))
        return LevelsAtWidth(log_parameter, arb(log_parameter).exp(), levels, definitions)


def growing_sphere_levels(
    activation: Activation,
    definitions: Mapping[Symbol, arb],
    masses: Mapping[int, Expr],
    last_degree: int,
    log_parameter: float,
) -> LevelsAtWidth:
    """Return S^{d-1} at a real dimension d; degrees beyond `last_degree` are one level that has their trace.

    Meant for large d, where those degrees lie far below kappa and only their trace counts.
    """
    p, d = activation.order, definitions[DIMENSION]
    with precision(BITS + 3 * math.ceil(abs(log_parameter))):
        right, left = exact(activation.right), exact(activation.left)
        trace = (right**2 + left**2) / 2 * _rising_ratio(arb(1) / 2, d / 2, p)
        levels = []
        for k in range(last_degree + 1):
            reciprocal = (arb(p - k) / 2 + 1).rgamma()
            gammas = ((d / 2).lgamma() - ((p + k + d) / 2).lgamma()).exp()
            s = (right + (-1) ** k * left) * factorial(p) / arb(2) ** (p + 1) * gammas * reciprocal
            count = (2 * k + d - 2) * (d - 1).rising(k - 1) / factorial(k) if k else arb(1)
            seen = (p - k) % 2 == 1 or k <= p
            if (seen and not s.contains(0)) or k in masses:
                levels.append(Level(s**2 if seen else arb(0), count, _mass(masses, k)))
                trace -= count * s**2 if seen else 0
        if activation.top_degree() is None:
            last = levels[-1]
            levels.append(Level(last.eigenvalue, trace / last.eigenvalue, 0))
        return LevelsAtWidth(log_parameter, arb(log_parameter).exp(), tuple(levels), definitions)


def _rising_ratio(above: arb, below: arb, count: int) -> arb:
    return above.rising(count) / below.rising(count)
