"""False statements with derivations that once re-checked: each is refused now, and a true neighbour is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import sympy
from sympy import I, Integral, Limit, cos, log, oo, sqrt, symbols
from sympy.logic.boolalg import Boolean

from proofs_checks.methods.algebra import broken_derivation, check_derivation, step_holds
from w2s_theory.claim import Assumption, Cited, Claim, Part, Rule, Step, cited
from w2s_theory.claims import find_claim
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, norm_squared
from w2s_theory.origins import groundless, refuse_groundless
from w2s_theory.relations import at_least, at_most, equal, more_than

x, y, w, s = symbols("x y w s", real=True)
p = symbols("p", positive=True)
n = symbols("n", negative=True)
c = symbols("c")
U = Vector.named("u_1")


def claim(name: str, states: Boolean, steps: Sequence[Step] = (), says: Sequence[Boolean] = ()) -> Claim:
    assumptions = (Assumption("x, y, w are real numbers", tuple(says)),)
    whole = find_claim("rf.cor1")
    return Claim(
        f"red.{name}", name, whole.source, whole.provenance, assumptions, (Part("p0", states),), tuple(steps)
    )


def step(
    relation: Boolean, by: Rule, given: Sequence[Boolean | Cited] = (), *certificate: sympy.Expr
) -> Step:
    return Step("A step.", relation, by, tuple(given), tuple(certificate))


UNPROVED = claim("unproved", at_least(x, y))
BROKEN = claim("broken", at_least(x, y), [step(at_least(x, y), Rule.NONNEGATIVE)])
KNOWN_FALSE = replace(BROKEN, id="red.false", expects_refutation=True)
SUM = claim("sum", at_least(x**2 + p, 0), [step(at_least(x**2 + p, 0), Rule.NONNEGATIVE)])


@pytest.mark.parametrize("base", [UNPROVED, BROKEN, KNOWN_FALSE], ids=lambda base: base.id)
def test_what_is_not_shown_is_not_cited(base: Claim) -> None:
    cites = step(at_least(1, 2), Rule.CHAIN, [cited(base, "p0", {x: 1, y: 2})])
    found = broken_derivation(claim("cites", at_least(1, 2), [cites]))
    assert found is not None
    assert found.broken == 1
    assert f"cites {base.id}#p0, which its own derivation does not show" in found.summary


def test_what_is_shown_may_be_cited() -> None:
    stated = at_least(y**2 + 3, 0)
    cites = step(stated, Rule.CHAIN, [cited(SUM, "p0", {x: y, p: 3})])
    assert check_derivation(claim("cites", stated, [cites])).verdict == "proved"


def test_what_is_known_to_be_false_is_refused_by_the_catalogue() -> None:
    cites = step(at_least(1, 2), Rule.CHAIN, [cited(KNOWN_FALSE, "p0", {x: 1, y: 2})])
    with pytest.raises(InvalidInput, match=r"cites red\.false#p0, which is known to be false"):
        refuse_groundless([KNOWN_FALSE, claim("cites", at_least(1, 2), [cites])])


@pytest.mark.parametrize(
    ("stated", "steps", "says"),
    [
        # A denominator that the givens make 0 everywhere.
        (
            at_least(2, 5),
            [
                step(equal((x - w) / (x - y), 5), Rule.IDENTITY, [equal(x, y), equal(x, w)]),
                step(equal((x - w) / (x - y), 2), Rule.IDENTITY, [equal(x, y), equal(x, w)]),
                step(at_least(2, 5), Rule.CHAIN),
            ],
            [equal(x, y), equal(x, w)],
        ),
        # An assumption without a value, through which a chain would lead anywhere.
        (
            at_least(1, 2),
            [step(at_least(1, 2), Rule.CHAIN, [equal(1, sympy.nan), equal(sympy.nan, 2)])],
            [equal(1, sympy.nan), equal(sympy.nan, 2)],
        ),
    ],
)
def test_what_has_no_value_proves_nothing(
    stated: Boolean, steps: Sequence[Step], says: Sequence[Boolean]
) -> None:
    assert check_derivation(claim("valueless", stated, steps, says)).verdict == "undecided"


@pytest.mark.parametrize(
    ("relation", "certificate"),
    [
        (at_least(-norm_squared(U), 0), [SquaredNorm.of(I * U)]),
        (at_least(x * norm_squared(U), 0), [SquaredNorm.of(sqrt(x) * U)]),
        (at_least(c**2 * norm_squared(U), 0), [SquaredNorm.of(c * U)]),
        (at_least(2 * cos(log(p)), 0), [p**I, p ** (-I)]),
        (at_least(p**I + p ** (-I), 0), []),
        (at_least(1 / (p - 1) - 1 / p, 0), [Integral(1 / (s - p) ** 2, (s, 0, 1))]),
        (at_least(x, y), []),
        (equal(x, y), []),
    ],
)
def test_what_may_be_negative_is_not_shown_to_be_nonnegative(
    relation: Boolean, certificate: Sequence[sympy.Expr]
) -> None:
    assert not step_holds(step(relation, Rule.NONNEGATIVE, (), *certificate))


@pytest.mark.parametrize(
    ("relation", "given", "certificate"),
    [
        (at_least(x**2 * norm_squared(U), 0), [], [SquaredNorm.of(x * U)]),
        (at_least(x * norm_squared(U), 0), [at_least(x, 0)], [SquaredNorm.of(sqrt(x) * U)]),
        (at_least(p**x, 0), [], []),
        (at_least(1 / p - 1 / (p + 1), 0), [], [Integral(1 / (s + p) ** 2, (s, 0, 1))]),
    ],
)
def test_their_true_neighbours_are_shown(
    relation: Boolean, given: Sequence[Boolean], certificate: Sequence[sympy.Expr]
) -> None:
    assert step_holds(step(relation, Rule.NONNEGATIVE, given, *certificate))


def test_an_integral_across_a_pole_is_no_identity() -> None:
    across = equal(1 / (p - 1) - 1 / p, Integral(1 / (s - p) ** 2, (s, 0, 1)))
    assert not step_holds(step(across, Rule.IDENTITY))
    beside = equal(1 / p - 1 / (p + 1), Integral(1 / (s + p) ** 2, (s, 0, 1)))
    assert step_holds(step(beside, Rule.IDENTITY))


@pytest.mark.parametrize(
    "by_and_relation",
    [
        (Rule.NONNEGATIVE, equal(x, y)),
        (Rule.UNIVARIATE, at_least(x, y)),
        (Rule.UNIVARIATE, at_least(x**2, 0)),
        (Rule.LIMIT, equal(Limit(abs(x) / x, x, 0, "+-"), 1)),
        (Rule.LIMIT, equal(Limit(1 / x, x, 0, "-"), oo)),
    ],
)
def test_a_step_of_the_wrong_shape_is_broken_and_does_not_crash(
    by_and_relation: tuple[Rule, Boolean],
) -> None:
    by, relation = by_and_relation
    found = broken_derivation(claim("shape", relation, [step(relation, by)]))
    assert found is not None
    assert found.broken == 1


def test_limits_from_the_left_and_to_minus_infinity() -> None:
    assert step_holds(step(equal(Limit(1 / x, x, 0, "-"), -oo), Rule.LIMIT))
    assert step_holds(step(equal(Limit(abs(x) / x, x, 0, "-"), -1), Rule.LIMIT))
    assert step_holds(step(equal(Limit(sympy.exp(x), x, -oo), 0), Rule.LIMIT))
    assert not step_holds(step(equal(Limit(abs(x) / x, x, 0, "-"), 1), Rule.LIMIT))


def test_an_improper_integral_is_an_identity() -> None:
    assert step_holds(step(equal(1 / p, Integral(1 / (s + p) ** 2, (s, 0, oo))), Rule.IDENTITY))


def test_a_citation_has_finite_values() -> None:
    ratio = equal((x**2 + x * y) / x, x + y)
    removable = claim("ratio", ratio, [step(ratio, Rule.IDENTITY)])
    with pytest.raises(ValueError, match="has no value where it is cited"):
        cited(removable, "p0", {x: 0, y: 1})
    with pytest.raises(ValueError, match="allowed: finite values"):
        cited(SUM, "p0", {p: oo})
    for fact, part in (("fact.logarithm", "below"), ("fact.inverse-wishart", "mean")):
        base = find_claim(fact)
        symbol = sorted(base.relation(part).free_symbols, key=str)[0]
        with pytest.raises(ValueError, match="allowed: finite values"):
            cited(base, part, {symbol: oo})


@pytest.mark.parametrize("value", [5, 0, x, y**2])
def test_a_value_is_of_every_kind_that_its_symbol_is_declared_to_be(value: sympy.Expr | int) -> None:
    negative = claim("negative", at_least(-n, 0), [step(at_least(-n, 0), Rule.NONNEGATIVE)])
    stated = at_least(-sympy.sympify(value), 0)
    cites = claim("cites", stated, [step(stated, Rule.CHAIN, [cited(negative, "p0", {n: value})])])
    assert [found.step for found in groundless(cites)]
    fine = at_least(5, 0)
    of_its_kind = claim("fine", fine, [step(fine, Rule.CHAIN, [cited(negative, "p0", {n: -5})])])
    assert check_derivation(of_its_kind).verdict == "proved"


@pytest.mark.parametrize("assumed", [at_most(y, x), at_least(x - y, 0), at_least(x, y)])
def test_a_claim_does_not_assume_what_it_states_in_another_form(assumed: Boolean) -> None:
    stated = at_least(x, y)
    hidden = claim("hidden", stated, [step(stated, Rule.CHAIN, [assumed])], [assumed])
    with pytest.raises(InvalidInput, match=r"red\.hidden assumes what it states"):
        refuse_groundless([hidden])


def test_what_may_be_0_is_not_divided_by_on_the_way() -> None:
    """From s = x (y - w) and s = 0 follows that s/x is y - w and 0, where it has a value, and not that y >= w."""
    product, is_zero, stated = equal(s, x * (y - w)), equal(s, 0), at_least(y - w, 0)
    steps = [
        step(equal(y - w, s / x), Rule.IDENTITY, [product]),
        step(equal(s / x, 0), Rule.IDENTITY, [is_zero]),
        step(stated, Rule.CHAIN),
    ]
    found = broken_derivation(claim("divided", stated, steps, [product, is_zero]))
    assert found is not None
    assert found.broken == 3
    nonzero = more_than(x, 0)
    fine = [*steps[:2], step(stated, Rule.CHAIN, [nonzero])]
    assert check_derivation(claim("divided", stated, fine, [product, is_zero, nonzero])).verdict == "proved"


def test_a_certificate_is_not_divided_by_what_may_be_0() -> None:
    """s >= 0 does not follow from s x^2 = w >= 0 where x may be 0."""
    given = (equal(s * x**2, w), at_least(w, 0))
    divided = step(at_least(s, 0), Rule.NONNEGATIVE, given, w / x**2)
    assert not step_holds(divided)
    assert step_holds(replace(divided, given=(*given, more_than(x, 0))))


def test_a_chain_does_not_run_through_what_may_have_no_value() -> None:
    through = equal(y, w / x)
    links = [at_least(s, w / x), at_least(w / x, y)]
    chained = step(at_least(s, y), Rule.CHAIN, links)
    assert not step_holds(chained)
    assert step_holds(replace(chained, given=(*links, more_than(x, 0))))
    assert not step_holds(step(at_least(s, y), Rule.CHAIN, [at_least(s, w / x), through]))
    own = step(at_least(s, y + 1 / x), Rule.CHAIN, [at_least(s, w / x), at_least(w / x, y + 1 / x)])
    assert step_holds(own)


@pytest.mark.parametrize(
    ("divisor", "given", "shown"),
    [
        (p, (), True),
        (x, (), False),
        (x, (at_least(x, 0),), False),
        (x, (more_than(x, 0),), True),
        (x, (at_least(x, 1),), True),
        (x - 1, (more_than(x, 2),), True),
        (x * p, (more_than(x, 0),), True),
        (x**2 + p, (), True),
        (p * (x - y) + p * p, (at_least(x, y),), True),
        (x - y, (at_least(x, y),), False),
        (sqrt(1 - x) + 1, (at_least(1, x),), True),
        (sympy.gamma(x), (), True),
    ],
)
def test_a_divisor_is_shown_to_be_other_than_0_by_its_form_or_by_what_is_given(
    divisor: sympy.Expr, given: tuple[Boolean, ...], shown: bool
) -> None:
    links = (at_least(s, w / divisor), at_least(w / divisor, y))
    assert step_holds(step(at_least(s, y), Rule.CHAIN, (*links, *given))) is shown


@pytest.mark.parametrize(
    ("expression", "expected"),
    [(sympy.Abs(x) - x, True), (sympy.Abs(x) + x, True), (sympy.Abs(x) - y, False)],
)
def test_an_absolute_value_is_at_least_its_number(expression: sympy.Expr, expected: bool) -> None:
    assert step_holds(step(at_least(expression, 0), Rule.NONNEGATIVE)) is expected


a = symbols("a", real=True)
natural, m = symbols("k", integer=True, positive=True), symbols("m", integer=True, positive=True)
j = symbols("j", integer=True)


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        (Limit(a * p / (a * p + 1), p, oo), 1),
        (Limit(a / (a + 1 / p), p, oo), 1),
        (Limit(1 / (p - a), p, 0), -1 / a),
        (Limit((a * p + 1) / (x * p + 2), p, oo), a / x),
        (Limit(sympy.sin(a * p) / (x * p), p, 0), a / x),
    ],
)
def test_a_limit_that_fails_at_special_parameters_is_not_confirmed(limit: Limit, value: sympy.Expr) -> None:
    assert not step_holds(step(equal(limit, value), Rule.LIMIT))


def test_a_limit_that_holds_at_all_parameters_is_confirmed() -> None:
    assert step_holds(step(equal(Limit((1 + a / p) ** p, p, oo), sympy.exp(a)), Rule.LIMIT))
    assert step_holds(step(equal(Limit(w * p / (w * p + p), p, oo), w / (w + 1)), Rule.LIMIT)) is False
    assert step_holds(step(equal(Limit(m * p / (m * p + 1), p, oo), 1), Rule.LIMIT))


@pytest.mark.parametrize(
    "whole",
    [
        sympy.Sum(natural, (natural, -3, m - 4)),
        sympy.Sum(natural, (natural, -3, -1)),
        sympy.Product(natural, (natural, -1, -1)),
        sympy.Product(natural, (natural, -1, m - 2)),
    ],
)
def test_a_bound_variable_is_of_its_kind_wherever_it_runs(whole: sympy.Expr) -> None:
    stated = at_least(whole, 0)
    found = check_derivation(claim("kind", stated, [step(stated, Rule.NONNEGATIVE)]))
    assert found.verdict == "undecided"
    fine = at_least(sympy.Sum(natural, (natural, 1, m)), 0)
    assert step_holds(step(fine, Rule.NONNEGATIVE))


@pytest.mark.parametrize(
    ("integral", "value"),
    [
        (Integral(sympy.coth(x) * sympy.csch(x), (x, -1, 2)), -sympy.csch(1) - sympy.csch(2)),
        (Integral(sympy.csch(x) ** 2, (x, -1, 1)), Integral(sympy.csch(x) ** 2, (x, -1, 1))),
        (Integral(sympy.gamma(x), (x, -1, 1)), Integral(sympy.gamma(x), (x, -1, 1))),
        (sympy.Sum(1 / (j * (j + 1)), (j, -3, oo)), -sympy.Rational(1, 3)),
        (sympy.Sum(1 / (j * (j + 1)), (j, -3, m)), -sympy.Rational(1, 3) - 1 / (m + 1)),
        (sympy.Derivative(sympy.Piecewise((0, x < 0), (1, True)), x), sympy.Integer(0)),
        (Integral(sympy.Derivative(sympy.floor(x), x), (x, 0, 5)), sympy.Integer(5)),
    ],
)
def test_poles_of_functions_poles_in_sums_and_jumps_confirm_nothing(
    integral: sympy.Expr, value: sympy.Expr
) -> None:
    assert not step_holds(step(equal(integral, value), Rule.IDENTITY))


def test_a_sum_without_poles_is_an_identity() -> None:
    telescoped = equal(sympy.Sum(1 / (j * (j + 1)), (j, 1, m)), 1 - 1 / (m + 1))
    assert step_holds(step(telescoped, Rule.IDENTITY))


@pytest.mark.parametrize(
    ("relation", "by", "given"),
    [
        (equal(Limit(p**a, p, oo), oo), Rule.LIMIT, ()),
        (equal(Limit(sympy.tanh(a * p), p, oo), 1), Rule.LIMIT, ()),
        (at_least(x, 0), Rule.UNIVARIATE, (at_least(x, y), at_least(2, x))),
        (at_least(sqrt(x), 0), Rule.UNIVARIATE, (at_least(x, 1), at_least(2, x))),
        (at_least(x, 0), Rule.UNIVARIATE, (at_least(x, sqrt(2)), at_least(2, x))),
        (equal(sympy.Sum(natural, (natural, -3, -1)), -6), Rule.IDENTITY, ()),
    ],
)
def test_where_sympy_has_no_answer_a_step_is_broken_and_does_not_crash(
    relation: Boolean, by: Rule, given: tuple[Boolean, ...]
) -> None:
    found = broken_derivation(claim("unanswered", relation, [step(relation, by, given)], given))
    assert found is not None
    assert found.broken == 1
