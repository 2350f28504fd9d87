from __future__ import annotations

import pytest
from sympy import Eq, Ge, IndexedBase, Sum, Symbol, exp, log, symbols
from sympy.core.relational import Relational

from proofs_checks.evidence import Verdict
from proofs_checks.methods.logarithms import decide_class_by_class

x, y, p = symbols("x y p", positive=True)
w = Symbol("w", real=True)
k, classes = symbols("k K", integer=True, positive=True)
a, b = IndexedBase("a", positive=True), IndexedBase("b", positive=True)


def decide(relation: Relational, *given: Relational) -> Verdict:
    return decide_class_by_class([relation], given, "", 5.0).verdict


def test_logarithms_keep_the_order_of_their_arguments() -> None:
    assert decide(Ge(log(x + y), log(x), evaluate=False)) is Verdict.PROVED
    assert decide(Ge(p * log(x) + (1 - p) * log(y), log(y), evaluate=False), p < 1, x >= y) is Verdict.PROVED


def test_equal_arguments_have_equal_logarithms() -> None:
    assert decide(Eq(log(x * (1 + y)), log(x + x * y), evaluate=False)) is Verdict.PROVED


def test_exponentials_lie_above_their_tangent_and_divide() -> None:
    assert decide(Ge(exp(w), 1 + w, evaluate=False)) is Verdict.PROVED
    assert decide(Ge(exp(w) + exp(-w), 2, evaluate=False)) is Verdict.PROVED


def test_a_false_relation_comes_with_numbers_at_which_it_is_false() -> None:
    found = decide_class_by_class([Ge(log(x), log(y), evaluate=False)], (), "", 5.0)
    assert found.verdict is Verdict.REFUTED
    assert set(found.witness or {}) == {"x", "y"}


def test_what_order_and_tangent_do_not_settle_stays_undecided() -> None:
    """True, as log x <= x - 1, but not by the order of logarithms alone."""
    assert decide(Ge(x - 1, log(x), evaluate=False)) is Verdict.UNDECIDED


def test_sums_are_compared_term_by_term() -> None:
    left = Sum(a[k] * log(b[k] + 1), (k, 1, classes))
    right = Sum(a[k] * log(b[k]), (k, 1, classes))
    assert decide(Ge(left, right, evaluate=False)) is Verdict.PROVED
    assert decide(Ge(right, left, evaluate=False)) is Verdict.REFUTED


def test_a_product_of_sums_is_refused() -> None:
    total = Sum(a[k], (k, 1, classes))
    with pytest.raises(ValueError, match="not a linear combination"):
        decide(Ge(total**2, total, evaluate=False))
