from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import sympy
from numpy.typing import NDArray
from sympy import Rational

from numeric.subspaces.pairs import SubspacePair, aligned_pair, spanned_pair
from proofs_checks.bounds.check_bound import BoundResult, check_bound
from proofs_checks.bounds.models import build_model
from proofs_checks.bounds.models import subspaces as model
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.expressions import parse_relation
from w2s_theory.notation.symbols import D_S, D_SW, D_W, LABELLED, NOISE, UNLABELLED
from w2s_theory.relations import with_sides

NO_MISFIT = "rho_w == 0 and rho_s == 0"
PUBLISHED_PGR = "1 - n/(n-d_w-1)*(d_sw+(d_w-d_sw)*d_s/N)/d_w - n/d_w*(rho_s+rho_w)/sigma2"
PUBLISHED_OPR = "1/(n/(n-d_w-1)*(d_sw+(d_w-d_sw)*d_s/N)/d_s + n/d_s*(rho_s+rho_w)/sigma2)"
IN_SAMPLE_PGR = "(ER_w - ER_w2s_in_sample)/(ER_w - ER_c)"

PROVED = [
    ("ER_w2s <= ER_w", f"N > 2*d_s + 1 and {NO_MISFIT}"),
    ("ER_w2s < ER_w", f"N > 2*d_s + 1 and d_sw < d_w and {NO_MISFIT}"),
    ("ER_w2s == ER_w", f"N == 2*d_s + 1 and {NO_MISFIT}"),
    ("ER_w2s_in_sample <= ER_w", NO_MISFIT),
    ("ER_w2s_in_sample <= ER_w2s", NO_MISFIT),
    (f"ER_s/ER_w2s_in_sample >= {PUBLISHED_OPR}", NO_MISFIT),
    ("ER_w2s >= rho_s + b_s", ""),
    ("ER_c <= ER_s", ""),
    ("ER_w2s_in_sample <= ER_w", "rho_s + b_s <= rho_w"),
    ("b_s <= rho_w*(d_s - d_sw)", ""),
    ("sqrt(b_w) <= sqrt(rho_s) + sqrt(rho_w)", ""),
    ("b_w == 0", "d_sw == d_w"),
    ("rho_s == rho_w", "d_sw == d_w and d_sw == d_s"),
]
OPEN = [
    (f"{IN_SAMPLE_PGR} >= {PUBLISHED_PGR}", f"ER_w > ER_c and {NO_MISFIT}"),
    ("ER_w2s <= ER_w", "N > 2*d_s + 1 and rho_s == 0"),
    ("ER_w2s <= 2*ER_w + 4*rho_s", "N > 2*d_s + 1"),
]
"""True, and so far shown by z3 alone, which is not enough."""
REFUTED = [
    ("ER_w2s <= ER_w", ""),
    ("ER_w2s <= ER_w", f"N >= 2*d_s and {NO_MISFIT}"),
    ("ER_w2s < ER_w", f"N > 2*d_s + 1 and {NO_MISFIT}"),
    ("PGR <= 1", ""),
    (f"PGR >= {PUBLISHED_PGR}", ""),
    (f"OPR >= {PUBLISHED_OPR}", ""),
    ("ER_w2s_in_sample <= ER_w2s", ""),
    ("ER_w2s <= ER_w + rho_s", "N > 2*d_s + 1"),
    ("ER_w2s <= ER_w + 4*rho_s", "N > 2*d_s + 1"),
    ("ER_w2s <= ER_w", "rho_s == rho_w and N > 2*d_s + 1"),
    ("OPR >= 1", "d_sw < d_s and N >= 10*d_s"),
]


@pytest.mark.parametrize(("bound", "where"), PROVED)
def test_proved_and_true_of_drawn_subspaces(bound: str, where: str) -> None:
    result = check_bound(bound, "subspace", where)
    assert result.is_shown, result
    count = count_true(bound, where, without_misfit=NO_MISFIT in where)
    assert count >= 20 or "==" in where.replace(NO_MISFIT, "")


