import os
import signal
import time
from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.solvers_word import SolversWord
from proofs_checks.bounds.problem import Empty, Found, Problem
from proofs_checks.bounds.solvers import ask_cvc5 as cvc5_module
from proofs_checks.bounds.solvers import solve as solve_module
from proofs_checks.bounds.solvers.ask_cvc5 import ask_cvc5
from proofs_checks.bounds.solvers.ask_z3 import ask_z3
from proofs_checks.bounds.solvers.replies import Reply, Said
from proofs_checks.bounds.solvers.solve import Effort, OneSolver, solve
from w2s_theory.terms import exact
from w2s_theory.terms.tree import (
    FALSE,
    PI,
    TRUE,
    ZERO,
    All,
    Any,
    Atom,
    Head,
    Root,
    Sign,
    Term,
    algebraic,
    apply,
    atoms,
    definedness,
    negated,
    number,
    variable,
    variables,
)

X, Y, Z = variable("x"), variable("y"), variable("z")
UNIT = (Fraction(0), Fraction(1))
FREE = (None, None)


def sqrt(item):
    return apply("sqrt", item)


def problem(*parts, box=None, integers=()):
    """The question whether all parts hold, where every term is defined."""
    sides = [side for part in parts for atom in atoms(part) for side in (atom.left, atom.right)]
    needed = [need for side in sides for need in definedness(side)]
    names = {name for part in parts for name in variables(part)}
    return Problem(
        {name: (box or {}).get(name, FREE) for name in sorted(names)},
        All((*parts, *needed)),
        frozenset(integers),
    )


def answer(*parts, **options):
    return solve(problem(*parts, **options), time.monotonic() + 20)


def ge(left, right):
    return Atom(left, Sign.GE, right if isinstance(right, Term) else number(right))


def gt(left, right):
    return Atom(left, Sign.GT, right if isinstance(right, Term) else number(right))


def eq(left, right):
    return Atom(left, Sign.EQ, right if isinstance(right, Term) else number(right))


EMPTY = {
    "a square": (gt(-(X * X), 0),),
    "no common denominator": (ge(X / X, 2),),
    "nested roots are apart": (gt(number("0.517"), sqrt(number(2) - sqrt(number(3)))),),
    "a root squared": (Atom(sqrt(X) ** 2, Sign.NE, X),),
    "a cube root": (eq(X ** Fraction(1, 3), 2), gt(X, 8)),
    "a negative power": (eq(X**-2, 4), gt(X, Fraction(1, 2))),
    "a negative root": (eq(X ** Fraction(-1, 2), 4), gt(X, Fraction(1, 16))),
    "to the power 0": (Atom(X**0, Sign.NE, number(1)),),
    "a triangle": (gt(apply("abs", X + Y), apply("abs", X) + apply("abs", Y)),),
    "min and max": (gt(apply("min", X, Y, Z), apply("max", X, Y, Z)),),
    "an algebraic number": (eq(X, algebraic(Root((-2, 0, 1), Fraction(1), Fraction(2)))), gt(X * X, 2)),
    "pi": (gt(X, PI), gt(number("3.14159"), X)),
    "a constant power": (gt(number(2) ** sqrt(number(2)), number("2.7")),),
    "nothing": (FALSE,),
    "or": (Any((gt(X * X, 4), gt(X, 5))), ge(X, 0), ge(2 - X, 0)),
}


@pytest.mark.parametrize("parts", EMPTY.values(), ids=EMPTY)
def test_empty_by_the_word_of_both(parts):
    found = answer(*parts)
    assert isinstance(found, Empty)
    assert isinstance(found.certificate, SolversWord)
    assert found.certificate.as_json() == {
        "kind": "solvers",
        "z3": found.certificate.z3,
        "cvc5": found.certificate.cvc5,
        "facts": False,
    }


FOUND = {
    "a number": (eq(2 * X, 1),),
    "a root of degree 3": (eq(X**3 + X, 1), ge(number(Fraction(7, 10)), X)),
    "two roots": (eq(X * X, 2), eq(Y * Y, 3), gt(X * Y, 0)),
    "nested roots": (eq(sqrt(1 + sqrt(X)), 2),),
    "where it is defined": (gt(-(X / X), -2), gt(sqrt(X * (2 * X - 1)), 1)),
    "min": (eq(apply("min", X, 1 - X), Fraction(1, 4)),),
    "or": (Any((gt(X * X, 4), gt(X, 5))), ge(X, 0), ge(3 - X, 0)),
    "nothing asked": (TRUE,),
}


@pytest.mark.parametrize("parts", FOUND.values(), ids=FOUND)
def test_points_are_exact(parts):
    asked = problem(*parts)
    found = solve(asked, time.monotonic() + 20)
    assert isinstance(found, Found)
    assert set(found.point) == set(asked.box)
    assert exact.holds(asked.formula, found.point) is True


def test_the_box_counts():
    assert isinstance(answer(gt(X, 1), box={"x": UNIT}), Empty)
    assert isinstance(answer(ge(X, 1), box={"x": UNIT}), Found)
    assert isinstance(answer(gt(-X, 0), box={"x": (Fraction(0), None)}), Empty)


