"""Checks, falsifiers and ties of the published bounds in two subspaces.

Claims: id.pgr-bound, id.opr-bound, id.optimal-n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy
from hypothesis import strategies as st
from sympy import Symbol

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsifiers_of, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.bounds import (
    BEST_LABELS,
    OPR_BOUND,
    OPTIMAL_LABELS,
    PGR_BOUND,
    effective,
    misfit,
    published_risk,
    to_student,
)
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
    D_W,
    ER_C,
    ER_S,
    ER_W,
    ER_W2S,
    LABELLED,
    NOISE,
    RHO_S,
    RHO_W,
    UNLABELLED,
    Topic,
)
from w2s_theory.relations import margin

letters = Topic(__name__)

Values = Mapping[Symbol, Fraction]

SUM_OF_RISKS = wrong(
    PGR_BOUND,
    "the gap measured against the sum of the risks",
    part="bound",
    replacing={ER_W - ER_C: ER_W + ER_C},
)
NOTHING_INHERITED = wrong(
    PGR_BOUND,
    "no inherited variance: d_sw dropped",
    states={"bound": PGR_BOUND.relation("bound").subs(D_SW, 0)},
)
RATIO_UPSIDE_DOWN = wrong(
    OPR_BOUND,
    "the ratio upside down",
    part="bound",
    replacing={to_student: 1 / to_student},
)
HALF_THE_SHARE = wrong(
    OPR_BOUND,
    "d_s/(2N) in place of d_s/N",
    states={"bound": OPR_BOUND.relation("bound").subs(UNLABELLED, 2 * UNLABELLED)},
)
ONE_LABEL_LATER = wrong(
    OPTIMAL_LABELS,
    "n* one label later",
    part=OPTIMAL_LABELS.names,
    replacing={BEST_LABELS: BEST_LABELS + 1},
)
ROOT_WITHOUT_1 = wrong(
    OPTIMAL_LABELS,
    "the root of d_w D_N sigma^2/rho, without the 1",
    part=OPTIMAL_LABELS.names,
    replacing={BEST_LABELS: D_W + 1 + sympy.sqrt(D_W * effective * NOISE / misfit)},
)

register_derivation(PGR_BOUND, rejects=(SUM_OF_RISKS,))
register_derivation(OPR_BOUND, rejects=(RATIO_UPSIDE_DOWN,))
register_derivation(OPTIMAL_LABELS, rejects=(ONE_LABEL_LATER,))


def settings() -> st.SearchStrategy[dict[Symbol, Fraction]]:
    """Draw points, dimensions, noise and misfits, and risks that meet the premises of the published bounds."""
    dimension, eighths = st.integers(1, 30), st.integers(0, 8)
    drawn = (dimension, dimension, st.integers(0, 200), st.integers(0, 200), st.integers(1, 40))
    return st.builds(_setting, *drawn, *[eighths] * 7)


def _setting(
    d_s: int, d_w: int, n: int, N: int, noise: int, d_sw: int, rho_s: int, rho_w: int, *risks: int
) -> dict[Symbol, Fraction]:
    """Return the values at n and N points beyond the fewest; what follows is counted in eighths of its range."""
    values = {
        D_S: Fraction(d_s),
        D_W: Fraction(d_w),
        D_SW: Fraction(min(d_s, d_w) * d_sw, 8),
        LABELLED: Fraction(d_w + 2 + n),
        UNLABELLED: Fraction(d_s + N),
        NOISE: Fraction(noise, 8),
        RHO_S: Fraction(rho_s, 40),
        RHO_W: Fraction(rho_w, 40),
    }
    labels = values[NOISE] / values[LABELLED]
    teacher, baseline, student, ceiling = (Fraction(risk, 9) for risk in risks)
    values[ER_W] = d_w * labels * (1 + teacher)
    values[ER_S] = d_s * labels * (1 + baseline)
    values[ER_W2S] = min(_PUBLISHED_RISK(values), values[ER_W]) * (1 - student)
    values[ER_C] = values[ER_W2S] * ceiling
    return values


def exactly(expression: sympy.Expr) -> Callable[[Values], Fraction]:
    """Return a rational expression with integer coefficients as a function of exact values."""
    symbols = sorted(expression.free_symbols, key=str)
    function = sympy.lambdify(symbols, expression, modules=[{}])

    def value(values: Values) -> Fraction:
        return Fraction(function(*(values[symbol] for symbol in symbols)))

    return value


_PUBLISHED_RISK = exactly(published_risk)


def bound_at_drawn_risks(claim: Claim, context: Context) -> Finding:
    """Draw risks that meet the premises, down to equality, and compare exactly with the bound."""
    relation = claim.relation("bound")
    excess = exactly(margin(relation))

    found = find_counterexample(
        settings(),
        lambda values: Trial((0.0,), excess(values) < 0),
        lambda values: excess(values) < 0,
        examples=context.examples,
        seed=context.seed,
    )
    domain = "d_s, d_w up to 30, up to 200 points beyond; risks that meet the premises; exact rationals"
    if found.counterexample is None:
        return Finding(Verdict.SUPPORTED, f"{found.cases} settings, all within the bound", domain)
    values = found.counterexample
    witness = {str(symbol): str(values[symbol]) for symbol in sorted(relation.free_symbols, key=str)}
    return Finding(Verdict.REFUTED, "below the bound", domain, {**witness, "margin": str(excess(values))})


for _claim in (PGR_BOUND, OPR_BOUND):
    check(
        _claim,
        Tier.PROPERTY,
        "Hypothesis over risks, in exact arithmetic",
        rejects=falsifiers_of(_claim.id),
    )(bound_at_drawn_risks)


@check(
    OPTIMAL_LABELS,
    Tier.DECISION,
    "z3 over the real numbers of labels",
    rejects=(ONE_LABEL_LATER, ROOT_WITHOUT_1),
)
def no_number_of_labels_does_better(claim: Claim, context: Context) -> Finding:
    """Decide what the bound of PGR loses at n against n*, and that neither bound is larger at n.

    D_N is written by r = sqrt((d_w + 1) D_N sigma^2/rho), so that n* = d_w + 1 + r needs no root.
    """
    beyond = letters.symbol("r", positive=True)
    coordinates = {effective: beyond**2 * misfit / ((D_W + 1) * NOISE)}
    domain = "real n > d_w + 1; d_w, D_N, rho, sigma^2 > 0"
    given = (LABELLED > D_W + 1,)
    return decide_in_coordinates(claim.relations, coordinates, given, domain, context.seconds)


# Ties of id.pgr-bound, id.opr-bound and id.optimal-n to theories/claims/intrinsic_dimension/bounds.v.
POINTS = (
    "(labels : n > d_w + 1) (points : N > 0) (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w) "
    "(noisy : sigma2 > 0) (left_out : rho_s >= 0 /\\ rho_w >= 0)"
)
KEPT = "(kept_by_share N d_s d_w d_sw)"
MAIN_THEOREM = f"ER_w2s <= published_risk n d_w {KEPT} (rho_s + rho_w) sigma2"

# n = N = sigma2 = 4, one feature each and no misfit: the published variance is 1/2 at d_sw = 0, and 2 at d_sw = 1.
VALUES = {"n": "4", "N": "4", "d_s": "1", "d_w": "1", "sigma2": "4", "rho_s": "0", "rho_w": "0"}

PGR_TIE = Tie(
    PGR_BOUND,
    context=(
        f"(n N d_s d_w d_sw sigma2 rho_s rho_w ER_w ER_w2s ER_c : R) {POINTS} (gap : 0 <= ER_c < ER_w) "
        f"(helps : ER_w2s <= ER_w) (main_theorem : {MAIN_THEOREM}) (teacher : sigma2 * d_w / n <= ER_w)"
    ),
    theories=("subspace_bounds",),
    names=by_name(*PGR_BOUND.free_symbols),
    parts={
        "bound": Proved(
            "intrinsic_dimension.bounds.id_pgr_bound_recovered_gap",
            refutations=(
                Refutation(
                    SUM_OF_RISKS,
                    "intrinsic_dimension.bounds.not_id_pgr_bound_against_the_sum_of_risks",
                    {**VALUES, "d_sw": "0", "ER_w": "1", "ER_w2s": "1/2", "ER_c": "1/2"},
                ),
                Refutation(
                    NOTHING_INHERITED,
                    "intrinsic_dimension.bounds.not_id_pgr_bound_without_inherited_variance",
                    {**VALUES, "d_sw": "1", "ER_w": "2", "ER_w2s": "2", "ER_c": "0"},
                ),
            ),
        ),
    },
)

HALF_THE_BASELINE = {**VALUES, "d_sw": "0", "ER_s": "1", "ER_w2s": "1/2"}
OPR_TIE = Tie(
    OPR_BOUND,
    context=(
        f"(n N d_s d_w d_sw sigma2 rho_s rho_w ER_s ER_w2s : R) {POINTS} "
        f"(main_theorem : 0 < {MAIN_THEOREM}) (baseline : sigma2 * d_s / n <= ER_s)"
    ),
    theories=("subspace_bounds",),
    names=by_name(*OPR_BOUND.free_symbols),
    parts={
        "bound": Proved(
            "intrinsic_dimension.bounds.id_opr_bound_outperformance",
            refutations=(
                Refutation(
                    RATIO_UPSIDE_DOWN,
                    "intrinsic_dimension.bounds.not_id_opr_bound_upside_down",
                    HALF_THE_BASELINE,
                ),
                Refutation(
                    HALF_THE_SHARE,
                    "intrinsic_dimension.bounds.not_id_opr_bound_with_half_the_share",
                    HALF_THE_BASELINE,
                ),
            ),
        ),
    },
)

OPTIMAL_TIE = Tie(
    OPTIMAL_LABELS,
    context=(
        "(n d_s d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (strong : d_s > 0) (weak : d_w > 0) (kept : D_N > 0) "
        "(left_out : rho > 0) "
        "(noisy : sigma2 > 0)"
    ),
    names=by_name(*OPTIMAL_LABELS.free_symbols),
    parts={
        "lost": Proved(
            "intrinsic_dimension.bounds.id_optimal_n_loses_a_square",
            refutations=(
                Refutation(
                    ONE_LABEL_LATER,
                    "intrinsic_dimension.bounds.not_id_optimal_n_one_label_later",
                    {"n": "6", "d_s": "1", "d_w": "3", "D_N": "1", "rho": "1", "sigma2": "1"},
                ),
            ),
        ),
        "peak": Proved("intrinsic_dimension.bounds.id_optimal_n_is_best"),
        "ratio-peak": Proved("intrinsic_dimension.bounds.id_optimal_n_is_best_for_the_ratio"),
    },
)

TIES = (PGR_TIE, OPR_TIE, OPTIMAL_TIE)
