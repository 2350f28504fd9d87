"""How fast the fixed point kappa falls as the teacher widens, with its constant.

sharp.kappa-constants  bounds for eigenvalues that decay as a power, and the constant on the sphere
"""

from __future__ import annotations

from sympy import Expr, Integral, Limit, gamma, oo, pi, sin

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.facts.real_numbers import EXPONENT, LARGER, POWER_ORDER, SMALLER
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.spectrum_decay import LEADING_CONSTANT, SORTED_EXPONENT
from w2s_theory.notation.symbols import ALPHA, DIMENSION, KAPPA, M, Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

AMPLITUDE = letters.symbol("A", positive=True)
SPREAD = letters.symbol("delta", nonnegative=True)
EXCEPTIONS = letters.symbol("J", integer=True, nonnegative=True)
"""How many of the largest eigenvalues do not follow the law."""

CAPTURE = pi / ALPHA / sin(pi / ALPHA)
"""The integral of 1/(1 + x^alpha) over x > 0."""


def power_constant(capture: Expr) -> Expr:
    """Return the limit of kappa M^alpha for eigenvalues A j^-alpha."""
    return AMPLITUDE * capture**ALPHA


def upper_bound(capture: Expr) -> Expr:
    """Return the bound of kappa from M <= J + integral."""
    return (1 + SPREAD) * AMPLITUDE * (capture / (M - EXCEPTIONS)) ** ALPHA


def lower_bound(capture: Expr) -> Expr:
    """Return the bound of kappa from M >= integral - (J + 1)."""
    return (1 - SPREAD) * AMPLITUDE * (capture / (M + EXCEPTIONS + 1)) ** ALPHA


sphere_amplitude = LEADING_CONSTANT * gamma(DIMENSION) ** -SORTED_EXPONENT
reflected = 3 / (DIMENSION + 2)
LAW_ON_SPHERE = sphere_amplitude * (pi * (1 - reflected) / sin(pi * reflected)) ** SORTED_EXPONENT
"""The constant of the power law with the sphere's amplitude and exponent; 1/alpha = 1 - 3/(d + 2)."""
SPHERE_CONSTANT = (
    LEADING_CONSTANT
    * (pi / ((DIMENSION + 2) * gamma(DIMENSION - 1) * sin(3 * pi / (DIMENSION + 2)))) ** SORTED_EXPONENT
)


def states_with(capture: Expr, sphere_constant: Expr) -> tuple[Part, ...]:
    """Return the statement for this value of the integral and this constant on the sphere."""
    upper, lower, constant = (form(capture) for form in (upper_bound, lower_bound, power_constant))
    return (
        Part("upper", at_least(upper, KAPPA)),
        Part("lower", at_least(KAPPA, lower)),
        Part("upper-limit", equal(Limit(upper * M**ALPHA, M, oo), (1 + SPREAD) * constant)),
        Part("lower-limit", equal(Limit(lower * M**ALPHA, M, oo), (1 - SPREAD) * constant)),
        Part("sphere", equal(LAW_ON_SPHERE, sphere_constant)),
    )


UPPER, LOWER, POWER_CONSTANT = upper_bound(CAPTURE), lower_bound(CAPTURE), power_constant(CAPTURE)
u, v, s, x = letters.symbols("u", "v", "s", "x", positive=True)
upper_integral, lower_integral = letters.symbols("I_above", "I_below", positive=True)
"""The integral over x > 0 of 1/(1 + kappa x^alpha/B) for B = (1 + delta) A and for B = (1 - delta) A."""
above, below = (1 + SPREAD) * AMPLITUDE, (1 - SPREAD) * AMPLITUDE
followers, all_terms = M - EXCEPTIONS, M + EXCEPTIONS + 1
at_upper, at_lower = (CAPTURE / followers) ** ALPHA, (CAPTURE / all_terms) ** ALPHA
upper_solved, lower_solved = (CAPTURE / each for each in (upper_integral, lower_integral))
solutions = (equal(above * upper_solved**ALPHA, KAPPA), equal(below * lower_solved**ALPHA, KAPPA))
comparison = (at_least(upper_integral, followers), at_least(all_terms, lower_integral))
few_exceptions, small_spread, captures = (
    at_least(followers, 0),
    at_least(1 - SPREAD, 0),
    at_least(sin(pi / ALPHA), 0),
)

