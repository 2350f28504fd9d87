"""Exact algebra: every step of a derivation re-checked by its rule, and the conclusion compared with the claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

import sympy
from sympy import Dummy, Expr, Poly, Rational, Symbol
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import BasePolynomialError
from sympy.polys.polytools import parallel_poly_from_expr

from proofs_checks.evidence import Finding, Verdict
from proofs_checks.methods.counterexamples import counterexample
from proofs_checks.methods.gamma_identities import identity_holds, simplified
from proofs_checks.methods.limit_ladders import ladder_approaches, limit_value
from proofs_checks.methods.well_posed import (
    denominators_vanish,
    has_jumps,
    has_no_value,
    leaves_its_kind,
    may_have_poles,
    unshown_divisors,
    unshown_divisors_of,
)
from w2s_theory.claim import Cited, Claim, Rule, Step
from w2s_theory.geometry.inner_products import SquaredNorm, expand_norms
from w2s_theory.origins import groundless
from w2s_theory.relations import STRICT, WEAK, as_text, margin

_looking = ContextVar("looking for values at which a broken step is false", default=True)


@contextmanager
def no_counterexamples() -> Iterator[None]:
    """Leave out, inside the block, the search for values at which a step that does not re-check is false."""
    token = _looking.set(False)
    try:
        yield
    finally:
        _looking.reset(token)


def check_derivation(claim: Claim) -> Finding:
    """Re-check where each given comes from and every step of the derivation, then that it concludes the statement.

    A derivation that does not re-check leaves the claim undecided and says which step is broken.
    """
    broken = broken_derivation(claim)
    if broken is not None:
        return broken
    concluded = [step.relation for step in claim.derivation]
    missing = [relation for relation in claim.relations if relation not in concluded]
    if missing:
        return Finding(Verdict.UNDECIDED, f"no step concludes {as_text(missing[0])}", claim.domain)
    steps = len(claim.derivation)
    summary = f"{steps} step{'' if steps == 1 else 's'} re-checked by exact algebra"
    return Finding(Verdict.PROVED, summary, claim.domain, rests_on=cited_parts(claim))


def cited_parts(claim: Claim) -> tuple[str, ...]:
    """Return the ids of the parts of other claims that a derivation takes as they are stated, each once."""
    return tuple(dict.fromkeys(citation.id for citation in claim.cites))


def broken_derivation(claim: Claim) -> Finding | None:
    """Return what is wrong with a derivation: a given without an origin, or a step that its rule does not confirm.

    A step that is false comes with exact values at which it is, where such are found; that is no refutation of the
    statement. None where nothing is wrong.
    """
    for found in groundless(claim):
        summary = f"step {found.step} is given what has no origin: {found.relation}"
        return Finding(Verdict.UNDECIDED, summary, claim.domain, broken=found.step)
    number = first_failure(claim.derivation)
    if number is None:
        return _unshown_citation(claim)
    step = claim.derivation[number]
    is_sought = _looking.get() and step.by is not Rule.CHAIN
    witness = _witness_against(step) if is_sought else None
    words = "does not re-check" if witness is None else "is false"
    summary = f"step {number + 1} {words}: {step.text}"
    return Finding(Verdict.UNDECIDED, summary, claim.domain, witness, broken=number + 1)


def _witness_against(step: Step) -> dict[str, str] | None:
    try:
        return counterexample(step.relation, step.premises)
    except UNANSWERED:
        return None


def _unshown_citation(claim: Claim) -> Finding | None:
    """Return that a step cites what the cited claim's own derivation does not show; None where all are shown."""
    for number, step in enumerate(claim.derivation, start=1):
        for item in step.given:
            if isinstance(item, Cited) and item.claim.relation(item.part) not in _shown(item.claim):
                summary = f"step {number} cites {item.id}, which its own derivation does not show"
                return Finding(Verdict.UNDECIDED, summary, claim.domain, broken=number)
    return None


@cache
def _shown(claim: Claim) -> tuple[Boolean, ...]:
    """Return what the steps of a claim show, nothing where its derivation is broken or it is known to be false."""
    if claim.expects_refutation or broken_derivation(claim) is not None:
        return ()
    return tuple(step.relation for step in claim.derivation)


