"""Checks and falsifiers of Gaussian universality, against exact simulations of random-feature networks.

Claim: rf.universality.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy
from numpy.typing import NDArray
from scipy import stats
from sympy import Expr, Sum, exp

from numeric.random_features.simulation import Setting, default_times, predict, simulate
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import check_derivation
from proofs_checks.methods.reading import value_of
from proofs_checks.registry import Context, check, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.gaussian_universality import (
    COPY_OF_TEACHER,
    EIGENVALUES,
    MASSES,
    MULTIPLICITIES,
    STUDENT_LOSS,
    TEACHER_LOSS,
    UNIVERSALITY,
    eigenvalue,
    learned,
    mass,
    over_levels,
)
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE, TIME
from w2s_theory.spectra.universality import GENERIC_LEVEL
from w2s_theory.sphere.activations import RELU

Floats = NDArray[np.float64]

SETTINGS = ((16, 64, "degree:1"), (16, 100, "degree:1,2"), (32, 64, "degree:1"), (32, 128, "degree:0,1"))
TIMES = 9
FALSE_ALARMS = 1e-6
FINITE_SIZE = 0.05
"""Relative deviation allowed beside sampling error: the equivalents are limits of large width and dimension."""


TWICE_THE_KERNEL = wrong(
    UNIVERSALITY,
    "the student's kernel twice as large",
    part="student",
    replacing={learned: 1 - exp(-2 * TIME * eigenvalue)},
)
TRAINED_ON_TARGET = wrong(
    UNIVERSALITY,
    "a student trained on the target instead of the teacher",
    part="student",
    replacing={STUDENT_LOSS: over_levels(mass * (1 - learned) ** 2)},
)
HALF_THE_WEIGHTS = wrong(
    UNIVERSALITY,
    "a teacher at half its optimal weights",
    part="teacher",
    replacing={TEACHER_LOSS: (1 + 3 * TEACHER_LOSS) / 4},
)
OVERTRAINING_DOUBLES = wrong(
    UNIVERSALITY,
    "overtraining doubles the teacher's loss",
    part="overtraining",
    replacing={COPY_OF_TEACHER.relation.rhs: 2 * COPY_OF_TEACHER.relation.rhs},
)


@check(UNIVERSALITY, Tier.SYMBOLIC, "exact algebra (sympy)", rejects=(OVERTRAINING_DOUBLES,))
def consistency(claim: Claim, _context: Context) -> Finding:
    """Re-check the identities between the equivalents: overtraining returns the teacher's loss, the two forms of M - df2."""
    found = check_derivation(claim)
    if found.broken is not None:
        return found
    steps = [step.relation for step in claim.derivation]
    if claim.relation("overtraining") not in steps:
        return found
    return Finding(
        Verdict.PROVED,
        "the equivalents agree with each other",
        found.domain,
        covers="overtraining, M - df2",
        parts=claim.ids("overtraining"),
    )


@dataclass(frozen=True)
class Levels:
    """A spectrum up to a level, with a target's masses and the fixed point, as arrays."""

    eigenvalues: Floats
    multiplicities: Floats
    masses: Floats
    kappa: float

    def value(self, expression: Expr, times: Floats) -> Floats:
        """Return an expression in sums over levels, at each time: shape (times,)."""
        arrays = {EIGENVALUES: self.eigenvalues, MULTIPLICITIES: self.multiplicities, MASSES: self.masses}
        stand_ins: dict[Expr, sympy.Symbol] = {}
        values = []
        for total in sorted(expression.atoms(Sum), key=str):
            columns = {base[total.variables[0]]: sympy.Dummy(str(base)) for base in arrays}
            term = sympy.lambdify((*columns.values(), KAPPA, TIME), total.function.subs(columns), "numpy")
            terms = term(*arrays.values(), self.kappa, times[:, None])
            first = max(0, int(total.limits[0][1]))
            values.append(np.sum(np.broadcast_to(terms, (len(times), len(self.masses)))[:, first:], axis=1))
            stand_ins[total] = sympy.Dummy()
        outer = sympy.lambdify(list(stand_ins.values()), expression.subs(stand_ins), "numpy")
        return np.asarray(outer(*values), dtype=float)

    def summed(self, term: Expr) -> Floats:
        """Return the sum over all levels of a term in the symbols of one generic level, shape (1,)."""
        columns = {
            GENERIC_LEVEL.eigenvalue: self.eigenvalues,
            GENERIC_LEVEL.multiplicity: self.multiplicities,
            GENERIC_LEVEL.mass: self.masses,
        }
        terms = sympy.lambdify((*columns, KAPPA), term, "numpy")(*columns.values(), self.kappa)
        return np.asarray([np.sum(np.broadcast_to(terms, self.masses.shape))])


