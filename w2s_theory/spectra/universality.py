"""Deterministic equivalents of random-feature teachers and their students under Gaussian universality.

The feature functions are replaced by Gaussian vectors with the kernel's spectrum. Everything follows from
kappa > 0, the one solution of df1(kappa) = M (`w2s_theory.spectra.fixed_point`). The formulas are arithmetic alone,
so one function serves sympy expressions, mpmath numbers and Arb balls.

Source: RF, section 3, under its Gaussian universality assumption; the variance term is new.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sympy import Expr, Min, Piecewise, S, exp

from w2s_theory.claim import Rule, Step
from w2s_theory.notation.symbols import EIGENVALUE, KAPPA, Topic
from w2s_theory.relations import equal

letters = Topic(__name__)

Scalar = Any
"""A sympy expression, an mpmath number or an Arb ball; all of one kind within a call."""

Function = Callable[[Scalar], Scalar]


@dataclass(frozen=True)
class SpectralFilter:
    """The fraction h(lambda) of the teacher's component that the student has learned, 0 <= h <= 1.

    It holds h and 1 - h as two functions of the eigenvalue, so that neither loses digits where it is small.
    """

    learned: Function
    unlearned: Function

    @classmethod
    def of(cls, learned: Function) -> Self:
        """Return the filter h, with 1 - h by subtraction."""
        return cls(learned, lambda eigenvalue: 1 - learned(eigenvalue))


@dataclass(frozen=True)
class Level:
    """An eigenspace of the student's kernel: its eigenvalue, its dimension, and the target's mass on it.

    The mass is the sum of the target's squared coefficients in the eigenspace; masses sum to 1.
    """

    eigenvalue: Scalar
    multiplicity: Scalar
    mass: Scalar = S.Zero


Levels = Sequence[Level]


def degrees_of_freedom(levels: Levels, kappa: Scalar) -> Scalar:
    """Return df1 = sum N lambda / (lambda + kappa), which equals M at the fixed point."""
    return sum(level.multiplicity * captured(level, kappa) for level in levels)


def second_degrees_of_freedom(levels: Levels, kappa: Scalar) -> Scalar:
    """Return df2 = sum N lambda^2 / (lambda + kappa)^2."""
    return sum(level.multiplicity * captured(level, kappa) ** 2 for level in levels)


def width_surplus(levels: Levels, kappa: Scalar) -> Scalar:
    """Return M - df2 as kappa sum N lambda / (lambda + kappa)^2, a sum of positive terms."""
    return sum(level.multiplicity * captured(level, kappa) * missed(level, kappa) for level in levels)


def captured(level: Level, kappa: Scalar) -> Scalar:
    """Return lambda / (lambda + kappa), the equivalent of the teacher's projection P on this level."""
    return level.eigenvalue / (level.eigenvalue + kappa)


def missed(level: Level, kappa: Scalar) -> Scalar:
    """Return q = kappa / (lambda + kappa), the equivalent of I - P on this level."""
    return kappa / (level.eigenvalue + kappa)


def _variance_weight(level: Level, kappa: Scalar) -> Scalar:
    return level.multiplicity * level.eigenvalue / (level.eigenvalue + kappa) ** 2


def teacher_loss(levels: Levels, kappa: Scalar) -> Scalar:
    """Return L_TE = sum mass q."""
    return sum(level.mass * missed(level, kappa) for level in levels)


def mean_teacher_loss(levels: Levels, kappa: Scalar) -> Scalar:
    """Return the risk of the posterior-mean teacher, sum mass q^2; L_TE^2 for a target on one level."""
    return sum(level.mass * missed(level, kappa) ** 2 for level in levels)


def squared_bias(levels: Levels, kappa: Scalar, student: SpectralFilter) -> Scalar:
    """Return the loss of the mean student, sum mass (1 - h (1 - q))^2."""
    return sum(level.mass * _mean_residual(level, kappa, student) ** 2 for level in levels)


def _mean_residual(level: Level, kappa: Scalar, student: SpectralFilter) -> Scalar:
    return student.unlearned(level.eigenvalue) + student.learned(level.eigenvalue) * missed(level, kappa)


