import time
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.squares import Squares
from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.squares.find import find_squares
from proofs_checks.bounds.squares.rocq import as_rocq
from proofs_checks.rocq.compiler import compile_lemmas
from proofs_checks.rocq.installation import installed_version
from w2s_theory.terms.tree import ZERO, All, Atom, Sign, apply, number, variable

X, Y, TYPE = variable("x"), variable("y"), variable("Type")
FREE, UNIT = (None, None), (Fraction(0), Fraction(1))


def ball(x, y):
    parts = (
        Atom(x * x + y * y, Sign.LE, number(1)),
        Atom(x * y / number(2), Sign.GT, number(Fraction(1, 4))),
    )
    return Problem({x.value: FREE, y.value: FREE}, All(parts))


PROBLEMS = {
    "a ball": ball(X, Y),
    "a reserved name": ball(TYPE, variable("value_0")),
    "a box": Problem(
        {"x": UNIT, "y": UNIT}, Atom(X * (1 - X) * Y * (1 - Y), Sign.GT, number(Fraction(1, 16)))
    ),
    "roots": Problem(
        {"x": (Fraction(0), None), "y": (Fraction(0), None)},
        All((Atom(apply("sqrt", X * Y), Sign.GT, (X + Y) / number(2)), Atom(X * Y, Sign.GE, ZERO))),
    ),
    "no variable": Problem({}, Atom(number(2), Sign.LT, number(1))),
}


@pytest.mark.parametrize("asked", PROBLEMS.values(), ids=PROBLEMS)
def test_coqc_accepts_the_file(asked, stop_lacking):
    if installed_version() is None:
        stop_lacking("coqc not found")
    found = find_squares(asked, time.monotonic() + 60)
    compiled = compile_lemmas("squares", as_rocq(asked, found.certificate), 120)
    assert compiled.accepted, compiled.message
    allowed = {
        "ClassicalDedekindReals.sig_forall_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
    }
    assert all(set(axioms) <= allowed for axioms in compiled.axioms)


def test_a_forged_certificate_becomes_no_file():
    certificate = find_squares(PROBLEMS["a ball"], time.monotonic() + 60).certificate
    forged = replace(certificate, multiples=certificate.multiples[:-1])
    assert isinstance(forged, Squares)
    with pytest.raises(ValueError, match="does not check"):
        as_rocq(PROBLEMS["a ball"], forged)
