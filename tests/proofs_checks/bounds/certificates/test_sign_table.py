"""Sign tables that were tampered with are refused, each in its own way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.sign_table import Product, SignTable, check
from proofs_checks.bounds.line.polynomials import decide
from proofs_checks.bounds.problem import Empty, Problem
from w2s_theory.terms.tree import ZERO, All, Atom, Sign, apply, number, variable

t = variable("t")
# True on [0, 1]: t^2 (2 t^2 - 1)^2 (t^3 + t + 1) >= 0, which has an irrational double root and a root at an end.
CLAIM = t**2 * (2 * t**2 - 1) ** 2 * (t**3 + t + 1) / (1 + t)
TRUE = Problem({"t": (Fraction(0), Fraction(1))}, Atom(CLAIM, Sign.LT, ZERO))
# False, by a hair's breadth around 1/sqrt(2): the same less a small number.
HAIR = Problem({"t": (Fraction(0), Fraction(1))}, Atom(CLAIM, Sign.LT, number(1, 10**20)))
STRICT = Problem({"t": (Fraction(0), Fraction(1))}, Atom(CLAIM, Sign.LE, ZERO))
# Two roots near each other, (1/3, 1/3 + 1/1000), between which the claim fails.
CLOSE = Problem(
    {"t": (Fraction(0), Fraction(1))}, Atom((3 * t - 1) * (3 * t - 1 - number(3, 1000)), Sign.LT, ZERO)
)
INNER = Problem({"t": (Fraction(0), Fraction(1))}, Atom(t * (1 - t) * (2 * t**2 - 1) ** 2, Sign.LT, ZERO))


def certificate(problem: Problem) -> SignTable:
    answer = decide(problem)
    assert isinstance(answer, Empty)
    assert isinstance(answer.certificate, SignTable)
    return answer.certificate


def test_an_honest_one_is_accepted() -> None:
    for problem in (TRUE, INNER):
        assert check(problem, certificate(problem))


def with_product(table: SignTable, change: Callable[[Product], Product]) -> SignTable:
    place = max(range(len(table.products)), key=lambda i: len(table.products[i].powers))
    products = list(table.products)
    products[place] = change(products[place])
    return replace(table, products=tuple(products))


def squared_first(product: Product) -> Product:
    (place, exponent), *rest = product.powers
    return replace(product, powers=((place, exponent + 1), *rest))


def odd_factor(table: SignTable) -> int:
    return next(i for product in table.products for i, exponent in product.powers if exponent % 2)


FORGERIES: dict[str, Callable[[SignTable], SignTable]] = {
    "the last cut is dropped": lambda c: replace(c, cuts=c.cuts[:-1]),
    "the first cut is dropped": lambda c: replace(c, cuts=c.cuts[1:]),
    "no cuts at all": lambda c: replace(c, cuts=()),
    "cuts in a wrong order": lambda c: replace(c, cuts=c.cuts[::-1]),
    "a cut repeated": lambda c: replace(c, cuts=(c.cuts[0], *c.cuts)),
    "the box is widened": lambda c: replace(c, cuts=(Fraction(-1), *c.cuts[1:])),
    "a factor's coefficient is changed": lambda c: replace(
        c, factors=((c.factors[0][0] + 1, *c.factors[0][1:]), *c.factors[1:])
    ),
    "a factor is left out": lambda c: replace(c, factors=c.factors[:-1]),
    "a factor is the number 0": lambda c: replace(c, factors=((0,), *c.factors)),
    "the sign of a factor of odd multiplicity is swapped": lambda c: replace(
        c, factors=tuple(tuple(-x if i == odd_factor(c) else x for x in f) for i, f in enumerate(c.factors))
    ),
    "the unit's sign is swapped": lambda c: with_product(c, lambda p: replace(p, unit=-p.unit)),
    "the unit is 0": lambda c: with_product(c, lambda p: replace(p, unit=Fraction(0))),
    "a multiplicity is higher": lambda c: with_product(c, squared_first),
    "a multiplicity is left out": lambda c: with_product(c, lambda p: replace(p, powers=p.powers[1:])),
    "a multiplicity of an unknown factor": lambda c: with_product(
        c, lambda p: replace(p, powers=(*p.powers, (99, 1)))
    ),
    "a factor counted from the end": lambda c: with_product(
        c, lambda p: replace(p, powers=tuple((i - len(c.factors), e) for i, e in p.powers))
    ),
    "a negative multiplicity": lambda c: with_product(
        c, lambda p: replace(p, powers=((0, -1), (0, 1), *p.powers))
    ),
    "a product is left out": lambda c: replace(c, products=c.products[:-1]),
    "a product too many": lambda c: replace(c, products=(*c.products, c.products[0])),
    "another variable": lambda c: replace(c, variable="u"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("problem", [TRUE, INNER], ids=["one side", "both sides"])
def test_a_forged_one_is_refused(forgery: str, problem: Problem) -> None:
    forged = FORGERIES[forgery](certificate(problem))
    assert forged != certificate(problem)
    assert not check(problem, forged)


@pytest.mark.parametrize("problem", [HAIR, STRICT], ids=["a hair", "strict"])
def test_the_certificate_of_a_true_bound_does_not_serve_a_false_one(problem: Problem) -> None:
    assert not check(problem, certificate(TRUE))


def test_two_roots_between_neighbouring_cuts_are_not_overlooked() -> None:
    table = SignTable(
        variable="t",
        factors=((-1, 3), (-1003, 3000)),
        products=(Product(Fraction(1, 1000), ((0, 1), (1, 1))), Product(Fraction(1), ())),
        cuts=(Fraction(0), Fraction(1)),
    )
    # (without the pair of roots, t = 0 and t = 1 alone would satisfy nothing)
    assert not check(CLOSE, table)
    merged = replace(
        table,
        factors=((1003, -6009, 9000),),
        products=(Product(Fraction(1, 1000), ((0, 1),)), table.products[1]),
    )
    assert not check(CLOSE, merged)


def test_a_sign_that_the_formula_accepts_is_not_overlooked() -> None:
    weak = Problem({"t": (Fraction(0), Fraction(1))}, Atom(CLAIM, Sign.NE, ZERO))
    assert not check(weak, certificate(TRUE))


def test_a_condition_that_is_not_in_the_problem_is_not_used() -> None:
    positive = Atom(t, Sign.GT, ZERO)
    with_condition = Problem(TRUE.box, All((Atom(t**2, Sign.LE, ZERO), positive)))
    without = Problem(TRUE.box, Atom(t**2, Sign.LE, ZERO))
    assert check(with_condition, certificate(with_condition))
    assert not check(without, certificate(with_condition))


def test_integers_may_skip_what_lies_between_them_and_only_integers() -> None:
    box = {"t": (None, None)}
    whole = Problem(box, Atom((3 * t - 1) * (3 * t - 2), Sign.LT, ZERO), frozenset({"t"}))
    real = Problem(box, whole.formula)
    assert check(whole, certificate(whole))
    assert not check(real, certificate(whole))


def test_an_endless_side_needs_a_cut_beyond_all_roots() -> None:
    line = Problem({"t": (None, None)}, Atom((t**2 - 2) ** 2 * (t**2 - 9) ** 2, Sign.LT, ZERO))
    table = certificate(line)
    assert check(line, table)
    for cut in table.cuts[:1] + table.cuts[-1:]:
        assert not check(line, replace(table, cuts=tuple(x for x in table.cuts if x != cut)))
    assert not check(line, replace(table, cuts=()))


def test_terms_that_are_no_rational_functions_are_refused() -> None:
    assert not check(Problem(TRUE.box, Atom(apply("exp", t), Sign.LT, ZERO)), certificate(TRUE))
    assert not check(Problem({**TRUE.box, "u": TRUE.box["t"]}, TRUE.formula), certificate(TRUE))


def table(*factors: tuple[int, ...], powers: tuple[tuple[int, int], ...]) -> SignTable:
    products = (Product(Fraction(1), powers), Product(Fraction(1), ()))
    return SignTable("t", factors, products, (Fraction(0), Fraction(1)))


def test_a_violation_at_a_cut_only_or_at_a_root_only_is_not_overlooked() -> None:
    cases = {
        Atom(t**2, Sign.LT, ZERO): table((0, 1), powers=((0, 2),)),
        Atom((2 * t**2 - 1) ** 2, Sign.LT, ZERO): table((-1, 0, 2), powers=((0, 2),)),
    }
    for strict, cover in cases.items():
        assert check(Problem(TRUE.box, strict), cover)
        assert not check(Problem(TRUE.box, replace(strict, sign=Sign.LE)), cover)
        assert not check(Problem(TRUE.box, replace(strict, sign=Sign.EQ)), cover)
