from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Eq,
    Function,
    Ge,
    Gt,
    IndexedBase,
    Le,
    Limit,
    Lt,
    Rational,
    Sum,
    Symbol,
    cos,
    oo,
    sqrt,
    symbols,
)
from sympy.core.relational import Relational

from proofs_checks.sensitivity.places import exchanged, places
from proofs_checks.sensitivity.twins import Change, Twin, twins, twins_of
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.geometry.inner_products import SquaredNorm, Vector
from w2s_theory.relations import at_least, equal

x, y = symbols("x y", positive=True)
k, n = symbols("k n", integer=True, positive=True)
terms = st.tuples(st.fractions(-5, 5, max_denominator=9).filter(bool), st.integers(0, 3), st.integers(0, 3))


def of(relation: Relational, change: Change) -> list[Relational]:
    return [twin.relation for twin in twins_of("part", relation) if twin.change is change]


@given(st.lists(terms, min_size=1, max_size=4), st.sampled_from([Ge, Le, Gt, Lt, Eq]))
@settings(max_examples=60, deadline=None)
def test_each_twin_is_another_relation_under_a_name_of_its_own(
    drawn: list[tuple[Rational, int, int]], kind: type[Relational]
) -> None:
    side = sum(Rational(c.numerator, c.denominator) * x**i * y**j for c, i, j in drawn)
    relation = kind(side, x + 2, evaluate=False)
    found = list(twins_of("part", relation))
    assert len({twin.relation for twin in found}) == len(found) == len({twin.name for twin in found})
    assert relation not in {twin.relation for twin in found}
    for twin in found:
        if twin.change is not Change.COMPARISON:
            assert type(twin.relation) is kind
            assert sum(a != b for a, b in zip(relation.args, twin.relation.args, strict=True)) == 1


