"""Facts about matrices with Gaussian entries.

fact.inverse-wishart        the mean of a diagonal entry of (Z^T Z)^-1
fact.inverse-wishart-trace  the mean of tr(K (Z^T Z)^-1)
"""

from __future__ import annotations

from sympy import Integral, exp, gamma, oo

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.papers import FACT
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import equal

letters = Topic(__name__)

MEAN_ENTRY, SURPLUS = letters.symbol("T", nonnegative=True), letters.symbol("s", positive=True)
"""The mean of a diagonal entry of (Z^T Z)^-1, and by how much the rows of Z exceed its columns and 1."""
chi_square = letters.symbol("x", positive=True)
density = (
    chi_square ** (SURPLUS / 2) * exp(-chi_square / 2) / (2 ** (SURPLUS / 2 + 1) * gamma(SURPLUS / 2 + 1))
)
mean_inverse = Integral(density / chi_square, (chi_square, 0, oo))
by_schur = equal(MEAN_ENTRY, mean_inverse)
value = equal(mean_inverse, 1 / SURPLUS)

INVERSE_WISHART = Claim(
    id="fact.inverse-wishart",
    title="The mean of an inverse Wishart matrix",
    source=Source(
        FACT, "Muirhead 1982, Aspects of Multivariate Statistical Theory, theorem 3.2.12 and section 3.2.3"
    ),
    provenance=Provenance.TEXTBOOK,
    assumptions=(
        Assumption("Z has k rows and d columns of independent N(0, 1) entries; s = k - d - 1 > 0"),
        Assumption(
            "T the mean of a diagonal entry of (Z^T Z)^-1, which by the Schur complement is 1/chi^2 with k - d + 1 "
            "degrees of freedom: the integral is over the density of chi^2",
            (by_schur,),
        ),
    ),
    states=(Part("mean", equal(MEAN_ENTRY * SURPLUS, 1)),),
    derivation=(
        Step("The integral is a quotient of Gamma functions.", value, Rule.IDENTITY),
        Step("That is the mean.", equal(MEAN_ENTRY * SURPLUS, 1), Rule.IDENTITY, given=(by_schur, value)),
    ),
)

MEAN_TRACE, TRACE, OFF_DIAGONAL = letters.symbols("F", "K_0", "K_1", real=True)
"""The mean of tr(K (Z^T Z)^-1), the trace of K, and what entries off the diagonal contribute to that mean."""
by_entries = equal(MEAN_TRACE, TRACE * MEAN_ENTRY + OFF_DIAGONAL)
by_reflection = equal(OFF_DIAGONAL, -OFF_DIAGONAL)
nothing_off = equal(OFF_DIAGONAL, 0)
mean_trace = equal(MEAN_TRACE * SURPLUS, TRACE)

INVERSE_WISHART_TRACE = Claim(
    id="fact.inverse-wishart-trace",
    title="The mean of the trace of a fixed matrix times an inverse Wishart matrix",
    source=Source(FACT, "Muirhead 1982, Aspects of Multivariate Statistical Theory, section 3.2.3"),
    provenance=Provenance.TEXTBOOK,
    assumptions=(
        *INVERSE_WISHART.assumptions,
        Assumption(
            "F the mean of tr(K (Z^T Z)^-1), K a fixed symmetric matrix of trace K_0: permuting the columns of Z leaves its "
            "law as it is, so that diagonal entries have one mean T, and K_1 is what the others contribute",
            (by_entries,),
        ),
        Assumption(
            "turning the sign of one column of Z leaves its law as it is, and turns the signs of entries off the "
            "diagonal",
            (by_reflection,),
        ),
    ),
    states=(Part("mean", mean_trace),),
    derivation=(
        Step("What is its own opposite is 0.", nothing_off, Rule.IDENTITY, given=(by_reflection,)),
        Step(
            "So only the diagonal counts, each entry with the mean T of an inverse Wishart matrix's.",
            mean_trace,
            Rule.IDENTITY,
            given=(by_entries, nothing_off, cited(INVERSE_WISHART, "mean")),
        ),
    ),
)

CLAIMS = (INVERSE_WISHART, INVERSE_WISHART_TRACE)
