"""Checks and falsifiers of the risks in two subspaces, against simulated least squares.

Claims: id.correlation-dimension, id.teacher, id.sft, id.ceiling, id.variance, id.exact-risk, id.in-sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import sympy
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from scipy import stats
from sympy import Add, Expr, Rational, Sum, cos

from numeric.subspaces.pairs import SubspacePair, aligned_pair, coordinate_pair, spanned_pair
from numeric.subspaces.risks import simulate_ridgeless
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import check_derivation
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsifiers_of, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.risks import (
    BASELINE_RISK,
    CEILING_RISK,
    CORRELATION_DIMENSION,
    GENERAL,
    IN_SAMPLE_RISK,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
    angle,
    angles,
    index,
    smaller,
)
from w2s_theory.geometry.subspaces import TwoSubspaces, correlation_dimension
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
COSINES_NOT_SQUARED = wrong(
    CORRELATION_DIMENSION,
    "cosines in place of their squares",
    part=("trace", "nonnegative", "at-most-smaller"),
    replacing={cos(angles[index]) ** 2: cos(angles[index]), cos(angle) ** 2: cos(angle)},
)
HALF_THE_DIMENSION = wrong(
    CORRELATION_DIMENSION,
    "at most half the smaller dimension",
    part=("trace", "nonnegative", "at-most-smaller"),
    replacing={smaller: smaller / 2},
    throughout=False,
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
    """Compare the claimed mean of a simulated risk with its confidence interval in every configuration."""
    (stated,) = claim.relations
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
        values = runs[variable].values
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
    return compare(claim, str(claim.relation("risk").lhs), configurations(), context)


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


@check(CORRELATION_DIMENSION, Tier.SYMBOLIC, "exact algebra (sympy)", rejects=(COSINES_NOT_SQUARED,))
def bounds_of_the_sum(claim: Claim, _context: Context) -> Finding:
    """Re-check the bounds of the sum of squared cosines; that the trace is this sum is linear algebra."""
    found = check_derivation(claim)
    steps = [step.relation for step in claim.derivation]
    if found.broken is not None or not all(
        claim.relation(name) in steps for name in ("nonnegative", "at-most-smaller")
    ):
        return found
    return Finding(
        Verdict.PROVED,
        "the sum lies in [0, d]",
        found.domain,
        covers="the bounds of the sum",
        parts=claim.ids("nonnegative", "at-most-smaller"),
    )


@dataclass(frozen=True)
class Spans:
    """Bases with rational entries of two spans in R^(d_s + d_w), and the cosines of their principal angles."""

    strong: tuple[tuple[Rational, ...], ...]
    weak: tuple[tuple[Rational, ...], ...]
    cosines: tuple[Rational, ...]


@st.composite
def spans(draw: DrawFn) -> Spans:
    """Draw principal angles with rational cosines, then other bases of the same spans, turned by one reflection."""
    d_s, d_w = (draw(st.integers(1, 3)) for _ in range(2))
    tangents = [draw(st.fractions(0, 1, max_denominator=4)) for _ in range(min(d_s, d_w))]
    size = d_s + d_w
    identity = sympy.eye(size)
    weak = [identity.row(d_s + i) for i in range(d_w)]
    cosines = []
    for i, tangent in enumerate(map(Rational, tangents)):
        cosine, sine = (1 - tangent**2) / (1 + tangent**2), 2 * tangent / (1 + tangent**2)
        weak[i] = cosine * identity.row(i) + sine * identity.row(d_s + i)
        cosines.append(cosine)
    mirror = sympy.Matrix([draw(st.integers(-2, 2)) for _ in range(size - 1)] + [1])
    reflection = identity - 2 * mirror * mirror.T / mirror.dot(mirror)
    bases = []
    for rows in ([identity.row(i) for i in range(d_s)], weak):
        count = len(rows)
        # Triangular with ones on the diagonal, so independent rows stay so.
        mixing = sympy.Matrix(count, count, lambda i, j: int(i == j) if i <= j else draw(st.integers(-2, 2)))
        mixed = mixing * sympy.Matrix.vstack(*rows) * reflection
        bases.append(tuple(tuple(mixed.row(i)) for i in range(count)))
    return Spans(bases[0], bases[1], tuple(cosines))


@check(
    CORRELATION_DIMENSION,
    Tier.PROPERTY,
    "Hypothesis over spans, in exact arithmetic",
    rejects=(COSINES_NOT_SQUARED, HALF_THE_DIMENSION),
)
def trace_of_drawn_spans(claim: Claim, context: Context) -> Finding:
    """Compare tr(P_s P_w), from drawn bases, with the sum over the angles they were built from, and its bounds."""
    claimed = claim.relation("trace").rhs
    sums = set().union(*(relation.atoms(Sum) for relation in claim.relations))

    def value(expression: Expr, drawn: Spans) -> Expr:
        terms = {
            total: Add(*(total.function.subs(cos(angles[index]), cosine) for cosine in drawn.cosines))
            for total in sums
        }
        trace = correlation_dimension(drawn.strong, drawn.weak)
        known = {**terms, D_SW: Rational(int(trace.p), int(trace.q)), smaller: len(drawn.cosines)}
        return expression.xreplace(terms).subs(known)

    def broken(drawn: Spans) -> bool:
        return any(
            part.func(value(part.lhs, drawn), value(part.rhs, drawn)) is not sympy.true
            for part in claim.relations
        )

    found = find_counterexample(
        spans(),
        lambda drawn: Trial((0.0,), broken(drawn)),
        broken,
        examples=min(context.examples, 300),
        seed=context.seed,
    )
    domain = (
        "d_s, d_w = 1, 2, 3; rational cosines, integer mixings of the bases, one rational reflection; exact"
    )
    if found.counterexample is None:
        return Finding(Verdict.SUPPORTED, f"{found.cases} pairs of spans, equality and bounds on all", domain)
    drawn = found.counterexample
    witness = {
        "strong": str(drawn.strong),
        "weak": str(drawn.weak),
        "cosines": str(drawn.cosines),
        "d_sw": str(correlation_dimension(drawn.strong, drawn.weak)),
        str(claimed): str(value(claimed, drawn)),
    }
    return Finding(Verdict.REFUTED, "trace and angles disagree", domain, witness)
