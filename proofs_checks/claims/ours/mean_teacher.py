"""Checks and falsifiers for the results between the papers.

Claim: bridge.mean-teacher.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from math import prod

import numpy as np
import sympy
from flint import arb, fmpq, fmpq_mat
from hypothesis import strategies as st
from scipy import stats
from sympy import Eq, Expr, Integer, Rational
from sympy.core.relational import Relational

from numeric.arrays.threads import one_blas_thread
from numeric.random_features.family import FeatureFamily
from numeric.random_features.linear import LinearFeatures
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import Component, Target
from numeric.random_features.teachers import fit_teacher
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.drawn.strategies import column, vectors
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.mean_teacher import (
    ANY_RISK,
    COEFFICIENT,
    EQUIVALENT_MEAN_RISK,
    MEAN_GAP_LESS_MISFIT,
    MEAN_LOSS,
    MEAN_RISK,
    MEAN_TEACHER_RISK,
    MODE_EIGENVALUE,
    ONE_EIGENSPACE_RISK,
    TEACHER_RISK,
    TEACHER_VARIANCE,
    VARIANCE,
)
from w2s_theory.notation.symbols import KAPPA, L_TE, Topic
from w2s_theory.relations import as_text, equal, margin
from w2s_theory.spectra.families import TwoLevel
from w2s_theory.sphere.activations import RELU

letters = Topic(__name__)

BITS = 128
DIMENSION = 3
PLANE = 2
"""The first two coordinates are one eigenspace, the third is another."""

RISK_NOT_SQUARED = wrong(
    MEAN_TEACHER_RISK,
    "risk L_TE instead of its square",
    part=("one-eigenspace", "any-law"),
    replacing={L_TE**2: L_TE},
)
FRACTIONS_NOT_SQUARED = wrong(
    MEAN_TEACHER_RISK,
    "sum of beta_i^2 q_i instead of q_i^2",
    part=("mean-risk", "variance"),
    replacing={EQUIVALENT_MEAN_RISK: MEAN_LOSS},
)
NO_VARIANCE = wrong(
    MEAN_TEACHER_RISK,
    "no variance to remove",
    part="variance",
    replacing={VARIANCE: Integer(0)},
)

THREE_TENTHS_MORE = wrong(
    MEAN_TEACHER_RISK,
    "risk 1.3 L_TE^2 on one eigenspace",
    states={"one-eigenspace": equal(ONE_EIGENSPACE_RISK, Rational(13, 10) * L_TE**2)},
)
VARIANCE_TWICE = wrong(
    MEAN_TEACHER_RISK,
    "the teacher's variance counted twice",
    part="bias-variance",
    replacing={TEACHER_VARIANCE: 2 * TEACHER_VARIANCE},
)
GAP_IS_MISFIT = wrong(
    MEAN_TEACHER_RISK,
    "gap equal to misfit for every student",
    part="gap-misfit",
    replacing={MEAN_GAP_LESS_MISFIT: Integer(0)},
)

register_derivation(MEAN_TEACHER_RISK, rejects=(RISK_NOT_SQUARED,))


@dataclass(frozen=True)
class SymmetricEnsemble:
    """Teachers whose features are drawn from an orbit: these integer rows, seen through every symmetry of the levels.

    The symmetries swap the coordinates of the first level and flip signs, a group that acts irreducibly on
    both levels. `target` has integer coordinates.
    """

    features: tuple[tuple[int, ...], ...]
    target: tuple[int, ...]

    @cached_property
    def projections(self) -> list[fmpq_mat]:
        """The teacher's projection P, for each symmetry."""
        return [_projection([_seen(row, *symmetry) for row in self.features]) for symmetry in _SYMMETRIES]

    @cached_property
    def missed(self) -> list[fmpq]:
        """The fraction q_i = 1 - (E P)_ii of each coordinate that the mean teacher misses."""
        mean = sum(self.projections[1:], self.projections[0])
        return [1 - mean[i, i] / len(self.projections) for i in range(DIMENSION)]

    def mean_loss(self, target: tuple[int, ...]) -> fmpq:
        """Return E (f* - f_TE)^2 over E f*^2, draw by draw."""
        losses = [_size(_gap(projection, target)) for projection in self.projections]
        return sum(losses, fmpq(0)) / (len(losses) * _size(column(target)))

    def mean_teacher_risk(self, target: tuple[int, ...]) -> fmpq:
        """Return E (f* - E f_TE)^2 over E f*^2."""
        gaps = [_gap(projection, target) for projection in self.projections]
        mean = sum(gaps[1:], gaps[0]) / fmpq(len(gaps))
        return _size(mean) / _size(column(target))

    def variance(self, target: tuple[int, ...]) -> fmpq:
        """Return E (f_TE - E f_TE)^2 over E f*^2, as the mean of the deviations, draw by draw."""
        gaps = [_gap(projection, target) for projection in self.projections]
        mean = sum(gaps[1:], gaps[0]) / fmpq(len(gaps))
        return sum((_size(gap - mean) for gap in gaps), fmpq(0)) / (len(gaps) * _size(column(target)))