@check(
    UNIVERSALITY,
    Tier.SIMULATION,
    "exact population simulation of ReLU networks",
    rejects=(TWICE_THE_KERNEL, TRAINED_ON_TARGET, HALF_THE_WEIGHTS),
)
def losses_of_draws(claim: Claim, context: Context) -> Finding:
    """Compare predicted and simulated L_TE, L_ST(t) across dimensions, widths, targets and stopping times.

    Every mean over draws must lie within its confidence interval, widened by the finite-size allowance. At the last
    time the student has copied its teacher: its loss is the left side of "overtraining", its teacher's the right.
    """
    teacher, student = value_of(claim, "teacher", L_TE), value_of(claim, "student", L_ST)
    copied, original = claim.relation("overtraining").args
    draws = int(np.clip(context.examples // 25, 10, 400))
    comparisons = len(SETTINGS) * (TIMES + 3)
    width = float(stats.t.ppf(1 - FALSE_ALARMS / (2 * comparisons), draws - 1))
    domain = (
        f"ReLU, infinitely wide student, (d, M, target) = {SETTINGS}; {draws} draws; joint false-alarm rate "
        f"{FALSE_ALARMS:g}, beside a finite-size allowance of {FINITE_SIZE:.0%}"
    )
    worst = 0.0
    for dimension, teacher_width, words in SETTINGS:
        family, target = SphereFeatures(RELU, dimension), parse_target(words)
        times = default_times(family, target, TIMES)
        setting = Setting(family, target, (teacher_width,), None, draws, context.seed, times)
        runs = simulate(setting)
        levels = _levels(setting, teacher_width)
        teachers, students = runs["L_TE"].values[0][:, None], runs["L_ST"].values[0]
        quantities = [
            (L_TE, np.zeros(1), teachers, levels.value(teacher, np.zeros(1))),
            (L_ST, times, students, levels.value(student, times)),
            (L_ST, times[-1:], students[:, -1:], levels.summed(copied)),
            (L_TE, np.zeros(1), teachers, levels.summed(original)),
        ]
        for symbol, at, losses, expected in quantities:
            mean, error = losses.mean(axis=0), losses.std(axis=0, ddof=1) / np.sqrt(draws)
            excess = np.abs(mean - expected) / (width * error + FINITE_SIZE * np.abs(expected) + 1e-12)
            index = int(np.argmax(excess))
            worst = max(worst, float(excess[index]))
            if excess[index] > 1:
                witness = {
                    "d, M, target": f"{dimension}, {teacher_width}, {words}",
                    "t": f"{at[index]:.6g}",
                    f"simulated {symbol}": f"{mean[index]:.6g} +- {error[index]:.2g}",
                    f"predicted {symbol}": f"{expected[index]:.6g}",
                }
                return Finding(Verdict.REFUTED, f"{symbol} is not as predicted", domain, witness)
    summary = f"{comparisons} means as predicted; the farthest used {worst:.0%} of its interval"
    return Finding(Verdict.SUPPORTED, summary, domain)


def _levels(setting: Setting, width: int) -> Levels:
    equivalent = predict(setting, width)
    assert equivalent is not None
    log_eigenvalues, log_multiplicities = setting.family.spectrum.log_levels(400)
    return Levels(
        np.exp(np.asarray(log_eigenvalues)),
        np.exp(np.asarray(log_multiplicities)),
        np.asarray(setting.target.masses(len(log_eigenvalues))),
        equivalent.kappa,
    )
