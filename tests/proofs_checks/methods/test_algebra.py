from __future__ import annotations

from dataclasses import replace

import pytest
import sympy
from sympy import Eq, Ge, Le, Limit, Rational, Symbol, oo, sqrt

from proofs_checks.evidence import Verdict
from proofs_checks.methods.algebra import (
    check_derivation,
    first_failure,
    is_nonnegative,
    is_zero,
)
from w2s_theory.claim import Claim, Rule, Step
from w2s_theory.claims import all_claims, find_claim

X, Y = Symbol("x", nonnegative=True), Symbol("y", real=True)


def step(relation: sympy.Basic, by: Rule, **more: object) -> Step:
    return Step("A step.", relation, by, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "good",
    [
        step(Eq((X + 1) ** 2, X**2 + 2 * X + 1, evaluate=False), Rule.IDENTITY),
        step(Eq(X**4, 1 - 2 * Y**2 + Y**4, evaluate=False), Rule.IDENTITY, given=(Eq(X**2 + Y**2, 1),)),
        step(Ge(X**2 + Y**2, 2 * X * Y, evaluate=False), Rule.NONNEGATIVE, certificate=((X - Y) ** 2,)),
        step(
            Ge(X * Y, X, evaluate=False),
            Rule.NONNEGATIVE,
            given=(Ge(Y, 1, evaluate=False),),
            certificate=(X * (Y - 1),),
        ),
        step(Eq(Limit(sympy.sin(X) / X, X, 0), 1), Rule.LIMIT),
        step(Eq(Limit((1 + 1 / X) ** X, X, oo), sympy.E), Rule.LIMIT),
        step(Ge(X**2 - X + 1, Rational(3, 4), evaluate=False), Rule.UNIVARIATE, given=(X >= -5, Le(X, 5))),
    ],
    ids=lambda item: f"{item.by}: {item.relation}",
)
def test_true_steps_pass_and_their_perturbations_fail(good: Step) -> None:
    if good.by is Rule.UNIVARIATE:
        variable = Symbol("v", real=True)
        good = replace(
            good,
            relation=good.relation.func(
                *(side.subs(X, variable) for side in good.relation.args), evaluate=False
            ),
            given=(Ge(variable, -5), Le(variable, 5)),
        )
    assert first_failure([good]) is None
    left, right = good.relation.args
    wrong = replace(good, relation=good.relation.func(left, right + Rational(1, 1000), evaluate=False))
    assert first_failure([wrong]) == 0


def test_a_chain_needs_all_its_links() -> None:
    a, b, c = sympy.symbols("a b c")
    links = (Ge(a, b, evaluate=False), Le(c, b, evaluate=False))
    goal = step(Ge(a, c, evaluate=False), Rule.CHAIN, given=links)
    assert first_failure([goal]) is None
    assert first_failure([replace(goal, given=links[:1])]) == 0
    assert first_failure([replace(goal, relation=Ge(c, a, evaluate=False))]) == 0


def test_nonnegativity_is_read_off_the_form_only() -> None:
    assert is_nonnegative(X * (Y - 1) ** 2 + 3)
    assert is_nonnegative((Y - 1) * X, (Ge(3 * Y, 3, evaluate=False),))
    assert not is_nonnegative(Y)
    assert not is_nonnegative(-X)
    assert not is_nonnegative((Y - 1) ** 3)
    assert not is_nonnegative(1 - X, (Ge(X, 1, evaluate=False),))


def test_a_square_is_nonnegative_where_its_root_is_real() -> None:
    root = sqrt(1 - X)
    assert not is_nonnegative((root - X) ** 2)
    assert is_nonnegative((root - X) ** 2, (Ge(1, X, evaluate=False),))
    assert not is_nonnegative(Symbol("z") ** 2)


def test_an_integral_or_a_sum_backwards_is_not_nonnegative() -> None:
    s, i = Symbol("s", real=True), Symbol("i", integer=True)
    count = Symbol("m", integer=True, positive=True)
    assert is_nonnegative(sympy.Integral(s**2, (s, 1, 2)))
    assert not is_nonnegative(sympy.Integral(1, (s, 2, 1)))
    assert is_nonnegative(sympy.Sum(i**2, (i, 1, count)))
    assert not is_nonnegative(sympy.Sum(i**2, (i, 4, count)))


def test_what_is_given_of_a_free_variable_is_not_used_of_a_bound_one() -> None:
    s = Symbol("s", real=True)
    given = (Ge(s, 0, evaluate=False),)
    assert is_nonnegative(s, given)
    assert not is_nonnegative(sympy.Integral(s, (s, -1, 0)), given)


def test_what_cannot_be_examined_is_not_shown() -> None:
    x, y = Symbol("x", positive=True), Symbol("y", positive=True)
    assert not is_zero(sympy.log(x) - y, (Eq(x, y, evaluate=False),))
    not_real = step(Eq(Limit(sympy.sqrt(X - 5) * X, X, 0), 0), Rule.LIMIT)
    assert first_failure([not_real]) == 0


def test_zero_means_shown_to_vanish() -> None:
    assert is_zero(sqrt(3 + 2 * sqrt(2)) - 1 - sqrt(2))
    assert not is_zero(X - Rational(1, 10**30))


def test_a_false_limit_of_sympy_is_caught_by_the_ladder() -> None:
    n = Symbol("n", positive=True)
    claimed = step(Eq(Limit(sympy.subfactorial(n) / sympy.factorial(n), n, oo), 0), Rule.LIMIT)
    assert first_failure([claimed]) == 0


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_a_wrong_constant_in_any_step_is_noticed(claim: Claim) -> None:
    for number, good in enumerate(claim.derivation):
        if good.by is Rule.CHAIN:
            continue
        left, right = good.relation.args
        up = isinstance(good.relation, Ge)
        if up and good.by is Rule.NONNEGATIVE:
            left = left - 1 - right
        off = sympy.Integer(7) if right is oo else right + 1
        wrong = replace(good, relation=good.relation.func(left, off, evaluate=False))
        steps = [*claim.derivation[:number], wrong]
        assert first_failure(steps) == number, f"step {number + 1} of {claim.id} passes when it is wrong"


def test_a_derivation_must_conclude_the_statement() -> None:
    claim = find_claim("rf.thm4.2")
    cut = replace(claim, derivation=claim.derivation[:-1])
    finding = check_derivation(cut)
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.summary.startswith("no step concludes")
