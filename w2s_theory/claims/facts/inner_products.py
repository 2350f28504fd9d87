"""Facts about vectors of an inner-product space.

fact.cauchy-schwarz  an inner product against the lengths of its vectors
"""

from __future__ import annotations

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import FACT
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

U, V = Vector.named("u"), Vector.named("v")
FIRST_LENGTH, SECOND_LENGTH = letters.symbols("U", "V", nonnegative=True)
first_norm, second_norm, product = SquaredNorm.of(U), SquaredNorm.of(V), inner(U, V)
squared = at_least(first_norm * second_norm, product**2)
by_lengths = at_least(FIRST_LENGTH * SECOND_LENGTH, product)

CAUCHY_SCHWARZ = Claim(
    id="fact.cauchy-schwarz",
    title="The Cauchy-Schwarz inequality",
    source=Source(FACT, "Steele 2004, The Cauchy-Schwarz Master Class, chapter 1"),
    provenance=Provenance.TEXTBOOK,
    assumptions=(
        Assumption("u and v vectors of any real inner-product space"),
        Assumption(
            "U and V their lengths",
            (equal(first_norm, FIRST_LENGTH**2), equal(second_norm, SECOND_LENGTH**2)),
        ),
    ),
    states=(Part("squared", squared), Part("lengths", by_lengths)),
    derivation=(
        Step(
            "The difference, times ||v||^2, is the squared norm of ||v||^2 u - <u, v> v; if v = 0, both sides are 0.",
            squared,
            Rule.NONNEGATIVE,
            certificate=(SquaredNorm.of(second_norm * U - product * V) / second_norm,),
        ),
        Step(
            "Without squares: 2 U V times the difference is the squared norm of V u - U v; if a length is 0, "
            "both sides are.",
            by_lengths,
            Rule.NONNEGATIVE,
            given=(equal(first_norm, FIRST_LENGTH**2), equal(second_norm, SECOND_LENGTH**2)),
            certificate=(
                SquaredNorm.of(SECOND_LENGTH * U - FIRST_LENGTH * V) / (2 * FIRST_LENGTH * SECOND_LENGTH),
            ),
        ),
    ),
)

CLAIMS = (CAUCHY_SCHWARZ,)
