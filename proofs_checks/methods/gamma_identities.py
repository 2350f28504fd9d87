"""Exact re-checking of identities between Gamma functions, powers and derivatives."""

from __future__ import annotations

from sympy import Eq, Expr, expand_func, gamma, gammasimp, simplify


def identity_holds(relation: Eq) -> bool:
    """Return whether exact algebra reduces the two sides of an equation to each other.

    Tries the difference, then the quotient (for products of Gamma functions, whose reflection formula
    needs it). True is a proof; False means that these steps found none.
    """
    left, right = relation.lhs, relation.rhs
    # Expanding lets powers of one base meet, such as (1-t^2)^(b-1) (1-t^2)^(-b).
    if _reduce((left - right).doit().expand()) == 0:
        return True
    return bool(right != 0 and _reduce((left / right).doit()) == 1)


def _reduce(expression: Expr) -> Expr:
    return simplified(gammasimp(expand_func(expression.rewrite(gamma))))


def simplified(expression: Expr) -> Expr:
    """Return sympy's simplification, or the expression as it is where sympy breaks off on sums it cannot combine."""
    try:
        return simplify(expression)
    except StopIteration:
        return expression
