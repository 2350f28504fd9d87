"""Checks and falsifiers of the facts about projections.

Claim: fact.hat-trace.
"""

from __future__ import annotations

from flint import fmpq_mat
from hypothesis import strategies as st
from sympy import Rational

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import holds
from w2s_theory.claim import Claim
from w2s_theory.claims.facts.projections import COLUMNS, HAT_MATRIX_TRACE, HAT_TRACE, trace
from w2s_theory.relations import equal

Rows = tuple[tuple[int, ...], ...]

ONE_LESS = wrong(
    HAT_MATRIX_TRACE,
    "one column less",
    part="trace",
    replacing={trace: equal(HAT_TRACE, COLUMNS - 1)},
)
HUNDREDTH_MORE = wrong(
    HAT_MATRIX_TRACE,
    "1.01 times as much",
    part="trace",
    replacing={trace: equal(HAT_TRACE, Rational(101, 100) * COLUMNS)},
)

register_derivation(HAT_MATRIX_TRACE, rejects=(ONE_LESS, HUNDREDTH_MORE))


def designs() -> st.SearchStrategy[Rows]:
    """Draw matrices of integers with linearly independent columns, those of an identity and others below."""
    entry = st.integers(-5, 5)
    return st.integers(1, 4).flatmap(
        lambda columns: st.lists(st.tuples(*[entry] * columns), max_size=4).map(
            lambda rows: (*(tuple(int(i == j) for j in range(columns)) for i in range(columns)), *rows)
        )
    )


def hat_trace(rows: Rows) -> Rational:
    """Return the trace of Z (Z^T Z)^-1 Z^T, exactly."""
    design = fmpq_mat([list(row) for row in rows])
    hat = design * (design.transpose() * design).inv() * design.transpose()
    total = sum((hat[i, i] for i in range(1, hat.nrows())), hat[0, 0])
    return Rational(int(total.p), int(total.q))


@check(
    HAT_MATRIX_TRACE,
    Tier.PROPERTY,
    "Hypothesis over matrices, in exact arithmetic",
    rejects=(ONE_LESS, HUNDREDTH_MORE),
)
def trace_of_drawn_hat_matrices(claim: Claim, context: Context) -> Finding:
    """Compute the hat matrices of drawn designs and compare their traces with the number of columns."""
    relation = claim.relation("trace")

    def broken(rows: Rows) -> bool:
        return holds(relation, {HAT_TRACE: hat_trace(rows), COLUMNS: Rational(len(rows[0]))}) is False

    found = find_counterexample(
        designs(),
        lambda rows: Trial((0.0,), broken(rows)),
        broken,
        examples=min(context.examples, 300),
        seed=context.seed,
    )
    domain = "1 to 4 columns, up to 4 rows more; integers up to 5; exact"
    if found.counterexample is None:
        return Finding(Verdict.SUPPORTED, f"{found.cases} matrices, equality on all", domain)
    rows = found.counterexample
    witness = {"Z": str(rows), "trace": str(hat_trace(rows))}
    return Finding(Verdict.REFUTED, "the trace differs", domain, witness)
