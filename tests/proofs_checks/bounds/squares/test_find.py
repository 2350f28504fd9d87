import json
import time
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from proofs_checks.bounds.certificates.constraints import constraints_of
from proofs_checks.bounds.certificates.squares import Multiple, Reduction, Rule, Square, Squares, check
from proofs_checks.bounds.problem import Empty, Found, Problem
from proofs_checks.bounds.solvers.solve import solve
from proofs_checks.bounds.squares.find import find_squares
from w2s_theory.terms.tree import (
    All,
    Any,
    Atom,
    Root,
    Sign,
    Term,
    algebraic,
    apply,
    atoms,
    definedness,
    number,
    variable,
    variables,
)

A, B, C, D, E, F = map(variable, "abcdef")
X, Y, Z = map(variable, "xyz")
H, S, W, LOSS = map(variable, ("h", "s", "w", "L"))
UNIT = dict.fromkeys("xyzhswL", (Fraction(0), Fraction(1)))
NONNEGATIVE = dict.fromkeys("xyz", (Fraction(0), None))


def sqrt(item):
    return apply("sqrt", item)


def problem(*parts, box=None):
    """The question whether all parts hold, where every term is defined."""
    sides = [side for part in parts for atom in atoms(part) for side in (atom.left, atom.right)]
    needed = [need for side in sides for need in definedness(side)]
    names = {name for part in parts for name in variables(part)}
    free = (None, None)
    return Problem({name: (box or {}).get(name, free) for name in sorted(names)}, All((*parts, *needed)))


def compared(sign):
    return lambda left, right: Atom(left, sign, right if isinstance(right, Term) else number(right))


ge, gt, lt, eq, ne = map(compared, (Sign.GE, Sign.GT, Sign.LT, Sign.EQ, Sign.NE))


EMPTY = {
    "Cauchy and Schwarz": problem(
        lt((A * A + B * B + E * E) * (C * C + D * D + F * F), (A * C + B * D + E * F) ** 2)
    ),
    "three squares": problem(lt(X * X + Y * Y + Z * Z, X * Y + Y * Z + Z * X)),
    "in a ball": problem(ge(1 - X * X - Y * Y, 0), gt(X * Y, Fraction(1, 2))),
    "four": problem(lt(X**4 + Y**4 + 2, 4 * X * Y)),
    "three means": problem(lt(X**3 + Y**3 + Z**3, 3 * X * Y * Z), box=NONNEGATIVE),
    "in a box": problem(gt(X * (1 - X) * Y * (1 - Y), Fraction(1, 16)), box=UNIT),
    "Motzkin": problem(lt(X**4 * Y**2 + X**2 * Y**4 - 3 * X * X * Y * Y + 1, 0)),
    "strict": problem(ge(X * Y, Fraction(3, 5)), ge(1 - X * X - Y * Y, 0)),
    "squared loss": problem(gt((X + Y) ** 2 + Z * Z, 2 * (X * X + Y * Y + Z * Z))),
    "eigenfunction": problem(
        ge(S, W * W), ge(W, S), lt((1 - H * (1 - LOSS)) ** 2 + S * LOSS * (1 - LOSS), LOSS * LOSS), box=UNIT
    ),
    "norms": problem(ge(X * A, X * X + Y * Y), eq(A * A + B * B, 1), gt(X * X + Y * Y, 1 - B * B)),
    "a quotient": problem(lt(X + 1 / X, 2), gt(X, 0)),
    "a negative denominator": problem(gt(X + 1 / X, -2), lt(X, 0)),
    "roots": problem(gt(sqrt(X * Y), (X + Y) / 2), box=NONNEGATIVE),
    "a triangle": problem(gt(apply("abs", X + Y), apply("abs", X) + apply("abs", Y))),
    "min": problem(gt(apply("min", X, Y), (X + Y) / 2)),
    "expanded": problem(ne((X + Y) ** 2, X * X + 2 * X * Y + Y * Y)),
    "a point": problem(eq(X * X + Y * Y, 0), ne(X * Z, 0)),
    "an algebraic number": problem(
        gt(X * X, 2), ge(algebraic(Root((-2, 0, 1), Fraction(1), Fraction(2))), X), ge(X, 0)
    ),
    "logarithms of numbers": problem(ge(X * apply("log", number(2)), 1), lt(X, 1)),
}


@pytest.mark.parametrize("asked", EMPTY.values(), ids=EMPTY)
def test_finds_certificates_that_check(asked):
    found = find_squares(asked, time.monotonic() + 60)
    assert isinstance(found, Empty)
    assert check(asked, found.certificate)
    data = json.loads(json.dumps(found.certificate.as_json()))
    assert Squares.from_json(data) == found.certificate


SOLVABLE = {
    "equality": problem(ge(2 * X * Y, X * X + Y * Y)),
    "an end of the box": problem(ge(X, 1), box=UNIT),
    "an unstated denominator": Problem({"x": (None, None)}, All((ge(X, 0), ge(-X, 0), lt(X / X, 0)))),
    "an unstated radicand": Problem({"x": (None, None)}, All((eq(X, -1), lt(sqrt(X), 0)))),
    "only one of two": problem(Any((gt(-(X * X), 0), gt(X, 1)))),
}


