"""The model of least squares in two subspaces, by the numbers on which the exact risks depend.

The dimensions d_s, d_w, the correlation dimension d_sw, and five squared lengths of parts of the target describe a
state. With u = P_w theta and v = (I - P_w) theta, and Q = I - P_s, they are

    rho_w = ||v||^2,  rho_s = ||Q theta||^2,  b_s = ||P_s v||^2,  b_w = ||Q u||^2,  b_sw = <Q theta, P_w theta>.

In each pair of principal vectors with cosine c, Q u and v are two numbers, say x and y: they add x^2 to b_w, y^2 to rho_w,
(1 - c^2) y^2 to b_s and c x y to X = <Q u, Q v> = (rho_s - b_w - (rho_w - b_s))/2, and b_sw = b_w + X. A direction of
V_s only has c = 0 and no x, one of V_w only no y, one off both c = 1 and no x, and c = 1 forbids x. Choosing the angles
and the target, one finds that the numbers occur together if and only if

- 0 <= d_sw <= min(d_s, d_w);
- 0 <= b_s <= rho_w min(1, d_s - d_sw): no direction of V_s has a larger squared sine;
- b_w >= 0, and b_w = 0 where d_sw = d_w, that is where V_w lies in V_s;
- X^2 <= b_w (rho_w - b_s) and X^2 (1 - d_sw) <= b_w b_s d_sw: Cauchy and Schwarz, for squared cosines of at most
  min(1, d_sw); and X = 0 where b_s = 0;
- equality in the second of these where d_s = d_w = 1, and in the first where d_s = d_w and b_s = rho_w (d_s - d_sw):
  one pair carries everything.

With X = b_s xi, b_w = beta (d_w - d_sw) and an unknown eta these clauses are polynomial equations and inequalities.
"""

from __future__ import annotations

import sympy
from sympy import Eq, Integer, Symbol, oo

from proofs_checks.bounds.models.model import Chart, Coordinates, Model, Observable
from proofs_checks.bounds.states import Numbers, State, vector
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
    D_W,
    ER_C,
    ER_IN_SAMPLE,
    ER_S,
    ER_W,
    ER_W2S,
    LABELLED,
    NOISE,
    OVERLAP,
    PGR,
    RHO_S,
    RHO_W,
    SEEN,
    UNLABELLED,
    UNSEEN,
)
from w2s_theory.relations import at_least, more_than
from w2s_theory.terms.conversion import term_of
from w2s_theory.terms.tree import substitute

OPR = Symbol("OPR", positive=True)

NONNEGATIVE = "[0, oo)"
STUDENT_NEEDS = at_least(UNLABELLED, D_S + 2)
BASELINE_NEEDS = at_least(LABELLED, D_S + 2)
GAP_NEEDS = more_than(ER_W, ER_C)

OBSERVABLES = (
    Observable(ER_W, "excess risk of the weak teacher", NONNEGATIVE),
    Observable(
        ER_W2S, "excess risk of the weak-to-strong student, population", NONNEGATIVE, (STUDENT_NEEDS,)
    ),
    Observable(ER_IN_SAMPLE, "the same, averaged over the N points it was fitted on", NONNEGATIVE),
    Observable(
        ER_S, "excess risk of the strong features on the n labelled points", NONNEGATIVE, (BASELINE_NEEDS,)
    ),
    Observable(ER_C, "excess risk of the strong features on n + N labelled points", NONNEGATIVE),
    Observable(
        PGR, "gap recovered (ER_w - ER_w2s)/(ER_w - ER_c), where ER_w > ER_c", "R", (STUDENT_NEEDS, GAP_NEEDS)
    ),
    Observable(OPR, "ratio to the baseline ER_s/ER_w2s", "(0, oo)", (STUDENT_NEEDS, BASELINE_NEEDS)),
)
PARAMETERS = (
    Observable(LABELLED, "points with labels", "the integers >= d_w + 2"),
    Observable(UNLABELLED, "points that the teacher labels", "the integers >= d_s"),
    Observable(D_S, "dimension of the strong span V_s", "the integers >= 1"),
    Observable(D_W, "dimension of the weak span V_w", "the integers >= 1"),
    Observable(D_SW, "correlation dimension tr(P_s P_w)", "[0, min(d_s, d_w)]"),
    Observable(NOISE, "variance of the label noise", "(0, oo)"),
    Observable(RHO_W, "||(I - P_w) theta||^2", NONNEGATIVE),
    Observable(RHO_S, "||(I - P_s) theta||^2", NONNEGATIVE),
    Observable(SEEN, "||P_s (I - P_w) theta||^2", "[0, rho_w min(1, d_s - d_sw)]"),
    Observable(UNSEEN, "||(I - P_s) P_w theta||^2", NONNEGATIVE),
    Observable(OVERLAP, "<(I - P_s) theta, P_w theta> = (rho_s + b_w - rho_w + b_s)/2", "R"),
)


