"""Rates of the observables of weak-to-strong learning, derived for a spectrum, a target and a scaling.

Source: derived here from `w2s_theory.spectra.universality`; Medvedev et al. 2025, section 3, for the questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Integer, S, Symbol, cancel, factor

from w2s_theory.errors import InvalidInput
from w2s_theory.latex import latex
from w2s_theory.latex.html import html_formula
from w2s_theory.notation.symbols import DIMENSION, KAPPA, KAPPA_S, L_ST, L_TE, OPTIMAL_TIME, PGR, PSI, M
from w2s_theory.rates.fixed_spectrum import Asymptotics, Basis, RateStep, orders_agree
from w2s_theory.rates.gamma_products import gamma_order
from w2s_theory.rates.growing_spectrum import GrowingLevel, scaled_spectrum
from w2s_theory.rates.orders import ONE, ZERO, Order, order_of, sign, total
from w2s_theory.rates.stopping_time import best_losses
from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import Activation

OBSERVABLES: tuple[Symbol, ...] = (L_TE, L_ST, PGR, KAPPA, KAPPA_S, OPTIMAL_TIME, M)

MAX_DEGREE = 60


@dataclass(frozen=True)
class Rates:
    """Orders of all observables in `parameter` (M, or exp(M) where kappa decays exponentially), and why.

    `oscillation` bounds relative log-periodic deviations of L_ST from its constant; 0 where the limit exists.
    """

    parameter: Expr
    orders: Mapping[Symbol, Order]
    steps: tuple[RateStep, ...]
    constants: Mapping[Symbol, Expr]
    oscillation: Expr

    def order(self, expression: Expr, measured_in: Expr | None = None) -> Order:
        """Return the order of an expression in the observables, in `parameter` or another such expression.

        Raises InvalidInput where it has none, terms cancel, or `measured_in` does not move as a power.
        """
        order = self._unresolved(expression)
        if measured_in is not None:
            order = order.in_terms_of(self._unresolved(measured_in))
        # Long constants cancel while they are symbols; numbers alone are left as they are.
        constant = factor(order.constant) if order.constant.free_symbols else order.constant
        return Order(constant.xreplace(dict(self.constants)), order.power, order.log_power)

    def relative_oscillation(self, expression: Expr, measured_in: Expr | None = None) -> float:
        """Return by how much L_ST's log-periodic oscillation moves the constant of `order`, relatively."""
        if self.oscillation.is_zero or L_ST not in self.orders:
            return 0.0
        moved = self.orders[L_ST] * Order(1 + self.oscillation)
        shifted = replace(self, orders={**self.orders, L_ST: moved}).order(expression, measured_in)
        return abs(float(shifted.constant / self.order(expression, measured_in).constant) - 1)

    def _repr_html_(self) -> str:
        """Return the orders of all observables, as a notebook shows them."""
        orders = (
            (latex(symbol), latex(order.expression(self.parameter))) for symbol, order in self.orders.items()
        )
        return "\n".join(html_formula(rf"{symbol} \sim {order}") for symbol, order in orders)

    def _unresolved(self, expression: Expr) -> Order:
        expression = without_gap(expression)
        if L_ST not in self.orders and expression.has(L_ST, OPTIMAL_TIME):
            raise InvalidInput(
                "the student's best loss is a trade-off of bias and variance that orders do not resolve;"
                " choose a scaling that separates the target's eigenvalues from the others by a power of M"
            )
        if OPTIMAL_TIME not in self.orders and expression.has(OPTIMAL_TIME):
            raise InvalidInput(
                "optimal_time has no order s log(M)/lambda here; choose a scaling with levels that the"
                " student has not learned by the time it has learned the target"
            )
        return order_of(expression, self.orders)


def without_gap(expression: Expr) -> Expr:
    """Write PGR as (L_TE - L_ST)/L_TE, so that 1 - PGR does not lose its leading term."""
    if PGR not in expression.free_symbols:
        return expression
    return cancel(expression.xreplace({PGR: (L_TE - L_ST) / L_TE}))


def derive(asymptotics: Asymptotics) -> Rates:
    """Return the orders of all observables, with the steps that lead to them."""
    losses = best_losses(asymptotics)
    orders = {
        M: asymptotics.width,
        KAPPA: asymptotics.kappa,
        KAPPA_S: losses.misalignment,
        L_TE: losses.teacher,
        **asymptotics.definitions,
    }
    if losses.student is not None:
        orders[L_ST] = losses.student
    if losses.time is not None:
        orders[OPTIMAL_TIME] = losses.time
    return Rates(
        asymptotics.parameter,
        orders,
        (*asymptotics.steps, *losses.steps),
        asymptotics.constants,
        asymptotics.oscillation,
    )


def two_level_asymptotics(
    top_multiplicity: Order, psi: Order, dimension: Order, masses: Mapping[int, Expr]
) -> Asymptotics:
    """Return the asymptotics of eigenvalues 1 [k times] and psi [d - k times], all orders in M (RF, Theorem 3.2).

    Level 0 has eigenvalue 1 and level 1 eigenvalue psi. Raises InvalidInput where M is not below the rank d.
    """
    top = GrowingLevel(ONE, top_multiplicity, masses.get(0, S.Zero))
    rest = GrowingLevel(psi, dimension - top_multiplicity, masses.get(1, S.Zero))
    return scaled_spectrum((top, rest), ZERO, {PSI: psi, DIMENSION: dimension})


def growing_sphere_asymptotics(
    activation: Activation, dimension: Order, masses: Mapping[int, Expr]
) -> Asymptotics:
    """Return the asymptotics of the sphere S^{d-1} whose dimension d grows with M, given as an order in M.

    Raises InvalidInput where d does not grow as a power of M, or so slowly that degrees beyond
    MAX_DEGREE would count.
    """
    if sign(dimension.power) <= 0:
        raise InvalidInput(
            "d does not grow as a power of M; write --scaling 'd = M**(2/3)' or give --dimension"
        )
    last = max(int(1 / dimension.power) + 2, *masses)
    if last > MAX_DEGREE:
        raise InvalidInput(f"degrees up to {last} count at this scaling; at most {MAX_DEGREE} are derived")
    sphere = Sphere(activation, DIMENSION)
    levels, in_dimension, steps = [], [], []
    for degree in range(last + 3):
        eigenvalue = sphere.eigenvalue(Integer(degree))
        mass = masses.get(degree, S.Zero)
        if eigenvalue.is_zero:
            if mass != 0:
                levels.append(GrowingLevel(ZERO, ONE, mass))
            continue
        growth = gamma_order(eigenvalue, DIMENSION)
        count = gamma_order(sphere.multiplicity(Integer(degree)), DIMENSION)
        in_dimension.append(growth * count)
        levels.append(GrowingLevel(growth.substitute(dimension), count.substitute(dimension), mass))
        steps.append(_level_step(degree, growth, count))
    tail = ZERO
    if activation.top_degree() is None:
        tail = (gamma_order(sphere.trace, DIMENSION) - total(in_dimension)).substitute(dimension)
    return scaled_spectrum(levels, tail, {DIMENSION: dimension}, tuple(steps))


def _level_step(degree: int, eigenvalue: Order, multiplicity: Order) -> RateStep:
    return RateStep(
        f"Degree {degree}: eigenvalue and multiplicity as d grows.",
        orders_agree(
            Symbol(f"N_{degree} lambda_{degree}"),
            (eigenvalue * multiplicity).expression(DIMENSION),
        ),
        f"Stirling's formula; N ~ {multiplicity.expression(DIMENSION)}",
        Basis.LIMIT,
    )
