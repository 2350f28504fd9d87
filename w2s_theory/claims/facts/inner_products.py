"""Facts about vectors of an inner-product space.

fact.cauchy-schwarz  an inner product against the lengths of its vectors
"""

from __future__ import annotations

from sympy import Abs

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.facts.real_numbers import LARGER, POWER_ORDER, SMALLER
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
lengths = (equal(first_norm, FIRST_LENGTH**2), equal(second_norm, SECOND_LENGTH**2))
squared_lengths = at_least((FIRST_LENGTH * SECOND_LENGTH) ** 2, product**2)

CAUCHY_SCHWARZ = Claim(
    id="fact.cauchy-schwarz",
    title="The Cauchy-Schwarz inequality",
    source=Source(FACT, "Steele 2004, The Cauchy-Schwarz Master Class, chapter 1"),
    provenance=Provenance.TEXTBOOK,
    assumptions=(
        Assumption("u and v vectors of any real inner-product space"),
        Assumption(
            "U and V their lengths",
            lengths,
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
            "That in lengths.",
            squared_lengths,
            Rule.NONNEGATIVE,
            given=(squared, *lengths),
            certificate=(first_norm * second_norm - product**2,),
        ),
        Step("A number is at most its absolute value.", at_least(Abs(product), product), Rule.NONNEGATIVE),
        Step(
            "Roots keep the order.",
            by_lengths,
            Rule.CHAIN,
            given=(
                cited(
                    POWER_ORDER, "roots", {LARGER: (FIRST_LENGTH * SECOND_LENGTH) ** 2, SMALLER: product**2}
                ),
            ),
        ),
    ),
)

CLAIMS = (CAUCHY_SCHWARZ,)
