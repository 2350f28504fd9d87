"""Checks and falsifiers for the theorems of section 3, on how students improve as their teachers widen.

Claims: rf.thm3.1, rf.thm3.2, rf.thm3.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import (
    Expr,
    Integer,
    Limit,
    Pow,
    Rational,
    S,
    Symbol,
    default_sort_key,
    exp,
    ilcm,
    limit,
    log,
    oo,
    sqrt,
)

from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import first_failure
from proofs_checks.methods.counterexamples import counterexample
from proofs_checks.methods.rate_limits import (
    Case,
    RateLimit,
    climb,
    derive_limits,
    rate_limits,
    recheck_bounds,
)
from proofs_checks.registry import Context, check, wrong
from w2s_theory.claim import Claim, Rule, Step
from w2s_theory.claims.early_stopping import RECOVERED_GAP, STUDENT_LOSS, TEACHER_LOSS
from w2s_theory.claims.random_features.published_exponent import THRESHOLD_EXPONENT
from w2s_theory.claims.random_features.section_3_theorems import (
    CONSTANT_ERROR,
    CONSTANT_ERROR_THEOREM,
    GAP,
    KAPPA_LOWER,
    KAPPA_UPPER,
    LIMIT_ERROR,
    LINEAR_THEOREM,
    RELU_THEOREM,
    SQUARE_ROOT,
    STUDENT_BELOW,
    STUDENT_FLOOR,
    WIDTH,
    ceiling,
    missed_share,
    rest,
    student_ceiling,
    target_share,
    top,
)
from w2s_theory.notation.symbols import (
    DIMENSION,
    FREE_CONSTANT,
    KAPPA,
    L_ST,
    L_TE,
    PGR,
    PSI,
    TIME,
    TOP_MULTIPLICITY,
    M,
    Topic,
)
from w2s_theory.rates.width_scaling import teacher_on_fixed_spectrum, teacher_on_two_levels
from w2s_theory.relations import as_text, equal
from w2s_theory.spectra.families import Sphere
from w2s_theory.spectra.universality import second_degrees_of_freedom
from w2s_theory.sphere.activations import RELU

letters = Topic(__name__)

WIDTH_BY_DF2 = second_degrees_of_freedom((top, rest), KAPPA)
THIRD = Rational(1, 3)
POLYNOMIALS: dict[str, dict[int, Expr]] = {
    "degree 1": {1: S.One},
    "degrees 1, 2 and 4": {1: THIRD, 2: THIRD, 4: THIRD},
    "degrees 0 and 6": {0: S.Half, 6: S.Half},
}
DIMENSIONS = (3, 8, 32)
"""Of spheres; polynomials are given by the mass of each degree."""


def polynomial_cases(_limits: Sequence[RateLimit]) -> list[Case]:
    """Return the targets of each kind, on spheres of several dimensions."""
    return [
        Case(f"d = {d}, target of {name}", {}, teacher_on_fixed_spectrum(Sphere(RELU, Integer(d)), masses))
        for d in DIMENSIONS
        for name, masses in POLYNOMIALS.items()
    ]


EXPONENT_201 = wrong(
    RELU_THEOREM,
    "exponent 2.01 instead of 1.49",
    part="exponent",
    replacing={THRESHOLD_EXPONENT: Rational(201, 100), -THRESHOLD_EXPONENT: -Rational(201, 100)},
)
EXPONENT_149_EXACT = wrong(
    RELU_THEOREM,
    "1.49 as the exact exponent",
    states={"exponent": equal(Limit(STUDENT_LOSS(M) / TEACHER_LOSS(M) ** THRESHOLD_EXPONENT, M, oo), 1)},
)
HALF_THE_GAP = wrong(
    RELU_THEOREM,
    "half of the gap recovered",
    states={"gap": equal(Limit(RECOVERED_GAP(M), M, oo), S.Half)},
)
DIMENSION_SQUARED = wrong(
    LINEAR_THEOREM,
    "d = M^2 at the same psi",
    part=("teacher", "ratio"),
    replacing={M ** Rational(3, 2): M**2},
)
LARGER_PSI = wrong(
    LINEAR_THEOREM,
    "psi = d^(-1/3) instead of d^(-2/3)",
    part=("teacher", "ratio"),
    replacing={1 / M: 1 / sqrt(M)},
    throughout=False,
)
EXPONENT_3_2 = wrong(
    LINEAR_THEOREM,
    "exponent 3/2 instead of 2",
    part="ratio",
    replacing={TEACHER_LOSS(*SQUARE_ROOT) ** -2: TEACHER_LOSS(*SQUARE_ROOT) ** Rational(-3, 2)},
)
SECOND_DEGREES_OF_FREEDOM = wrong(
    LINEAR_THEOREM,
    "df2 instead of df1 in the fixed point",
    part=(),
    replacing={WIDTH: WIDTH_BY_DF2},
)
VARIANCE_SUBTRACTED, VARIANCE_SUBTRACTED_IN_33 = (
    wrong(
        claim,
        "a ceiling from which the variance is subtracted",
        part=(),
        replacing={
            student_ceiling(KAPPA, TIME): 2 * (missed_share(KAPPA) + exp(-TIME)) ** 2
            - student_ceiling(KAPPA, TIME)
        },
    )
    for claim in (LINEAR_THEOREM, CONSTANT_ERROR_THEOREM)
)
ERROR_IS_C = wrong(
    CONSTANT_ERROR_THEOREM,
    "L_TE tends to c",
    part="teacher",
    replacing={LIMIT_ERROR: FREE_CONSTANT},
)
WHOLE_GAP = wrong(
    CONSTANT_ERROR_THEOREM,
    "the whole gap recovered",
    states={"gap": equal(Limit(RECOVERED_GAP(*CONSTANT_ERROR), M, oo), 1)},
)


@check(RELU_THEOREM, Tier.SYMBOLIC, "exact algebra (sympy)", rejects=(EXPONENT_201,))
def relu_bounds(claim: Claim, _context: Context) -> Finding:
    """Re-check the bounds of both losses at finite width, and the limits of their ratios."""
    return recheck_bounds(claim, "bounds of L_ST and L_TE by kappa, whose ratios vanish as kappa -> 0")


@check(
    RELU_THEOREM,
    Tier.SYMBOLIC,
    "calculus of orders",
    rejects=(EXPONENT_201, EXPONENT_149_EXACT, HALF_THE_GAP),
)
def relu_orders(claim: Claim, _context: Context) -> Finding:
    """Derive the limits from the orders of L_TE and of the best L_ST."""
    return derive_limits(claim, polynomial_cases)


@check(
    RELU_THEOREM,
    Tier.PROPERTY,
    "ladder of widths, 160-bit arithmetic",
    rejects=(EXPONENT_201, EXPONENT_149_EXACT, HALF_THE_GAP),
)
def relu_ladder(claim: Claim, _context: Context) -> Finding:
    """Read the limits off a ladder of widths."""
    return climb(claim, polynomial_cases)


def two_level_cases(limits: Sequence[RateLimit]) -> list[Case]:
    """Return the statement's scaling at several multiplicities k, constants c and gaps g."""
    values: list[dict[Symbol, Expr]] = [
        {TOP_MULTIPLICITY: Integer(k), FREE_CONSTANT: c, GAP: g}
        for k, c, g in ((1, THIRD, S.Half), (3, S.One, S.One), (10, Rational(5, 2), Integer(2)))
    ]
    return [_two_level_case(limits[0], at) for at in values]