_SYMMETRIES = tuple(product((False, True), (1, -1), (1, -1)))
"""Whether the first two coordinates are swapped, and the signs of the second and the third."""


def _seen(row: tuple[int, ...], swapped: bool, second: int, third: int) -> list[int]:
    x, y = (row[1], row[0]) if swapped else row[:PLANE]
    return [x, second * y, third * row[PLANE]]


def _projection(rows: list[list[int]]) -> fmpq_mat:
    """Return the orthogonal projection onto the span of the rows."""
    reduced, rank = fmpq_mat([list(map(fmpq, row)) for row in rows]).rref()
    basis = fmpq_mat(reduced.tolist()[:rank])
    return basis.transpose() * (basis * basis.transpose()).solve(basis)


def _gap(projection: fmpq_mat, target: tuple[int, ...]) -> fmpq_mat:
    return column(target) - projection * column(target)


def _size(column: fmpq_mat) -> fmpq:
    return (column.transpose() * column)[0, 0]


RISK, SPREAD, SIZE = letters.symbol("risk"), letters.symbol("spread"), letters.symbol("size")
COORDINATES = sympy.symbols(f"t_1:{DIMENSION + 1}")
EIGENVALUES = sympy.symbols(f"lambda_1:{DIMENSION + 1}")
OBSERVED: dict[Expr, Expr] = {
    MEAN_RISK: RISK,
    ANY_RISK: RISK,
    ONE_EIGENSPACE_RISK: RISK,
    MEAN_LOSS: L_TE,
    TEACHER_RISK: L_TE,
    TEACHER_VARIANCE: SPREAD,
}


@lru_cache(maxsize=2)
def _moments(ensemble: SymmetricEnsemble, target: tuple[int, ...]) -> tuple[fmpq, fmpq, fmpq]:
    """Return the mean teacher's risk, the teacher's variance and its mean loss."""
    return ensemble.mean_teacher_risk(target), ensemble.variance(target), ensemble.mean_loss(target)


def _measure(relation: Relational) -> Callable[[SymmetricEnsemble], arb]:
    """Return left minus right, in a ball, as a function of an ensemble: risks measured, other sums over its modes.

    With kappa = 1, lambda_i = (1 - q_i)/q_i gives each mode its fraction. A relation about one eigenspace is
    measured on the target's part in the plane.
    """

    def over_modes(total: Expr) -> Expr:
        modes = zip(COORDINATES, EIGENVALUES, strict=True)
        return (
            sympy.Add(
                *(total.function.xreplace({COEFFICIENT: t, MODE_EIGENVALUE: value}) for t, value in modes)
            )
            / SIZE
        )

    expression = margin(relation).xreplace(OBSERVED)
    explicit = expression.replace(lambda part: isinstance(part, sympy.Sum), over_modes)
    in_plane = relation.has(ONE_EIGENSPACE_RISK)

    def gap(ensemble: SymmetricEnsemble) -> arb:
        target = (*ensemble.target[:PLANE], 0) if in_plane else ensemble.target
        size = fmpq(sum(value * value for value in target))
        ratios = [(1 - q) / q for q in ensemble.missed]
        risk, spread, loss = (
            measure(target) for measure in (ensemble.mean_teacher_risk, ensemble.variance, ensemble.mean_loss)
        )
        values = {RISK: risk, SPREAD: spread, L_TE: loss, KAPPA: fmpq(1), SIZE: size}
        values |= dict(zip(COORDINATES, map(fmpq, target), strict=True))
        values |= dict(zip(EIGENVALUES, ratios, strict=True))
        with precision(BITS):
            return ball(explicit, {symbol: arb(value) for symbol, value in values.items()})

    return gap


def _is_broken(relation: Relational, gap: arb) -> bool:
    """Return whether a relation is false for certain."""
    return bool(gap != 0 if isinstance(relation, Eq) else gap < 0)


ensembles = st.builds(
    SymmetricEnsemble,
    st.lists(vectors(DIMENSION), min_size=1, max_size=2).map(tuple),
    vectors(DIMENSION).filter(lambda target: any(target[:PLANE])),
)


