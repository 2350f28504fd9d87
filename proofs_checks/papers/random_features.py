"""Checks and falsifiers for section 4 of Medvedev et al. 2025."""

from __future__ import annotations

from dataclasses import replace

import sympy
import xarray as xr
from flint import arb
from hypothesis import strategies as st
from sympy import Eq, Expr, Ge, Integer, Rational, Symbol

from proofs_checks.algebra import conjuncts, first_failure
from proofs_checks.balls import ball, holds, precision
from proofs_checks.decision import Answer, solve
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.models import build_model
from proofs_checks.papers.common import (
    decide_in_coordinates,
    decide_on_model,
    derivation,
    loss_bounds,
    register_derivations,
)
from proofs_checks.registry import Context, check, falsify
from proofs_checks.search import Trial, find_counterexample
from proofs_checks.simulated import Network, search_draws
from proofs_checks.strategies import Chain, chains, vectors
from proofs_checks.students import (
    CHAIN_DOMAIN,
    FLOW_DOMAIN,
    RESCALED_DOMAIN,
    SPECTRAL_DOMAIN,
    lower_bounds,
    report,
    search_students,
)
from w2s_theory.alignment import limit_curve
from w2s_theory.claims import Claim
from w2s_theory.inner_products import inner, norm_squared
from w2s_theory.papers.random_features import (
    BOOTSTRAPPING_LIMITATION,
    BOUNDED_LIMITATION,
    CLAIMS,
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    GARBLED_SUMMARY,
    GENERAL_LIMITATION,
    GRADIENT_FLOW_LIMITATION,
    LINK,
    NEXT_LINK,
    SHRINKAGE_OPTIMALITY,
    filter_value,
    outside_ball,
    penalty,
    quarter,
    shrinking_loss,
    shrunk_penalty,
    student_norm,
    student_teacher,
    teacher_mode,
    teacher_norm,
    three_quarters,
)
from w2s_theory.symbols import CONSTANT, EIGENVALUE, EXCESS, L_ST, L_TE, SCALE, TIME

x, y, z, u, a, b = sympy.symbols("x y z u a b", real=True)
left_over = Symbol("e", real=True)
STUDENT_AND_TEACHER: dict[Expr, Expr] = {
    student_norm: x**2 + y**2,
    student_teacher: x * u,
    teacher_norm: u**2,
}
PLANE = "f_ST = (x, y), f_TE = (u, 0): two vectors span a plane, so this covers every dimension"
NETWORKS = (
    Network(4, 64, "degree:1"),
    Network(4, 500, "degree:1"),
    Network(6, 100, "degree:1,2"),
    Network(16, 64, "degree:0,1"),
    Network(8, 32, "degree:1", student_width=512),
)
FLOW = {sympy.exp(-TIME * EIGENVALUE): left_over}
FLOW_RANGE = (left_over > 0, left_over <= 1)

register_derivations(CLAIMS)


@check(SHRINKAGE_OPTIMALITY, Tier.DECISION, "z3 in real coordinates")
def definition_in_the_plane(claim: Claim, context: Context) -> Finding:
    """Decide the inequality and the identities in the plane that student and teacher span."""
    inequalities = [part for part in conjuncts(claim.statement) if isinstance(part, Ge)]
    identities = [part for part in conjuncts(claim.statement) if isinstance(part, Eq)]
    optimal = (Ge(student_teacher, student_norm), SCALE <= 1)
    first = decide_in_coordinates(inequalities, STUDENT_AND_TEACHER, optimal, PLANE, context.seconds)
    if first.verdict is not Verdict.PROVED:
        return first
    nonzero = (x**2 + y**2 > 0,)
    return decide_in_coordinates(identities, STUDENT_AND_TEACHER, nonzero, PLANE, context.seconds)