def _two_level_case(rate: RateLimit, values: dict[Symbol, Expr]) -> Case:
    _, dimension, psi = rate.at(values).arguments
    scaling = {TOP_MULTIPLICITY: values[TOP_MULTIPLICITY], DIMENSION: dimension, PSI: psi}
    used = set().union(*(part.free_symbols for part in rate.arguments)) | {TOP_MULTIPLICITY}
    label = ", ".join(f"{symbol} = {value}" for symbol, value in values.items() if symbol in used)
    return Case(label, values, teacher_on_two_levels(scaling, {1: S.One}))


def _corners(rate: RateLimit) -> list[Step]:
    """Return the limit with explicit bounds in the place of both losses, every lower and upper one.

    An expression monotone in each loss lies between these. The width is a power of x that makes all exponents
    integers.
    """
    x = letters.symbol("x", positive=True)
    powers = [power for part in rate.arguments for power in part.atoms(Pow) if power.base == M]
    width = x ** ilcm(*(power.exp.q for power in powers))
    _, dimension, psi = rate.arguments
    scaling = {DIMENSION: dimension, PSI: psi}
    lower, upper = (missed_share(bound.xreplace(scaling)) for bound in (KAPPA_LOWER, KAPPA_UPPER))
    ceiling = student_ceiling(KAPPA_UPPER, log(M)).xreplace(scaling)
    plain = rate.expression.subs(PGR, (L_TE - L_ST) / L_TE)
    insides = {plain.xreplace({L_TE: te, L_ST: st}) for te in (lower, upper) for st in (lower**2, ceiling)}
    return [
        Step(str(rate), equal(Limit(inside.subs(M, width), x, oo), rate.value), Rule.LIMIT)
        for inside in sorted(insides, key=default_sort_key)
    ]


