"""Checks and falsifiers of the Bregman decompositions of gap and misfit, on random finite laws.

Claims: bv.three-point, bv.gap-dual, bv.gap-primal, bv.posterior-mean, bv.bias-variance, bv.misfit-split.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any

import numpy as np
import sympy
from sympy import Dummy, Eq, Integer, Rational
from sympy.core.relational import Relational

from proofs_checks.drawn.finite_laws import LOSSES, FiniteLaw, LawValues, in_balls, in_floats, random_law
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import check_derivation
from proofs_checks.registry import CheckFunction, Context, check, falsifiers_of, wrong
from w2s_theory.balls import excludes, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.decompositions import (
    BIAS_VARIANCE,
    CLAIMS,
    DUAL_MISMATCH,
    GAP_DUAL,
    GAP_PRIMAL,
    MISFIT_SPLIT,
    POSTERIOR_MEAN_TEACHER,
    PRIMAL_MISMATCH,
    SLOPE_MISMATCH,
    SPREAD,
    THREE_POINT,
)
from w2s_theory.divergences.bregman import Bregman
from w2s_theory.divergences.formal import (
    DUAL_MEAN,
    MEAN,
    POSTERIOR_DUAL_MEAN,
    POSTERIOR_MEAN,
    STUDENT,
    TARGET,
    TEACHER,
    Divergence,
    Mismatch,
    terms,
)
from w2s_theory.geometry.inner_products import SquaredNorm
from w2s_theory.relations import as_text

ROUNDING = 1e-9
"""Relative to its terms, by how much a relation may fail in floating point before ball arithmetic examines it."""
TINY = 1e-3
"""Added to the size of the terms, since only rounding errors are left where all terms vanish."""
BITS = 192

Case = tuple[Bregman, FiniteLaw]


def expected(first: str, second: str) -> sympy.Symbol:
    """Return the symbol of an expected divergence."""
    return Divergence(first, second).symbol


NO_CROSS_TERM = wrong(
    THREE_POINT,
    "no cross term",
    part="identity",
    replacing={SLOPE_MISMATCH.symbol: Integer(0)},
)
CROSS_TERM_NEGATED = wrong(
    THREE_POINT,
    "the cross term with the other sign",
    part="identity",
    replacing={SLOPE_MISMATCH.symbol: -SLOPE_MISMATCH.symbol},
)
MISFIT_EXCHANGED = wrong(
    THREE_POINT,
    "the misfit with its arguments exchanged",
    part="identity",
    replacing={Divergence(STUDENT, TEACHER, False).symbol: Divergence(TEACHER, STUDENT, False).symbol},
)
MEAN_FOR_DUAL_MEAN = wrong(
    GAP_DUAL,
    "the mean in place of the dual mean",
    part="gap",
    replacing={DUAL_MISMATCH.symbol: Mismatch((STUDENT, POSTERIOR_MEAN), (TARGET, STUDENT)).symbol},
)
DUAL_GAP_IS_MISFIT = wrong(
    GAP_DUAL,
    "gap equals misfit for every student",
    part="gap",
    replacing={DUAL_MISMATCH.symbol: Integer(0)},
)
DUAL_MEAN_FOR_MEAN = wrong(
    GAP_PRIMAL,
    "the dual mean in place of the mean",
    part="gap",
    replacing={PRIMAL_MISMATCH.symbol: Mismatch((STUDENT, TARGET), (POSTERIOR_DUAL_MEAN, STUDENT)).symbol},
)
PRIMAL_GAP_IS_MISFIT = wrong(
    GAP_PRIMAL,
    "gap equals misfit for every student",
    part="gap",
    replacing={PRIMAL_MISMATCH.symbol: Integer(0)},
)
REVERSE_MISFIT_EXCHANGED = wrong(
    GAP_PRIMAL,
    "the misfit with its arguments exchanged",
    part="gap",
    replacing={expected(TEACHER, STUDENT): expected(STUDENT, TEACHER)},
)
STUDENT_IS_MEAN = wrong(
    POSTERIOR_MEAN_TEACHER,
    "a student that is the mean where the dual mean is needed",
    part="dual",
    replacing={
        expected(TARGET, POSTERIOR_DUAL_MEAN): expected(TARGET, POSTERIOR_MEAN),
        expected(POSTERIOR_DUAL_MEAN, TEACHER): expected(POSTERIOR_MEAN, TEACHER),
    },
)
STUDENT_IS_DUAL_MEAN = wrong(
    POSTERIOR_MEAN_TEACHER,
    "a student that is the dual mean where the mean is needed",
    part="primal",
    replacing={
        expected(POSTERIOR_MEAN, TARGET): expected(POSTERIOR_DUAL_MEAN, TARGET),
        expected(TEACHER, POSTERIOR_MEAN): expected(TEACHER, POSTERIOR_DUAL_MEAN),
    },
)
STUDENT_IS_NO_MEAN = wrong(
    POSTERIOR_MEAN_TEACHER,
    "a student that is no posterior mean",
    part="dual",
    replacing={
        expected(TARGET, POSTERIOR_DUAL_MEAN): expected(TARGET, STUDENT),
        expected(POSTERIOR_DUAL_MEAN, TEACHER): expected(STUDENT, TEACHER),
    },
)
SPLIT_BY_MEAN = wrong(
    BIAS_VARIANCE,
    "the mean in place of the dual mean",
    part="dual",
    replacing={
        expected(TARGET, DUAL_MEAN): expected(TARGET, MEAN),
        expected(DUAL_MEAN, TEACHER): expected(MEAN, TEACHER),
    },
)
SPLIT_BY_DUAL_MEAN = wrong(
    BIAS_VARIANCE,
    "the dual mean in place of the mean",
    part="primal",
    replacing={
        expected(MEAN, TARGET): expected(DUAL_MEAN, TARGET),
        expected(TEACHER, MEAN): expected(TEACHER, DUAL_MEAN),
    },
)
VARIANCE_EXCHANGED = wrong(
    BIAS_VARIANCE,
    "the variance with its arguments exchanged",
    part="dual",
    replacing={expected(DUAL_MEAN, TEACHER): expected(TEACHER, DUAL_MEAN)},
)
MEAN_OF_ALL_STUDENTS = wrong(
    MISFIT_SPLIT,
    "the teacher's mean whatever the student says",
    part="dual",
    replacing={
        expected(STUDENT, POSTERIOR_DUAL_MEAN): expected(STUDENT, DUAL_MEAN),
        expected(POSTERIOR_DUAL_MEAN, TEACHER): expected(DUAL_MEAN, TEACHER),
    },
)
HALF_THE_SPREAD = wrong(
    MISFIT_SPLIT,
    "half of the spread",
    part="squared",
    replacing={SPREAD: Rational(1, 2) * SPREAD},
)


@dataclass(frozen=True)
class Measured:
    """A relation on a law: its terms, and left minus right as a function of their values."""

    relation: Relational
    terms: tuple[Divergence | Mismatch | SquaredNorm, ...]
    gap: Callable[..., Any]

    @classmethod
    def of(cls, relation: Relational) -> Measured:
        """Return a relation whose symbols stand for divergences and inner products of named points."""
        norms = {norm: Dummy() for norm in relation.atoms(SquaredNorm)}
        named = {symbol: terms()[symbol] for symbol in relation.free_symbols if symbol in terms()}
        difference = (relation.lhs - relation.rhs).xreplace(norms)
        names = sorted([*named, *norms.values()], key=str)
        meaning = {**named, **{dummy: norm for norm, dummy in norms.items()}}
        return cls(
            relation,
            tuple(meaning[name] for name in names),
            sympy.lambdify(names, difference, modules=[{}]),
        )

    def slack(self, values: LawValues) -> tuple[Any, Any]:
        """Return left minus right, and the size of the terms that it is the difference of."""
        found = [values.value(term) for term in self.terms]
        size = sum(abs(value) for value in found)
        return self.gap(*found), size**2 if isinstance(self.relation, sympy.Ge) else size

    def broken(self, case: Case) -> bool:
        """Return whether the relation is false on a law, in ball arithmetic."""
        loss, law = case
        with precision(BITS):
            gap, _size = self.slack(LawValues(loss, law, in_balls(loss)))
            return excludes(self.relation, gap)

    def excess(self, case: Case) -> float:
        """Return by how much the relation is violated on a law in floating point, relative to its terms."""
        loss, law = case
        gap, size = self.slack(LawValues(loss, law, in_floats(loss)))
        says_positive = isinstance(self.relation, (sympy.Ge, sympy.Gt))
        over = abs(gap) if isinstance(self.relation, Eq) else -gap if says_positive else gap
        return float(over) / float(size + TINY)


def examined(parts: Sequence[Measured], cases: Sequence[Case], domain: str) -> Finding:
    """Look for a part that is false on one of the cases, the simplest first; ball arithmetic decides."""
    suspects = []
    largest = -np.inf
    for case in cases:
        excesses = [part.excess(case) for part in parts]
        largest = max(largest, *excesses)
        suspects += [(case, part) for part, excess in zip(parts, excesses, strict=True) if excess > ROUNDING]
    for case, part in sorted(suspects, key=_complexity):
        if part.broken(case):
            return refuted(part, case, domain)
    summary = f"{len(cases)} laws, none against it; largest relative excess {largest:.1e}"
    return Finding(Verdict.SUPPORTED, summary, domain)


def _complexity(suspect: tuple[Case, Measured]) -> tuple[int, int]:
    (_loss, law), _part = suspect
    return len(law.weights), len("".join(law.described().values()))


def refuted(part: Measured, case: Case, domain: str) -> Finding:
    """Return the finding that a relation is false on a law."""
    loss, law = case
    gap, _size = part.slack(LawValues(loss, law, in_floats(loss)))
    witness = {"loss": loss.name, **law.described(), "left - right": f"{gap:.12g}"}
    return Finding(Verdict.REFUTED, f"false on a finite law: {as_text(part.relation)}", domain, witness)


LOSS_NAMES = ", ".join(loss.name for loss in LOSSES)


def drawn_cases(context: Context, atoms: int) -> list[Case]:
    """Draw a law of one to `atoms` atoms in two or three coordinates, loss after loss."""
    generator = np.random.default_rng(context.seed)
    losses = islice(cycle(LOSSES), context.examples)
    return [
        (
            loss,
            random_law(loss, generator, int(generator.integers(1, atoms + 1)), int(generator.integers(2, 4))),
        )
        for loss in losses
    ]


def on_drawn_laws(claim: Claim, context: Context) -> Finding:
    """Examine the statement on drawn laws of five losses, one of a user; on single points where it has no expectation."""
    named = [terms().get(symbol) for symbol in claim.free_symbols]
    single = any(isinstance(term, Divergence) and not term.expected for term in named)
    which = (
        "points"
        if single
        else "joint laws of up to 4 atoms, two targets and two students, dependent ones too"
    )
    parts = [Measured.of(part) for part in claim.relations]
    return examined(parts, drawn_cases(context, 1 if single else 4), f"{which}; {LOSS_NAMES}")


def by_algebra(claim: Claim, context: Context, otherwise: CheckFunction) -> Finding:
    """Re-check the derivation by exact algebra; where a step fails, look for a witness among drawn cases."""
    found = check_derivation(claim)
    if found.broken is None or found.witness is not None:
        return found
    drawn = otherwise(claim, context)
    return replace(drawn, broken=found.broken) if drawn.verdict is Verdict.REFUTED else found


def for_any_generator(claim: Claim, context: Context) -> Finding:
    """Re-check the derivation, which leaves the generator, the law and the space open."""
    return by_algebra(claim, context, on_drawn_laws)


for _claim in CLAIMS:
    _twins = falsifiers_of(_claim.id)
    check(_claim, Tier.SYMBOLIC, "exact algebra (sympy), any generator", rejects=_twins)(for_any_generator)
    check(_claim, Tier.PROPERTY, "drawn finite laws, re-checked in ball arithmetic", rejects=_twins)(
        on_drawn_laws
    )