@check(SHRINKAGE_OPTIMALITY, Tier.PROPERTY, "Hypothesis over student-teacher pairs")
def definition_on_drawn_pairs(claim: Claim, context: Context) -> Finding:
    """Compare, on exact integer vectors, the definition with the sign that the ball's identity gives."""
    (criterion,) = (part.rhs for part in conjuncts(claim.statement) if part.has(outside_ball))

    def disagree(pair: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
        student, teacher = pair
        size, overlap = sum(s * s for s in student), sum(s * g for s, g in zip(student, teacher, strict=True))
        no_shrinking_helps = overlap >= size
        return bool(
            no_shrinking_helps != (criterion.subs({student_norm: size, student_teacher: overlap}) <= 0)
        )

    pairs = st.integers(1, 5).flatmap(lambda dimension: st.tuples(vectors(dimension), vectors(dimension)))
    found = find_counterexample(
        pairs,
        lambda pair: Trial((0.0,), disagree(pair)),
        disagree,
        examples=context.examples,
        seed=context.seed,
    )
    domain = (
        "integer vectors in 1 to 5 dimensions, exact arithmetic; the best scale is <f_ST, f_TE>/||f_ST||^2"
    )
    if found.counterexample is not None:
        student, teacher = found.counterexample
        witness = {"f_ST": str(student), "f_TE": str(teacher)}
        return Finding(Verdict.REFUTED, "definition and criterion disagree", domain, witness)
    return Finding(Verdict.SUPPORTED, f"{found.cases} pairs, definition and criterion agree on all", domain)


@check(FILTERS_ARE_SHRINKAGE_OPTIMAL, Tier.DECISION, "z3 in real coordinates")
def lemma_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide every part, with exp(-t lambda) as an unknown in (0, 1] and the minimizer's two inequalities."""
    given = (
        filter_value <= 1,
        *FLOW_RANGE,
        Ge(shrinking_loss + shrunk_penalty - penalty, 0),
        Ge(penalty, shrunk_penalty),
        SCALE <= 1,
    )
    domain = f"0 <= h <= 1, e = exp(-t lambda) in (0, 1]; {PLANE}"
    coordinates = {**STUDENT_AND_TEACHER, **FLOW}
    return decide_in_coordinates(conjuncts(claim.statement), coordinates, given, domain, context.seconds)


@check(FILTERS_ARE_SHRINKAGE_OPTIMAL, Tier.PROPERTY, "Hypothesis over teachers and students")
def lemma_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Sum the claimed quantity over the modes of drawn spectral students: it must not be negative."""
    (per_mode,) = (part.lhs for part in conjuncts(claim.statement) if part.has(filter_value))

    def total(chain: Chain) -> arb:
        (student,) = chain.students
        teacher = [arb(value) for value in chain.teacher.exactly()]
        filtered = student.of_balls(teacher)
        modes = [(s / g, g) for s, g in zip(filtered, teacher, strict=True) if g != 0]
        return sum((ball(per_mode, {filter_value: h, teacher_mode: g}) for h, g in modes), arb(0))

    def examine(chain: Chain) -> Trial:
        value = total(chain)
        return Trial((-float(value.mid()),), bool(value < 0))

    def confirm(chain: Chain) -> bool:
        with precision(200):
            return bool(total(chain) < 0)

    found = find_counterexample(
        chains(kind="spectral"), examine, confirm, examples=context.examples, seed=context.seed
    )
    return report(found, "E f_ST (f_TE - f_ST)", lambda chain: chain.describe(), SPECTRAL_DOMAIN)


@check(GENERAL_LIMITATION, Tier.DECISION, "z3 in real coordinates")
def limitation_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide both bounds in R^3, and the ratio on the tight curve as an identity in tau.

    The bounds depend only on the Gram matrix of f*, f_TE and f_ST; three vectors span at most three
    dimensions, so R^3 covers every dimension. The origin is the centre f_TE/2 of the student's ball, of radius b/2
    with b^2 = 1 - L_TE, and the first axis points at f*, which lies at distance a/2 with a^2 = 1 + 3 L_TE.
    """
    space = {L_ST: (a / 2 - x) ** 2 + y**2 + z**2, L_TE: 1 - b**2}
    given = (Eq(a**2 + 3 * b**2, 4), a >= 1, b >= 0, x**2 + y**2 + z**2 <= b**2 / 4)
    domain = "L_TE = 1 - b^2 in [0, 1]; f*, f_TE and f_ST in R^3, which covers every dimension"
    return decide_in_coordinates(conjuncts(claim.statement), space, given, domain, context.seconds)


@check(GENERAL_LIMITATION, Tier.PROPERTY, "Hypothesis over teachers and students")
def limitation_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search students of every learning rule for one below the bounds."""
    return search_students(lower_bounds(claim), chains(), context)


@check(GRADIENT_FLOW_LIMITATION, Tier.DECISION, "z3 in real coordinates")
def flow_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide that gradient flow's filter is in [0, 1], and the bound on the model of shrinkage-optimal students."""
    filters = [part for part in conjuncts(claim.statement) if not part.has(L_ST)]
    first = decide_in_coordinates(filters, FLOW, FLOW_RANGE, "e = exp(-t lambda) in (0, 1]", context.seconds)
    if first.verdict is not Verdict.PROVED:
        return first
    return decide_on_model(claim, build_model("shrinkage"), loss_bounds(claim, L_ST), context)


@check(GRADIENT_FLOW_LIMITATION, Tier.PROPERTY, "Hypothesis over gradient-flow students")
def flow_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search teachers, kernels and stopping times for a gradient-flow student below the bound."""
    return search_students(lower_bounds(claim), chains(kind="flow"), context, FLOW_DOMAIN)


@check(GRADIENT_FLOW_LIMITATION, Tier.SIMULATION, "exact population simulation of ReLU networks")
def flow_of_simulated_networks(claim: Claim, context: Context) -> Finding:
    """Compare every draw of simulated ReLU networks, at every stopping time, with the bound."""
    (bound,) = lower_bounds(claim)
    limit = sympy.lambdify(L_TE, bound, "numpy")

    def excess(_network: Network, runs: xr.Dataset) -> xr.DataArray:
        return xr.DataArray(limit(runs["L_TE"]) - runs["L_ST"])

    return search_draws(NETWORKS, excess, context, "the bound")


@check(BOUNDED_LIMITATION, Tier.DECISION, "z3 in real coordinates")
def bounded_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide both bounds in the plane of f* = (1, 0) and f_ST = (x, y), and the constant 1/4 as a small-loss limit.

    The bounds involve f_TE through its norm b only, so two vectors and a plane cover every dimension.
    """
    plane = {L_ST: (1 - x) ** 2 + y**2, L_TE: 1 - b**2}
    given = (b >= 0, b <= 1, x**2 + y**2 <= b**2)
    domain = "L_TE = 1 - b^2 in [0, 1]; f* and f_ST in a plane, which covers every dimension"
    bounds = loss_bounds(claim, L_ST)
    found = decide_in_coordinates(bounds, plane, given, domain, context.seconds)
    covers = "the two bounds; the limit 1/4 is left to exact algebra"
    return replace(found, covers=covers)


@check(BOUNDED_LIMITATION, Tier.PROPERTY, "Hypothesis over teachers and students")
def bounded_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search students of every rule, shrunk onto no more than the teacher's norm, for one below the bounds."""
    return search_students(lower_bounds(claim), chains(kind="bounded"), context, RESCALED_DOMAIN)


@check(BOOTSTRAPPING_LIMITATION, Tier.DECISION, "z3 in real coordinates")
def bootstrapping_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide that no link grows, then the bound for chains of 4 and for every bounded student.

    Induction over the first part puts chains of every length among the bounded students.
    """
    plane = {
        norm_squared(NEXT_LINK): x**2 + y**2,
        inner(LINK, NEXT_LINK): x * u,
        norm_squared(LINK): u**2,
    }
    growth = [part for part in conjuncts(claim.statement) if not part.has(L_ST)]
    optimal = (Ge(inner(LINK, NEXT_LINK), norm_squared(NEXT_LINK)),)
    first = decide_in_coordinates(growth, plane, optimal, PLANE, context.seconds)
    if first.verdict is not Verdict.PROVED:
        return first
    bounds = loss_bounds(claim, L_ST)
    four = decide_on_model(claim, build_model("chain", {"steps": 4}), bounds, context)
    if four.verdict is not Verdict.PROVED:
        return four
    return decide_on_model(claim, build_model("bounded"), bounds, context)


@check(BOOTSTRAPPING_LIMITATION, Tier.PROPERTY, "Hypothesis over chains of students")
def bootstrapping_on_drawn_chains(claim: Claim, context: Context) -> Finding:
    """Search chains of three students in the plane, where the best ones live, for one below the bound."""
    return search_students(lower_bounds(claim), chains(3, largest_dimension=2), context, CHAIN_DOMAIN)


@check(GARBLED_SUMMARY, Tier.SYMBOLIC, "exact algebra (sympy)")
def divergence(claim: Claim, _context: Context) -> Finding:
    """Re-check that the ratio of the two sides diverges, and exhibit an exact teacher for one choice of constants."""
    failed = first_failure(claim.derivation)
    domain = "; ".join(claim.assumptions)
    if failed is not None:
        return Finding(
            Verdict.UNDECIDED, f"step {failed + 1} does not re-check: the ratio need not diverge", domain
        )
    example = {CONSTANT: Integer(10), EXCESS: Rational(1, 2), L_TE: Rational(1, 1000)}
    if holds(Ge(claim.statement.rhs, three_quarters), example) is not False:
        return Finding(Verdict.UNDECIDED, "the example does not break the claim", domain)
    witness = {str(symbol): str(value) for symbol, value in example.items()}
    witness["least L_ST"] = str(limit_curve(example[L_TE]).evalf(12))
    witness["c L_TE^eta"] = str(claim.statement.rhs.subs(example).evalf(12))
    return Finding(Verdict.REFUTED, "L_ST / L_TE^eta >= (3/4) L_TE^(2 - eta) diverges", domain, witness)


@check(GARBLED_SUMMARY, Tier.DECISION, "z3 on the tight curve")
def summary_on_the_tight_curve(claim: Claim, context: Context) -> Finding:
    """Decide whether the best student of a teacher meets the claimed bound, at eta = 5/2 and c = 10 or eta = 2 and c = 1.

    The first is the claim's own instance, refuted for every L_TE up to 1/1000; a claim with exponent 2 is decided on
    the whole range.
    """
    exponent = claim.statement.rhs.as_powers_dict()[L_TE]
    steep = exponent.has(EXCESS)
    constants = {CONSTANT: Integer(10 if steep else 1), EXCESS: Rational(1, 2)}
    claimed = claim.statement.rhs.subs(constants)
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
    claimed = claim.statement.rhs.subs({CONSTANT: Rational(1, 2), EXCESS: Rational(1, 2)})
    found = search_students([claimed], chains(), context)
    if found.verdict is Verdict.REFUTED:
        return replace(found, verdict=Verdict.SUPPORTED, summary="a drawn student meets the claimed bound")
    return replace(found, verdict=Verdict.UNDECIDED, summary=f"c = 1/2, eta = 5/2: {found.summary}")


falsify(
    SHRINKAGE_OPTIMALITY,
    "ball centred at f_TE instead of f_TE/2",
    (derivation, definition_in_the_plane, definition_on_drawn_pairs),
    replacing={student_norm - student_teacher: student_norm - 2 * student_teacher},
)
falsify(
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    "E f_ST f_TE >= 2 E f_ST^2 for every filter in [0, 1]",
    (derivation, lemma_in_coordinates, lemma_on_drawn_students),
    replacing={1 - filter_value: 1 - 2 * filter_value},
)
for name, constant in (
    ("constant 0.76 instead of 3/4", Rational(19, 25)),
    ("constant 1 instead of 3/4", Integer(1)),
):
    falsify(
        GENERAL_LIMITATION,
        name,
        (derivation, limitation_in_coordinates, limitation_on_drawn_students),
        replacing={three_quarters: constant * L_TE**2},
    )
falsify(
    GRADIENT_FLOW_LIMITATION,
    "exponent 1.9 instead of 2",
    (flow_in_coordinates, flow_on_drawn_students, flow_of_simulated_networks),
    replacing={three_quarters: Rational(3, 4) * L_TE ** Rational(19, 10)},
)
falsify(
    GRADIENT_FLOW_LIMITATION,
    "gradient flow's filter stays below 1/2",
    (derivation, flow_in_coordinates),
    replacing={1 - sympy.exp(-TIME * EIGENVALUE): 1 - 2 * sympy.exp(-TIME * EIGENVALUE)},
)
falsify(
    BOUNDED_LIMITATION,
    "constant 0.26 instead of 1/4",
    (derivation, bounded_in_coordinates, bounded_on_drawn_students),
    replacing={quarter: Rational(13, 50) * L_TE**2},
)
falsify(
    BOOTSTRAPPING_LIMITATION,
    "Theorem 4.1's constant 3/4 for every chain",
    (bootstrapping_in_coordinates, bootstrapping_on_drawn_chains),
    replacing={quarter: three_quarters},
)
falsify(
    BOOTSTRAPPING_LIMITATION,
    "each link loses half its squared norm",
    (derivation, bootstrapping_in_coordinates),
    replacing={
        norm_squared(LINK) - norm_squared(NEXT_LINK): norm_squared(LINK) / 2 - norm_squared(NEXT_LINK)
    },
)
falsify(
    GARBLED_SUMMARY,
    "exponent 2, which the best student does meet",
    (divergence, summary_on_the_tight_curve),
    replacing={EXCESS + 2: Integer(2), L_TE ** (-EXCESS): Integer(1)},
)