def first_failure(derivation: Sequence[Step]) -> int | None:
    """Return the index of the first step that its rule does not confirm, None if all are confirmed."""
    earlier: list[Boolean] = []
    for number, step in enumerate(derivation):
        if not step_holds(step, earlier):
            return number
        earlier.append(step.relation)
    return None


UNANSWERED = (
    NotImplementedError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    sympy.PolynomialError,
    BasePolynomialError,
)
"""What sympy raises where it has no answer: that confirms nothing."""


def step_holds(step: Step, earlier: Sequence[Boolean] = ()) -> bool:
    """Return whether a step's rule confirms it, given the relations of the steps before it.

    Never where a value is missing in what it says or is given, where an integral may run across a pole, or where it
    divides by what may be 0 under what it is given while what it says has a value there.
    """
    stated = (step.relation, *step.certificate)
    if any(map(has_no_value, (*stated, *step.premises))):
        return False
    if any(may_have_poles(item, step.premises, is_nonnegative) for item in stated):
        return False
    if any(leaves_its_kind(item, step.premises, is_nonnegative) or has_jumps(item) for item in stated):
        return False
    return _confirmed(step, tuple(earlier) if step.by is Rule.CHAIN else ())


@lru_cache(maxsize=4096)
def _confirmed(step: Step, earlier: tuple[Boolean, ...]) -> bool:
    """Return what a step's rule says; twins of a claim have most of their steps in common."""
    if next(unshown_divisors(step, _is_nonzero), None) is not None:
        return False
    try:
        return _RULES[step.by](step, earlier)
    except UNANSWERED:
        return False


def is_zero(expression: Expr, given: Iterable[Boolean] = ()) -> bool:
    """Return whether exact algebra shows the expression to vanish, modulo the equalities in `given`.

    False means "not shown", not "nonzero".
    """
    expression = expand_norms(expression).doit()
    equalities = [_numerator(item.lhs - item.rhs) for item in given if isinstance(item, sympy.Eq)]
    attempts: tuple[Callable[[Expr], Expr], ...] = (sympy.expand, sympy.radsimp, simplified)
    for attempt in attempts:
        expression = attempt(expression)
        if expression == 0:
            return True
    if not equalities:
        return bool(sympy.expand(simplified(expression.rewrite(sympy.exp))) == 0)
    try:
        # Integrals, functions and roots are unknowns like symbols: what then vanishes does so for all their values.
        unknowns = parallel_poly_from_expr(equalities)[1].gens
        if denominators_vanish(expression, equalities, unknowns):
            return False
        basis = sympy.groebner(equalities, *unknowns)
        remainder = sympy.reduced(_numerator(expression), list(basis.exprs), *unknowns)[1]
    except sympy.PolynomialError:
        return False
    return bool(sympy.expand(remainder) == 0)


def _numerator(expression: Expr) -> Expr:
    """Return a polynomial that vanishes where the expression does."""
    return sympy.expand(sympy.together(expand_norms(expression)).as_numer_denom()[0])


def is_nonnegative(expression: Expr, given: Sequence[Boolean] = ()) -> bool:
    """Return whether the expression's form shows it to be nonnegative.

    Sums and products of squares, of nonnegative numbers and symbols, and of differences that `given`
    states to be nonnegative; integrals and sums of such terms.
    """
    if isinstance(expression, SquaredNorm):
        return all(is_real(coefficient, given) for _, coefficient in expression.vector.terms)
    if expression.is_nonnegative:
        return True
    for item in given:
        if isinstance(item, WEAK):
            ratio = sympy.cancel(expand_norms(expression) / expand_norms(margin(item)))
            if ratio.is_number and ratio.is_positive:
                return True
    if expression.is_Add and len(expression.args) == 2 and _is_absolute_surplus(expression):
        return True
    if expression.is_Add or expression.is_Mul:
        return all(is_nonnegative(part, given) for part in expression.args)
    if expression.is_Pow:
        base, exponent = expression.args
        is_even_power = bool(exponent.is_even) and is_real(base, given)
        return is_even_power or (is_real(exponent, given) and is_nonnegative(base, given))
    if isinstance(expression, sympy.Sum | sympy.Integral):
        return _accumulates_nonnegative(expression, given)
    return False