@check(
    MEAN_TEACHER_RISK,
    Tier.PROPERTY,
    "Hypothesis over symmetric ensembles of teachers, exact matrices",
    rejects=(RISK_NOT_SQUARED, FRACTIONS_NOT_SQUARED, NO_VARIANCE, VARIANCE_TWICE),
)
def risks_of_symmetric_ensembles(claim: Claim, context: Context) -> Finding:
    """Average teachers over a symmetry group and compare the mean teacher's risk with every part of the statement."""
    names = [name for name in claim.names if name != "gap-misfit"]
    parts = [claim.relation(name) for name in names]
    gaps = [_measure(part) for part in parts]

    def examine(ensemble: SymmetricEnsemble) -> Trial:
        if 0 in ensemble.missed:
            return Trial(())
        return Trial((0.0,), confirm(ensemble))

    def confirm(ensemble: SymmetricEnsemble) -> bool:
        return any(_is_broken(part, gap(ensemble)) for part, gap in zip(parts, gaps, strict=True))

    found = find_counterexample(ensembles, examine, confirm, examples=context.examples, seed=context.seed)
    domain = "integer features in 3 dimensions, averaged over the 8 symmetries of two eigenspaces; exact arithmetic"
    if found.counterexample is None:
        summary = f"{found.cases} ensembles, {len(parts)} relations exact"
        return Finding(
            Verdict.SUPPORTED,
            summary,
            domain,
            covers="all but the student's gap and misfit",
            parts=claim.ids(*names),
        )
    ensemble = found.counterexample
    number = next(n for n, part in enumerate(parts) if _is_broken(part, gaps[n](ensemble)))
    witness = {
        "features": str(ensemble.features),
        "target": str(ensemble.target),
        "q": ", ".join(map(str, ensemble.missed)),
        "left - right": str(gaps[number](ensemble)),
    }
    return Finding(Verdict.REFUTED, f"false: {as_text(parts[number])}", domain, witness)


FALSE_ALARM = 1e-6
WIDTH = 6
FAMILIES: tuple[tuple[FeatureFamily, Target], ...] = (
    (
        LinearFeatures(TwoLevel(Integer(4), Rational(1, 4), Integer(12))),
        Target((Component(0, 1.0),)),
    ),
    (SphereFeatures(RELU, 4), Target((Component(1, 1.0),))),
)
"""Feature families, each with a target in one eigenspace."""


@check(
    MEAN_TEACHER_RISK,
    Tier.SIMULATION,
    "t-test on independent teachers",
    rejects=(RISK_NOT_SQUARED, THREE_TENTHS_MORE),
)
def risk_of_the_mean_teacher(claim: Claim, context: Context) -> Finding:
    """Estimate the mean teacher's risk without bias, and test it against the claimed multiple of a power of the mean loss.

    For independent teachers E <f* - f_1, f* - f_2> is the risk and E L_1 ... L_p the p-th power of the mean
    loss, at every width: no universality enters. Undecided where the claim compares other things.
    """
    compared = _multiple_of_a_power(claim.relation("one-eigenspace"))
    if compared is None:
        return Finding(Verdict.UNDECIDED, "no multiple of a power of the mean loss is claimed", claim.domain)
    factor, power = compared
    generator = np.random.default_rng(context.seed)
    repeats = max(context.examples // 5, 100)
    shown, p_values = {}, []
    for family, target in FAMILIES:
        with one_blas_thread():
            drawn = [_risk_and_power(family, target, power, generator) for _ in range(repeats)]
        risks, powers = np.array(drawn).T
        p_values.append(float(stats.ttest_1samp(risks - factor * powers, 0.0).pvalue))
        shown[str(family)] = (
            f"risk {risks.mean():.4f}, {factor:.6g} L_TE^{power} {factor * powers.mean():.4f}"
        )
    domain = f"{'; '.join(shown)}; M = {WIDTH}, {repeats} groups of independent teachers"
    if min(p_values) < FALSE_ALARM / len(FAMILIES):
        witness = {**shown, "p-value": f"{min(p_values):.3g}"}
        return Finding(
            Verdict.REFUTED, f"not equal, at a false-alarm rate of {FALSE_ALARM:g}", domain, witness
        )
    summary = (
        f"{'; '.join(shown.values())}; smallest p-value {min(p_values):.3g}; false-alarm rate {FALSE_ALARM:g}"
    )
    return Finding(
        Verdict.SUPPORTED,
        summary,
        domain,
        covers="targets in one eigenspace",
        parts=claim.ids("one-eigenspace"),
    )


def _multiple_of_a_power(relation: Relational) -> tuple[float, int] | None:
    """Return c and p of a claim that the risk is c L_TE^p, with a whole p > 0; None of any other."""
    left, right = relation.lhs / ONE_EIGENSPACE_RISK, relation.rhs
    power = right.as_powers_dict()[L_TE]
    factor = right / L_TE**power / left
    is_of_this_form = isinstance(relation, Eq) and factor.is_number and power.is_Integer and power > 0
    return (float(factor), int(power)) if is_of_this_form else None


def _risk_and_power(
    family: FeatureFamily, target: Target, power: int, generator: np.random.Generator
) -> tuple[float, float]:
    teachers = [fit_teacher(family, target, family.draw(generator, WIDTH)) for _ in range(max(2, power))]
    first, second = teachers[:2]
    shared = first.weights @ family.kernel(first.features, second.features) @ second.weights
    risk = first.loss + second.loss - 1 + float(shared)
    return risk, prod(teacher.loss for teacher in teachers[:power])
