"""Checks, falsifiers and tie of the correlation dimension of two subspaces.

Claim: id.correlation-dimension.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from sympy import Add, Expr, Rational, Sum, cos

from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import check_derivation
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Open, Proved, Refutation, Tie
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.correlation_dimension import (
    CORRELATION_DIMENSION,
    angle,
    angles,
    index,
    smaller,
)
from w2s_theory.geometry.subspaces import correlation_dimension
from w2s_theory.notation.symbols import D_SW

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


# Tie of id.correlation-dimension to theories/claims/intrinsic_dimension/correlation_dimension.v.
CORRELATION_TIE = Tie(
    CORRELATION_DIMENSION,
    context="(angle : nat -> R) (d : nat)",
    theories=("finite_sums",),
    names={angles: "angle"},
    naturals={smaller: "d"},
    parts={
        "nonnegative": Proved(
            "intrinsic_dimension.correlation_dimension.id_correlation_dimension_nonnegative",
            refutations=(
                Refutation(
                    COSINES_NOT_SQUARED,
                    "intrinsic_dimension.correlation_dimension.not_id_correlation_dimension_without_squares",
                    {"theta_1": "pi", "d": "1"},
                ),
            ),
        ),
        "at-most-smaller": Proved(
            "intrinsic_dimension.correlation_dimension.id_correlation_dimension_at_most_smaller_dimension"
        ),
        "trace": Open("that the trace d_sw is the sum of the squared cosines"),
    },
)

TIES = (CORRELATION_TIE,)
