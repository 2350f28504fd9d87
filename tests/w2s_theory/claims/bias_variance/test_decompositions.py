"""The Bregman claims at known values, with the closed forms of the losses put in for D."""

from __future__ import annotations

import sympy
from sympy import Expr, Rational, Symbol

from w2s_theory.claims.bias_variance.decompositions import (
    BIAS_VARIANCE,
    CLAIMS,
    DUAL_MISMATCH,
    GAP_DUAL,
    MISFIT_SPLIT,
    PRIMAL_MISMATCH,
    THREE_POINT,
)
from w2s_theory.divergences.bregman import ITAKURA_SAITO, SQUARED, Bregman
from w2s_theory.divergences.formal import Divergence, Mismatch, terms

X = Symbol("x", real=True)
TEACHERS = (Rational(1), Rational(3))
TARGET, STUDENT = Rational(2), Rational(1)


def values(loss: Bregman) -> dict[str, tuple[Expr, Expr]]:
    """Return each point's value where the teacher is 1 or 3 with probability 1/2, the target 2 and the student 1."""
    half = [Rational(1, 2)] * 2
    (mean,), (dual,) = loss.mean(TEACHERS, half), loss.dual_mean(TEACHERS, half)
    fixed = {"g": TARGET, "s": STUDENT, "w_mean": mean, "w_mean(s)": mean, "w_dual": dual, "w_dual(s)": dual}
    return {"w": TEACHERS, **{name: (value, value) for name, value in fixed.items()}}


def evaluated(expression: Expr, loss: Bregman) -> Expr:
    """Return an expression with its divergences and mismatches computed on that law."""
    at = values(loss)

    def value(term: Divergence | Mismatch) -> Expr:
        if isinstance(term, Divergence):
            pairs = zip(at[term.first], at[term.second], strict=True)
            return sum(loss.divergence(x, y) for x, y in pairs) / 2
        (u, v), (x, y) = term.gradients, term.direction
        rows = zip(at[u], at[v], at[x], at[y], strict=True)
        return sum((loss.gradient(a)[0] - loss.gradient(b)[0]) * (c - d) for a, b, c, d in rows) / 2

    return expression.subs({symbol: value(terms()[symbol]) for symbol in expression.free_symbols})


def test_every_symbol_of_a_statement_names_a_divergence_or_a_mismatch() -> None:
    for claim in CLAIMS:
        assert claim.free_symbols
        assert claim.free_symbols <= set(terms())


def test_squared_loss_by_hand() -> None:
    # E (g - w)^2 = 1, (g - s)^2 = 1, E (s - w)^2 = 2, E w = 2.
    assert evaluated(GAP_DUAL.relation("gap").lhs, SQUARED) == 0
    assert evaluated(DUAL_MISMATCH.symbol, SQUARED) == 2 * (1 - 2) * (2 - 1)
    assert evaluated(PRIMAL_MISMATCH.symbol, SQUARED) == 2 * (1 - 2) * (2 - 1)
    assert [evaluated(part.rhs, SQUARED) for part in BIAS_VARIANCE.relations] == [1, 1]
    assert [evaluated(part.lhs, SQUARED) for part in MISFIT_SPLIT.relations[:2]] == [2, 2]


def test_itakura_saito_by_hand() -> None:
    # The dual mean of 1 and 3 is 3/2: D(g, 3/2) + E D(3/2, w) = 1/3 - log(4/3) + E (3/(2w) - log(3/(2w)) - 1).
    bias = Rational(1, 3) - sympy.log(Rational(4, 3))
    spread = -sympy.log(Rational(9, 4) / 3) / 2
    total = evaluated(BIAS_VARIANCE.relation("dual").lhs, ITAKURA_SAITO)
    assert sympy.simplify(sympy.expand_log(total - bias - spread, force=True)) == 0
    assert (
        sympy.simplify(evaluated(GAP_DUAL.relation("gap").lhs - GAP_DUAL.relation("gap").rhs, ITAKURA_SAITO))
        == 0
    )


def test_the_three_point_identity_speaks_of_points_and_the_others_of_expectations() -> None:
    for claim in CLAIMS:
        found = [terms()[symbol] for symbol in claim.free_symbols if symbol in terms()]
        expected = {term.expected for term in found if isinstance(term, Divergence)}
        assert expected == {claim is not THREE_POINT}
