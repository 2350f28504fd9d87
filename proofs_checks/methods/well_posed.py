"""Whether expressions mean what algebra takes them to mean: finite values, no poles inside integrals, no division by 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import sympy
from sympy import Basic, Dummy, Expr, Integral, Limit, Pow, Sum, Symbol
from sympy.logic.boolalg import Boolean

from w2s_theory.claim import Step
from w2s_theory.geometry.inner_products import expand_norms

IsNonnegative = Callable[[Expr, Sequence[Boolean]], bool]
IsNonzero = Callable[[Expr, Sequence[Boolean]], bool]


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


def unshown_divisors(step: Step, is_nonzero: IsNonzero) -> Iterator[Expr]:
    """Yield what a step with premises divides by without its being shown other than 0, though the step says something there.

    An identity of formulas holds on a dense set, and so wherever both sides have a value. Under what is given nothing is
    dense: from x y = x z follows (x y - x z)/x = 0, and not y = z. What the step's own relation divides by, or takes
    a logarithm of, is other than 0 wherever that relation says anything.
    """
    for expression in (*step.certificate, *step.premises) if step.premises else ():
        yield from unshown_divisors_of(expression, step, is_nonzero)


def unshown_divisors_of(expression: Basic, step: Step, is_nonzero: IsNonzero) -> Iterator[Expr]:
    """Yield what an expression divides by, without its being shown other than 0 wherever the step says anything."""
    own = _divisors(step.relation) | _inside_logarithms(step.relation)
    for divisor in sorted(_divisors(expression) - own, key=str):
        if not is_nonzero(divisor, step.premises):
            yield divisor


def _divisors(expression: Basic) -> set[Expr]:
    """Return the factors of denominators, normed in sign, but for those with a bound variable.

    Under a limit or an integral others see to them. Gamma has no zeros.
    """
    bound = {
        variable
        for part in expression.atoms(Limit, Integral, Sum)
        for variable in (part.args[1:2] if isinstance(part, Limit) else part.variables)
    }
    powers = [
        power
        for power in expression.atoms(Pow)
        if power.exp.is_negative or power.exp.could_extract_minus_sign()
    ]
    return {each for power in powers for each in _factors(power.base) if not each.free_symbols & bound}


def _inside_logarithms(expression: Basic) -> set[Expr]:
    return {each for logarithm in expression.atoms(sympy.log) for each in _factors(logarithm.args[0])}


def _factors(expression: Expr) -> set[Expr]:
    factors = sympy.Mul.make_args(sympy.factor(expand_norms(expression)))
    bases = (each.base if isinstance(each, Pow) else each for each in factors)
    return {
        -each if each.could_extract_minus_sign() else each
        for each in bases
        if not each.is_number and not isinstance(each, sympy.gamma)
    }


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
