"""Facts about orthogonal projections.

fact.hat-trace  the trace of a hat matrix
"""

from __future__ import annotations

from sympy import Sum

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import FACT
from w2s_theory.geometry.inner_products import Vector, norm_squared
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import equal

letters = Topic(__name__)

HAT_TRACE, COLUMNS = letters.symbol("H_0", real=True), letters.symbol("p", positive=True)
index = letters.symbol("i", integer=True, positive=True)
unit = norm_squared(Vector.named("u"))
unit_length = equal(unit, 1)
by_basis = equal(HAT_TRACE, Sum(unit, (index, 1, COLUMNS)))
trace = equal(HAT_TRACE, COLUMNS)

HAT_MATRIX_TRACE = Claim(
    id="fact.hat-trace",
    title="The trace of a hat matrix",
    source=Source(
        FACT, "Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning, section 3.2"
    ),
    provenance=Provenance.TEXTBOOK,
    assumptions=(
        Assumption(
            "Z has k rows and p columns, linearly independent; H = Z (Z^T Z)^-1 Z^T projects onto their span"
        ),
        Assumption(
            "H_0 the trace of H, which is the sum of u u^T over an orthonormal basis of that span, p vectors u, each with "
            "tr(u u^T) = ||u||^2 = 1",
            (by_basis, unit_length),
        ),
    ),
    states=(Part("trace", trace),),
    derivation=(
        Step("A sum of p times the same.", equal(by_basis.rhs, COLUMNS * unit), Rule.IDENTITY),
        Step(
            "Every vector of the basis has length 1.",
            trace,
            Rule.IDENTITY,
            given=(by_basis, equal(by_basis.rhs, COLUMNS * unit), unit_length),
        ),
    ),
)

CLAIMS = (HAT_MATRIX_TRACE,)