@pytest.mark.parametrize(("bound", "where"), REFUTED)
def test_refuted_by_whole_numbers_that_stand_by_themselves(bound: str, where: str) -> None:
    result = check_bound(bound, "subspace", where)
    assert result.verdict == "refuted", result
    values = recomputed(result)
    names = symbols_by_name()
    for item in sympy.And.make_args(parse_relation(where, names)) if where else ():
        assert item.subs(values) == True  # noqa: E712  (a sympy boolean)
    assert parse_relation(bound, names).subs(values) == False  # noqa: E712


@pytest.mark.parametrize(("bound", "where"), OPEN)
def test_what_one_solver_alone_shows_is_left_undecided(bound: str, where: str) -> None:
    assert check_bound(bound, "subspace", where, seconds=4).verdict == "undecided"


def symbols_by_name() -> dict[str, sympy.Symbol]:
    return {item.symbol.name: item.symbol for item in build_model("subspace").observables}


def recomputed(result: BoundResult) -> dict[sympy.Symbol, sympy.Expr]:
    """Compute the risks from the witness's numbers, whose dimensions and numbers of points must be whole."""
    assert result.witness is not None
    symbols = TwoSubspaces()
    given = {
        field: Rational(result.witness[getattr(symbols, field).name])
        for field in TwoSubspaces.__dataclass_fields__
    }
    assert all(given[field].is_Integer for field in ("labelled", "unlabelled", "d_s", "d_w"))
    numbers = TwoSubspaces(**given)
    assert numbers.labelled >= numbers.d_w + 2
    assert numbers.unlabelled >= numbers.d_s
    assert 0 <= numbers.d_sw <= min(numbers.d_s, numbers.d_w)
    risks = {
        model.ER_W: numbers.teacher,
        model.ER_W2S: numbers.student,
        model.ER_IN_SAMPLE: numbers.student_in_sample,
        model.ER_S: numbers.baseline,
        model.ER_C: numbers.ceiling,
        model.PGR: numbers.recovered,
        model.OPR: numbers.outperformed,
    }
    return {**{getattr(symbols, field): value for field, value in given.items()}, **risks}


def drawn_pairs(count: int, seed: int, without_misfit: bool = False) -> Iterator[SubspacePair]:
    """Yield pairs of spans with a target, some of them in special position."""
    draw = np.random.default_rng(seed)
    for _ in range(count):
        d_s, d_w = (int(d) for d in draw.integers(1, 4, 2))
        if without_misfit:
            yield aligned_pair(d_s, d_w, float(draw.integers(0, 5) / 4 * min(d_s, d_w)))
            continue
        size = int(draw.integers(max(d_s, d_w), d_s + d_w + 2))
        basis = np.linalg.qr(draw.standard_normal((size, size)))[0]
        shared = int(draw.integers(0, min(d_s, d_w) + 1))
        weak = draw.standard_normal((size, d_w))
        weak[:, :shared] = basis[:, :shared]
        yield spanned_pair(basis[:, :d_s], weak, draw.standard_normal(size) * draw.integers(0, 2, size))


def point_of(numbers: TwoSubspaces) -> dict[sympy.Symbol, float]:
    """Return the chart's coordinates of a state, the auxiliary ones with them."""
    product = numbers.overlap - numbers.unseen
    kept = numbers.unseen * (numbers.rho_w - numbers.seen)
    slack = numbers.rho_w * (numbers.d_s - numbers.d_sw) - numbers.seen
    off = numbers.d_w - numbers.d_sw
    return {
        model.SPARE: numbers.labelled - numbers.d_w - 1,
        model.SURPLUS: numbers.unlabelled - numbers.d_s,
        model.STRONG: numbers.d_s,
        model.WEAK: numbers.d_w,
        model.SHARED: numbers.d_sw,
        model.VARIANCE: numbers.noise,
        model.OFF_WEAK: numbers.rho_w,
        model.OFF_STRONG: numbers.rho_s,
        model.B_S: numbers.seen,
        model.B_W: numbers.unseen,
        model.BETA: numbers.unseen / off if off > 1e-9 else 0,
        model.ETA: max(0, kept - product**2) / slack if slack > 1e-9 else 0,
        model.XI: product / numbers.seen if numbers.seen > 1e-9 else 0,
    }


