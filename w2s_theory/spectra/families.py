"""Spectrum families: eigenvalues of a student kernel, level by level, with multiplicities.

Source: Medvedev et al. 2025, section 3, for the sphere and the two levels of Theorems 3.2 and 3.3; the others are
standard decays.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sympy import Eq, Expr, Gt, Integer, Piecewise, S, exp, gamma, latex, log, oo, sympify, zeta
from sympy.logic.boolalg import Boolean

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.parameters import finite_real, number, positive
from w2s_theory.notation.symbols import Topic
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.coefficients import log_eigenvalues, log_multiplicities
from w2s_theory.sphere.decay import ExponentialDecay, PowerDecay
from w2s_theory.sphere.harmonics import check_dimension, multiplicity

letters = Topic(__name__)

LogLevels = tuple[Sequence[float], Sequence[float]]


class Spectrum(ABC):
    """Eigenvalues lambda_k >= 0 of a kernel operator and their multiplicities N_k, with a finite trace.

    Levels run over k = first_level, first_level + 1, ...; a level may have eigenvalue 0. Parameters may
    be sympy symbols where only symbolic methods are used; what a symbol must satisfy for the spectrum to
    be summable is listed by `conditions`.
    """

    first_level: int = 0

    @abstractmethod
    def eigenvalue(self, level: Expr) -> Expr:
        """Return lambda_k as a closed form in the (symbolic or integer) level k."""

    @abstractmethod
    def multiplicity(self, level: Expr) -> Expr:
        """Return N_k as a closed form in the (symbolic or integer) level k."""

    @abstractmethod
    def log_levels(self, count: int) -> LogLevels:
        """Return the natural logarithms of the first `count` eigenvalues and multiplicities.

        A zero eigenvalue has logarithm -inf; a finite spectrum returns at most its own number of levels.
        Raises InvalidInput if a parameter is a symbol.
        """

    @property
    @abstractmethod
    def rank(self) -> Expr:
        """The number of positive eigenvalues with multiplicity; oo where there is no last one."""

    @property
    @abstractmethod
    def trace(self) -> Expr:
        """The sum of N_k lambda_k over all levels, in closed form."""

    @abstractmethod
    def large_level_asymptotics(self) -> PowerDecay | ExponentialDecay | None:
        """Return the leading law of lambda_(j): eigenvalues in decreasing order, each as often as it occurs.

        j counts from 1. None for a spectrum of finite rank.
        """

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """What symbolic parameters must satisfy; empty where everything was checked on construction."""
        return ()

    def _repr_latex_(self) -> str:
        k = letters.symbol("k", integer=True, positive=True)
        return rf"$\lambda_k = {latex(self.eigenvalue(k))},\quad N_k = {latex(self.multiplicity(k))}$"


@dataclass(frozen=True)
class Finite(Spectrum):
    """A list of eigenvalues >= 0 with multiplicities > 0, in any order.

    Raises InvalidInput for a negative eigenvalue, a multiplicity that is not positive, or unequal lengths.
    """

    eigenvalues: tuple[Expr, ...]
    multiplicities: tuple[Expr, ...]

    def __post_init__(self) -> None:
        if len(self.eigenvalues) != len(self.multiplicities) or not self.eigenvalues:
            raise InvalidInput(
                f"{len(self.eigenvalues)} eigenvalues with {len(self.multiplicities)} multiplicities;"
                " give one multiplicity for each of one or more eigenvalues"
            )
        eigenvalues = tuple(finite_real(value, "an eigenvalue") for value in self.eigenvalues)
        for value in eigenvalues:
            if value.is_negative:
                raise InvalidInput(f"an eigenvalue is {value}; eigenvalues of a kernel are >= 0")
        object.__setattr__(self, "eigenvalues", eigenvalues)
        multiplicities = tuple(positive(value, "a multiplicity") for value in self.multiplicities)
        object.__setattr__(self, "multiplicities", multiplicities)

    def eigenvalue(self, level: Expr) -> Expr:
        """Return the eigenvalue of a level 0, 1, ..., len - 1; a Piecewise where the level is a symbol."""
        return _entry(self.eigenvalues, sympify(level))

    def multiplicity(self, level: Expr) -> Expr:
        """Return the multiplicity of a level 0, 1, ..., len - 1; a Piecewise where the level is a symbol."""
        return _entry(self.multiplicities, sympify(level))

    def log_levels(self, count: int) -> LogLevels:
        """Return the logarithms of the first `count` levels."""
        return _logs(self.eigenvalues[:count]), _logs(self.multiplicities[:count])

    @property
    def rank(self) -> Expr:
        """The sum of the multiplicities of nonzero eigenvalues."""
        pairs = zip(self.eigenvalues, self.multiplicities, strict=True)
        return sum((times for value, times in pairs if not value.is_zero), S.Zero)

    @property
    def trace(self) -> Expr:
        """The sum of N_k lambda_k."""
        pairs = zip(self.eigenvalues, self.multiplicities, strict=True)
        return sum((times * value for value, times in pairs), S.Zero)

    def large_level_asymptotics(self) -> None:
        """Return None: the rank is finite."""


class TwoLevel(Finite):
    """Eigenvalue 1 with one multiplicity and psi with another: the covariance of RF, Theorem 3.2."""

    def __init__(self, top_multiplicity: Expr, psi: Expr, rest_multiplicity: Expr) -> None:
        super().__init__((S.One, psi), (top_multiplicity, rest_multiplicity))


@dataclass(frozen=True)
class PowerLaw(Spectrum):
    """lambda_j = amplitude * j**-alpha for j = 1, 2, ..., each once.

    Summable for alpha > 1 only; raises InvalidInput otherwise, or for amplitude <= 0.
    """

    alpha: Expr
    amplitude: Expr = S.One
    first_level = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", finite_real(self.alpha, "the exponent alpha"))
        object.__setattr__(self, "amplitude", positive(self.amplitude, "the amplitude"))
        if (self.alpha > 1) == S.false:
            raise InvalidInput(
                f"a power law with alpha = {self.alpha} is not summable; the sum of j**-alpha needs alpha > 1"
            )

    def eigenvalue(self, level: Expr) -> Expr:
        """Return amplitude * j**-alpha at level j."""
        return self.amplitude * sympify(level) ** -self.alpha

    def multiplicity(self, level: Expr) -> Expr:
        """Return 1."""
        return S.One

    def log_levels(self, count: int) -> LogLevels:
        """Return the logarithms at j = 1, ..., count."""
        alpha, log_amplitude = number(self.alpha), math.log(number(self.amplitude))
        return [log_amplitude - alpha * math.log(j) for j in range(1, count + 1)], [0.0] * count

    @property
    def rank(self) -> Expr:
        """Infinite."""
        return oo

    @property
    def trace(self) -> Expr:
        """amplitude * zeta(alpha)."""
        return self.amplitude * zeta(self.alpha)

    def large_level_asymptotics(self) -> PowerDecay:
        """Return the spectrum itself, which is exactly a power law."""
        return PowerDecay(self.amplitude, self.alpha)

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """alpha > 1 and amplitude > 0, where they are not known."""
        return _open(Gt(self.alpha, 1), Gt(self.amplitude, 0))


@dataclass(frozen=True)
class Exponential(Spectrum):
    """lambda_j = amplitude * exp(-rate * j) for j = 1, 2, ..., each once.

    Raises InvalidInput unless rate > 0 and amplitude > 0.
    """

    rate: Expr
    amplitude: Expr = S.One
    first_level = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", finite_real(self.rate, "the rate"))
        object.__setattr__(self, "amplitude", positive(self.amplitude, "the amplitude"))
        if self.rate.is_positive is False:
            raise InvalidInput(f"an exponential with rate = {self.rate} is not summable; it needs rate > 0")

    def eigenvalue(self, level: Expr) -> Expr:
        """Return amplitude * exp(-rate * j) at level j."""
        return self.amplitude * exp(-self.rate * sympify(level))

    def multiplicity(self, level: Expr) -> Expr:
        """Return 1."""
        return S.One

    def log_levels(self, count: int) -> LogLevels:
        """Return the logarithms at j = 1, ..., count."""
        rate, log_amplitude = number(self.rate), math.log(number(self.amplitude))
        return [log_amplitude - rate * j for j in range(1, count + 1)], [0.0] * count

    @property
    def rank(self) -> Expr:
        """Infinite."""
        return oo

    @property
    def trace(self) -> Expr:
        """amplitude / (exp(rate) - 1)."""
        return self.amplitude / (exp(self.rate) - 1)

    def large_level_asymptotics(self) -> ExponentialDecay:
        """Return the spectrum itself, which is exactly an exponential."""
        return ExponentialDecay(self.amplitude, self.rate)

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """Rate > 0 and amplitude > 0, where they are not known."""
        return _open(Gt(self.rate, 0), Gt(self.amplitude, 0))


@dataclass(frozen=True)
class Sphere(Spectrum):
    """The random-feature kernel of an activation on S^{d-1}: level k holds the harmonics of degree k.

    lambda_k = s_k**2 with multiplicity N(d, k) (RF, section on the ReLU kernel). The dimension is an
    integer >= 2 or a symbol; raises InvalidInput otherwise.
    """

    activation: Activation
    dimension: Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "dimension", check_dimension(self.dimension))

    def eigenvalue(self, level: Expr) -> Expr:
        """Return s_k**2."""
        return self.activation.coefficient(self.dimension, level) ** 2

    def multiplicity(self, level: Expr) -> Expr:
        """Return N(d, k)."""
        return multiplicity(self.dimension, level)

    def log_levels(self, count: int) -> LogLevels:
        """Return the logarithms for degrees 0, ..., count - 1."""
        if not self.dimension.is_Integer:
            raise InvalidInput(f"dimension {self.dimension} is symbolic; a numeric spectrum needs an integer")
        d = int(self.dimension)
        return log_eigenvalues(self.activation, d, count), log_multiplicities(d, count)

    @property
    def rank(self) -> Expr:
        """The sum of N(d, k) over degrees with s_k != 0."""
        top = self.activation.top_degree()
        if top is None:
            return oo
        degrees = (Integer(k) for k in range(top + 1))
        return sum((self.multiplicity(k) for k in degrees if not self.eigenvalue(k).is_zero), S.Zero)

    @property
    def trace(self) -> Expr:
        """E act(<u,x>)**2."""
        return self.activation.second_moment(self.dimension)

    def large_level_asymptotics(self) -> PowerDecay | None:
        """Return the law of the sorted eigenvalues; j ~ K**(d-1) / Gamma(d) of them have degree <= K.

        N(d, k) ~ 2 k**(d-2) / Gamma(d-1) and only every second degree occurs, which gives that count.
        """
        by_degree = self.activation.eigenvalue_decay(self.dimension)
        if by_degree is None:
            return None
        exponent = by_degree.exponent / (self.dimension - 1)
        return PowerDecay(by_degree.constant * gamma(self.dimension) ** -exponent, exponent)

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """Dimension >= 2, where it is a symbol."""
        return _open(self.dimension >= 2)


def _logs(values: Iterable[Expr]) -> list[float]:
    return [-math.inf if value.is_zero else number(log(value)) for value in values]


def _open(*relations: Boolean) -> tuple[Boolean, ...]:
    return tuple(relation for relation in relations if relation != S.true)


def _entry(values: tuple[Expr, ...], level: Expr) -> Expr:
    if not level.is_number:
        return Piecewise(*((value, Eq(level, index)) for index, value in enumerate(values)))
    if not (level.is_Integer and 0 <= level < len(values)):
        raise InvalidInput(f"level {level} does not exist; levels are the integers 0 to {len(values) - 1}")
    return values[int(level)]
