"""Whether expressions mean what algebra takes them to mean: finite values, and integrals without poles inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy
from sympy import Basic, Dummy, Expr, Integral, Pow, Symbol
from sympy.logic.boolalg import Boolean

IsNonnegative = Callable[[Expr, Sequence[Boolean]], bool]


def has_no_value(expression: Basic) -> bool:
    """Return whether nan or complex infinity stands in an expression: what equals it equals everything."""
    return bool(expression.has(sympy.nan, sympy.zoo))


def may_have_poles(expression: Basic, given: Sequence[Boolean], is_nonnegative: IsNonnegative) -> bool:
    """Return whether an integral in an expression is not shown to have its poles at its ends at most.

    Across a pole inside, antiderivatives give a value to what diverges. A denominator has none inside if it is linear in
    the variable and of one sign at both ends, or if its form shows it to be positive.
    """
    return any(
        not _is_of_one_sign(base, limit, given, is_nonnegative)
        for integral in expression.atoms(Integral)
        for limit in integral.limits
        for base in _denominators(integral.function, limit[0])
    )


def _denominators(function: Expr, variable: Symbol) -> set[Expr]:
    """Return the factors that stand in a denominator, or may, and depend on the variable."""
    return {
        factor
        for power in function.atoms(Pow)
        if not power.exp.is_nonnegative and power.base.has(variable)
        for factor in sympy.Mul.make_args(power.base)
        if factor.has(variable)
    }


def _is_of_one_sign(
    base: Expr, limit: Sequence[Expr], given: Sequence[Boolean], is_nonnegative: IsNonnegative
) -> bool:
    variable, *ends = limit
    if len(ends) != 2:
        return False
    bound = Dummy(variable.name, real=True, nonnegative=ends[0].is_nonnegative or None)
    if base.subs(variable, bound).is_positive:
        return True
    if sympy.diff(base, variable, 2) != 0:
        return False
    slope = sympy.diff(base, variable)
    return any(
        _is_nowhere_negative(side * base, side * slope, limit, given, is_nonnegative) for side in (1, -1)
    )


def _is_nowhere_negative(
    line: Expr, slope: Expr, limit: Sequence[Expr], given: Sequence[Boolean], is_nonnegative: IsNonnegative
) -> bool:
    """Return whether a linear function is shown to be nonnegative from one end to the other.

    It is if it is at both ends, or at one of them, and rises from there; to an endless side it must rise.
    """
    variable, low, high = limit
    at_ends = [
        end.is_finite is not False and is_nonnegative(line.subs(variable, end), given) for end in (low, high)
    ]
    is_forward = high.is_infinite or low.is_infinite or is_nonnegative(high - low, given)
    rises = at_ends[0] and is_forward and is_nonnegative(slope, given)
    falls = at_ends[1] and is_forward and is_nonnegative(-slope, given)
    return all(at_ends) or rises or falls


def denominators_vanish(expression: Expr, equalities: Sequence[Expr], unknowns: Sequence[Expr]) -> bool:
    """Return whether some denominator of an expression is 0 wherever polynomials vanish, so that it says nothing there.

    By Rabinowitsch: the denominator vanishes on all their zeros if they and 1 - t times it have none in common.
    """
    denominator = sympy.together(expression).as_numer_denom()[1]
    inverse = Dummy("t")
    for factor in sympy.Mul.make_args(sympy.factor(denominator)):
        if factor.is_number:
            continue
        try:
            basis = sympy.groebner([*equalities, sympy.expand(1 - inverse * factor)], *unknowns, inverse)
        except sympy.PolynomialError:
            return True
        if list(basis.exprs) == [1]:
            return True
    return False
