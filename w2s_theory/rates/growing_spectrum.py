"""Orders on spectra that change with the width: kappa by dominant balance over levels.

Source: derived here from df1(kappa) = M, where two terms of equal order decide; Medvedev et al. 2025, Theorems 3.2
and 3.3, are cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Expr, Poly, S, Symbol, real_roots, simplify, sqrt, together

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import KAPPA, TIME, M, Topic
from w2s_theory.rates.fixed_spectrum import (
    RHO,
    SURPLUS,
    Asymptotics,
    RateStep,
    TargetLevel,
    orders_agree,
    slowest,
)
from w2s_theory.rates.orders import ONE, PARAMETER, ZERO, Order, sign, total

letters = Topic(__name__)

SLOW_EXPONENT = S(2)


@dataclass(frozen=True)
class GrowingLevel:
    """A level whose eigenvalue and multiplicity are orders in M, and the target's mass on it."""

    eigenvalue: Order
    multiplicity: Order
    mass: Expr = S.Zero

    @property
    def trace(self) -> Order:
        """Multiplicity times eigenvalue."""
        return self.eigenvalue * self.multiplicity


def scaled_spectrum(
    levels: Sequence[GrowingLevel],
    tail_trace: Order,
    definitions: Mapping[Symbol, Order],
    steps: tuple[RateStep, ...] = (),
) -> Asymptotics:
    """Return the orders as M -> oo on levels that move with M.

    `tail_trace` is the trace of further levels, infinitely many and all far below kappa; ZERO if there are
    none. Raises InvalidInput where M is not below the rank or orders alone do not determine kappa.
    """
    visible = [level for level in levels if not level.eigenvalue.is_zero]
    if tail_trace.is_zero:
        _require_width_below_rank(visible)
    kappa, balance = _balance(visible, tail_trace)
    weights = [_variance_weight(level, kappa) for level in visible]
    weight = total([*weights, tail_trace / kappa**2])
    shares = {id(level): each / weight for level, each in zip(visible, weights, strict=True)}
    targets = tuple(
        TargetLevel(level.mass, level.eigenvalue, shares.get(id(level), ZERO))
        for level in levels
        if level.mass != 0
    )
    pace = slowest([target.eigenvalue for target in targets])
    fast = [level for level in visible if _is_fast(level, pace)]
    slow = [level for level in visible if not _is_fast(level, pace)]
    fast_share = total(shares[id(level)] for level in fast)
    slow_leak = total(shares[id(level)] * level.eigenvalue**2 for level in slow)
    surplus = RateStep(
        "M - df2 = kappa sum N lambda/(lambda + kappa)^2.",
        orders_agree(SURPLUS, (kappa * weight).expression(M)),
        "exact identity; dominant balance",
    )
    leak = RateStep(
        "Until slow levels are learned, rho(t) is the share of the fast levels plus that of the slow ones"
        " times (t lambda)^2.",
        orders_agree(RHO, fast_share.expression(M) + slow_leak.expression(M) * TIME**SLOW_EXPONENT),
        "1 - exp(-t lambda) -> 1 on fast levels and ~ t lambda on slow ones",
    )
    return Asymptotics(
        parameter=M,
        width=PARAMETER,
        kappa=kappa,
        targets=targets,
        fast_share=fast_share,
        slow_leak=slow_leak,
        slow_exponent=SLOW_EXPONENT,
        steps=(*steps, *balance, surplus, leak),
        definitions=definitions,
    )


def _variance_weight(level: GrowingLevel, kappa: Order) -> Order:
    return level.trace / (level.eigenvalue + kappa) ** 2


def _is_fast(level: GrowingLevel, pace: Order) -> bool:
    """Whether the level is learned by the time log(M)/pace; a gap of a logarithm alone is undecided."""
    if sign(level.eigenvalue.power - pace.power) == 0 and level.eigenvalue.compare(pace) < 0:
        raise InvalidInput(
            f"an eigenvalue {level.eigenvalue} lies only a power of log(M) below the target's {pace}, so the"
            " stopped student's loss has no order; separate them by a power of M"
        )
    return level.eigenvalue.compare(pace) >= 0


def _require_width_below_rank(levels: Sequence[GrowingLevel]) -> None:
    rank = total(level.multiplicity for level in levels)
    comparison = rank.compare(PARAMETER) or sign(rank.constant - 1)
    if comparison <= 0:
        raise InvalidInput(
            f"M is not below the rank, which grows like {rank}; choose a scaling with more dimensions than M"
        )


