"""How a teacher of growing width sees a spectrum: kappa, and the teacher's variance along the spectrum.

Three facts about a spectrum decide every loss: how fast kappa falls, what share of the teacher's variance
lies on levels that the student learns by the time it has learned the target (fast levels), and how the
rest of that variance leaks in as the student trains longer (slow levels). A `Asymptotics` holds the three.

Source: derived here from `w2s_theory.spectra.universality`, by comparing sums over the spectrum with integrals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sympy import Expr, Integer, Min, S, Symbol, exp, gamma, gammasimp, log, pi, sin, sinh, sqrt
from sympy.logic.boolalg import Boolean

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import KAPPA, TIME, M, Topic
from w2s_theory.rates.orders import PARAMETER, ZERO, Order
from w2s_theory.relations import equal
from w2s_theory.spectra.families import Spectrum
from w2s_theory.sphere.decay import ExponentialDecay, PowerDecay

letters = Topic(__name__)

RHO = letters.symbol("rho", positive=True)
SURPLUS = letters.symbol("M - df2", positive=True)
DF1 = letters.symbol("df1", positive=True)
KAPPA_CONSTANT = letters.symbol("C_kappa", positive=True)
LEAK_CONSTANT = letters.symbol("C_rho", positive=True)


class Basis(StrEnum):
    """What a step of a derivation rests on."""

    EXACT = "exact"
    LIMIT = "limit"
    """A limit theorem whose remainder vanishes."""
    HEURISTIC = "heuristic"
    """Not proved; supported by the numeric ladder alone."""


@dataclass(frozen=True)
class RateStep:
    """One line of a derivation of a rate; an equation between orders means a ratio that tends to 1."""

    text: str
    relation: Boolean
    reason: str
    basis: Basis = Basis.LIMIT


def orders_agree(quantity: Expr, order: Expr) -> Boolean:
    """Return the relation of a step, kept as it is even where sympy knows better."""
    return equal(quantity, order)


@dataclass(frozen=True)
class TargetLevel:
    """An eigenspace that carries some of the target: its mass, its eigenvalue, its variance share.

    The eigenvalue is ZERO where the student's kernel does not see the level.
    """

    mass: Expr
    eigenvalue: Order
    share: Order


@dataclass(frozen=True)
class Asymptotics:
    """The orders, in one growing parameter, from which all losses follow.

    `constants` gives the values of symbols that stand for positive constants too long to carry along.
    `slow_leak` and `slow_exponent` give the slow levels' part of rho(t): slow_leak * t**slow_exponent,
    for times that exceed 1 / (slowest target eigenvalue) by a logarithm. `oscillation` bounds relative
    log-periodic deviations from a constant that has no strict limit; it is 0 where the limit exists.
    """

    parameter: Expr
    width: Order
    kappa: Order
    targets: tuple[TargetLevel, ...]
    fast_share: Order
    slow_leak: Order
    slow_exponent: Expr
    steps: tuple[RateStep, ...]
    definitions: Mapping[Symbol, Order] = field(default_factory=dict)
    constants: Mapping[Symbol, Expr] = field(default_factory=dict)
    oscillation: Expr = S.Zero

    @property
    def slowest(self) -> Order:
        """The smallest eigenvalue that carries some of the target."""
        return slowest([target.eigenvalue for target in self.targets])


def slowest(eigenvalues: list[Order]) -> Order:
    """Return the smallest positive eigenvalue, a Min where constants with symbols leave it open.

    Raises InvalidInput where all eigenvalues are 0.
    """
    visible = [value for value in eigenvalues if not value.is_zero]
    if not visible:
        raise InvalidInput(
            "the target lies where the kernel's eigenvalues are 0; give it mass on a visible level"
        )
    least = visible[0]
    for value in visible[1:]:
        comparison = value.compare(least)
        if comparison < 0:
            least = value
        elif comparison == 0:
            numbers = not (value.constant.free_symbols | least.constant.free_symbols)
            least = Order(Min(value.constant, least.constant, evaluate=numbers), least.power, least.log_power)
    return least


def fixed_spectrum(spectrum: Spectrum, masses: Mapping[int, Expr]) -> Asymptotics:
    """Return the orders as M -> oo on a spectrum that does not change with M.

    `masses` maps levels to the target's mass there. Raises InvalidInput for a spectrum of finite rank.
    """
    decay = spectrum.large_level_asymptotics()
    if decay is None:
        raise InvalidInput(
            f"the kernel's rank is {spectrum.rank}, and M cannot grow larger than the rank; take another"
            " activation, or let the dimension grow with M"
        )
    if isinstance(decay, ExponentialDecay):
        return _exponential(decay, spectrum, masses)
    return _power(decay, spectrum, masses)


def _targets(
    spectrum: Spectrum, masses: Mapping[int, Expr], kappa: Order, surplus: Order
) -> tuple[TargetLevel, ...]:
    targets = []
    for level, mass in masses.items():
        eigenvalue = gammasimp(spectrum.eigenvalue(Integer(level)))
        if eigenvalue.is_zero:
            targets.append(TargetLevel(mass, ZERO, ZERO))
        else:
            count = Order(spectrum.multiplicity(Integer(level)) / eigenvalue)
            targets.append(TargetLevel(mass, Order(eigenvalue), count * kappa / surplus))
    return tuple(targets)


def _power(decay: PowerDecay, spectrum: Spectrum, masses: Mapping[int, Expr]) -> Asymptotics:
    theta = 1 / decay.exponent
    beta = pi * theta / sin(pi * theta)
    count = decay.constant**theta
    constants = {
        KAPPA_CONSTANT: decay.constant * beta**decay.exponent,
        LEAK_CONSTANT: count * gamma(-1 - theta) * (2 ** (1 + theta) - 2),
    }
    kappa = Order(KAPPA_CONSTANT, -decay.exponent)
    surplus = Order(theta, S.One)
    leak = Order(LEAK_CONSTANT) * kappa / PARAMETER
    steps = (
        RateStep(
            "Eigenvalues above x number n(x) ~ (C/x)^theta, with C and 1/theta the constant and exponent of"
            " the decay of the sorted eigenvalues.",
            orders_agree(letters.symbol("n(x)"), count * letters.symbol("x", positive=True) ** -theta),
            "large-level asymptotics of the spectrum",
        ),
        RateStep(
            "df1(kappa) is the integral of n(x) kappa/(x + kappa)^2, a Beta integral.",
            orders_agree(DF1, count * beta * KAPPA**-theta),
            "integration by parts; Int x^-theta/(1+x)^2 = pi theta/sin(pi theta); regular variation",
        ),
        RateStep("Solving df1(kappa) = M.", orders_agree(KAPPA, kappa.expression(M)), "inversion of a power"),
        RateStep(
            "The constant of kappa.",
            orders_agree(KAPPA_CONSTANT, constants[KAPPA_CONSTANT]),
            "C (pi theta/sin(pi theta))^(1/theta)",
            Basis.EXACT,
        ),
        RateStep(
            "M - df2 = -kappa d df1/d kappa.",
            orders_agree(SURPLUS, surplus.expression(M)),
            "exact derivative; df1 is monotone, so its power law may be differentiated",
        ),
        RateStep(
            "For 1 << t << 1/kappa, rho(t) (M - df2)/kappa = sum (1 - exp(-t lambda))^2/lambda ~ t times the"
            " integral of (1 - exp(-u))^2 u^(-2-theta).",
            orders_agree(RHO, leak.expression(M) * TIME ** (1 + theta)),
            "regular variation; the integral is Gamma(-1-theta) (2^(1+theta) - 2)",
        ),
        RateStep(
            "The constant of rho.",
            orders_agree(LEAK_CONSTANT, constants[LEAK_CONSTANT]),
            "C^theta Gamma(-1-theta) (2^(1+theta) - 2)",
            Basis.EXACT,
        ),
    )
    return Asymptotics(
        parameter=M,
        width=PARAMETER,
        kappa=kappa,
        targets=_targets(spectrum, masses, kappa, surplus),
        fast_share=ZERO,
        slow_leak=leak,
        slow_exponent=1 + theta,
        steps=steps,
        constants=constants,
    )


def _exponential(decay: ExponentialDecay, spectrum: Spectrum, masses: Mapping[int, Expr]) -> Asymptotics:
    """Orders in X = exp(M), so that log X = M: kappa decays exponentially in the width."""
    rate = decay.rate
    kappa = Order(decay.constant * exp(-rate / 2), -rate)
    leak = Order(2 * log(2)) * kappa
    steps = (
        RateStep(
            "At kappa half-way (in logarithm) between the M-th and the next eigenvalue, the terms of df1 pair"
            " up as 1/(1+e^u) + 1/(1+e^-u) = 1, and what is left decays exponentially in M.",
            orders_agree(KAPPA, decay.constant * exp(-rate * (M + S.Half))),
            "exact pairing of the terms j and 2M + 1 - j",
        ),
        RateStep(
            "M - df2 is a sum of 1/(4 cosh^2) over points spaced by the rate, 1/rate up to the oscillation.",
            orders_agree(SURPLUS, 1 / rate),
            "Poisson summation; the oscillation bounds the other Fourier terms",
        ),
        RateStep(
            "For 1 << t << 1/kappa, rho(t) (M - df2)/kappa = sum (1 - exp(-t lambda))^2/lambda ~ t/rate times"
            " the integral of (1 - exp(-u))^2/u^2, up to log-periodic oscillations in t.",
            orders_agree(RHO, 2 * log(2) * KAPPA * TIME),
            "Poisson summation in the level; the integral is 2 log 2",
        ),
    )
    return Asymptotics(
        parameter=exp(M),
        width=Order(S.One, S.Zero, S.One),
        kappa=kappa,
        targets=_targets(spectrum, masses, kappa, Order(1 / rate)),
        fast_share=ZERO,
        slow_leak=leak,
        slow_exponent=S.One,
        steps=steps,
        oscillation=_oscillation(rate),
    )


def _oscillation(rate: Expr) -> Expr:
    """Bound the Fourier terms of M - df2, z/sinh z, and of the leak, |Gamma(-1 + i w)|, by geometric sums."""
    w, z = 2 * pi / rate, 2 * pi**2 / rate
    surplus = 2 * z / (sinh(z) * (1 - exp(-z)) ** 2)
    leak = 4 / log(2) * sqrt(pi / (w * sinh(pi * w) * (1 + w**2))) / (1 - exp(-pi * w / 2))
    return surplus + leak
