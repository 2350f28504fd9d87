"""Checks of Gaussian universality where its features are Gaussian, as exactly as their symmetry allows.

Claim: rf.universality.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import sympy
from numpy.typing import NDArray
from scipy import stats
from sympy import Expr, Rational, Sum, log
from sympy.core.relational import Relational

from numeric.arrays.threads import one_blas_thread
from proofs_checks.claims.random_features.gaussian_universality import (
    FALSE_ALARMS,
    HALF_THE_WEIGHTS,
    OVERTRAINING_DOUBLES,
    TRAINED_ON_TARGET,
    TWICE_THE_KERNEL,
    Levels,
)
from proofs_checks.claims.shared_checks import decide_in_coordinates
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check
from w2s_theory.balls import holds
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.gaussian_universality import (
    EIGENVALUES,
    LEVEL,
    MASSES,
    MULTIPLICITIES,
    UNIVERSALITY,
)
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE, TIME
from w2s_theory.relations import as_text, more_than

Floats = NDArray[np.float64]
LOSSES = ("teacher", "student")
"""The parts of the statement about losses."""

SHAPES = ((3, 1), (5, 2), (8, 7), (9, 4))
EIGENVALUE_CHOICES = (Rational(1), Rational(2, 5), Rational(3))
LEFT = (Rational(1), Rational(1, 2), Rational(1, 7))
"""Pairs of a multiplicity and a width, the one eigenvalue, and what gradient flow leaves of it, exp(-t lambda)."""


def at_one_level(expression: Expr, eigenvalue: Expr, multiplicity: Expr) -> Expr:
    """Return an expression in sums over levels where level 0 has all the mass and there is no other."""
    level = {EIGENVALUES[LEVEL]: eigenvalue, MULTIPLICITIES[LEVEL]: multiplicity, MASSES[LEVEL]: Rational(1)}

    def term(total: Sum) -> Expr:
        ((index, low, _high),) = total.limits
        return total.function.xreplace({index: LEVEL}).xreplace(level) if low <= 0 else Rational(0)

    return expression.replace(lambda part: isinstance(part, Sum), term)


@check(
    UNIVERSALITY,
    Tier.PROPERTY,
    "exact means over Gaussian features of one eigenvalue",
    rejects=(TWICE_THE_KERNEL, TRAINED_ON_TARGET, HALF_THE_WEIGHTS),
)
def losses_at_one_level(claim: Claim, _context: Context) -> Finding:
    """Compare the losses with their exact means, for which universality is exact where all eigenvalues are equal.

    The span of M Gaussian vectors in d dimensions is uniform, so that its projection P has the mean M/d. A teacher P f*
    misses 1 - M/d of f*, and of a student h P f*, with E ||P f*||^2 = M/d too, 1 - (2 h - h^2) M/d is missed.
    """
    domain = f"one eigenvalue of multiplicity d: (d, M) = {', '.join(map(str, SHAPES))}; exact means"
    for (dimension, width), eigenvalue, left in product(SHAPES, EIGENVALUE_CHOICES, LEFT):
        share = Rational(width, dimension)
        values = {
            KAPPA: eigenvalue * (1 - share) / share,
            TIME: -log(left) / eigenvalue,
            L_TE: 1 - share,
            L_ST: 1 - (1 - left**2) * share,
        }
        for name in LOSSES:
            part = claim.relation(name)
            sides = [at_one_level(side, eigenvalue, Rational(dimension)).subs(values) for side in part.args]
            if holds(part.func(*sides, evaluate=False), {}) is False:
                witness = {
                    "d, M": f"{dimension}, {width}",
                    "lambda": str(eigenvalue),
                    "exp(-t lambda)": str(left),
                    "left": str(sympy.N(sides[0], 12)),
                    "right": str(sympy.N(sides[1], 12)),
                }
                return Finding(Verdict.REFUTED, f"false: {as_text(part)}", domain, witness)
    return Finding(
        Verdict.SUPPORTED,
        "both losses are their exact means",
        domain,
        covers="both losses where all eigenvalues are equal",
        parts=claim.ids(*LOSSES),
    )


SPECTRA = (
    ((4.0, 0.25), (64, 192), (0.6, 0.4)),
    ((1.0, 0.2, 0.05), (40, 80, 160), (0.2, 0.5, 0.3)),
)
"""Eigenvalues, their multiplicities and the target's masses."""
WIDTH = 96
TIMES = np.array([0.1, 0.5, 2.0, 8.0])
FINITE_WIDTH = 0.004
"""Relative deviation allowed beside sampling error at this width; it falls with the width."""


