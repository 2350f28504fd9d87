"""The best stopping time of gradient flow and the loss there, as orders.

Write q = kappa/(lambda + kappa) and e = exp(-t lambda) on the target's levels. Then

    L_ST(t) = sum mass (q + (1 - q) e)^2 + v rho(t),      v = sum mass q (1 - q),

whose first sum is at least sum mass q^2 at every time. The search is over t = s log(X) / lambda, lambda the
slowest target eigenvalue, where e = X^-s: enough time to learn the target, too little for slow levels.

Source: derived here from `w2s_theory.spectra.universality`; the lower bound is exact, the best time's order a
heuristic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Expr, S, log

from w2s_theory.notation.symbols import L_ST, L_TE, OPTIMAL_TIME, Topic
from w2s_theory.rates.fixed_spectrum import Asymptotics, Basis, RateStep, TargetLevel, orders_agree
from w2s_theory.rates.orders import ZERO, Order, sign, tidy, total

letters = Topic(__name__)

FLOOR = letters.symbol("sum mass q^2", positive=True)
LEAK = letters.symbol("v rho", positive=True)
LOGARITHM = Order(S.One, S.Zero, S.One)


@dataclass(frozen=True)
class Losses:
    """Orders of the losses at the best stopping time.

    `student` is None where orders do not determine the minimum, `time` where no best time has an order.
    """

    teacher: Order
    student: Order | None
    time: Order | None
    misalignment: Order
    steps: tuple[RateStep, ...]


def missed(target: TargetLevel, kappa: Order) -> Order:
    """Return the order of q = kappa/(lambda + kappa)."""
    return kappa / (target.eigenvalue + kappa)


def captured(target: TargetLevel, kappa: Order) -> Order:
    """Return the order of 1 - q = lambda/(lambda + kappa)."""
    return target.eigenvalue / (target.eigenvalue + kappa)


def best_losses(asymptotics: Asymptotics) -> Losses:
    """Return teacher's loss, student's loss minimized over time, and the best time."""
    kappa, pace = asymptotics.kappa, asymptotics.slowest
    parts = [(Order(x.mass), missed(x, kappa), captured(x, kappa)) for x in asymptotics.targets]
    teacher = total(mass * q for mass, q, _ in parts)
    floor = total(mass * q**2 for mass, q, _ in parts)
    variance = total(mass * q * rest for mass, q, rest in parts)
    plateau = floor + variance * asymptotics.fast_share
    leak = variance * asymptotics.slow_leak * (LOGARITHM / pace) ** asymptotics.slow_exponent
    decades = _decades(asymptotics, variance, leak)
    student: Order | None = plateau
    if leak.compare(plateau) >= 0:
        student = None if decades is None else plateau + leak * Order(decades**asymptotics.slow_exponent)
    if not _is_determined(asymptotics, floor, plateau, leak):
        student = decades = None
    time = None if decades is None else Order(decades) * LOGARITHM / pace
    losses = Losses(teacher, student, time, misalignment=kappa / (pace + kappa), steps=())
    return replace(losses, steps=_steps(asymptotics, floor, leak, losses))


def _is_determined(asymptotics: Asymptotics, floor: Order, plateau: Order, leak: Order) -> bool:
    """Whether the minimum is known; each case has a lower bound that holds at every time.

    The floor bounds L_ST below, so it is the minimum where variance is negligible. Where L_ST -> 0 the
    target must be learned, hence all fast levels are too, and the plateau bounds L_ST below. Where it does
    not, bias plus own variance of a single target level still decrease in time, and the rest is negligible.
    """
    if plateau.trend < 0 and leak.trend < 0:
        return True
    alone = len(asymptotics.targets) == 1 and _off_target_share(asymptotics).trend < 0
    return leak.compare(plateau) < 0 and (plateau == floor or alone)


def _off_target_share(asymptotics: Asymptotics) -> Order:
    """Return the order of the fast levels' variance share, ZERO where the target's own is all of it."""
    own = total(target.share for target in asymptotics.targets)
    return ZERO if asymptotics.fast_share == own else asymptotics.fast_share


def _decades(asymptotics: Asymptotics, variance: Order, leak: Order) -> Expr | None:
    """Return s > 0 where the best time is s log(X) / lambda, None where there is no such time.

    With e = X^-s, bias and own variance fall at the rate 2 lambda e (pull + mass (1-q)^2 e) and the leak
    grows like leak / t, so e is the smaller of leak / pull and leak^(1/2) / (1-q), up to logarithms.
    """
    pull = _pull(asymptotics, variance)
    if leak.is_zero or pull is None:
        return None
    reach = total(captured(x, asymptotics.kappa) for x in _slow_targets(asymptotics))
    to_pull, to_mass = pull.power - leak.power, reach.power - leak.power / 2
    decades = to_pull if sign(to_pull - to_mass) >= 0 else to_mass
    return tidy(decades) if sign(decades) > 0 else None


def _pull(asymptotics: Asymptotics, variance: Order) -> Order | None:
    """Return mass q (1 - q) - v w on the slowest target level, None where leading orders do not settle it."""
    slow = _slow_targets(asymptotics)
    gain = total(Order(x.mass) * missed(x, asymptotics.kappa) * captured(x, asymptotics.kappa) for x in slow)
    loss = variance * total(x.share for x in slow)
    comparison = gain.compare(loss) or sign(gain.constant - loss.constant)
    return gain - loss if comparison > 0 else None


def _slow_targets(asymptotics: Asymptotics) -> list[TargetLevel]:
    visible = [x for x in asymptotics.targets if not x.eigenvalue.is_zero]
    return [x for x in visible if x.eigenvalue.compare(asymptotics.slowest) == 0]


def _steps(asymptotics: Asymptotics, floor: Order, leak: Order, losses: Losses) -> tuple[RateStep, ...]:
    x, teacher, student, time = asymptotics.parameter, losses.teacher, losses.student, losses.time
    steps = [
        RateStep(
            "The teacher's loss.",
            orders_agree(L_TE, teacher.expression(x)),
            "L_TE = sum mass kappa/(lambda + kappa)",
        ),
        RateStep(
            "At every time L_ST(t) is at least the loss of the posterior-mean teacher.",
            orders_agree(FLOOR, floor.expression(x)),
            "exact bound, as q + (1 - q) e >= q and the variance is not negative",
        ),
        RateStep(
            f"At t = s {log(x)}/lambda, lambda the slowest target eigenvalue, slow levels add s^g times this"
            f" variance, g = {asymptotics.slow_exponent}.",
            orders_agree(LEAK, leak.expression(x)),
            "v rho(t) with v = sum mass q (1 - q)",
        ),
    ]
    if student is not None:
        steps.append(
            RateStep(
                "The minimum over time.",
                orders_agree(L_ST, student.expression(x)),
                f"lower bound at every time, attained in order at t = s {log(x)}/lambda",
            )
        )
    if time is not None:
        steps.append(
            RateStep(
                "The best time balances the falling bias against the leak.",
                orders_agree(OPTIMAL_TIME, time.expression(x)),
                f"powers of {x} in lambda exp(-t lambda) (mass q (1 - q) - v w) = d/dt of the leak",
                Basis.HEURISTIC,
            )
        )
    return tuple(steps)
