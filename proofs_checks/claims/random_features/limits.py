"""Checks and falsifiers of the limits of weak-to-strong learning.

Claims: rf.thm4.1, rf.cor1, rf.thm4.2, rf.cor2, rf.summary-eta.
"""

from __future__ import annotations

from dataclasses import replace

import sympy
import xarray as xr
from sympy import Eq, Expr, Ge, Integer, Rational

from proofs_checks.bounds.models import build_model
from proofs_checks.claims.random_features.shrinkage_optimality import FLOW, FLOW_RANGE, PLANE
from proofs_checks.claims.shared_checks import (
    decide_in_coordinates,
    decide_on_model,
    register_derivation,
)
from proofs_checks.drawn.networks import Network, search_draws
from proofs_checks.drawn.strategies import chains
from proofs_checks.drawn.student_chains import (
    CHAIN_DOMAIN,
    FLOW_DOMAIN,
    RESCALED_DOMAIN,
    search_students,
)
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import broken_derivation
from proofs_checks.methods.decision import Answer, solve
from proofs_checks.methods.reading import about, least_of
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import holds
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.limits import (
    BOOTSTRAPPING_LIMITATION,
    BOUNDED_LIMITATION,
    GARBLED_SUMMARY,
    GENERAL_LIMITATION,
    GRADIENT_FLOW_LIMITATION,
    LINK,
    NEXT_LINK,
    quarter,
    three_quarters,
)
from w2s_theory.geometry.inner_products import inner, norm_squared
from w2s_theory.geometry.shrinkage import limit_curve
from w2s_theory.notation.symbols import CONSTANT, EIGENVALUE, EXCESS, L_ST, L_TE, TIME, Topic

letters = Topic(__name__)

x, y, z, u, a, b = letters.symbols("x", "y", "z", "u", "a", "b", real=True)
NETWORKS = (
    Network(4, 64, "degree:1"),
    Network(4, 500, "degree:1"),
    Network(6, 100, "degree:1,2"),
    Network(16, 64, "degree:0,1"),
    Network(8, 32, "degree:1", student_width=512),
)

THREE_QUARTERS_TOO_LARGE, THREE_QUARTERS_IS_1 = (
    wrong(
        GENERAL_LIMITATION,
        f"constant {words} instead of 3/4",
        part="quadratic",
        replacing={three_quarters: constant * L_TE**2},
    )
    for words, constant in (("0.76", Rational(19, 25)), ("1", Integer(1)))
)
EXPONENT_19 = wrong(
    GRADIENT_FLOW_LIMITATION,
    "exponent 1.9 instead of 2",
    part="quadratic",
    replacing={three_quarters: Rational(3, 4) * L_TE ** Rational(19, 10)},
)
FILTER_BELOW_HALF = wrong(
    GRADIENT_FLOW_LIMITATION,
    "gradient flow's filter stays below 1/2",
    part="filter",
    replacing={1 - sympy.exp(-TIME * EIGENVALUE): 1 - 2 * sympy.exp(-TIME * EIGENVALUE)},
)
QUARTER_TOO_LARGE = wrong(
    BOUNDED_LIMITATION,
    "constant 0.26 instead of 1/4",
    part="quadratic",
    replacing={quarter: Rational(13, 50) * L_TE**2},
)
THREE_QUARTERS_FOR_CHAINS = wrong(
    BOOTSTRAPPING_LIMITATION,
    "Theorem 4.1's constant 3/4 for every chain",
    part="quadratic",
    replacing={quarter: three_quarters},
)
LINKS_LOSE_HALF = wrong(
    BOOTSTRAPPING_LIMITATION,
    "each link loses half its squared norm",
    part="links",
    replacing={
        norm_squared(LINK) - norm_squared(NEXT_LINK): norm_squared(LINK) / 2 - norm_squared(NEXT_LINK)
    },
)
EXPONENT_2 = wrong(
    GARBLED_SUMMARY,
    "exponent 2, which the best student does meet",
    part="bound",
    replacing={EXCESS + 2: Integer(2), L_TE ** (-EXCESS): Integer(1)},
)

register_derivation(GENERAL_LIMITATION, rejects=(THREE_QUARTERS_TOO_LARGE, THREE_QUARTERS_IS_1))
register_derivation(GRADIENT_FLOW_LIMITATION, rejects=(FILTER_BELOW_HALF,))
register_derivation(BOUNDED_LIMITATION, rejects=(QUARTER_TOO_LARGE,))
register_derivation(BOOTSTRAPPING_LIMITATION, rejects=(LINKS_LOSE_HALF,))


BOTH = ("quadratic", "curve")
"""The lower bounds of L_ST, the simpler one first."""


def floors(claim: Claim, *names: str) -> list[Expr]:
    """Return the functions of L_TE that the parts with these names say L_ST is at least."""
    return [least_of(claim, name, L_ST) for name in names]