def test_drawn_subspaces_are_states_with_their_risks() -> None:
    chart = build_model("subspace").charts[-1]
    constraints = sympy.lambdify(
        list(chart.intervals), [(item.lhs - item.rhs) * orientation(item) for item in chart.constraints]
    )
    values = sympy.lambdify(list(chart.intervals), list(chart.observables.values()))
    for pair in drawn_pairs(200, 0):
        numbers = pair.numbers(9, 7, 0.5)
        point = [float(x) for x in point_of(numbers).values()]
        for item, gap in zip(chart.constraints, constraints(*point), strict=True):
            assert gap <= 1e-9 if not isinstance(item, sympy.Eq) else abs(gap) <= 1e-9, (item, numbers)
        expected = [
            numbers.teacher,
            numbers.student,
            numbers.student_in_sample,
            numbers.baseline,
            numbers.ceiling,
            *(getattr(numbers, field) for field in TwoSubspaces.__dataclass_fields__),
        ]
        np.testing.assert_allclose(values(*point), expected, rtol=1e-9, atol=1e-9)


def orientation(relation: sympy.core.relational.Relational) -> int:
    return -1 if isinstance(relation, sympy.Ge | sympy.Gt) else 1


def test_every_state_comes_from_subspaces() -> None:
    draw = np.random.default_rng(1)
    for _ in range(300):
        d_s, d_w = (int(d) for d in draw.integers(1, 4, 2))
        smaller = min(d_s, d_w)
        d_sw = float(draw.choice([0, smaller, draw.integers(0, smaller + 1), smaller * draw.random()]))
        rho_w = float(draw.choice([0, 1, draw.random()]))
        largest = rho_w * min(1, d_s - d_sw)
        b_s = float(draw.choice([0, 0.9, draw.random()])) * largest
        b_w = float(draw.choice([0, draw.random()])) if d_sw < d_w else 0.0
        reach = b_w * (rho_w - b_s)
        if d_sw < 1:
            reach = min(reach, b_w * b_s * d_sw / (1 - d_sw))
        forced = d_s == d_w == 1
        product = float(draw.choice([-1, 1, 0 if not forced else 1])) * np.sqrt(reach) if b_s > 0 else 0.0
        pair = realized(d_s, d_w, d_sw, rho_w, b_s, b_w, product)
        numbers = pair.numbers(9, 7, 0.5)
        found = [numbers.d_sw, numbers.rho_w, numbers.seen, numbers.unseen, numbers.overlap, numbers.rho_s]
        rho_s = b_w + rho_w - b_s + 2 * product
        np.testing.assert_allclose(found, [d_sw, rho_w, b_s, b_w, b_w + product, rho_s], atol=1e-7)


def realized(
    d_s: int, d_w: int, d_sw: float, rho_w: float, b_s: float, b_w: float, product: float
) -> SubspacePair:
    """Build spans and a target with these numbers: principal pairs first, then what is in one span or in none."""
    smaller = min(d_s, d_w)
    for shift in (0.0, 1e-6, 1e-4, 1e-2, 0.1, 0.3):
        squares = squared_cosines(smaller, d_sw, shift)
        if squares is None:
            continue
        target = placed(squares, d_s - smaller, d_w - smaller, rho_w, b_s, b_w, product)
        if target is None:
            continue
        along, off = target
        cosines = np.concatenate([np.sqrt(squares), np.zeros(d_s + d_w - 2 * smaller), [1.0]])
        return in_coordinates(d_s, d_w, cosines, along, off)
    raise AssertionError((d_s, d_w, d_sw, rho_w, b_s, b_w, product))


def squared_cosines(count: int, total: float, shift: float) -> NDArray[np.float64] | None:
    """Return squared cosines with this sum, the first as large and the last as small as can be, up to a shift."""
    squares = np.clip(total - np.arange(count), 0, 1)
    if count > 1:
        squares[0] -= shift
        squares[-1] += shift
    return squares if np.all((squares >= 0) & (squares <= 1)) else None