@given(st.fractions(Rational(1, 9), 9, max_denominator=9), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_constants_and_exponents_change_by_1_percent_5_percent_and_1(c: Rational, power: int) -> None:
    number = Rational(c.numerator, c.denominator)
    relation = at_least(x, number * y**power)
    for change, size in ((Change.ONE_PERCENT, Rational(1, 100)), (Change.FIVE_PERCENT, Rational(1, 20))):
        for factor in (1 + size, 1 - size):
            assert at_least(x, number * factor * y**power) in of(relation, change)
            assert at_least(x, number * y ** (power * factor)) in of(relation, change)
    assert {at_least(x, number * y ** (power + step)) for step in (1, -1)} <= set(of(relation, Change.UNIT))


def test_a_fraction_changes_by_1_above_and_below_its_bar() -> None:
    changed = of(at_least(x, Rational(3, 4)), Change.UNIT)
    assert {at_least(x, value) for value in (1, Rational(1, 2), Rational(3, 5))} <= set(changed)


def test_a_term_has_the_coefficient_1_and_a_1_that_stands_alone_is_a_constant() -> None:
    relation = at_least(x, 1 - sqrt(y))
    for twin in (
        at_least(Rational(101, 100) * x, 1 - sqrt(y)),
        at_least(x, Rational(101, 100) - sqrt(y)),
        at_least(x, 1 - Rational(101, 100) * sqrt(y)),
        at_least(x, Rational(99, 100) * (1 - sqrt(y))),
    ):
        assert twin in of(relation, Change.ONE_PERCENT)


def test_signs_of_terms_turn_and_comparisons_are_exchanged_and_reversed() -> None:
    relation = at_least(x, 1 - y)
    assert {at_least(x, -1 - y), at_least(x, 1 + y), at_least(-x, 1 - y)} <= set(of(relation, Change.SIGN))
    assert {type(twin) for twin in of(relation, Change.COMPARISON)} == {Gt, Le, Lt}


def test_what_has_to_be_whole_changes_by_1_only() -> None:
    q, s = IndexedBase("q"), Function("s")
    total = equal(x, Sum(q[k + 2], (k, 1, n)) + s(2 * k + 3))
    numbers = {twin.name for twin in twins_of("part", total) if twin.change is Change.ONE_PERCENT}
    assert all("coefficient 1" in name or "coefficient -1" in name for name in numbers)
    assert equal(x, Sum(q[k + 3], (k, 1, n)) + s(2 * k + 3)) in of(total, Change.UNIT)
    assert equal(x, Sum(q[k + 2], (k, 2, n)) + s(2 * k + 3)) in of(total, Change.UNIT)
    assert equal(x, Sum(q[k + 2], (k, 1, n)) + s(2 * k + 4)) in of(total, Change.UNIT)


def test_arguments_are_exchanged_for_others_of_their_kind() -> None:
    other = Symbol("z", real=True)
    assert at_least(x, x * other) in of(at_least(x, y * other), Change.ARGUMENT)
    assert not any(twin.lhs == other for twin in of(at_least(x, y * other), Change.ARGUMENT))
    p, q = IndexedBase("p"), IndexedBase("q")
    assert at_least(p[k], q[n] + q[n]) not in of(at_least(p[k], p[k] + q[n]), Change.ARGUMENT)
    assert at_least(q[k], p[k] + q[n]) in of(at_least(p[k], p[k] + q[n]), Change.ARGUMENT)


def test_bound_variables_and_points_of_limits_stay() -> None:
    index = Symbol("i", integer=True)
    total = equal(Limit(cos(x) * y, x, 0), Sum(y**index, (index, 1, 3)))
    for twin in twins_of("part", total):
        assert twin.relation.free_symbols <= {y}
        assert all(limit.args[1:3] == (x, 0) for limit in twin.relation.atoms(Limit))


def test_coefficients_inside_norms_change() -> None:
    norm = SquaredNorm.of(Vector.named("u") - Vector.named("v"))
    larger = SquaredNorm.of(Rational(101, 100) * Vector.named("u") - Vector.named("v"))
    assert at_least(larger, x) in of(at_least(norm, x), Change.ONE_PERCENT)


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_places_lead_back_to_what_stands_there(claim) -> None:  # type: ignore[no-untyped-def]
    for part in claim.states:
        found = list(places(part.relation))
        assert len({place.path for place in found}) == len(found)
        assert exchanged(part.relation, found[0].path, found[0].expression) == part.relation


def test_a_twin_of_a_claim_changes_the_part_and_the_step_that_concludes_it() -> None:
    claim = find_claim("rf.thm4.1")
    twin = next(twin for twin in twins(claim) if twin.part == "quadratic" and "3/4 -> 63/80" in twin.name)
    changed = twin.of(claim)
    assert changed.relation("quadratic") == twin.relation
    assert twin.relation in [step.relation for step in changed.derivation]
    assert changed.relation("curve") == claim.relation("curve")
    moved = [a != b for a, b in zip(claim.derivation, changed.derivation, strict=True)]
    assert sum(moved) == 1


def test_a_side_is_exchanged_throughout_the_derivation() -> None:
    claim = find_claim("rf.thm4.1")
    twin = next(twin for twin in twins(claim) if twin.part == "quadratic" and "3/4 -> 63/80" in twin.name)
    changed = twin.throughout(claim)
    assert changed is not None
    moved = [a.relation != b.relation for a, b in zip(claim.derivation, changed.derivation, strict=True)]
    assert sum(moved) > 1
    left = next(each for each in twins(claim) if each.of_side and each.ladder.endswith(" left"))
    assert left.throughout(claim) is None, "a letter alone stands everywhere"


def test_infinite_ends_and_values_that_are_none_make_no_twin() -> None:
    relation = equal(x, Sum(1 / (k - 1 + y), (k, 1, oo)))
    assert all(isinstance(twin, Twin) and not twin.relation.has(-oo) for twin in twins_of("part", relation))
