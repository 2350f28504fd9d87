"""What a derivation is given has an origin: an assumption, an earlier step, or a part of another claim."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Integer, Rational, Symbol

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.claims.facts.inner_products import CAUCHY_SCHWARZ, FIRST_LENGTH, SECOND_LENGTH
from w2s_theory.claims.facts.real_numbers import LARGER, POWER_ORDER, SMALLER
from w2s_theory.claims.papers import FACT
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.origins import groundless, refuse_groundless
from w2s_theory.relations import at_least, equal

X, Y = Symbol("x", real=True), Symbol("y", real=True)
FIRST, SECOND = Vector.named("p"), Vector.named("q")


def claim(*steps: Step, assumes: tuple[Assumption, ...] = (), name: str = "test.claim") -> Claim:
    return Claim(
        name,
        "A claim",
        Source(FACT, "here"),
        Provenance.NEW,
        (Assumption("x and y are real"), *assumes),
        (Part("bound", steps[-1].relation),),
        steps,
    )


def step(relation: object, *given: object, by: Rule = Rule.CHAIN) -> Step:
    return Step("A step.", relation, by, given=given)  # type: ignore[arg-type]


def missing(made: Claim) -> list[str]:
    return [found.relation for found in groundless(made)]


def test_every_given_of_the_catalogue_has_an_origin() -> None:
    assert [str(found) for each in all_claims() for found in groundless(each)] == []


def test_an_assumption_and_an_earlier_step_are_origins() -> None:
    larger, largest = at_least(Y, X), at_least(Y + 1, Y)
    assumed = Assumption("y is at least x", (larger,))
    first = step(largest, by=Rule.NONNEGATIVE)
    assert missing(claim(first, step(at_least(Y + 1, X), larger, largest), assumes=(assumed,))) == []
    assert missing(claim(first, step(at_least(Y + 1, X), larger, largest))) == ["y >= x"]
    assert missing(claim(step(at_least(Y + 1, X), larger, largest), first, assumes=(assumed,))) == [
        "y + 1 >= y"
    ]


def test_a_citation_says_what_the_other_claim_states_at_these_values() -> None:
    citation = cited(CAUCHY_SCHWARZ, "squared", vectors={"u": FIRST - SECOND, "v": 2 * SECOND})
    assert citation.id == "fact.cauchy-schwarz#squared"
    assert citation.relation.lhs == SquaredNorm.of(FIRST - SECOND) * SquaredNorm.of(2 * SECOND)
    assert citation.relation.rhs == (2 * inner(FIRST, SECOND) - 2 * norm_squared(SECOND)) ** 2


def test_what_the_other_claim_assumes_has_to_hold_at_these_values() -> None:
    citation = cited(
        CAUCHY_SCHWARZ, "lengths", {FIRST_LENGTH: 1, SECOND_LENGTH: Rational(1, 2)}, {"u": FIRST, "v": SECOND}
    )
    needs = step(citation.relation, citation)
    lengths = (equal(norm_squared(FIRST), 1), equal(norm_squared(SECOND), Rational(1, 4)))
    assert missing(claim(needs, assumes=(Assumption("lengths 1 and 1/2", lengths),))) == []
    assert missing(claim(needs, assumes=(Assumption("the first has length 1", lengths[:1]),))) == [
        "||q||^2 = 1/4 (assumed by fact.cauchy-schwarz#lengths)"
    ]


def test_a_value_is_a_number_of_the_kind_that_the_symbol_stands_for() -> None:
    at_values = cited(POWER_ORDER, "roots", {LARGER: X + 1, SMALLER: X})
    needs = step(at_values.relation, at_values)
    assert missing(claim(needs)) == ["x is nonnegative (for y in fact.power-order#roots)"]
    signed = Assumption("x is not negative", (at_least(X, 0),))
    assert missing(claim(needs, assumes=(signed,))) == []


def test_values_are_no_inner_products_and_capture_no_bound_variable() -> None:
    with pytest.raises(ValueError, match="cited at an inner product"):
        cited(CAUCHY_SCHWARZ, "squared", {inner(Vector.named("u"), Vector.named("v")): Integer(5)})
    kernel = find_claim("rf.kernel")
    bound = next(
        iter(kernel.relation("closed-form").atoms(Symbol) - kernel.relation("closed-form").free_symbols)
    )
    with pytest.raises(ValueError, match="has a bound variable of this name"):
        cited(kernel, "closed-form", {Symbol("z"): bound})
    with pytest.raises(ValueError, match="has no part 'cubic'"):
        cited(kernel, "cubic")


def test_a_catalogue_with_a_given_from_nowhere_is_refused_in_one_line() -> None:
    larger = at_least(Y, X)
    with pytest.raises(
        InvalidInput, match=r"^step 1 of test\.claim is given what has no origin: y >= x; allowed: "
    ):
        refuse_groundless([claim(step(at_least(Y + 1, X), larger))])


def test_a_claim_that_assumes_what_it_states_is_refused() -> None:
    larger = at_least(Y, X)
    with pytest.raises(InvalidInput, match=r"^test\.claim assumes what it states: y >= x$"):
        refuse_groundless([claim(step(larger), assumes=(Assumption("given", (larger,)),))])


def test_a_citation_of_what_is_not_in_the_catalogue_is_refused() -> None:
    forged = replace(CAUCHY_SCHWARZ, states=(Part("squared", at_least(X, Y)),))
    citing = claim(step(at_least(X, Y), cited(forged, "squared")), assumes=forged.assumptions)
    with pytest.raises(
        InvalidInput, match=r"cites fact\.cauchy-schwarz#squared, which is no claim of the catalogue"
    ):
        refuse_groundless([POWER_ORDER, CAUCHY_SCHWARZ, citing])


def test_claims_that_cite_each_other_are_refused() -> None:
    larger = at_least(Y, X)
    plain = claim(step(larger), name="test.first")
    second = claim(step(larger, cited(plain, "bound")), name="test.second")
    first = replace(plain, derivation=(step(larger, cited(second, "bound")),))
    with pytest.raises(
        InvalidInput, match=r"^test\.second cites test\.first#bound, which is no claim of the catalogue$"
    ):
        refuse_groundless([first, second])


def test_exchanging_expressions_keeps_assumptions_and_moves_earlier_steps_alike() -> None:
    assumed, earlier = at_least(Y, X), at_least(X, 2)
    made = claim(
        step(earlier),
        step(at_least(Y, 2), assumed, earlier),
        assumes=(Assumption("y is at least x", (assumed,)),),
    )
    exchanged = made.replacing({X: Y + 1})
    assert exchanged.derivation[1].given == (assumed, at_least(Y + 1, 2))
    assert exchanged.premises == made.premises
    assert missing(exchanged) == []