def _common_arguments(limits: Sequence[RateLimit]) -> tuple[Expr, ...]:
    if len({each.arguments for each in limits}) > 1:
        raise ValueError("the statement's limits are at different scalings")
    return limits[0].arguments


def prove(claim: Claim, steps: Sequence[Step], how: str) -> Finding:
    """Re-check the claim's bounds of L_ST and kappa at finite width, and then the steps that take their limits."""
    found = recheck_bounds(claim, "")
    if found.verdict is not Verdict.PROVED:
        return found
    shown = [step.relation for step in claim.derivation]
    for bound in (STUDENT_FLOOR, STUDENT_BELOW):
        if bound not in shown:
            return Finding(Verdict.UNDECIDED, f"no step shows {as_text(bound)}", found.domain)
    number = first_failure(steps)
    if number is None:
        return replace(found, summary=f"{found.summary}; {len(steps)} {how}")
    witness = counterexample(steps[number].relation)
    verdict = Verdict.UNDECIDED if witness is None else Verdict.REFUTED
    return Finding(verdict, f"does not re-check: {steps[number].text}", found.domain, witness)


@check(
    LINEAR_THEOREM,
    Tier.SYMBOLIC,
    "bounds at finite width, and their limits (sympy)",
    rejects=(DIMENSION_SQUARED, LARGER_PSI, EXPONENT_3_2, SECOND_DEGREES_OF_FREEDOM, VARIANCE_SUBTRACTED),
)
def linear_squeeze(claim: Claim, _context: Context) -> Finding:
    """Prove the limits for every k by the limits of explicit bounds, at the stopping time log M."""
    steps = [step for limit in rate_limits(claim) for step in _corners(limit.only_here)]
    return prove(claim, steps, "limits of bounds, by sympy and at 80 digits")


@check(
    CONSTANT_ERROR_THEOREM,
    Tier.SYMBOLIC,
    "bounds at finite width, and their limits (sympy)",
    rejects=(ERROR_IS_C, WHOLE_GAP, VARIANCE_SUBTRACTED_IN_33),
)
def constant_error_squeeze(claim: Claim, _context: Context) -> Finding:
    """Prove the limits for every k, c and g: kappa has one, and what the ceiling adds to q^2 vanishes at t = log M."""
    limits = [each.only_here for each in rate_limits(claim)]
    _, dimension, psi = _common_arguments(limits)
    scaling = {DIMENSION: dimension, PSI: psi}
    kappa = limit(KAPPA_UPPER.xreplace(scaling), M, oo)
    limiting = {
        "kappa's upper bound": (KAPPA_UPPER, kappa),
        "kappa's lower bound": (KAPPA_LOWER, kappa),
        "the target's share of the variance": (target_share(KAPPA), S.Zero),
        "t psi": (log(M) * PSI, S.Zero),
        "exp(-t)": (1 / M, S.Zero),
    }
    steps = [
        Step(name, equal(Limit(part.xreplace(scaling), M, oo), value), Rule.LIMIT)
        for name, (part, value) in limiting.items()
    ]
    missed = missed_share(kappa)
    least = ceiling(missed, S.Zero, S.Zero, S.Zero)
    at_limit = {PGR: (missed - least) / missed, L_TE: missed, L_ST: least}
    steps.append(Step("the ceiling tends to the floor", equal(least, missed**2), Rule.IDENTITY))
    steps += [
        Step(str(each), equal(each.expression.xreplace(at_limit), each.value), Rule.IDENTITY)
        for each in limits
    ]
    return prove(
        claim, steps, "steps on what the losses are continuous in: kappa, the share, t psi and exp(-t)"
    )


def linear_orders(claim: Claim, _context: Context) -> Finding:
    """Derive the limits from the orders of L_TE and of the best L_ST."""
    return derive_limits(claim, two_level_cases)


def linear_ladder(claim: Claim, _context: Context) -> Finding:
    """Read the limits off a ladder of widths."""
    return climb(claim, two_level_cases)


for _theorem, _twins in (
    (LINEAR_THEOREM, (DIMENSION_SQUARED, LARGER_PSI, EXPONENT_3_2)),
    (CONSTANT_ERROR_THEOREM, (ERROR_IS_C, WHOLE_GAP)),
):
    check(_theorem, Tier.SYMBOLIC, "calculus of orders", rejects=_twins)(linear_orders)
    check(_theorem, Tier.PROPERTY, "ladder of widths, 160-bit arithmetic", rejects=_twins)(linear_ladder)