def _is_nonzero(expression: Expr, given: Sequence[Boolean]) -> bool:
    """Return whether an expression's form, or what is given, shows that it is not 0."""
    expression = expand_norms(expression)
    if expression.is_nonzero or _is_positive(expression, given) or _is_positive(-expression, given):
        return True
    factors = sympy.Mul.make_args(sympy.factor(expression))
    return len(factors) > 1 and all(_is_nonzero(each, given) for each in factors)


def _is_positive(expression: Expr, given: Sequence[Boolean]) -> bool:
    """Return whether an expression is shown to be positive: as a sum of nonnegative terms and a positive one, or more
    than what is given to be nonnegative, or as much as what is given to be positive."""
    if expression.is_positive:
        return True
    terms = sympy.Add.make_args(expression)
    if len(terms) > 1 and any(term.is_positive for term in terms) and is_nonnegative(expression, given):
        return True
    for item in given:
        if isinstance(item, (*WEAK, *STRICT)):
            known = expand_norms(margin(item))
            rest = sympy.expand(expression - known)
            ratio = sympy.cancel(expression / known)
            if rest.is_positive if isinstance(item, WEAK) else rest.is_nonnegative or ratio.is_positive:
                return True
            if _is_positive_with_surplus(expression, known):
                return True
    return False


def _is_positive_with_surplus(expression: Expr, known: Expr) -> bool:
    """Return whether an expression is positive with a symbol replaced by what `known`, which is nonnegative, makes of it."""
    for symbol in known.free_symbols:
        if known.is_Add and known.coeff(symbol) == 1 and not (known - symbol).has(symbol):
            replaced = expression.subs(symbol, Dummy(nonnegative=True) - (known - symbol))
            if sympy.expand(replaced).is_positive:
                return True
    return False


def _is_absolute_surplus(expression: Expr) -> bool:
    """Return whether an expression is the absolute value of a real number, plus or minus that number."""
    return any(
        isinstance(size, sympy.Abs) and bool(size.args[0].is_real) and other in (size.args[0], -size.args[0])
        for size, other in (expression.args, expression.args[::-1])
    )


def is_real(expression: Expr, given: Sequence[Boolean] = ()) -> bool:
    """Return whether the expression's form shows it to be a real number: roots are taken of what is nonnegative only."""
    if expression.is_extended_real:
        return True
    if expression.is_Add or expression.is_Mul:
        return all(is_real(part, given) for part in expression.args)
    if expression.is_Pow:
        base, exponent = expression.args
        return bool(exponent.is_extended_real) and is_nonnegative(base, given)
    return False


def _accumulates_nonnegative(expression: sympy.Sum | sympy.Integral, given: Sequence[Boolean]) -> bool:
    """Return whether a sum or an integral runs forwards over what is nonnegative, its outermost variable first."""
    *inner, (variable, low, high) = expression.limits
    length = high - low + (1 if isinstance(expression, sympy.Sum) else 0)
    # Backwards, an integral changes its sign, and so does a sum in sympy's convention.
    if not is_nonnegative(length, given):
        return False
    # The bound variable is a name of its own: what `given` says of a free one does not hold of it.
    bound = Dummy(
        variable.name, real=True, nonnegative=low.is_nonnegative or None, integer=variable.is_integer
    )
    inside = expression.func(expression.function, *inner) if inner else expression.function
    return is_nonnegative(inside.subs(variable, bound), given)


def _identity(step: Step, _earlier: Sequence[Boolean]) -> bool:
    relation = step.relation
    if not isinstance(relation, sympy.Eq):
        return False
    # Reflection formulas of the Gamma function need a quotient, which a difference does not show.
    by_difference = not relation.has(sympy.gamma) and is_zero(relation.lhs - relation.rhs, step.premises)
    return by_difference or identity_holds(relation)