@pytest.mark.parametrize("asked", SOLVABLE.values(), ids=SOLVABLE)
def test_no_certificate_where_none_may_be(asked):
    assert find_squares(asked, time.monotonic() + 60) is None


def random_polynomial(rng):
    total = number(rng.randint(-2, 2))
    for _ in range(rng.randint(1, 3)):
        total += number(rng.randint(-3, 3)) * rng.choice(
            [X, Y, X * Y, X * X, Y * Y, X / (1 + Y), sqrt(X), apply("abs", Y)]
        )
    return total


@pytest.mark.parametrize("seed", range(10))
def test_certificates_agree_with_solvers(seed):
    rng = Random(seed)
    box = {"x": (Fraction(0), Fraction(2)), "y": (Fraction(-1, 2), None)}
    for _ in range(3):
        signs = [rng.choice(list(Sign)) for _ in range(3)]
        asked = problem(*(Atom(random_polynomial(rng), sign, number(0)) for sign in signs), box=box)
        found = find_squares(asked, time.monotonic() + 60, 400)
        if found is not None:
            assert not isinstance(solve(asked, time.monotonic() + 20), Found)


BALL = EMPTY["in a ball"]


@pytest.fixture(scope="module")
def certificate():
    return find_squares(BALL, time.monotonic() + 60).certificate


def changed(certificate, number_, **changes):
    multiples = list(certificate.multiples)
    multiples[number_] = replace(multiples[number_], **changes)
    return replace(certificate, multiples=tuple(multiples))


def test_forged_weight(certificate):
    first = certificate.multiples[-1].squares[0]
    for weight in (first.weight + Fraction(1, 10**9), -first.weight):
        forged = changed(
            certificate, -1, squares=(replace(first, weight=weight), *certificate.multiples[-1].squares[1:])
        )
        assert not check(BALL, forged)


def test_forged_negative_weights():
    """The identity 1 - 1 = 0 holds, but its weights do not."""
    one = (((0, 0), Fraction(1)),)
    forged = Squares((Multiple((), (Square(Fraction(1), one), Square(Fraction(-1), one))),))
    assert not check(BALL, forged)


def test_forged_polynomial(certificate):
    first, *others = certificate.multiples[-1].squares
    terms = first.polynomial
    for polynomial in (
        terms[:-1],
        (*terms, ((1, 0), Fraction(1))),
        tuple((powers[:-1], c) for powers, c in terms),
        tuple((tuple(-power for power in powers), c) for powers, c in terms),
    ):
        forged = changed(certificate, -1, squares=(replace(first, polynomial=polynomial), *others))
        if forged != certificate:
            assert not check(BALL, forged)


def test_nothing_above_zero(certificate):
    zero = (((0, 0), Fraction(0)),)
    assert not check(BALL, Squares(()))
    assert not check(BALL, replace(certificate, multiples=certificate.multiples[1:]))
    assert not check(BALL, Squares((Multiple((), (Square(Fraction(1), zero),)),)))
    assert not check(BALL, Squares((Multiple((), (Square(Fraction(1), ()),)),)))
    one = (((0, 0), Fraction(1)),)
    assert not check(BALL, Squares((Multiple((), (Square(Fraction(0), one),)),)))


def test_a_missing_constraint(certificate):
    """Without the ball there are solutions; its place is taken by another constraint, or is none."""
    claim = gt(X * Y, Fraction(1, 2))
    assert not check(problem(claim), certificate)
    assert not check(problem(ge(4 - X * X - Y * Y, 0), claim), certificate)


def test_another_problem(certificate):
    ball = ge(1 - X * X - Y * Y, 0)
    assert not check(problem(ball, gt(X * Y, Fraction(49, 100))), certificate)
    assert not check(problem(ball, ge(X * Y, Fraction(1, 2))), certificate)
    assert not check(problem(ball, gt(X * Z, Fraction(1, 2))), certificate)
    assert not check(problem(ball, Any((gt(X * Y, Fraction(1, 2)),))), certificate)


def test_numbers_of_nothing(certificate):
    count = len(constraints_of(BALL).positive)
    for factors in ((count,), (-1,), (10**6,)):
        assert not check(BALL, changed(certificate, 0, factors=factors))
    for rule in (Rule(0, 0), Rule(-1, 0), Rule(0, 5)):
        assert not check(BALL, replace(certificate, rules=(rule,)))


def test_rules_need_a_number_in_front():
    asked = problem(eq(X * Y * Y, 1), ge(X, 0))
    constraints = constraints_of(asked)
    with pytest.raises(ValueError, match="no number"):
        Reduction(constraints, [Rule(0, 1)])


def test_rules_that_go_on_for_ever_are_refused():
    asked = problem(eq(X, Y * Y), eq(Y, X * X))
    reduction = Reduction(constraints_of(asked), [Rule(0, 0), Rule(1, 1)])
    x, y = constraints_of(asked).context.gens()
    assert reduction.remainder(x * y) is None


def test_what_is_not_a_certificate():
    for data in ({}, {"multiples": 1, "rules": []}, {"multiples": [{}], "rules": []}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            Squares.from_json(data)