def placed(
    squares: NDArray[np.float64],
    strong_only: int,
    weak_only: int,
    rho_w: float,
    b_s: float,
    b_w: float,
    product: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return x = Q P_w theta and y = (I - P_w) theta by direction (pairs, strong only, weak only, outside), or None."""
    sizes = (len(squares), strong_only, weak_only, 1)
    sines = np.concatenate([1 - squares, np.ones(strong_only + weak_only), [0.0]])
    cosines = np.concatenate([np.sqrt(squares), np.zeros(strong_only + weak_only), [1.0]])
    kinds = np.repeat(np.arange(4), sizes)
    may_x = ((kinds == 0) & (sines > 0)) | (kinds == 2)
    may_y = kinds != 2
    for first in np.flatnonzero(may_y & (kinds < 3)):
        for last in np.flatnonzero(may_y & (kinds < 3)):
            for share in (0.0, 1.0, *shares(sines, first, last, rho_w, b_s, b_w, product)):
                y = np.zeros(len(sines))
                for place, mass in ((first, share * b_s), (last, (1 - share) * b_s)):
                    if mass > 0:
                        y[place] = (
                            np.sqrt(y[place] ** 2 + mass / sines[place]) if sines[place] > 0 else np.inf
                        )
                if not np.sum(y**2) <= rho_w + 1e-12:
                    continue
                y[-1] = np.sqrt(max(0.0, rho_w - np.sum(y**2)))
                x = vector_with_product(np.where(may_x, cosines * y, 0), may_x, b_w, product)
                if x is not None:
                    return x, y
    return None


def shares(
    sines: NDArray[np.float64], first: int, last: int, rho_w: float, b_s: float, b_w: float, product: float
) -> list[float]:
    """Return the shares of b_s at `first` at which rho_w, or the product's reach, is used up; and some between."""
    found = list(np.linspace(0, 1, 9))
    per_share = [1 / sines[place] if sines[place] > 0 else np.nan for place in (first, last)]
    slope = b_s * (per_share[0] - per_share[1])
    wanted = [rho_w - b_s * per_share[1]]
    if b_w > 0:
        wanted.append(product**2 / b_w + b_s - b_s * per_share[1])
    found += [value / slope for value in wanted if slope]
    return [float(share) for share in found if 0 <= share <= 1]


def vector_with_product(
    weights: NDArray[np.float64], allowed: NDArray[np.bool_], square: float, product: float
) -> NDArray[np.float64] | None:
    """Return x in the allowed places with |x|^2 = square and <x, weights> = product, or None where there is none."""
    size = float(np.linalg.norm(weights))
    along = weights / size if size > 1e-12 else np.zeros(len(weights))
    part = product / size if size > 1e-12 else 0.0
    rest = square - part**2
    if rest < -1e-9 or (size <= 1e-12 and abs(product) > 1e-9):
        return None
    x = part * along
    if rest > 1e-9:
        candidates = np.eye(len(weights))[allowed]
        across = candidates - np.outer(candidates @ along, along)
        lengths = np.linalg.norm(across, axis=1)
        if not len(lengths) or lengths.max() < 1e-6:
            return None
        x = x + np.sqrt(rest) * across[lengths.argmax()] / lengths.max()
    return x


def in_coordinates(
    d_s: int, d_w: int, cosines: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> SubspacePair:
    """Return the pair whose principal planes are coordinate planes: strong axis e, weak axis c e + s f."""
    smaller = min(d_s, d_w)
    size = 2 * smaller + (d_s - smaller) + (d_w - smaller) + 1
    strong, weak, target = np.zeros((size, d_s)), np.zeros((size, d_w)), np.zeros(size)
    for i in range(smaller):
        c, s = cosines[i], np.sqrt(1 - cosines[i] ** 2)
        strong[2 * i, i] = 1
        weak[2 * i : 2 * i + 2, i] = c, s
        # theta = u (c, s) + y (-s, c), where s u = x is what V_s does not see of u.
        u = x[i] / s if s > 0 else 0.0
        target[2 * i : 2 * i + 2] = u * c - y[i] * s, u * s + y[i] * c
    place, direction = 2 * smaller, smaller
    for i in range(smaller, d_s):
        strong[place, i], target[place] = 1, y[direction]
        place, direction = place + 1, direction + 1
    for i in range(smaller, d_w):
        weak[place, i], target[place] = 1, x[direction]
        place, direction = place + 1, direction + 1
    target[place] = y[direction]
    return SubspacePair(strong, weak, target)


def count_true(bound: str, where: str, without_misfit: bool) -> int:
    """Return how many drawn states satisfy the conditions; the bound holds at all of them."""
    chosen = build_model("subspace")
    symbols = TwoSubspaces()
    relations = [
        with_sides(item, *(side.subs(dict(chosen.derived), simultaneous=True) for side in item.args))
        for text in (bound, where)
        if text
        for item in sympy.And.make_args(parse_relation(text, symbols_by_name()))
    ]
    observed = [getattr(symbols, field) for field in TwoSubspaces.__dataclass_fields__]
    risks = [model.ER_W, model.ER_W2S, model.ER_IN_SAMPLE, model.ER_S, model.ER_C]
    gap, *gaps = (
        sympy.lambdify([*observed, *risks], (item.lhs - item.rhs) * orientation(item)) for item in relations
    )
    is_equation, *are_equations = (isinstance(item, sympy.Eq) for item in relations)
    draw = np.random.default_rng(2)
    count = 0
    for pair in drawn_pairs(200, 3, without_misfit):
        d_s, d_w = pair.strong.shape[1], pair.weak.shape[1]
        numbers = pair.numbers(
            max(d_s, d_w) + int(draw.integers(2, 40)), d_s + int(draw.integers(2, 30)), float(draw.random())
        )
        given = [getattr(numbers, field) for field in TwoSubspaces.__dataclass_fields__]
        values = [
            numbers.teacher,
            numbers.student,
            numbers.student_in_sample,
            numbers.baseline,
            numbers.ceiling,
        ]
        if not all(
            abs(condition(*given, *values)) < 1e-12 if exact else condition(*given, *values) < 0
            for condition, exact in zip(gaps, are_equations, strict=True)
        ):
            continue
        count += 1
        claimed = gap(*given, *values)
        assert (abs(claimed) if is_equation else claimed) <= 1e-9 * max(map(abs, [*values, *given])), numbers
    return count


@pytest.mark.parametrize(
    "where",
    [
        "n == 80.5",
        "d_w > 1 and d_w < 2",
        "d_sw == d_w and b_w > 0",
        "N < d_s",
        "sigma2 == 0",
        "d_sw > d_s",
        "b_s == 0 and b_sw > b_w",
        "d_s == 1 and d_w == 1 and d_sw == 1/2 and b_s > 0 and b_w > 0 and b_sw == b_w",
        "d_s == 2 and d_w == 2 and d_sw == 3/2 and rho_w == 1 and b_s == 1/2 and b_w == 1 and b_sw == 1",
    ],
)
def test_conditions_without_a_state(where: str) -> None:
    with pytest.raises(InvalidInput, match="no state of the model 'subspace' satisfies"):
        check_bound("ER_w >= 0", "subspace", where)


def test_numbers_may_be_fixed() -> None:
    fixed = f"n == 80 and N == 50 and d_s == 12 and d_w == 20 and d_sw == 5 and sigma2 == 1 and {NO_MISFIT}"
    values = {LABELLED: 80, UNLABELLED: 50, D_S: 12, D_W: 20, D_SW: 5, NOISE: 1}
    recovered = TwoSubspaces(rho_s=0, rho_w=0, seen=0, unseen=0).recovered.subs(values)
    assert check_bound(f"PGR == {recovered}", "subspace", fixed).verdict == "proved"
    assert check_bound(f"PGR > {recovered}", "subspace", fixed).verdict == "refuted"


def test_the_domain_says_what_a_risk_needs() -> None:
    assert "n >= d_s + 2" in check_bound("ER_s > 0", "subspace").domain
    assert "N >= d_s + 2" not in check_bound("ER_w2s_in_sample >= 0", "subspace").domain
