from fractions import Fraction
from random import Random

import pytest

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.facts import relaxed
from proofs_checks.bounds.solvers.smtlib import Script
from proofs_checks.bounds.solvers.translation import Translation
from proofs_checks.bounds.solvers.translation_check import translation_check
from w2s_theory.terms import exact
from w2s_theory.terms.tree import All, Atom, Sign, apply, definedness, number, substitute, subterms, variable

X, Y = variable("x"), variable("y")
BOX = {"x": (Fraction(0), Fraction(3)), "y": (None, None)}


def random_term(rng, depth):
    if depth == 0:
        return rng.choice([X, Y, number(rng.randint(-3, 3)), number(Fraction(rng.randint(1, 5), 3))])
    part = [random_term(rng, depth - 1) for _ in range(3)]
    match rng.randrange(10):
        case 0 | 1:
            return part[0] + part[1]
        case 2 | 3:
            return part[0] * part[1]
        case 4:
            return part[0] / part[1]
        case 5:
            return part[0] ** rng.choice([2, 3, -1, Fraction(1, 2), Fraction(2, 3), Fraction(-3, 2)])
        case 6:
            return apply("sqrt", part[0])
        case 7:
            return apply("abs", part[0])
        case _:
            return apply(rng.choice(["min", "max"]), *part)


def random_problem(rng):
    atoms = [Atom(random_term(rng, 2), rng.choice(list(Sign)), random_term(rng, 1)) for _ in range(2)]
    return Problem(BOX, All(tuple(atoms)))


@pytest.mark.parametrize("seed", range(12))
def test_both_translations_say_what_the_tree_says(seed):
    rng = Random(seed)
    found = translation_check(random_problem(rng), rng, points=4)
    assert found.agrees, found.disagreements


NESTED = Problem(BOX, Atom(apply("sqrt", 1 + apply("sqrt", X)), Sign.GE, number(Fraction(5, 4))))


def test_it_compares_something():
    assert translation_check(NESTED, Random(0)).compared == 48


def shared_root(self, base, order):
    """The fault of version 0.1: inner and outer root stand for one variable."""
    if not self._roots:
        original_root(self, base, order)
    return next(iter(self._roots.values()))


original_root = Translation._root


def test_a_shared_root_is_noticed(monkeypatch):
    monkeypatch.setattr(Translation, "_root", shared_root)
    found = translation_check(NESTED, Random(0))
    assert any(item.startswith("z3: ") for item in found.disagreements)


def test_a_root_without_its_sign_is_noticed(monkeypatch):
    monkeypatch.setattr(Script, "_root", lambda self, inside, order: inside)
    found = translation_check(NESTED, Random(0))
    assert any(item.startswith("cvc5's text: ") for item in found.disagreements)
    assert not any(item.startswith("z3: ") for item in found.disagreements)


def test_a_turned_relation_is_noticed(monkeypatch):
    monkeypatch.setitem(Script.formula.__globals__["_RELATIONS"], Sign.GE, ">")
    at_a_grid_point = Problem({"x": (Fraction(0), Fraction(1))}, Atom(X * X, Sign.GE, X))
    assert not translation_check(at_a_grid_point, Random(0), points=20).agrees


FUNCTIONS = [
    apply("exp", X),
    apply("exp", X * Y),
    apply("log", Y),
    apply("log", 1 + X),
    apply("exp", apply("log", Y)),
    apply("exp", number(2)),
    apply("sin", Y),
    apply("cos", Y),
    apply("tan", X),
    X ** apply("sqrt", number(5)),
    X ** (-apply("sqrt", number(2))),
    Y**X,
    (1 + X) ** Y,
]


@pytest.mark.parametrize("seed", range(4))
def test_facts_are_true(seed):
    """At a random point the values of the functions satisfy every fact about the variables in their place."""
    rng = Random(seed)
    for _ in range(6):
        nodes = rng.sample(FUNCTIONS, 4)
        asked = Problem(BOX, All(tuple(Atom(node, Sign.GE, number(0)) for node in nodes)))
        known = relaxed(asked)
        fresh = [name for name in known.box if name not in BOX]
        point = {
            "x": number(Fraction(rng.randint(0, 30), 10)),
            "y": number(Fraction(rng.randint(-30, 30), 10)),
        }
        written = {repr(part): part for node in nodes for part in subterms(node)}
        written |= {
            repr(apply(name, X)): apply(name, X) for name in ("sin", "cos") if f"tan({X!r})" in written
        }
        values = {name: written[name[1 : name.rindex(")")]] for name in fresh}
        if not all(exact.holds(need, point) for value in values.values() for need in definedness(value)):
            continue
        at = {**point, **{name: substitute(value, point) for name, value in values.items()}}
        facts = known.formula.parts[1:]
        assert facts
        for fact in facts:
            assert exact.holds(fact, at, bits=2048) is not False, fact