def averaged_losses(levels: Levels, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Return L_TE and L_ST at each time of one draw of features, averaged over all targets with the levels' masses.

    The law of Gaussian features does not change where the coordinates of a level are turned, so that the mean over a
    level's coordinates has the same expectation as one of them, and hardly varies between draws.
    """
    counts = levels.multiplicities.astype(int)
    eigenvalues = np.repeat(levels.eigenvalues, counts)
    features = generator.standard_normal((len(eigenvalues), WIDTH)) * np.sqrt(eigenvalues)[:, None]
    basis, _ = np.linalg.qr(features)
    ends = np.cumsum([0, *counts])
    blocks = [basis[low:high] for low, high in pairwise(ends)]
    kept = np.array([np.sum(block**2) for block in blocks]) / counts
    moved = np.array([[np.sum((to @ of.T) ** 2) for to in blocks] for of in blocks]) / counts[:, None]
    learned = 1 - np.exp(-TIMES[:, None] * levels.eigenvalues)
    missed = 1 - 2 * learned * kept + (learned**2) @ moved.T
    return np.sum(levels.masses * (1 - kept)), missed @ levels.masses


def _solved_kappa(eigenvalues: Floats, multiplicities: Floats) -> float:
    """Return kappa at the width by bisection: sum N lambda/(lambda + kappa) falls from the rank to 0."""
    low, high = 0.0, float(np.sum(multiplicities * eigenvalues))
    for _ in range(200):
        kappa = (low + high) / 2
        if np.sum(multiplicities * eigenvalues / (eigenvalues + kappa)) > WIDTH:
            low = kappa
        else:
            high = kappa
    return high


@check(
    UNIVERSALITY,
    Tier.SIMULATION,
    "Gaussian features, averaged over every target of the same masses",
    rejects=(TWICE_THE_KERNEL, TRAINED_ON_TARGET, HALF_THE_WEIGHTS),
)
def losses_of_gaussian_features(claim: Claim, context: Context) -> Finding:
    """Compare predicted and simulated losses to a fraction of a percent, with several eigenvalues."""
    draws = max(10, context.examples // 40)
    generator = np.random.default_rng(context.seed)
    compared = len(SPECTRA) * (1 + len(TIMES))
    bound = float(stats.t.ppf(1 - FALSE_ALARMS / (2 * compared), draws - 1))
    domain = (
        f"M = {WIDTH}, {len(SPECTRA)} spectra of ranks 256 and 280; {draws} draws; joint false-alarm rate "
        f"{FALSE_ALARMS:g}, beside a finite-width allowance of {FINITE_WIDTH:.1%}"
    )
    worst = 0.0
    for numbers in SPECTRA:
        eigenvalues, multiplicities, masses = (np.array(values, dtype=float) for values in numbers)
        kappa = _solved_kappa(eigenvalues, multiplicities)
        levels = Levels(eigenvalues, multiplicities, masses, kappa)
        with one_blas_thread():
            drawn = [averaged_losses(levels, generator) for _ in range(draws)]
        teachers = np.array([teacher for teacher, _ in drawn])[:, None]
        students = np.array([student for _, student in drawn])
        for name, symbol, at, losses in (
            ("teacher", L_TE, np.zeros(1), teachers),
            ("student", L_ST, TIMES, students),
        ):
            left, right = _sides(claim.relation(name), symbol, losses, levels, at)
            error = left.std(axis=0, ddof=1) / np.sqrt(draws)
            excess = np.abs(left.mean(axis=0) - right) / (
                bound * error + FINITE_WIDTH * np.abs(right) + 1e-12
            )
            place = int(np.argmax(excess))
            worst = max(worst, float(excess[place]))
            if excess[place] > 1:
                witness = {
                    "eigenvalues": str(numbers[0]),
                    "t": f"{at[place]:.6g}",
                    "left, simulated": f"{left[:, place].mean():.6g} +- {error[place]:.2g}",
                    "right": f"{right[place]:.6g}",
                }
                return Finding(Verdict.REFUTED, f"{symbol} is not as predicted", domain, witness)
    summary = f"{compared} means as predicted; the farthest used {worst:.0%} of its interval"
    return Finding(Verdict.SUPPORTED, summary, domain, covers="Gaussian features", parts=claim.ids(*LOSSES))


def _sides(
    part: Relational, symbol: Expr, losses: Floats, levels: Levels, times: Floats
) -> tuple[Floats, Floats]:
    """Return the left-hand side at each draw and time, shape (draws, times), and the right-hand side at each time."""
    if part.lhs.free_symbols != {symbol}:
        return losses, np.broadcast_to(levels.value(part.rhs - part.lhs + symbol, times), times.shape)
    left = sympy.lambdify(symbol, part.lhs, "numpy")(losses)
    return np.broadcast_to(left, losses.shape), np.broadcast_to(levels.value(part.rhs, times), times.shape)


@check(UNIVERSALITY, Tier.DECISION, "z3 over the reals", rejects=(OVERTRAINING_DOUBLES,))
def overtraining_over_the_reals(claim: Claim, context: Context) -> Finding:
    """Decide the identity of overtraining for every positive kappa, eigenvalue and mass."""
    part = claim.relation("overtraining")
    positive = tuple(more_than(symbol, 0) for symbol in sorted(part.free_symbols, key=str))
    found = decide_in_coordinates([part], {}, positive, "kappa, lambda and mass > 0", context.seconds)
    whole = found.verdict is not Verdict.PROVED
    return found if whole else replace(found, covers="overtraining", parts=claim.ids("overtraining"))
