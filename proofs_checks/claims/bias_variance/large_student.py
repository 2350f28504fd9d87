"""Checks and falsifiers for the student that comes close to the posterior-mean teacher.

Claim: bv.large-student.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from flint import arb
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from sympy import Dummy, Expr
from sympy.core.relational import Relational

from numeric.arrays.threads import one_blas_thread
from numeric.random_features.simulation import default_times
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import Component, Target
from numeric.random_features.teachers import fit_teacher
from proofs_checks.claims.ours.quadratic_constant import BITS, DrawnSpectrum, drawn_spectra
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, exact, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.large_student import (
    DISCREPANCY,
    DISTANCE,
    DISTANCE_RATIO,
    LARGE_STUDENT,
    LOSS_RATIO,
    SCALE,
    distance_below_excess_loss,
    distance_over,
    teacher_loss,
)
from w2s_theory.claims.early_stopping import LEAST_EIGENVALUE, STOPPING_TIME
from w2s_theory.claims.ours.mean_teacher import (
    MEAN_DISTANCE,
    MISFIT,
    STUDENT_RISK,
    TEACHER_RISK,
    TEACHER_VARIANCE,
)
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE
from w2s_theory.relations import as_text, at_least, margin
from w2s_theory.spectra.universality import captured, gradient_flow, missed, width_surplus
from w2s_theory.sphere.activations import RELU

Floats = NDArray[np.float64]

HALF_THE_EXCESS = wrong(
    LARGE_STUDENT,
    "D at most half of what L_ST exceeds L_TE^2 by",
    part="distance-by-loss",
    replacing={distance_below_excess_loss: at_least((L_ST - L_TE**2) / 2, DISTANCE)},
)
NO_DISTANCE = wrong(
    LARGE_STUDENT,
    "gap less misfit bounded without the student's distance",
    part=("discrepancy-below", "discrepancy-above"),
    replacing={DISCREPANCY: DISCREPANCY - 2 * MEAN_DISTANCE / SCALE},
)
LOSS_BELOW_SQUARE = wrong(
    LARGE_STUDENT,
    "L_ST of smaller order than L_TE^2",
    part="loss-vanishes",
    replacing={LOSS_RATIO: LOSS_RATIO / teacher_loss},
)
DISTANCE_BELOW_CUBE = wrong(
    LARGE_STUDENT,
    "D of smaller order than L_TE^3",
    part="distance-vanishes",
    replacing={DISTANCE_RATIO: distance_over(teacher_loss**3)},
)

register_derivation(LARGE_STUDENT, rejects=(LOSS_BELOW_SQUARE,))


BOUNDS = ("distance-by-loss", "small-distance", "discrepancy-below", "discrepancy-above")
"""The parts of the statement at finite width."""


@dataclass(frozen=True)
class LargeStudent:
    """A student of a teacher on a finite spectrum whose target has all its mass on the first level."""

    spectrum: DrawnSpectrum
    scale: Fraction

    @cached_property
    def values(self) -> dict[Expr, arb]:
        """Every symbol of the statement, and every squared norm, at the better of the drawn and the stopping time."""
        known = {**self.spectrum.values, LEAST_EIGENVALUE: self.spectrum.levels[0].eigenvalue}
        drawn = exact(self.spectrum.time) / known[LEAST_EIGENVALUE]
        time = min((drawn, ball(STOPPING_TIME, known)), key=lambda at: self.spectrum.student_loss(at).mid())
        return {**known, **self._measured(time), SCALE: exact(self.scale)}

    def _measured(self, time: arb) -> dict[Expr, arb]:
        levels = self.spectrum.levels
        kappa = self.spectrum.values[KAPPA]
        target, flow = levels[0], gradient_flow(time, arb.exp, arb.expm1)
        weights = [x.multiplicity * captured(x, kappa) * missed(x, kappa) for x in levels]
        shares = [weight / width_surplus(levels, kappa) for weight in weights]
        variance = missed(target, kappa) * captured(target, kappa)
        to_learn = (captured(target, kappa) * flow.unlearned(target.eigenvalue)) ** 2
        passed, left = (
            variance * sum((w * part(x.eigenvalue) ** 2 for w, x in zip(shares, levels, strict=True)), arb(0))
            for part in (flow.learned, flow.unlearned)
        )
        loss = self.spectrum.student_loss(time)
        return {
            L_TE: missed(target, kappa),
            L_ST: loss,
            DISTANCE: to_learn + passed,
            TEACHER_RISK: missed(target, kappa),
            STUDENT_RISK: loss,
            MISFIT: to_learn + left,
            TEACHER_VARIANCE: variance,
            MEAN_DISTANCE: to_learn + passed,
        }

    def margin(self, part: Relational) -> arb:
        """Return the side that an inequality of the statement says to be the greater, minus the other."""
        stand_ins = {each: Dummy(real=True) for each in self.values if not each.is_Symbol}
        values = {stand_ins.get(each, each): value for each, value in self.values.items()}
        return ball(margin(part).xreplace(stand_ins), values)

    def describe(self) -> dict[str, str]:
        """Return the case as text, for a witness."""
        return {**self.spectrum.describe(), "eta": str(self.scale)}


large_students = st.builds(
    LargeStudent,
    drawn_spectra().map(lambda spectrum: replace(spectrum, first_mass=Fraction(1))),
    st.integers(1, 64).map(lambda value: Fraction(value, 32)),
)


@check(
    LARGE_STUDENT,
    Tier.PROPERTY,
    "Hypothesis over spectra, widths and times, in ball arithmetic",
    rejects=(HALF_THE_EXCESS, NO_DISTANCE),
)
def bounds_on_drawn_spectra(claim: Claim, context: Context) -> Finding:
    """Search for a student that breaks a bound of its distance to the mean teacher, or of gap less misfit."""
    bounds = [claim.relation(name) for name in BOUNDS]

    def broken(case: LargeStudent) -> list[Relational]:
        with precision(BITS):
            return [part for part in bounds if case.margin(part) < 0]

    def examine(case: LargeStudent) -> Trial:
        with precision(BITS):
            admissible = case.spectrum.is_admissible
        return Trial((0.0,), bool(broken(case))) if admissible else Trial(())

    found = find_counterexample(
        large_students,
        examine,
        lambda case: bool(broken(case)),
        examples=context.examples // 4,
        seed=context.seed,
    )
    domain = (
        "3 to 5 levels of ranks up to 10^4, eigenvalues from 2^-12 to 1, f* on the first, kappa < 1; eta <= 2"
    )
    if found.counterexample is None:
        summary = f"{found.cases} spectra, no bound broken"
        return Finding(
            Verdict.SUPPORTED, summary, domain, covers="the bounds at finite width", parts=claim.ids(*BOUNDS)
        )
    case = found.counterexample
    part = broken(case)[0]
    with precision(BITS):
        margin = case.margin(part).str(12, radius=False)
    return Finding(
        Verdict.REFUTED, f"false: {as_text(part)}", domain, {**case.describe(), "left - right": margin}
    )


FAMILY, TARGET_LEVEL = SphereFeatures(RELU, 4), 1
NARROW, WIDE = 32, 256
TIMES = 60
FALSE_ALARM = 1e-6
POWERS = range(1, 5)
"""Of L_TE that D may be compared with."""


@dataclass(frozen=True)
class Draws:
    """Independent draws at one width: losses L_TE, shape (draws,), and at each time, shape (draws, times)."""

    teacher_losses: Floats
    student_losses: Floats
    distances: Floats
    misfits: Floats

    @cached_property
    def best(self) -> int:
        """The index of the time at which the mean student loss is least."""
        return int(np.argmin(self.student_losses.mean(axis=0)))

    def distance_ratios(self, power: int) -> Floats:
        """Return |f_ST - E f_TE|^2 over the mean L_TE to a power, for each draw at the best time."""
        return np.asarray(self.distances[:, self.best] / self.teacher_losses.mean() ** power)

    @property
    def relative_discrepancy(self) -> float:
        """|gap - misfit| over L_TE, means over the draws at the best time."""
        gaps = self.teacher_losses - self.student_losses[:, self.best]
        return float(abs(np.mean(gaps - self.misfits[:, self.best])) / self.teacher_losses.mean())


def draw_students(width: int, draws: int, generator: np.random.Generator) -> Draws:
    """Fit teachers of this width exactly and follow their infinitely wide students through time.

    By symmetry E f_TE = (1 - E L_TE) f* at every width, with E L_TE taken as the mean over the draws.
    """
    target = Target((Component(TARGET_LEVEL, 1.0),))
    times = default_times(FAMILY, target, TIMES)
    with one_blas_thread():
        teachers = [fit_teacher(FAMILY, target, FAMILY.draw(generator, width)) for _ in range(draws)]
        modes = [teacher.infinite_student_modes(float(times[-1])) for teacher in teachers]
    teacher_losses = np.array([teacher.loss for teacher in teachers])
    kept = 1 - teacher_losses.mean()
    learned = [-np.expm1(-np.multiply.outer(times, each.rates)) for each in modes]
    pairs = list(zip(learned, modes, strict=True))
    overlaps = np.array([h @ each.overlaps for h, each in pairs])
    sizes = np.array([h**2 @ each.energies for h, each in pairs])
    misfits = np.array([(1 - h) ** 2 @ each.energies + each.remainder for h, each in pairs])
    return Draws(teacher_losses, 1 - 2 * overlaps + sizes, sizes - 2 * kept * overlaps + kept**2, misfits)


@check(
    LARGE_STUDENT,
    Tier.SIMULATION,
    "exact population simulation of ReLU networks, t-test of logarithms between widths",
    rejects=(DISTANCE_BELOW_CUBE,),
)
def distance_falls_with_width(claim: Claim, context: Context) -> Finding:
    """Test that D over the claimed power of L_TE falls as the teacher widens, and gap less misfit with it."""
    ratio = claim.relation("distance-vanishes").lhs.args[0]
    power = next(each for each in POWERS if distance_over(teacher_loss**each) == ratio)
    generator = np.random.default_rng(context.seed)
    draws = int(np.clip(context.examples // 8, 20, 1000))
    narrow, wide = (draw_students(width, draws, generator) for width in (NARROW, WIDE))
    before, after = narrow.distance_ratios(power), wide.distance_ratios(power)
    p_value = float(stats.ttest_ind(np.log(before), np.log(after), equal_var=False).pvalue)
    shown = {
        f"D/L_TE^{power}": f"{before.mean():.3g} at M = {NARROW}, {after.mean():.3g} at M = {WIDE}",
        "p-value": f"{p_value:.2g}",
    }
    domain = f"{FAMILY}, f* linear, infinitely wide student at its best time; {draws} draws a width"
    if p_value > FALSE_ALARM:
        return Finding(Verdict.UNDECIDED, f"no difference beyond chance: {shown}", domain)
    if after.mean() > before.mean():
        return Finding(
            Verdict.REFUTED, f"grows with the width, at a false-alarm rate of {FALSE_ALARM:g}", domain, shown
        )
    summary = "; ".join(f"{name} {value}" for name, value in shown.items())
    discrepancies = " and ".join(f"{each.relative_discrepancy:.2g}" for each in (narrow, wide))
    return Finding(
        Verdict.SUPPORTED,
        f"{summary}; |gap - misfit|/L_TE {discrepancies}",
        domain,
        covers="the fall from one width to another",
        parts=claim.ids("distance-vanishes"),
    )
