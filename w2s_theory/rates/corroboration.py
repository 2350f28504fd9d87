"""Corroboration of a derived rate: the observables at a ladder of widths, and the order they extrapolate to.

At each width the fixed point is solved with a certificate and the best stopping time is searched afresh; nothing of
the derivation enters, so a wrong constant, power or logarithm shows.

Source: the formulas of `w2s_theory.spectra.universality`; the extrapolation, a fit of power, logarithm and constant,
is ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import mpmath
from flint import arb
from mpmath import mpf
from sympy import Expr, Symbol, lambdify

from w2s_theory.balls import precision
from w2s_theory.notation.symbols import KAPPA, KAPPA_S, L_ST, L_TE, OPTIMAL_TIME, M
from w2s_theory.rates.levels_at_width import BITS, LevelsAtWidth
from w2s_theory.rates.observables import without_gap
from w2s_theory.rates.orders import Order
from w2s_theory.spectra import universality
from w2s_theory.spectra.fixed_point import kappa_ball
from w2s_theory.spectra.universality import Level
from w2s_theory.verdict import Verdict

DIGITS = 30
SCAN = 24
TIME_TOLERANCE = 1e-10
LINEAR_BELOW = 1e-14


@dataclass(frozen=True)
class Reading:
    """An expression's value at one width, and its ratio to the derived order."""

    width: mpf
    value: mpf
    ratio: mpf


@dataclass(frozen=True)
class Estimate:
    """A Richardson-extrapolated number with the change that the last width made."""

    value: float
    change: float

    def agrees(self, derived: float, slack: float) -> bool:
        """Whether `derived` lies within twice the last change, or within the slack."""
        return abs(self.value - derived) <= max(2 * self.change, slack)


@dataclass(frozen=True)
class Corroboration:
    """Readings along a ladder and what they extrapolate to, beside the derived order.

    `verdict` is SUPPORTED where power, log power and ratio all agree, REFUTED where one does not, and
    UNDECIDED where the ladder has not settled.
    """

    readings: tuple[Reading, ...]
    power: Estimate
    log_power: Estimate
    ratio: Estimate
    verdict: Verdict


RESOLUTION = {"power": 2e-3, "log_power": 0.1, "ratio": 0.02}
"""A ladder whose last change exceeds these has not settled, and decides nothing."""
SLACK = {"power": 1e-5, "log_power": 2e-3, "ratio": 1e-4}


@dataclass(frozen=True)
class Observation:
    """All observables at one width, L_ST minimized over time; the growing parameter is given by its log."""

    log_parameter: float
    values: Mapping[Symbol, mpf]


def observe(at_width: LevelsAtWidth) -> Observation:
    """Solve the fixed point at a width, search the best time, and return all observables."""
    with precision(BITS), mpmath.workprec(BITS):
        kappa = kappa_ball(at_width.levels, at_width.width, bits=100).mid()
        targets = [level for level in at_width.levels if level.mass != 0]
        pace = min((x.eigenvalue for x in targets if x.eigenvalue != 0), key=lambda value: value.mid())
        time, loss = _best_time(at_width, kappa, pace)
        values = {
            M: at_width.width,
            KAPPA: kappa,
            KAPPA_S: kappa / (pace + kappa),
            L_TE: universality.teacher_loss(targets, kappa),
            L_ST: loss,
            OPTIMAL_TIME: time,
            **at_width.definitions,
        }
        return Observation(
            at_width.log_parameter, {symbol: _to_mpf(value) for symbol, value in values.items()}
        )


def _best_time(at_width: LevelsAtWidth, kappa: arb, pace: arb) -> tuple[arb, arb]:
    """Return the time that minimizes L_ST among 1e-3/pace <= t <= 100 log(X)/pace, and L_ST there.

    The minimum is far flatter than any precision shows, so it is found where the bias falls as fast as the
    variance grows; both speeds are sums of positive terms. Without such a time, the longest one is best.
    """
    curve = _StoppingCurve.of(at_width.levels, kappa, longest=100 * at_width.log_parameter / pace)
    low, high = -7.0, math.log(100 * at_width.log_parameter)
    grid = [low + (high - low) * i / SCAN for i in range(SCAN + 1)]
    falls = [curve.falls(arb(scale).exp() / pace) for scale in grid]
    turns = [
        _bisect(lambda scale: curve.falls(arb(scale).exp() / pace), before, after)
        for (before, after), (first, second) in zip(pairwise(grid), pairwise(falls), strict=True)
        if first and not second
    ]
    times = [arb(scale).exp() / pace for scale in turns or [high]]
    return min(((time, curve.loss(time)) for time in times), key=lambda pair: pair[1].mid())