def test_a_term_that_is_not_defined_does_not_hide_points():
    """Without the definedness as a conjunct, a side condition must not make the formula false where a term is undefined."""
    formula = Any((ge(X, 2), gt(1 / X, 5), gt(sqrt(X), 5)))
    for at in (ZERO, number(-1)):
        asked = Problem({"x": FREE}, All((eq(X, at), Any((formula, ge(number(0), X))))))
        assert not isinstance(solve(asked, time.monotonic() + 20), Empty | OneSolver)


def test_integers():
    n, m = variable("n"), variable("m")
    whole = {"integers": ("n", "m"), "box": {"n": (Fraction(1), None), "m": (Fraction(1), None)}}
    found = answer(gt(n, Fraction(3, 2) * m), gt(2 * m + 1, n), **whole)
    assert isinstance(found, Found)
    assert all(value.value.denominator == 1 for value in found.point.values())
    assert isinstance(answer(eq(2 * n, 2 * m + 1), **whole), Empty)
    assert isinstance(answer(eq(n, Fraction(161, 2)), **whole), Empty)


FACTS = {
    "exp": (gt(1 + X, apply("exp", X)),),
    "exp of log": (Atom(apply("exp", apply("log", X)), Sign.NE, X),),
    "log": (gt(apply("log", X), X - 1),),
    "log increases": (gt(apply("log", X), apply("log", Y)), ge(Y, X)),
    "circle": (Atom(apply("sin", X) ** 2 + apply("cos", X) ** 2, Sign.NE, number(1)),),
    "tan": (Atom(apply("tan", X) * apply("cos", X), Sign.NE, apply("sin", X)),),
    "a power": (gt(X ** sqrt(number(5)), X**2), ge(1 - X, 0)),
}


@pytest.mark.parametrize("parts", FACTS.values(), ids=FACTS)
def test_facts_prove(parts):
    found = answer(*parts)
    assert isinstance(found, Empty)
    assert found.certificate.facts is True


def test_facts_do_not_refute():
    assert answer(gt(apply("exp", X), 3 + X)) is None


def test_only_one_word_is_no_proof(monkeypatch):
    monkeypatch.setattr(solve_module, "ask_cvc5", lambda *_, **__: Reply(Said.UNKNOWN))
    assert answer(gt(-(X * X), 0)) == OneSolver("z3")
    monkeypatch.undo()
    monkeypatch.setattr(solve_module, "ask_z3", lambda *_, **__: Reply(Said.UNKNOWN))
    assert answer(gt(-(X * X), 0)) == OneSolver("cvc5")


def test_solvers_that_contradict_each_other_prove_nothing(monkeypatch):
    monkeypatch.setattr(solve_module, "ask_cvc5", lambda *_, **__: Reply(Said.SAT, {"x": number(1)}))
    assert answer(gt(-(X * X), 0)) is None


def test_cvc5_finds_exact_points(monkeypatch):
    monkeypatch.setattr(solve_module, "ask_z3", lambda *_, **__: Reply(Said.UNKNOWN))
    asked = problem(eq(2 * X**3 + X, 1), eq(sqrt(1 + Y), 3))
    found = solve(asked, time.monotonic() + 20)
    assert isinstance(found, Found)
    assert found.point["x"].head == Head.ALGEBRAIC
    assert exact.holds(asked.formula, found.point) is True


HARD = gt(
    X**6 * Y**3 + Y**7 * Z - 3 * X * Z**5 + X**2 * Y * Z**4 - X**5 * Y**2 * Z**3,
    sqrt(1 + X**4 + Y**6) * (Z**5 + X**3) ** 2 + apply("abs", X * Y**3 - Z**7) + 1,
)


def test_time_runs_out():
    asked = problem(HARD, negated(HARD), eq(X**3 * Y**5 - Z**7 * X + Y, Z**3 + X**5))
    start = time.monotonic()
    solve(asked, start + 1, Effort(z3_units=10**9, cvc5_seconds=60))
    assert time.monotonic() - start < 2.5


def test_the_effort_of_z3_is_a_count():
    asked = problem(HARD, eq(X**3 * Y**5 - Z**7 * X + Y, Z**3 + X**5))
    said = {ask_z3(asked, 2000, time.monotonic() + 60).said for _ in range(3)}
    assert said == {Said.UNKNOWN}


def test_cvc5_answers_after_its_process_was_ended():
    asked = problem(gt(-(X * X), 0))
    assert ask_cvc5(asked, 2, time.monotonic() + 20).said is Said.UNSAT
    child = cvc5_module._PROCESS._child
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert ask_cvc5(asked, 2, time.monotonic() + 20).said is Said.UNSAT


def test_cpu_time_ends_the_process():
    asked = problem(HARD, eq(X**3 * Y**5 - Z**7 * X + Y, Z**3 + X**5), gt(X * Y * Z, 1))
    assert ask_cvc5(asked, 0.2, time.monotonic() + 60).said is Said.UNKNOWN
    assert ask_cvc5(problem(eq(X, 1)), 2, time.monotonic() + 20).said is Said.SAT


def test_what_no_solver_can_be_asked():
    assert answer(gt(X**1000, 2)) is None
