"""Facts about real numbers and elementary functions.

fact.power-order  roots and powers keep the order of nonnegative numbers
fact.logarithm    the logarithm between two simple functions
"""

from __future__ import annotations

from sympy import Integral, log, sqrt

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import FACT
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import at_least

letters = Topic(__name__)

LARGER, SMALLER = letters.symbol("x", real=True), letters.symbol("y", nonnegative=True)
EXPONENT = letters.symbol("a", positive=True)
between = letters.symbol("s", nonnegative=True)
ordered = at_least(LARGER, SMALLER)
roots = at_least(sqrt(LARGER), sqrt(SMALLER))
powers = at_least(LARGER**EXPONENT, SMALLER**EXPONENT)
not_negative = at_least(LARGER, 0)

POWER_ORDER = Claim(
    id="fact.power-order",
    title="Roots and powers keep the order",
    source=Source(FACT, "Rudin 1976, Principles of Mathematical Analysis, chapter 1"),
    provenance=Provenance.TEXTBOOK,
    assumptions=(Assumption("x >= y >= 0 and a > 0", (ordered,)),),
    states=(Part("roots", roots), Part("powers", powers)),
    derivation=(
        Step(
            "The larger is not negative.",
            not_negative,
            Rule.NONNEGATIVE,
            (ordered,),
            (LARGER - SMALLER, SMALLER),
        ),
        Step(
            "The roots differ by an integral of the derivative.",
            roots,
            Rule.NONNEGATIVE,
            given=(ordered, not_negative),
            certificate=(Integral(1 / (2 * sqrt(between)), (between, SMALLER, LARGER)),),
        ),
        Step(
            "The powers differ by an integral of the derivative.",
            powers,
            Rule.NONNEGATIVE,
            given=(ordered,),
            certificate=(Integral(EXPONENT * between ** (EXPONENT - 1), (between, SMALLER, LARGER)),),
        ),
    ),
)

POINT = letters.symbol("z", positive=True)
inner_variable = letters.symbol("r", nonnegative=True)
above = at_least(log(1 + POINT) - 2 * POINT / (2 + POINT), 0)
below = at_least(POINT - log(1 + POINT), 0)

LOGARITHM = Claim(
    id="fact.logarithm",
    title="The logarithm between two simple functions",
    source=Source(FACT, "Mitrinovic 1970, Analytic Inequalities, section 3.6"),
    provenance=Provenance.TEXTBOOK,
    assumptions=(Assumption("z > 0"),),
    states=(Part("above", above), Part("below", below)),
    derivation=(
        Step(
            "The logarithm lies above 2z / (2 + z).",
            above,
            Rule.NONNEGATIVE,
            certificate=(
                Integral(
                    inner_variable**2 / ((1 + inner_variable) * (2 + inner_variable) ** 2),
                    (inner_variable, 0, POINT),
                ),
            ),
        ),
        Step(
            "The logarithm lies below z.",
            below,
            Rule.NONNEGATIVE,
            certificate=(Integral(inner_variable / (1 + inner_variable), (inner_variable, 0, POINT)),),
        ),
    ),
)

CLAIMS = (POWER_ORDER, LOGARITHM)