SPARE, SURPLUS, STRONG, WEAK = sympy.symbols("spare surplus d_s d_w", integer=True)
SHARED, VARIANCE, OFF_WEAK, OFF_STRONG, B_S, B_W, BETA, ETA, XI = sympy.symbols(
    "d_sw sigma2 rho_w rho_s b_s b_w beta eta xi", real=True
)
AUXILIARY = (BETA, ETA, XI)
PRODUCT = (OFF_STRONG - B_W - OFF_WEAK + B_S) / 2
NUMBERS = TwoSubspaces(
    labelled=WEAK + 1 + SPARE,
    unlabelled=STRONG + SURPLUS,
    d_s=STRONG,
    d_w=WEAK,
    d_sw=SHARED,
    noise=VARIANCE,
    rho_s=OFF_STRONG,
    rho_w=OFF_WEAK,
    seen=B_S,
    unseen=B_W,
    overlap=B_W + PRODUCT,
)
PARAMETER_VALUES = {
    getattr(TwoSubspaces(), name): getattr(NUMBERS, name) for name in TwoSubspaces.__dataclass_fields__
}


def subspace() -> Model:
    """Return the model of a weak teacher, its strong student and the baselines in two subspaces."""
    states = _states()
    necessary = Chart(
        intervals={x: ends for x, ends in states.intervals.items() if x not in AUXILIARY},
        constraints=tuple(item for item in states.constraints if not item.has(*AUXILIARY)),
        observables=states.observables,
        integers=states.integers,
        outer=True,
    )
    return Model(
        name="subspace",
        summary=(
            "least squares in two spans of R^D, any D, z ~ N(0, I), f*(z) = <theta, z>, label noise sigma2 > 0; "
            "exact risks; integers n >= d_w + 2, N >= d_s, and any spans and target with the stated numbers"
        ),
        source="Dong et al. 2025, exact Gaussian form new",
        observables=(*OBSERVABLES, *PARAMETERS),
        charts=(_risks(), necessary, states),
        derived={PGR: (ER_W - ER_W2S) / (ER_W - ER_C), OPR: ER_S / ER_W2S},
    )


def _risks() -> Chart:
    """Return an outer chart of the risks and numbers as they are, with little more than their signs."""
    whole = (LABELLED, UNLABELLED, D_S, D_W)
    signs = {OVERLAP: (-oo, oo), **dict.fromkeys(whole, (Integer(1), oo))}
    known = {item.symbol: Symbol(item.symbol.name, real=True) for item in (*OBSERVABLES, *PARAMETERS)}
    known = {symbol: value for symbol, value in known.items() if symbol not in (PGR, OPR)}
    return Chart(
        intervals={value: signs.get(symbol, (Integer(0), oo)) for symbol, value in known.items()},
        constraints=(
            *(known[symbol] > 0 for symbol in (ER_W, ER_W2S, ER_S, ER_C, NOISE)),
            known[D_SW] <= known[D_S],
            known[D_SW] <= known[D_W],
            known[SEEN] <= known[RHO_W],
            known[RHO_W] <= known[ER_W],
            known[RHO_S] <= known[ER_C],
            known[ER_C] <= known[ER_S],
        ),
        observables=dict(known),
        integers=frozenset(known[symbol] for symbol in whole),
        outer=True,
        premises="signs of risks",
    )


def _states() -> Chart:
    one, zero = Integer(1), Integer(0)
    kept, seen_at_most = B_W * (OFF_WEAK - B_S), OFF_WEAK * (STRONG - SHARED)
    return Chart(
        intervals={
            SPARE: (one, oo),
            SURPLUS: (zero, oo),
            **dict.fromkeys((STRONG, WEAK), (one, oo)),
            **dict.fromkeys((SHARED, VARIANCE, OFF_WEAK, OFF_STRONG, B_S, B_W, BETA, ETA), (zero, oo)),
            XI: (-oo, oo),
        },
        constraints=(
            SHARED <= STRONG,
            SHARED <= WEAK,
            VARIANCE > 0,
            B_S <= OFF_WEAK,
            B_S <= seen_at_most,
            PRODUCT**2 <= kept,
            Eq(PRODUCT, B_S * XI),
            Eq(B_W, BETA * (WEAK - SHARED)),
            PRODUCT**2 * (1 - SHARED) <= B_W * B_S * SHARED,
            kept - PRODUCT**2 <= ETA * (seen_at_most - B_S) + kept * (WEAK - STRONG) ** 2,
            B_W * B_S * SHARED - PRODUCT**2 * (1 - SHARED)
            <= (B_W * B_S + PRODUCT**2) * SHARED * (STRONG + WEAK - 2),
        ),
        observables={
            ER_W: NUMBERS.teacher,
            ER_W2S: NUMBERS.student,
            ER_IN_SAMPLE: NUMBERS.student_in_sample,
            ER_S: NUMBERS.baseline,
            ER_C: NUMBERS.ceiling,
            **PARAMETER_VALUES,
        },
        state=_numbers,
        integers=frozenset((SPARE, SURPLUS, STRONG, WEAK)),
    )


def _numbers(at: Coordinates) -> State:
    values = vector(*(substitute(term_of(value), at) for value in PARAMETER_VALUES.values()))
    return Numbers({name.name: value for name, value in zip(PARAMETER_VALUES, values, strict=True)})