KAPPA_CONSTANTS = Claim(
    id="sharp.kappa-constants",
    title="How fast kappa falls with the width, with its constant",
    source=Source(RF, "the rates of section 3 under Gaussian universality"),
    provenance=Provenance.NEW,
    assumptions=(
        Assumption("kappa > 0 solves df1(kappa) = sum_j lambda_j/(lambda_j + kappa) = M"),
        Assumption(
            "alpha > 1, 0 <= delta < 1, J < M: (1 - delta) A j^-alpha <= lambda_j <= (1 + delta) A j^-alpha for all "
            "j > J, lambda_1, ..., lambda_J any numbers >= 0"
        ),
        Assumption("J < M and delta <= 1", (few_exceptions, small_spread)),
        Assumption("sin(pi/alpha) > 0, as alpha > 1", (captures,)),
        Assumption(
            "I_above and I_below the integrals over x > 0 of 1/(1 + kappa x^alpha/B) for B = (1 + delta) A and B = (1 - "
            "delta) A, which are "
            "C (B/kappa)^(1/alpha), solved for kappa",
            solutions,
        ),
        Assumption(
            "given, as the terms of the sum fall (sum-integral comparison): M <= J + I_above and I_below <= M + J + 1",
            comparison,
        ),
        Assumption(
            "on the sphere S^{d-1} with ReLU features: the law of rf.spectrum-decay, where some J serves each delta > 0"
        ),
    ),
    states=states_with(CAPTURE, SPHERE_CONSTANT),
    derivation=(
        Step(
            "The integral of 1/(1 + x^alpha), with u = x^alpha and alpha = 1 + s > 1.",
            equal(
                Integral(u ** (1 / (1 + s) - 1) / (1 + u) / (1 + s), (u, 0, oo)), CAPTURE.subs(ALPHA, 1 + s)
            ),
            Rule.IDENTITY,
        ),
        Step(
            "The terms 1/(1 + kappa j^alpha/B) fall with j, from below 1: a sum over j > J of terms like them is at "
            "most the integral over x > 0, and at least the integral less J + 1.",
            at_least(1 / (1 + u), 1 / (1 + u + v)),
            Rule.NONNEGATIVE,
            certificate=(v / ((1 + u) * (1 + u + v)),),
        ),
        Step(
            "For eigenvalues B j^-alpha the integral is I = C (B/kappa)^(1/alpha), C the one above, so that "
            "kappa = B (C/I)^alpha. With B = (1 + delta) A: the J exceptions count less than 1 each, so I >= M - J.",
            at_least(CAPTURE / followers, upper_solved),
            Rule.NONNEGATIVE,
            given=(comparison[0], few_exceptions, captures),
            certificate=(CAPTURE * (upper_integral - followers) / (upper_integral * followers),),
        ),
        Step("Both are positive.", at_least(upper_solved, 0), Rule.NONNEGATIVE, given=(captures,)),
        Step(
            "Powers keep the order.",
            at_least(UPPER, above * upper_solved**ALPHA),
            Rule.NONNEGATIVE,
            given=(
                cited(
                    POWER_ORDER,
                    "powers",
                    {LARGER: CAPTURE / followers, SMALLER: upper_solved, EXPONENT: ALPHA},
                ),
            ),
            certificate=(above * (at_upper - upper_solved**ALPHA),),
        ),
        Step("That bounds kappa from above.", at_least(UPPER, KAPPA), Rule.CHAIN, given=(solutions[0],)),
        Step(
            "With B = (1 - delta) A: I <= M + J + 1.",
            at_least(lower_solved, CAPTURE / all_terms),
            Rule.NONNEGATIVE,
            given=(comparison[1], captures),
            certificate=(CAPTURE * (all_terms - lower_integral) / (lower_integral * all_terms),),
        ),
        Step("Both are positive.", at_least(CAPTURE / all_terms, 0), Rule.NONNEGATIVE, given=(captures,)),
        Step(
            "Powers keep the order.",
            at_least(below * lower_solved**ALPHA, LOWER),
            Rule.NONNEGATIVE,
            given=(
                cited(
                    POWER_ORDER,
                    "powers",
                    {LARGER: lower_solved, SMALLER: CAPTURE / all_terms, EXPONENT: ALPHA},
                ),
                small_spread,
            ),
            certificate=(below * (lower_solved**ALPHA - at_lower),),
        ),
        Step("That bounds it from below.", at_least(KAPPA, LOWER), Rule.CHAIN, given=(solutions[1],)),
        Step(
            "As M grows, the upper bound settles.",
            equal(Limit(UPPER * M**ALPHA, M, oo), (1 + SPREAD) * POWER_CONSTANT),
            Rule.LIMIT,
        ),
        Step(
            "So does the lower one; where every delta > 0 will do, kappa M^alpha tends to A times the integral^alpha.",
            equal(Limit(LOWER * M**ALPHA, M, oo), (1 - SPREAD) * POWER_CONSTANT),
            Rule.LIMIT,
        ),
        Step(
            "On the sphere 1/alpha = (d-1)/(d+2) = 1 - 3/(d+2).",
            equal(1 / SORTED_EXPONENT, 1 - reflected),
            Rule.IDENTITY,
        ),
        Step("The sine's reflection.", equal(sin(pi * (1 - x)), sin(pi * x)), Rule.IDENTITY),
        Step(
            "And A = C_d Gamma(d)^-alpha by the law of the sorted eigenvalues.",
            equal(LAW_ON_SPHERE, SPHERE_CONSTANT),
            Rule.IDENTITY,
        ),
    ),
)

CLAIMS = (KAPPA_CONSTANTS,)