@check(
    GENERAL_LIMITATION,
    Tier.DECISION,
    "z3 in real coordinates",
    rejects=(THREE_QUARTERS_TOO_LARGE, THREE_QUARTERS_IS_1),
)
def limitation_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide both bounds in R^3, and the ratio on the tight curve as an identity in tau.

    The bounds depend only on the Gram matrix of f*, f_TE and f_ST; three vectors span at most three
    dimensions, so R^3 covers every dimension. The origin is the centre f_TE/2 of the student's ball, of radius b/2
    with b^2 = 1 - L_TE, and the first axis points at f*, which lies at distance a/2 with a^2 = 1 + 3 L_TE.
    """
    space = {L_ST: (a / 2 - x) ** 2 + y**2 + z**2, L_TE: 1 - b**2}
    given = (Eq(a**2 + 3 * b**2, 4), a >= 1, b >= 0, x**2 + y**2 + z**2 <= b**2 / 4)
    domain = "L_TE = 1 - b^2 in [0, 1]; f*, f_TE and f_ST in R^3, which covers every dimension"
    return decide_in_coordinates(claim.relations, space, given, domain, context.seconds)


@check(
    GENERAL_LIMITATION,
    Tier.PROPERTY,
    "Hypothesis over teachers and students",
    rejects=(THREE_QUARTERS_TOO_LARGE, THREE_QUARTERS_IS_1),
)
def limitation_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search students of every learning rule for one below the bounds."""
    return about(claim, BOTH, search_students(floors(claim, *BOTH), chains(), context), "the two bounds")


@check(
    GRADIENT_FLOW_LIMITATION,
    Tier.DECISION,
    "z3 in real coordinates",
    rejects=(EXPONENT_19, FILTER_BELOW_HALF),
)
def flow_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide that gradient flow's filter is in [0, 1], and the bound on the model of shrinkage-optimal students."""
    filters = [claim.relation("filter")]
    first = decide_in_coordinates(filters, FLOW, FLOW_RANGE, "e = exp(-t lambda) in (0, 1]", context.seconds)
    if first.verdict is not Verdict.PROVED:
        return first
    return decide_on_model(build_model("shrinkage"), [claim.relation("quadratic")], context)


@check(
    GRADIENT_FLOW_LIMITATION, Tier.PROPERTY, "Hypothesis over gradient-flow students", rejects=(EXPONENT_19,)
)
def flow_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search teachers, kernels and stopping times for a gradient-flow student below the bound."""
    found = search_students(floors(claim, "quadratic"), chains(kind="flow"), context, FLOW_DOMAIN)
    return about(claim, ("quadratic",), found, "the bound")


@check(
    GRADIENT_FLOW_LIMITATION,
    Tier.SIMULATION,
    "exact population simulation of ReLU networks",
    rejects=(EXPONENT_19,),
)
def flow_of_simulated_networks(claim: Claim, context: Context) -> Finding:
    """Compare every draw of simulated ReLU networks, at every stopping time, with the bound."""
    limit = sympy.lambdify(L_TE, least_of(claim, "quadratic", L_ST), "numpy")

    def excess(_network: Network, runs: xr.Dataset) -> xr.DataArray:
        return xr.DataArray(limit(runs["L_TE"]) - runs["L_ST"])

    found = search_draws(NETWORKS, excess, context, "the bound")
    return about(claim, ("quadratic",), found, "the bound")


@check(BOUNDED_LIMITATION, Tier.DECISION, "z3 in real coordinates", rejects=(QUARTER_TOO_LARGE,))
def bounded_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide both bounds in the plane of f* = (1, 0) and f_ST = (x, y), and the constant 1/4 as a small-loss limit.

    The bounds involve f_TE through its norm b only, so two vectors and a plane cover every dimension.
    """
    plane = {L_ST: (1 - x) ** 2 + y**2, L_TE: 1 - b**2}
    given = (b >= 0, b <= 1, x**2 + y**2 <= b**2)
    domain = "L_TE = 1 - b^2 in [0, 1]; f* and f_ST in a plane, which covers every dimension"
    bounds = [claim.relation(name) for name in BOTH]
    found = decide_in_coordinates(bounds, plane, given, domain, context.seconds)
    covers = "the two bounds; the limit 1/4 is left to exact algebra"
    return replace(found, covers=covers, parts=claim.ids(*BOTH))


@check(
    BOUNDED_LIMITATION, Tier.PROPERTY, "Hypothesis over teachers and students", rejects=(QUARTER_TOO_LARGE,)
)
def bounded_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search students of every rule, shrunk onto no more than the teacher's norm, for one below the bounds."""
    found = search_students(floors(claim, *BOTH), chains(kind="bounded"), context, RESCALED_DOMAIN)
    return about(claim, BOTH, found, "the two bounds")