def _nonnegative(step: Step, _earlier: Sequence[Boolean]) -> bool:
    if not isinstance(step.relation, WEAK):
        return False
    difference = margin(step.relation)
    terms = step.certificate or (difference,)
    return all(is_nonnegative(term, step.premises) for term in terms) and is_zero(
        difference - sum(terms), step.premises
    )


def _limit(step: Step, _earlier: Sequence[Boolean]) -> bool:
    """Compare the stated limit with sympy's, and both with values along a ladder at high precision."""
    relation = step.relation
    if not (isinstance(relation, sympy.Eq) and isinstance(relation.lhs, sympy.Limit)):
        return False
    found = limit_value(relation.lhs)
    if found is None:
        return False
    value = relation.rhs
    agrees = found == value or (found.is_finite is not False and is_zero(found - value))
    return agrees and ladder_approaches(relation.lhs, value)


def _univariate(step: Step, _earlier: Sequence[Boolean]) -> bool:
    """Decide a rational inequality in one variable on the interval in `given` by counting roots."""
    variables = step.relation.free_symbols
    if len(variables) != 1 or not isinstance(step.relation, WEAK):
        return False
    (variable,) = variables
    interval = _interval(variable, step.premises)
    if interval is None:
        return False
    low, high = interval
    numerator, denominator = sympy.together(margin(step.relation)).as_numer_denom()
    return _constant_sign(Poly(numerator * denominator, variable), low, high)


def _interval(variable: Symbol, given: Sequence[Boolean]) -> tuple[Rational, Rational] | None:
    """Return the interval of a variable that the givens state, None where they state none or an empty one."""
    sides = [(item.gts, item.lts) for item in given if isinstance(item, WEAK)]
    low = [lesser for greater, lesser in sides if greater == variable]
    high = [greater for greater, lesser in sides if lesser == variable]
    if not low or not high or max(low) > min(high):
        return None
    return max(low), min(high)


def _constant_sign(polynomial: Poly, low: Rational, high: Rational) -> bool:
    """Return whether the polynomial is nonnegative on [low, high]: no root of odd order inside, one sample."""
    if polynomial.is_zero:
        return True
    odd = Poly(1, polynomial.gen)
    for factor, multiplicity in polynomial.factor_list()[1]:
        if multiplicity % 2:
            odd *= factor
    inside = odd.count_roots(low, high) - sum(odd.eval(end) == 0 for end in (low, high))
    sample = next(
        value
        for value in (low + (high - low) * Rational(1, k) for k in range(2, 100))
        if polynomial.eval(value) != 0
    )
    return bool(inside == 0 and polynomial.eval(sample) > 0)


def _chain(step: Step, earlier: Sequence[Boolean]) -> bool:
    """Follow "greater or equal" from the left-hand side to the right-hand side through known inequalities."""
    goal = step.relation
    if not isinstance(goal, WEAK):
        return False
    # What has no value somewhere is no link there between sides that have one.
    links = (
        item
        for item in (*earlier, *step.premises)
        if next(unshown_divisors_of(item, step, _is_nonzero), None) is None
    )
    edges = [edge for item in links for edge in _edges(item)]
    reached, frontier = {goal.gts}, [goal.gts]
    while frontier:
        here = frontier.pop()
        for upper, lower in edges:
            if upper == here and lower not in reached:
                reached.add(lower)
                frontier.append(lower)
    return goal.lts in reached


def _edges(relation: Boolean) -> list[tuple[Expr, Expr]]:
    if isinstance(relation, (*WEAK, *STRICT)):
        return [(relation.gts, relation.lts)]
    if isinstance(relation, sympy.Eq):
        return [(relation.lhs, relation.rhs), (relation.rhs, relation.lhs)]
    return []


_RULES: dict[Rule, Callable[[Step, Sequence[Boolean]], bool]] = {
    Rule.IDENTITY: _identity,
    Rule.NONNEGATIVE: _nonnegative,
    Rule.LIMIT: _limit,
    Rule.UNIVARIATE: _univariate,
    Rule.CHAIN: _chain,
}
