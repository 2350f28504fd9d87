"""Checks and falsifiers of the upper bound on the student's loss that the feature alignment gives.

Claim: rf.kappa-upper.
"""

from __future__ import annotations

import sympy
import xarray as xr
from hypothesis import strategies as st

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.drawn.aligned_teachers import aligned_teachers
from proofs_checks.drawn.alignment_search import Case, Values, search_teachers
from proofs_checks.drawn.networks import Network, search_draws
from proofs_checks.drawn.strategies import fractions
from proofs_checks.evidence import Finding, Tier
from proofs_checks.methods.reading import most_of
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import exact
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.feature_alignment import LEAST_EIGENVALUE
from w2s_theory.claims.random_features.student_upper_bound import (
    LEARNED,
    REST_EIGENVALUE,
    REST_LOSS_BOUND,
    STUDENT_UPPER_BOUND,
    TARGET_LOSS_BOUND,
    UNLEARNED,
)
from w2s_theory.notation.symbols import KAPPA_S, L_ST, L_TE, TIME, Topic

letters = Topic(__name__)

NETWORKS = (Network(4, 200, "degree:1"), Network(6, 100, "degree:1,2"), Network(16, 128, "degree:0,1"))

u1, u2, v, w = letters.symbols("u1", "u2", "v", "w", real=True)

NO_SQUARE_ROOT = wrong(
    STUDENT_UPPER_BOUND,
    "without the square root of kappa_S L_TE",
    part="bound",
    replacing={sympy.sqrt(KAPPA_S * L_TE): KAPPA_S * L_TE},
)
NO_CROSS_TERM = wrong(
    STUDENT_UPPER_BOUND,
    "without the cross term",
    part="bound",
    replacing={TARGET_LOSS_BOUND: KAPPA_S * L_TE + UNLEARNED**2},
)
HALF_OFF_S = wrong(
    STUDENT_UPPER_BOUND,
    "half of the loss off S",
    part="bound",
    replacing={REST_LOSS_BOUND: REST_LOSS_BOUND / 2},
)

register_derivation(STUDENT_UPPER_BOUND, rejects=(HALF_OFF_S,))


def loss_values(case: Case) -> Values:
    """Return the observables of rf.kappa-upper for a teacher and a stopping time."""
    teacher, time = case
    on_span, off_span = teacher.eigenvalues[: teacher.size], teacher.eigenvalues[teacher.size :]
    return {
        KAPPA_S: teacher.misalignment(),
        L_TE: exact(teacher.missed()),
        L_ST: teacher.student_loss(time),
        LEAST_EIGENVALUE: exact(min(on_span)),
        REST_EIGENVALUE: exact(max(off_span)),
        TIME: exact(time),
    }


@check(
    STUDENT_UPPER_BOUND,
    Tier.DECISION,
    "z3 in real coordinates",
    rejects=(NO_SQUARE_ROOT, NO_CROSS_TERM, HALF_OFF_S),
)
def upper_bound_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide the bound given rf.kappa's: two vectors on S span a plane, the error off S enters by its norm."""
    unlearned, kept = letters.symbols("e_S", "e_R", positive=True)
    coordinates = {
        UNLEARNED: unlearned,
        1 - LEARNED: kept,
        L_ST: (u1 + v) ** 2 + u2**2 + w**2,
    }
    given = (
        u1**2 + u2**2 <= KAPPA_S * L_TE,
        v >= 0,
        v <= unlearned,
        w**2 <= (1 - kept) ** 2 * L_TE,
        unlearned <= 1,
        kept <= 1,
        KAPPA_S <= 1,
        L_TE <= 1,
    )
    domain = (
        "on S the shrunk error (u1, u2), of squared norm at most kappa_S L_TE, and the target's remainder (v, 0); "
        "off S an error of norm |w|; exponentials in (0, 1]"
    )
    return decide_in_coordinates(claim.relations, coordinates, given, domain, context.seconds)


@check(
    STUDENT_UPPER_BOUND,
    Tier.PROPERTY,
    "Hypothesis over teachers, spectra and times, in ball arithmetic",
    rejects=(NO_SQUARE_ROOT, NO_CROSS_TERM, HALF_OFF_S),
)
def upper_bound_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Search gradient-flow students of teachers whose target is in S for one above the bound."""
    cases = st.tuples(aligned_teachers(target_in_span=True), fractions(63))
    return search_teachers(claim.relations, cases, loss_values, context)


@check(
    STUDENT_UPPER_BOUND,
    Tier.SIMULATION,
    "exact population simulation of ReLU networks",
    rejects=(NO_SQUARE_ROOT,),
)
def upper_bound_on_simulated_networks(claim: Claim, context: Context) -> Finding:
    """Compare every draw at every time with the bound, S the eigenspaces in which the target has mass."""
    bound = most_of(claim, "bound", L_ST)
    symbols = (KAPPA_S, L_TE, TIME, LEAST_EIGENVALUE, REST_EIGENVALUE)
    evaluate = sympy.lambdify(symbols, bound, "numpy")

    def excess(network: Network, runs: xr.Dataset) -> xr.DataArray:
        least, rest = network.eigenvalues_on_and_off_target()
        above = evaluate(runs["kappa_S"], runs["L_TE"], runs["time"], least, rest)
        return xr.DataArray(runs["L_ST"] - above)

    return search_draws(NETWORKS, excess, context, "the upper bound")