@check(
    BOOTSTRAPPING_LIMITATION,
    Tier.DECISION,
    "z3 in real coordinates",
    rejects=(THREE_QUARTERS_FOR_CHAINS, LINKS_LOSE_HALF),
)
def bootstrapping_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide that no link grows, then the bound for chains of 4 and for every bounded student.

    Induction over the first part puts chains of every length among the bounded students.
    """
    plane = {
        norm_squared(NEXT_LINK): x**2 + y**2,
        inner(LINK, NEXT_LINK): x * u,
        norm_squared(LINK): u**2,
    }
    growth = [claim.relation("links")]
    optimal = (Ge(inner(LINK, NEXT_LINK), norm_squared(NEXT_LINK)),)
    first = decide_in_coordinates(growth, plane, optimal, PLANE, context.seconds)
    if first.verdict is not Verdict.PROVED:
        return first
    bounds = [claim.relation("quadratic")]
    four = decide_on_model(build_model("chain", {"steps": 4}), bounds, context)
    if four.verdict is not Verdict.PROVED:
        return four
    return decide_on_model(build_model("bounded"), bounds, context)


@check(
    BOOTSTRAPPING_LIMITATION,
    Tier.PROPERTY,
    "Hypothesis over chains of students",
    rejects=(THREE_QUARTERS_FOR_CHAINS,),
)
def bootstrapping_on_drawn_chains(claim: Claim, context: Context) -> Finding:
    """Search chains of three students in the plane, where the best ones live, for one below the bound."""
    drawn = chains(3, largest_dimension=2) | chains(3, kind="turning", largest_dimension=2)
    found = search_students(floors(claim, "quadratic"), drawn, context, CHAIN_DOMAIN)
    return about(claim, ("quadratic",), found, "the bound for chains of three")


@check(GARBLED_SUMMARY, Tier.SYMBOLIC, "exact algebra (sympy)", rejects=(EXPONENT_2,))
def divergence(claim: Claim, _context: Context) -> Finding:
    """Re-check that the ratio of the two sides diverges, and exhibit an exact teacher for one choice of constants."""
    broken = broken_derivation(claim)
    if broken is not None:
        return broken
    domain = claim.domain
    example = {CONSTANT: Integer(10), EXCESS: Rational(1, 2), L_TE: Rational(1, 1000)}
    if holds(Ge(claim.relation("bound").rhs, three_quarters), example) is not False:
        return Finding(Verdict.UNDECIDED, "the example does not break the claim", domain)
    witness = {str(symbol): str(value) for symbol, value in example.items()}
    witness["least L_ST"] = str(limit_curve(example[L_TE]).evalf(12))
    witness["c L_TE^eta"] = str(claim.relation("bound").rhs.subs(example).evalf(12))
    return Finding(Verdict.REFUTED, "L_ST / L_TE^eta >= (3/4) L_TE^(2 - eta) diverges", domain, witness)


@check(GARBLED_SUMMARY, Tier.DECISION, "z3 on the tight curve", rejects=(EXPONENT_2,))
def summary_on_the_tight_curve(claim: Claim, context: Context) -> Finding:
    """Decide whether the best student of a teacher meets the claimed bound, at eta = 5/2 and c = 10 or eta = 2 and c = 1.

    The first is the claim's own instance, refuted for every L_TE up to 1/1000; a claim with exponent 2 is decided on
    the whole range.
    """
    exponent = claim.relation("bound").rhs.as_powers_dict()[L_TE]
    steep = exponent.has(EXCESS)
    constants = {CONSTANT: Integer(10 if steep else 1), EXCESS: Rational(1, 2)}
    claimed = claim.relation("bound").rhs.subs(constants)
    largest = Rational(1, 1000) if steep else Integer(1)
    domain = f"best shrinkage-optimal student, c = {constants[CONSTANT]}, 0 < L_TE <= {largest}"
    limits = (L_TE > 0, L_TE <= largest)
    if solve([*limits, limit_curve(L_TE) <= claimed], context.seconds).answer is Answer.NONE:
        witness = {"c": "10", "eta": "5/2", "L_TE": f"any in (0, {largest}]"}
        return Finding(
            Verdict.REFUTED, "no student meets the bound, however good the teacher", domain, witness
        )
    if solve([*limits, limit_curve(L_TE) > claimed], context.seconds).answer is Answer.NONE:
        return Finding(Verdict.PROVED, "the best student of every teacher meets the bound", domain)
    return Finding(Verdict.UNDECIDED, "neither for all teachers nor for none", domain)


@check(GARBLED_SUMMARY, Tier.PROPERTY, "Hypothesis over teachers and students")
def summary_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Look for a drawn student that meets the claimed bound at eta = 5/2, c = 1/2; a sample cannot refute "some student"."""
    claimed = claim.relation("bound").rhs.subs({CONSTANT: Rational(1, 2), EXCESS: Rational(1, 2)})
    found = search_students([claimed], chains(), context)
    if found.verdict is Verdict.REFUTED:
        return replace(found, verdict=Verdict.SUPPORTED, summary="a drawn student meets the claimed bound")
    return replace(found, verdict=Verdict.UNDECIDED, summary=f"c = 1/2, eta = 5/2: {found.summary}")
