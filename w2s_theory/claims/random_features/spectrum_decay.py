"""How fast the eigenvalues of ReLU random features on the sphere S^{d-1} decay.

rf.spectrum-decay  two-sided bounds, the leading constant, and the law of the eigenvalues in decreasing order
"""

from __future__ import annotations

from sympy import Expr, Integral, Limit, exp, gamma, log, loggamma, oo

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.facts.real_numbers import EXPONENT as POWER
from w2s_theory.claims.facts.real_numbers import LARGER, LOGARITHM, POINT, POWER_ORDER, SMALLER
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.sphere_spectrum import DEGREE, HALF, HARMONICS, UNIFORM, identity
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import at_least, equal, more_than
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.funk_hecke import D
from w2s_theory.sphere.integrals import ReluCoefficient, forms_count

letters = Topic(__name__)

INDEX = letters.symbol("n", integer=True, positive=True)
EVEN_DEGREE = 2 * INDEX + 2
order = 1 + D / 2
gamma_ratio = gamma(INDEX + HALF) / gamma(INDEX + HALF + order)
amplitude = RELU.tail_amplitude(D) ** 2
eigenvalue = amplitude * gamma_ratio**2
lower, upper = RELU.eigenvalue_bounds(D, EVEN_DEGREE)
centre = INDEX + HALF + order / 2
EXPONENT = D + 2
LEADING_CONSTANT = amplitude * 2**EXPONENT
scaled_by_lower, scaled_by_upper = (eigenvalue * base**EXPONENT for base in (centre, INDEX))
y, tau, x, alpha = letters.symbols("y", "tau", "x", "alpha", positive=True)


def log_excess(argument: Expr) -> Expr:
    """Return log(1 + y) - 2 y / (2 + y), which is nonnegative."""
    return log(1 + argument) - 2 * argument / (2 + argument)


def log_deficit(argument: Expr) -> Expr:
    """Return y - log(1 + y), which is nonnegative."""
    return argument - log(1 + argument)


rising_step = order * log(1 + 1 / INDEX) - log(1 + order / (INDEX + HALF))
falling_step = log(1 + order / (INDEX + HALF)) - order * log(1 + 1 / centre)
upper_gap, lower_gap = amplitude - scaled_by_upper, scaled_by_lower - amplitude
RANK = letters.symbol("j", positive=True)
SORTED_EXPONENT = EXPONENT / (D - 1)
law = (gamma(D) * RANK) ** -SORTED_EXPONENT
"""What eigenvalues in decreasing order fall like."""
most, least = (EVEN_DEGREE + D) ** (D - 1), EVEN_DEGREE ** (D - 1)
above_law, below_law = upper * (EVEN_DEGREE + D) ** EXPONENT, lower * EVEN_DEGREE**EXPONENT
rank_upper, rank_lower = at_least(above_law * law, eigenvalue), at_least(eigenvalue, below_law * law)
rank_range = (at_least(most, gamma(D) * RANK), at_least(gamma(D) * RANK, least))
falling_power = more_than(SORTED_EXPONENT, 0)
larger_powers = (
    at_least((EVEN_DEGREE + D) ** EXPONENT, 1 / law),
    at_least(1 / law, EVEN_DEGREE**EXPONENT),
)
inner_variable = letters.symbol("r", nonnegative=True)
total_rise, total_fall = letters.symbols("G", "H", nonnegative=True)
"""By how much the logarithms rise and fall from n on, the sums of what they do from each m to the next."""
grown = scaled_by_upper * (exp(total_rise) - 1), amplitude * (exp(total_fall) - 1)
telescoped = (equal(upper_gap, grown[0]), equal(lower_gap, grown[1]))

