"""Checks and falsifiers of the risks in two subspaces, against simulated least squares.

Claims: id.teacher, id.sft, id.ceiling, id.variance, id.exact-risk, id.in-sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import stats
from sympy import Expr

from numeric.subspaces.pairs import SubspacePair, aligned_pair, coordinate_pair, spanned_pair
from numeric.subspaces.risks import simulate_ridgeless
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, falsifiers_of, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.risks import (
    BASELINE_RISK,
    CEILING_RISK,
    IN_SAMPLE_RISK,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
)
from w2s_theory.claims.least_squares import GENERAL
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.symbols import D_S, D_SW, D_W, ER_IN_SAMPLE, ER_W2S, LABELLED, UNLABELLED, VARIANCE
from w2s_theory.relations import equal

FALSE_ALARMS = 1e-6
TRIALS_PER_EXAMPLE = 20

teacher_factor, student_factor = 1 / (LABELLED - D_W - 1), 1 / (UNLABELLED - D_S - 1)
all_points = LABELLED + UNLABELLED
_corrections: tuple[tuple[Claim, Expr, Expr], ...] = (
    (TEACHER_RISK, teacher_factor, 1 / LABELLED),
    (BASELINE_RISK, 1 / (LABELLED - D_S - 1), 1 / LABELLED),
    (CEILING_RISK, 1 / (all_points - D_S - 1), 1 / all_points),
    (STUDENT_VARIANCE, teacher_factor, 1 / LABELLED),
    (STUDENT_RISK, teacher_factor, 1 / LABELLED),
    (IN_SAMPLE_RISK, teacher_factor, 1 / LABELLED),
)
WITHOUT_CORRECTION = {
    _claim.id: wrong(
        _claim,
        "the number of points in place of points - features - 1",
        part=_claim.names,
        replacing={_old: _new},
    )
    for _claim, _old, _new in _corrections
}
VARIANCE_HALVED_SHARE = wrong(
    STUDENT_VARIANCE,
    "d_s/(2N) in place of d_s/N",
    part="variance",
    replacing={1 / UNLABELLED: 1 / (2 * UNLABELLED)},
)
VARIANCE_NOT_INHERITED = wrong(
    STUDENT_VARIANCE,
    "the student inherits nothing: d_sw dropped",
    states={"variance": equal(VARIANCE, STUDENT_VARIANCE.relation("variance").rhs.subs(D_SW, 0))},
)
HALF_THE_SHARE = wrong(
    STUDENT_RISK,
    "half the share d_s/(N - d_s - 1)",
    part="risk",
    replacing={student_factor: student_factor / 2},
)
IN_SAMPLE_FOR_POPULATION = wrong(
    STUDENT_RISK,
    "the in-sample risk used for the population",
    states={"risk": equal(ER_W2S, GENERAL.student_in_sample)},
)
NOTHING_INHERITED = wrong(
    STUDENT_RISK,
    "the student inherits nothing: d_sw dropped",
    states={"risk": equal(ER_W2S, GENERAL.student - GENERAL.teacher_variance * D_SW)},
)
POPULATION_FOR_IN_SAMPLE = wrong(
    IN_SAMPLE_RISK,
    "the population risk used in sample",
    states={"risk": equal(ER_IN_SAMPLE, GENERAL.student)},
)
for _claim, *_ in _corrections:
    _others = (HALF_THE_SHARE,) if _claim is STUDENT_RISK else ()
    register_derivation(_claim, rejects=(WITHOUT_CORRECTION[_claim.id], *_others))


@dataclass(frozen=True)
class Configuration:
    """Two subspaces and a target with the numbers of points and the label variance."""

    pair: SubspacePair
    labelled: int
    unlabelled: int
    noise: float

    @property
    def numbers(self) -> TwoSubspaces:
        """What the exact risks depend on."""
        return self.pair.numbers(self.labelled, self.unlabelled, self.noise)

    def __str__(self) -> str:
        names = {"n": "labelled", "N": "unlabelled", "d_s": "d_s", "d_w": "d_w", "d_sw": "d_sw"}
        return " ".join(f"{name}={getattr(self.numbers, field):.4g}" for name, field in names.items())


@cache
def configurations() -> tuple[Configuration, ...]:
    """Return five settings, the first two with the target in both spans; risks there have finite variances."""
    skew = np.random.default_rng(11)
    return (
        Configuration(aligned_pair(6, 10, 3), 40, 25, 1.0),
        Configuration(aligned_pair(4, 7, 1.5), 30, 20, 0.3),
        Configuration(aligned_pair(6, 10, 2.5, rho_s=0.3, rho_w=0.2, rho_both=0.1), 40, 30, 1.0),
        Configuration(coordinate_pair(range(6), range(3, 10), 1 / np.sqrt(np.arange(1, 15))), 40, 25, 0.2),
        Configuration(spanned_pair(*(skew.standard_normal(s) for s in ((9, 3), (9, 5), 9))), 30, 20, 0.5),
    )


def expected(expression: Expr, numbers: TwoSubspaces) -> float:
    """Return an expression in the symbols of TwoSubspaces at its numbers."""
    symbols = TwoSubspaces()
    values = {getattr(symbols, name): getattr(numbers, name) for name in TwoSubspaces.__dataclass_fields__}
    return float(expression.subs(values))


def compare(claim: Claim, variable: str, chosen: tuple[Configuration, ...], context: Context) -> Finding:
    """Compare the claimed mean of a simulated risk, or of a multiple of it, with its confidence interval everywhere."""
    (stated,) = claim.relations
    factor = float(stated.lhs.as_coeff_Mul()[0])
    trials = int(np.clip(TRIALS_PER_EXAMPLE * context.examples, 2_000, 100_000))
    width = float(stats.norm.ppf(1 - FALSE_ALARMS / (2 * len(chosen))))
    domain = (
        f"{'; '.join(map(str, chosen))}; {trials} trials each; joint false-alarm rate {FALSE_ALARMS:g} "
        "by the normal approximation of the mean"
    )
    farthest = 0.0
    for configuration in chosen:
        pair, numbers = configuration.pair, configuration.numbers
        runs = simulate_ridgeless(
            pair, configuration.labelled, configuration.unlabelled, numbers.noise, trials, context.seed
        )
        values = factor * runs[variable].values
        claimed = expected(stated.rhs, numbers)
        mean, interval = values.mean(), width * values.std(ddof=1) / np.sqrt(trials)
        farthest = max(farthest, float(abs(mean - claimed) / interval))
        if farthest > 1:
            witness = {
                "configuration": str(configuration),
                f"simulated {variable}": f"{mean:.6g} +- {interval:.2g}",
                f"claimed {variable}": f"{claimed:.6g}",
            }
            return Finding(Verdict.REFUTED, f"{stated.lhs} is not the simulated mean", domain, witness)
    summary = f"{len(chosen)} means as claimed; the farthest used {farthest:.0%} of its interval"
    return Finding(Verdict.SUPPORTED, summary, domain)


METHOD = "least squares by exact sufficient statistics"


def simulated_risk(claim: Claim, context: Context) -> Finding:
    """Compare the claimed risk with simulated least squares in five configurations."""
    risk = claim.relation("risk").lhs.as_coeff_Mul()[1]
    return compare(claim, str(risk), configurations(), context)


for _claim in (TEACHER_RISK, BASELINE_RISK, CEILING_RISK, STUDENT_RISK, IN_SAMPLE_RISK):
    check(_claim, Tier.SIMULATION, METHOD, rejects=falsifiers_of(_claim.id))(simulated_risk)


@check(
    STUDENT_VARIANCE,
    Tier.SIMULATION,
    METHOD,
    rejects=falsifiers_of(STUDENT_VARIANCE.id),
)
def simulated_variance(claim: Claim, context: Context) -> Finding:
    """Compare the claimed variance with the in-sample risk where the target lies in both spans."""
    return compare(claim, str(ER_IN_SAMPLE), configurations()[:2], context)