def _balance(levels: Sequence[GrowingLevel], tail: Order) -> tuple[Order, tuple[RateStep, ...]]:
    """Solve df1(kappa) = M by trying every position of kappa among the classes of eigenvalues."""
    classes = _classes(levels)
    for position in range(len(classes) + 1):
        above = total(level.multiplicity for group in classes[:position] for level in group)
        below = total([tail, *(level.trace for group in classes[position:] for level in group)])
        kappa = _between(above, below)
        if kappa and _separates(kappa, classes, position):
            return kappa, (_step(kappa, "kappa lies between two classes of eigenvalues"),)
        if position < len(classes):
            rest = total([tail, *(level.trace for group in classes[position + 1 :] for level in group)])
            kappa = _among(classes[position], above, rest)
            if kappa:
                return kappa, (_step(kappa, "kappa is of the order of a class of eigenvalues"),)
    raise InvalidInput(
        "orders alone do not determine kappa: M meets the number of levels at leading order, so the limit"
        " depends on lower-order terms or does not exist; move the scaling off this boundary"
    )


def _step(kappa: Order, place: str) -> RateStep:
    return RateStep(
        f"In df1(kappa) = M, {place}: levels above count with N, levels below with N lambda/kappa.",
        orders_agree(KAPPA, kappa.expression(M)),
        "dominant balance; df1 is monotone, so a consistent balance is the only one",
    )


def _classes(levels: Sequence[GrowingLevel]) -> list[list[GrowingLevel]]:
    """Group levels whose eigenvalues have the same growth, the largest first."""
    ordered: list[list[GrowingLevel]] = []
    for level in levels:
        place = 0
        while place < len(ordered) and ordered[place][0].eigenvalue.compare(level.eigenvalue) > 0:
            place += 1
        if place < len(ordered) and ordered[place][0].eigenvalue.compare(level.eigenvalue) == 0:
            ordered[place].append(level)
        else:
            ordered.insert(place, [level])
    return ordered


def _remaining_width(above: Order) -> Order | None:
    """Return M less the captured levels, or None where they are more than M or meet it."""
    comparison = above.compare(PARAMETER)
    if comparison > 0 or (comparison == 0 and sign(ONE.constant - above.constant) <= 0):
        return None
    return PARAMETER - above


def _between(above: Order, below: Order) -> Order | None:
    remaining = _remaining_width(above)
    return None if remaining is None or below.is_zero else below / remaining


def _separates(kappa: Order, classes: list[list[GrowingLevel]], position: int) -> bool:
    under = position == 0 or kappa.compare(classes[position - 1][0].eigenvalue) < 0
    over = position == len(classes) or kappa.compare(classes[position][0].eigenvalue) > 0
    return under and over


def _among(group: Sequence[GrowingLevel], above: Order, below: Order) -> Order | None:
    """Solve 1 - u = sum n l/(l + x) + b/x for x > 0, where kappa = x times the growth of the class."""
    remaining = _remaining_width(above)
    scale = Order(S.One, group[0].eigenvalue.power, group[0].eigenvalue.log_power)
    parts = [level.multiplicity for level in group] + [below / scale]
    if remaining is None or any(part.compare(PARAMETER) > 0 for part in parts):
        return None
    share = [part.constant if part.compare(PARAMETER) == 0 else S.Zero for part in parts]
    values = [level.eigenvalue.constant for level in group]
    if share[-1] == 0 and sign(sum(share, S.Zero) - remaining.constant) <= 0:
        return None
    x = letters.symbol("x", positive=True)
    excess = sum(n * value / (value + x) for n, value in zip(share[:-1], values, strict=True)) + share[-1] / x
    equation = Poly(together(excess - remaining.constant).as_numer_denom()[0], x)
    return Order(_positive_root(equation)) * scale


def _positive_root(equation: Poly) -> Expr:
    """Return the one positive root of a polynomial that has one (its function of x is decreasing)."""
    coefficients = equation.all_coeffs()
    while coefficients[-1] == 0:
        coefficients.pop()
    if len(coefficients) == 2:
        return -coefficients[1] / coefficients[0]
    if len(coefficients) == 3:
        a, b, c = (value / coefficients[0] for value in coefficients)
        return simplify((-b + sqrt(b**2 - 4 * a * c)) / 2)
    if equation.free_symbols_in_domain or not all(value.is_Rational for value in coefficients):
        raise InvalidInput(
            "kappa solves an equation of degree > 2 with symbolic or irrational constants; give rational ones"
        )
    return next(root for root in real_roots(Poly(coefficients, *equation.gens)) if root.is_positive)
