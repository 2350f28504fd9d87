"""A question about rates: a spectrum, a target and a scaling, with the orders as M -> oo and a ladder of widths.

Source: Medvedev et al. 2025, section 3, for the scalings of Theorems 3.1 to 3.3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

import mpmath
from flint import arb
from sympy import Expr, Integer, Rational, S, Symbol, lambdify

from w2s_theory.balls import precision
from w2s_theory.errors import InvalidInput
from w2s_theory.latex import latex
from w2s_theory.latex.html import html_formula, html_list
from w2s_theory.notation.symbols import ALPHA, DIMENSION, FREE_CONSTANT, PSI, TOP_MULTIPLICITY, M, Topic
from w2s_theory.rates.corroboration import Corroboration, corroborate, observe
from w2s_theory.rates.fixed_spectrum import Asymptotics, Basis, RateStep, fixed_spectrum
from w2s_theory.rates.levels_at_width import (
    BITS,
    LevelsAtWidth,
    fixed_levels,
    growing_sphere_levels,
    two_levels,
)
from w2s_theory.rates.observables import (
    MAX_DEGREE,
    Rates,
    derive,
    growing_sphere_asymptotics,
    two_level_asymptotics,
)
from w2s_theory.rates.orders import PARAMETER, Order, order_of, sign
from w2s_theory.spectra.families import Exponential, PowerLaw, Spectrum, Sphere
from w2s_theory.sphere.activations import Activation
from w2s_theory.verdict import Verdict

letters = Topic(__name__)

WIDTH_COUNT = 8
FIRST_LOG_WIDTH = 12.5
EXPONENTIAL_WIDTH_COUNT = 6
FIRST_EXPONENTIAL_WIDTH = 25
SMALLEST_RATE = Rational(1, 5)
LARGEST_OSCILLATION = 5e-3

SAMPLES: Mapping[Symbol, tuple[Expr, ...]] = {
    ALPHA: (Rational(3, 2), Integer(3)),
    DIMENSION: (Integer(4), Integer(9)),
    FREE_CONSTANT: (Rational(2, 3), Rational(5, 2)),
}
"""Values that symbols take on the ladder; the derivation keeps the symbols."""

Scaling = Mapping[Symbol, Expr]
"""Quantities as expressions in M, each resolved against the earlier ones."""


@dataclass(frozen=True)
class Answer:
    """A derived order, the steps to it, and what the ladder says at each sample of the symbols."""

    order: Order
    rates: Rates
    checks: tuple[tuple[Mapping[Symbol, Expr], Corroboration], ...]
    oscillation: float

    def _repr_html_(self) -> str:
        """Return the order in X (the teacher's width, or what it is measured in), and why it is so."""
        order = latex(self.order.expression(letters.symbol("X", positive=True)))
        verdict = f"<p>{escape(self.verdict)} by a ladder of widths</p>"
        return (
            html_formula(rf"\sim {order}")
            + verdict
            + html_list(map(_html_step, self.rates.steps), numbered=True)
        )

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of the checks."""
        verdicts = {check.verdict for _, check in self.checks}
        worst_first = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.SUPPORTED)
        return next(verdict for verdict in worst_first if verdict in verdicts)


def _html_step(step: RateStep) -> str:
    sign = "=" if step.basis is Basis.EXACT else r"\sim"
    relation = html_formula(f"{latex(step.relation.lhs)} {sign} {latex(step.relation.rhs)}")
    return f"{escape(step.text)} {relation} {step.basis}: {escape(step.reason)}"


@dataclass(frozen=True)
class WideningTeacher:
    """A teacher whose width grows: the orders as M -> oo, and the levels at a width, for values of its symbols.

    `levels` takes those values and the logarithm of the growing parameter.
    """

    asymptotics: Asymptotics
    levels: Callable[[Mapping[Symbol, Expr], float], LevelsAtWidth]
    symbols: tuple[Symbol, ...] = ()
    log_parameters: tuple[float, ...] = field(
        default=tuple(FIRST_LOG_WIDTH * 2**i for i in range(WIDTH_COUNT))
    )

    def answer(self, expression: Expr, measured_in: Expr | None = None) -> Answer:
        """Derive the order of an expression in the observables and compare it with the ladder.

        Raises InvalidInput where no order, or no limit, exists.
        """
        rates = derive(self.asymptotics)
        order = rates.order(expression, measured_in)
        if order.is_zero:
            raise InvalidInput(f"{expression} vanishes identically; give one that has an order of growth")
        oscillation = rates.relative_oscillation(expression, measured_in)
        if not oscillation <= LARGEST_OSCILLATION:
            raise InvalidInput(
                f"{expression} has no limit: it may oscillate log-periodically by {oscillation:.1%} of"
                f" its constant; allowed are up to {LARGEST_OSCILLATION:.1%} (a smaller rate), or kappa, L_TE"
                " and optimal_time, which do have limits"
            )
        checks = []
        for values in self._samples():
            observations = [observe(self.levels(values, log)) for log in self.log_parameters]
            numbers = Order(
                *(part.xreplace(values) for part in (order.constant, order.power, order.log_power))
            )
            exact, base = (None if x is None else x.xreplace(values) for x in (expression, measured_in))
            found = corroborate(exact, base, numbers, observations, oscillation)
            checks.append((values, found))
        return Answer(order, rates, tuple(checks), oscillation)

    def _samples(self) -> list[dict[Symbol, Expr]]:
        if not self.symbols:
            return [{}]
        return [{symbol: SAMPLES[symbol][i] for symbol in self.symbols} for i in range(2)]


def teacher_on_fixed_spectrum(spectrum: Spectrum, masses: Mapping[int, Expr]) -> WideningTeacher:
    """Return the teacher on a spectrum that does not change as M -> oo; alpha or d may be symbols.

    Raises InvalidInput for a spectrum of finite rank or a target that the kernel does not see at all.
    """
    for level in masses:
        if level < spectrum.first_level:
            raise InvalidInput(
                f"the target has mass on level {level}; levels start at {spectrum.first_level}"
            )
    dimension = spectrum.dimension if isinstance(spectrum, Sphere) else Integer(1)
    widest = max(float(value) for value in (SAMPLES[DIMENSION] if dimension.free_symbols else (dimension,)))
    first = FIRST_LOG_WIDTH * max(1.0, widest / 32)
    logs = tuple(first * 2**i for i in range(WIDTH_COUNT))
    if isinstance(spectrum, Exponential):
        logs = _exponential_widths(spectrum.rate)
    return WideningTeacher(
        asymptotics=fixed_spectrum(spectrum, masses),
        levels=lambda values, log: fixed_levels(_specialize(spectrum, values), masses, log),
        symbols=tuple(sorted(_parameters(spectrum), key=str)),
        log_parameters=logs,
    )


def _exponential_widths(rate: Expr) -> tuple[float, ...]:
    """Return widths, the logarithms of exp(M); levels are listed one by one, so there are not too many."""
    if rate < SMALLEST_RATE:
        raise InvalidInput(f"the rate {rate} decays too slowly for the ladder; it must be >= {SMALLEST_RATE}")
    first = math.ceil(FIRST_EXPONENTIAL_WIDTH / min(1.0, float(rate)))
    return tuple(float(first * 2**i) for i in range(EXPONENTIAL_WIDTH_COUNT))


def _parameters(spectrum: Spectrum) -> set[Symbol]:
    match spectrum:
        case PowerLaw(alpha=alpha):
            return set(alpha.free_symbols)
        case Sphere(dimension=dimension):
            return set(dimension.free_symbols)
    return set()


def _specialize(spectrum: Spectrum, values: Mapping[Symbol, Expr]) -> Spectrum:
    match spectrum:
        case PowerLaw(alpha=alpha, amplitude=amplitude):
            return PowerLaw(alpha.xreplace(values), amplitude)
        case Sphere(activation=activation, dimension=dimension):
            return Sphere(activation, dimension.xreplace(values))
    return spectrum


def teacher_on_two_levels(scaling: Scaling, masses: Mapping[int, Expr]) -> WideningTeacher:
    """Return the teacher on eigenvalues 1 [k times] and psi [d - k times]; k is 1 unless it is scaled.

    Level 1 has eigenvalue 1 and level 2 eigenvalue psi. Raises InvalidInput unless d and psi are given and
    M stays below the rank d.
    """
    if not {DIMENSION, PSI} <= scaling.keys():
        raise InvalidInput("two levels need d and psi: --scaling 'd = M**(3/2), psi = d**(-2/3)'")
    if not masses.keys() <= {1, 2}:
        raise InvalidInput(
            "two levels have levels 1 (eigenvalue 1) and 2 (eigenvalue psi); put the target there"
        )
    scaling = {TOP_MULTIPLICITY: S.One, **scaling}
    orders = _orders(scaling)
    zero_based = {level - 1: mass for level, mass in masses.items()}
    asymptotics = two_level_asymptotics(orders[TOP_MULTIPLICITY], orders[PSI], orders[DIMENSION], zero_based)

    def levels(values: Mapping[Symbol, Expr], log_parameter: float) -> LevelsAtWidth:
        found = _evaluate(scaling, values, log_parameter)
        return two_levels(found, zero_based, log_parameter)

    return WideningTeacher(asymptotics, levels, symbols=_free_symbols(scaling))


def teacher_on_growing_sphere(
    activation: Activation, scaling: Scaling, masses: Mapping[int, Expr]
) -> WideningTeacher:
    """Return the teacher on the sphere S^{d-1} with d a power of M.

    Raises InvalidInput unless the scaling gives d, and d only.
    """
    if scaling.keys() != {DIMENSION}:
        raise InvalidInput(
            "a sphere scales with its dimension alone: --scaling 'd = M**(2/3)' or 'M = d**(3/2)'"
        )
    dimension = _orders(scaling)[DIMENSION]
    asymptotics = growing_sphere_asymptotics(activation, dimension, masses)
    last = min(MAX_DEGREE, int(1 / dimension.power) + 2) + max(8, *masses)

    def levels(values: Mapping[Symbol, Expr], log_parameter: float) -> LevelsAtWidth:
        found = _evaluate(scaling, values, log_parameter)
        return growing_sphere_levels(activation, found, masses, last, log_parameter)

    return WideningTeacher(asymptotics, levels, symbols=_free_symbols(scaling))


def inverse_scaling(width: Expr) -> Expr:
    """Return d as an expression in M where the width is given as M = width(d) = c d^g.

    Raises InvalidInput for any other form.
    """
    order = order_of(width, {DIMENSION: PARAMETER})
    is_power = order.log_power == 0 and order.expression(DIMENSION) == width
    if not is_power or sign(order.power) <= 0:
        raise InvalidInput(
            f"M = {width} is not a power of d; write M = c*d**g with g > 0, or d in terms of M"
        )
    return (M / order.constant) ** (1 / order.power)


def _orders(scaling: Scaling) -> dict[Symbol, Order]:
    orders: dict[Symbol, Order] = {}
    for symbol, expression in scaling.items():
        order = order_of(expression, {M: PARAMETER, **orders})
        if sign(order.constant) <= 0:
            raise InvalidInput(
                f"the scaling {symbol} = {expression} is not positive; dimensions and eigenvalues are"
            )
        orders[symbol] = order
    return orders


def _free_symbols(scaling: Scaling) -> tuple[Symbol, ...]:
    symbols = set().union(*(expression.free_symbols for expression in scaling.values()))
    return tuple(sorted(symbols - {M, *scaling}, key=str))


def _evaluate(scaling: Scaling, values: Mapping[Symbol, Expr], log_parameter: float) -> dict[Symbol, arb]:
    with mpmath.workprec(BITS), precision(BITS):
        known = {M: mpmath.exp(log_parameter)}
        for symbol, expression in scaling.items():
            function = lambdify(list(known), expression.xreplace(values), "mpmath")
            known[symbol] = mpmath.mpf(function(*known.values()))
        digits = math.ceil(BITS * 0.3)
        # Midpoints: Gamma functions of so large a dimension magnify any radius.
        return {symbol: arb(mpmath.nstr(known[symbol], digits)).mid() for symbol in scaling}