SPECTRUM_DECAY = Claim(
    id="rf.spectrum-decay",
    title="How fast the ReLU eigenvalues decay, with constants",
    source=Source(RF, "the spectrum of the ReLU kernel"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        UNIFORM,
        Assumption(
            "lambda_k = s_k^2 at even degrees k = 2n + 2 >= 4, which are all the degrees above 2 with lambda_k > 0"
        ),
        Assumption(
            "G and H the sums over all m >= n of twice what the steps on logarithms show to be nonnegative at every n = m: "
            "from m to m + 1 the logarithm of lambda m^(d+2) rises, and that of lambda (m + 1 + d/4)^(d+2) falls, by as "
            "much; both tend to (Gamma(d/2)/(4 pi))^2 by Stirling's formula, so that exp(G) and exp(H) are the quotients",
            telescoped,
        ),
        Assumption(
            "j the rank of the last eigenvalue of degree k in decreasing order, each as often as it occurs, without degree "
            "1: the number of forms of degree k, by the steps on counting; d >= 2",
            (*rank_range, falling_power),
        ),
    ),
    states=(
        Part("upper", at_least(upper, eigenvalue)),
        Part("lower", at_least(eigenvalue, lower)),
        Part("upper-limit", equal(Limit(upper * EVEN_DEGREE**EXPONENT, INDEX, oo), LEADING_CONSTANT)),
        Part("lower-limit", equal(Limit(lower * EVEN_DEGREE**EXPONENT, INDEX, oo), LEADING_CONSTANT)),
        Part("rank-upper", rank_upper),
        Part("rank-lower", rank_lower),
        Part("rank-limit", equal(Limit(above_law, INDEX, oo), LEADING_CONSTANT)),
    ),
    derivation=(
        identity(
            "The eigenvalue at degree 2n + 2, with a = 1 + d/2.",
            equal(ReluCoefficient(D, EVEN_DEGREE) ** 2, eigenvalue),
        ),
        identity(
            "From one even degree to the next it changes by the square of 1 / (1 + a / (n + 1/2)).",
            equal(eigenvalue.subs(INDEX, INDEX + 1) / eigenvalue, (1 + order / (INDEX + HALF)) ** -2),
        ),
        Step(
            "Hence lambda n^(d+2) rises with n: its logarithm grows by twice this.",
            at_least(rising_step, 0),
            Rule.NONNEGATIVE,
            given=(
                cited(LOGARITHM, "above", {POINT: 1 / INDEX}),
                cited(LOGARITHM, "below", {POINT: order / (INDEX + HALF)}),
            ),
            certificate=(order * log_excess(1 / INDEX), log_deficit(order / (INDEX + HALF))),
        ),
        Step(
            "And lambda (n + 1 + d/4)^(d+2) falls: its logarithm shrinks by twice this.",
            at_least(falling_step, 0),
            Rule.NONNEGATIVE,
            given=(
                cited(LOGARITHM, "above", {POINT: order / (INDEX + HALF)}),
                cited(LOGARITHM, "below", {POINT: 1 / centre}),
            ),
            certificate=(log_excess(order / (INDEX + HALF)), order * log_deficit(1 / centre)),
        ),
        Step(
            "Both tend to (Gamma(d/2) / (4 pi))^2, by Stirling's formula.",
            equal(Limit(loggamma(x) - loggamma(x + alpha) + alpha * log(x), x, oo), 0),
            Rule.LIMIT,
        ),
        *(
            step
            for text, gap, base, total, equality in (
                ("rises", upper_gap, scaled_by_upper, total_rise, telescoped[0]),
                ("falls", lower_gap, amplitude, total_fall, telescoped[1]),
            )
            for step in (
                Step(
                    f"What {text} does so by a factor of at least 1.",
                    at_least(base * (exp(total) - 1), 0),
                    Rule.NONNEGATIVE,
                    certificate=(base * Integral(exp(inner_variable), (inner_variable, 0, total)),),
                ),
                Step("That is its distance to the limit.", at_least(gap, 0), Rule.CHAIN, given=(equality,)),
            )
        ),
        Step(
            "What rises stays below its limit.",
            at_least(upper, eigenvalue),
            Rule.NONNEGATIVE,
            given=(at_least(upper_gap, 0),),
            certificate=(upper_gap * INDEX**-EXPONENT,),
        ),
        Step(
            "What falls stays above it.",
            at_least(eigenvalue, lower),
            Rule.NONNEGATIVE,
            given=(at_least(lower_gap, 0),),
            certificate=(lower_gap * centre**-EXPONENT,),
        ),
        *(
            Step(
                "So lambda_k k^(d+2), squeezed, tends to the same constant.",
                equal(Limit(bound * EVEN_DEGREE**EXPONENT, INDEX, oo), LEADING_CONSTANT),
                Rule.LIMIT,
            )
            for bound in (upper, lower)
        ),
        identity(
            "Counting: the multiplicities of even degrees up to k telescope to the number of forms of degree k.",
            equal(HARMONICS, forms_count(D, DEGREE) - forms_count(D, DEGREE - 2)),
        ),
        identity(
            "That number times Gamma(d) is (k + 1) ... (k + d - 1), between k^(d-1) and (k + d)^(d-1).",
            equal(gamma(D) * forms_count(D, DEGREE), gamma(DEGREE + D) / gamma(DEGREE + 1)),
        ),
        *(
            Step(
                "So is its power with exponent (d + 2)/(d - 1), between k^(d+2) and (k + d)^(d+2).",
                larger_power,
                Rule.CHAIN,
                given=(cited(POWER_ORDER, "powers", {LARGER: more, SMALLER: less, POWER: SORTED_EXPONENT}),),
            )
            for larger_power, more, less in zip(
                larger_powers, (most, gamma(D) * RANK), (gamma(D) * RANK, least), strict=True
            )
        ),
        Step(
            "At rank j the eigenvalue is at most this multiple of (Gamma(d) j)^(-(d+2)/(d-1)).",
            rank_upper,
            Rule.NONNEGATIVE,
            given=(at_least(upper_gap, 0), larger_powers[0]),
            certificate=(
                upper_gap * INDEX**-EXPONENT,
                upper * law * ((EVEN_DEGREE + D) ** EXPONENT - 1 / law),
            ),
        ),
        Step(
            "And at least that one.",
            rank_lower,
            Rule.NONNEGATIVE,
            given=(at_least(lower_gap, 0), larger_powers[1]),
            certificate=(lower_gap * centre**-EXPONENT, lower * law * (1 / law - EVEN_DEGREE**EXPONENT)),
        ),
        Step(
            "Both multiples tend to the constant: the law of the sorted eigenvalues.",
            equal(Limit(above_law, INDEX, oo), LEADING_CONSTANT),
            Rule.LIMIT,
        ),
    ),
)

CLAIMS = (SPECTRUM_DECAY,)