def variance(levels: Levels, kappa: Scalar, student: SpectralFilter) -> Scalar:
    """Return the student's variance over the teacher's features, (L_TE - sum mass q^2) rho.

    rho = sum w h^2 with weights w = N lambda / (lambda + kappa)^2, normalized to sum to 1.
    """
    weights = [_variance_weight(level, kappa) for level in levels]
    passed = sum(w * student.learned(level.eigenvalue) ** 2 for w, level in zip(weights, levels, strict=True))
    return teacher_variance(levels, kappa) * passed / sum(weights)


def teacher_variance(levels: Levels, kappa: Scalar) -> Scalar:
    """Return E |f_TE - E f_TE|^2 = sum mass q (1 - q)."""
    return sum(level.mass * missed(level, kappa) * captured(level, kappa) for level in levels)


def student_loss(levels: Levels, kappa: Scalar, student: SpectralFilter) -> Scalar:
    """Return L_ST for the student that passes the teacher through any spectral filter."""
    return squared_bias(levels, kappa, student) + variance(levels, kappa, student)


def recovered_gap(teacher: Scalar, student: Scalar) -> Scalar:
    """Return PGR = (L_TE - L_ST) / L_TE; the infinite-width student's ceiling loss is 0."""
    return (teacher - student) / teacher


def misalignment(eigenvalues: Sequence[Expr], kappa: Expr) -> Expr:
    """Return kappa_S = kappa / (lambda_min + kappa) for the span S of eigenspaces with these eigenvalues."""
    return kappa / (Min(*eigenvalues) + kappa)


def copy_of_teacher() -> SpectralFilter:
    """Return h = 1: gradient flow that is never stopped."""
    return SpectralFilter(lambda _: 1, lambda _: 0)


def gradient_flow(
    time: Scalar, exponential: Function = exp, expm1: Function = lambda x: exp(x) - 1
) -> SpectralFilter:
    """Return h = 1 - exp(-t lambda), gradient flow stopped at time t.

    Numbers other than sympy's bring their own exponential and exp(x) - 1.
    """
    return SpectralFilter(
        lambda eigenvalue: -expm1(-time * eigenvalue), lambda eigenvalue: exponential(-time * eigenvalue)
    )


def ridge(penalty: Scalar) -> SpectralFilter:
    """Return h = lambda / (lambda + penalty)."""
    return SpectralFilter(
        lambda eigenvalue: eigenvalue / (eigenvalue + penalty),
        lambda eigenvalue: penalty / (eigenvalue + penalty),
    )


def gradient_descent(step: Scalar, steps: Scalar) -> SpectralFilter:
    """Return h = 1 - (1 - step lambda)^steps; needs step <= 1 / lambda_max for 0 <= h <= 1."""
    return SpectralFilter.of(lambda eigenvalue: 1 - (1 - step * eigenvalue) ** steps)


def cut_off(threshold: Expr) -> SpectralFilter:
    """Return h = 1 where lambda >= threshold and 0 elsewhere."""
    return SpectralFilter.of(lambda eigenvalue: Piecewise((1, eigenvalue >= threshold), (0, True)))


GENERIC_LEVEL = Level(EIGENVALUE, *letters.symbols("N", "mass", positive=True))
"""One level in symbols of its own, of which identities between sums over levels are shown term by term."""

IDENTITIES: tuple[Step, ...] = (
    Step(
        "M - df2 = df1 - df2 is the sum over levels of N times the left side, hence kappa sum N lambda R^2.",
        equal(
            captured(GENERIC_LEVEL, KAPPA) - captured(GENERIC_LEVEL, KAPPA) ** 2,
            KAPPA * EIGENVALUE / (EIGENVALUE + KAPPA) ** 2,
        ),
        Rule.IDENTITY,
    ),
    Step(
        "A student that copies its teacher (h = 1, rho = 1) has bias plus variance L_TE on every level.",
        equal(
            squared_bias((GENERIC_LEVEL,), KAPPA, copy_of_teacher())
            + teacher_variance((GENERIC_LEVEL,), KAPPA),
            teacher_loss((GENERIC_LEVEL,), KAPPA),
        ),
        Rule.IDENTITY,
    ),
    Step(
        "E P and I - E P add up to the identity on every level.",
        equal(captured(GENERIC_LEVEL, KAPPA) + missed(GENERIC_LEVEL, KAPPA), S.One),
        Rule.IDENTITY,
    ),
)
"""Identities on one generic level; each sum over levels, of any number, follows term by term."""
