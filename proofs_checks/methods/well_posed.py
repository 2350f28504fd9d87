"""Whether expressions mean what algebra takes them to mean: finite values, no poles inside integrals, no division by 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import sympy
from sympy import Basic, Derivative, Dummy, Expr, Integral, Limit, Pow, Product, Sum, Symbol
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
        _has_polar_function(whole.function, limit[0])
        or any(
            not _is_of_one_sign(base, limit, given, is_nonnegative)
            for base in _denominators(whole.function, limit[0])
        )
        for whole in expression.atoms(Integral)
        for limit in whole.limits
    ) or any(
        not _is_nonzero_on(base, limit, given, is_nonnegative)
        for whole in expression.atoms(Sum, Product)
        for limit in whole.limits
        for base in _denominators(whole.function, limit[0])
        if not base.free_symbols & _bound_within(whole.function)
    )


def _bound_within(function: Expr) -> set[Symbol]:
    return {variable for part in function.atoms(Sum, Product, Integral) for variable in part.variables}


def _has_polar_function(function: Expr, variable: Symbol) -> bool:
    return any(part.has(variable) for part in function.atoms(*POLAR))


def _is_nonzero_on(
    base: Expr, limit: Sequence[Expr], given: Sequence[Boolean], is_nonnegative: IsNonnegative
) -> bool:
    """Return whether a denominator in a sum is shown to be other than 0 wherever its index runs."""
    variable, low, *_ = limit
    index = Dummy(variable.name, integer=True, nonnegative=True)
    if base.subs(variable, low + index).is_nonzero:
        return True
    if sympy.diff(base, variable, 2) != 0:
        return False
    slope = sympy.diff(base, variable)
    return any(
        is_nonnegative(side * slope, given) and (side * base.subs(variable, low)).is_positive
        for side in (1, -1)
    )


def leaves_its_kind(expression: Basic, given: Sequence[Boolean], is_nonnegative: IsNonnegative) -> bool:
    """Return whether a bound variable is declared positive or nonnegative and not shown to be where it runs."""
    for part in expression.atoms(Sum, Product, Integral):
        for variable, *ends in part.limits:
            if not variable.is_nonnegative:
                continue
            # Points alone do not change an integral.
            above = 1 if variable.is_positive and not isinstance(part, Integral) else 0
            if len(ends) != 2 or not is_nonnegative(ends[0] - above, given):
                return True
    return False


JUMPING = (sympy.floor, sympy.ceiling, sympy.sign, sympy.Heaviside, sympy.Piecewise, sympy.Abs)
POLAR = (
    *(sympy.tan, sympy.cot, sympy.sec, sympy.csc, sympy.coth, sympy.csch),
    *(sympy.gamma, sympy.loggamma, sympy.polygamma, sympy.zeta, sympy.binomial, sympy.factorial),
)
"""Functions with poles that are no powers."""


def has_jumps(expression: Basic) -> bool:
    """Return whether a derivative is taken of what may jump or bend: sympy leaves out what it has there."""
    return any(part.expr.has(*JUMPING) for part in expression.atoms(Derivative))


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