@dataclass(frozen=True)
class _StoppingCurve:
    """L_ST(t), with levels that stay at t lambda < LINEAR_BELOW summed once as A = t lambda."""

    targets: Sequence[Level]
    kappa: arb
    curved: Sequence[tuple[arb, arb]]
    linear: arb
    scale: arb

    @classmethod
    def of(cls, levels: Sequence[Level], kappa: arb, longest: arb) -> _StoppingCurve:
        weights = [x.multiplicity * x.eigenvalue / (x.eigenvalue + kappa) ** 2 for x in levels]
        pairs = [(weight, x.eigenvalue) for weight, x in zip(weights, levels, strict=True)]
        curved = [(weight, value) for weight, value in pairs if not value * longest < LINEAR_BELOW]
        linear = sum((w * value**2 for w, value in pairs if value * longest < LINEAR_BELOW), arb(0))
        targets = [level for level in levels if level.mass != 0]
        scale = universality.teacher_variance(targets, kappa) / sum(weights)
        return cls(targets, kappa, curved, linear, scale)

    def loss(self, time: arb) -> arb:
        student = universality.gradient_flow(time, arb.exp, arb.expm1)
        passed = sum((w * student.learned(value) ** 2 for w, value in self.curved), self.linear * time**2)
        return universality.squared_bias(self.targets, self.kappa, student) + self.scale * passed

    def falls(self, time: arb) -> bool:
        """Whether the squared bias falls faster than the variance grows."""
        student = universality.gradient_flow(time, arb.exp, arb.expm1)
        gain = arb(0)
        for x in self.targets:
            e, q = student.unlearned(x.eigenvalue), universality.missed(x, self.kappa)
            gain += x.mass * x.eigenvalue * e * universality.captured(x, self.kappa) * (e + (1 - e) * q)
        growth = self.linear * time
        for weight, value in self.curved:
            growth += weight * value * student.unlearned(value) * student.learned(value)
        return bool((gain - self.scale * growth).mid() > 0)


def _bisect(holds: Callable[[float], bool], low: float, high: float) -> float:
    while high - low > TIME_TOLERANCE:
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2


def _to_mpf(value: arb) -> mpf:
    mantissa, exponent = value.mid().man_exp()
    return mpmath.ldexp(mpf(int(mantissa)), int(exponent))


def corroborate(
    expression: Expr,
    measured_in: Expr | None,
    derived: Order,
    observations: Sequence[Observation],
    oscillation: float,
) -> Corroboration:
    """Compare a derived order, all numbers, with the expression's values at five or more widths.

    `measured_in` replaces the growing parameter as in `Rates.order`. Slacks are widened by what a relative
    log-periodic oscillation can do to each fit.
    """
    with mpmath.workdps(DIGITS):
        values = _evaluate(expression, observations)
        if measured_in is None:
            logs = [mpf(observation.log_parameter) for observation in observations]
        else:
            logs = [mpmath.log(value) for value in _evaluate(measured_in, observations)]
        ratios = [value / _at(derived, log) for value, log in zip(values, logs, strict=True)]
        readings = tuple(
            Reading(observation.values[M], value, ratio)
            for observation, value, ratio in zip(observations, values, ratios, strict=True)
        )
        fits = [_local_exponents(logs[i : i + 3], values[i : i + 3]) for i in range(len(values) - 2)]
        power, log_power = (_richardson([fit[place] for fit in fits]) for place in (0, 1))
        ratio = _richardson(ratios)
    # Differences double an oscillation, second differences quadruple it, and extrapolation triples it.
    slack = {
        "power": SLACK["power"] + 12 * oscillation / float(abs(logs[-3])),
        "log_power": SLACK["log_power"] + 18 * oscillation / math.log(2),
        "ratio": SLACK["ratio"] + 3 * oscillation,
    }
    pairs = {
        "power": (power, float(derived.power)),
        "log_power": (log_power, float(derived.log_power)),
        "ratio": (ratio, 1.0),
    }
    agreement = all(estimate.agrees(value, slack[name]) for name, (estimate, value) in pairs.items())
    settled = all(estimate.change <= RESOLUTION[name] + slack[name] for name, (estimate, _) in pairs.items())
    decided = Verdict.SUPPORTED if agreement else Verdict.REFUTED
    verdict = decided if settled else Verdict.UNDECIDED
    return Corroboration(readings, power, log_power, ratio, verdict)


def _evaluate(expression: Expr, observations: Sequence[Observation]) -> list[mpf]:
    expression = without_gap(expression)
    symbols = sorted(expression.free_symbols, key=str)
    function = lambdify(symbols, expression, "mpmath")
    return [mpf(function(*(each.values[symbol] for symbol in symbols))) for each in observations]


def _at(order: Order, log_parameter: mpf) -> mpf:
    constant, power, log_power = (
        mpmath.mpmathify(value.evalf(DIGITS)) for value in (order.constant, order.power, order.log_power)
    )
    return constant * mpmath.exp(power * log_parameter) * abs(log_parameter) ** log_power


def _local_exponents(logs: Sequence[mpf], values: Sequence[mpf]) -> tuple[mpf, mpf]:
    """Return a, b of the one c X^a (log X)^b through three widths."""
    rows = mpmath.matrix([[log, mpmath.log(abs(log)), 1] for log in logs])
    solution = mpmath.lu_solve(rows, mpmath.matrix([mpmath.log(abs(value)) for value in values]))
    return solution[0], solution[1]


def _richardson(values: Sequence[mpf]) -> Estimate:
    """Remove the error 1/log X, which halves from width to width."""
    extrapolated = [2 * later - earlier for earlier, later in pairwise(values)]
    return Estimate(float(extrapolated[-1]), float(abs(extrapolated[-1] - extrapolated[-2])))
