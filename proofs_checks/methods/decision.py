"""Decision over the reals by z3: is there a point where the hypotheses hold and the conclusion fails?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from typing import Any

import sympy
import z3
from sympy import Expr, Poly, Symbol
from sympy.logic.boolalg import And, Boolean

from w2s_theory.balls import ball, precision
from w2s_theory.relations import OPERATORS, at_least, more_than, unequal

_CONSTANT_BITS = 128


class NotAlgebraic(Exception):
    """The problem has a function or an exponent that is not algebraic, so this procedure does not apply."""


class Answer(Enum):
    """Whether a real point satisfies all relations."""

    NONE = "none"
    EXISTS = "exists"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Solution:
    """The answer, with exact coordinates of a point where there is one."""

    answer: Answer
    point: dict[Symbol, Expr]


def solve(relations: Sequence[Boolean], seconds: float = 20.0, integers: Collection[Symbol] = ()) -> Solution:
    """Decide whether real numbers satisfy all `relations` (polynomial, rational, or with roots, Abs, Min, Max).

    Roots and quotients stand for new unknowns; their arguments are required to be nonnegative and nonzero.
    Symbols that sympy assumes nonnegative or positive are so here, and those in `integers` are integers.
    A number such as log(2) stands for an unknown between two close rationals, so a point holds up to that only.
    Raises NotAlgebraic where a function or a symbolic exponent makes the question undecidable here.
    """
    translation = _Translation(integers)
    formulas = [translation.relation(item) for item in relations]
    solver = z3.Solver() if integers else z3.SolverFor("QF_NRA")
    solver.set("timeout", max(1, int(1000 * seconds)))
    solver.add(*translation.side_conditions, *formulas)
    result = solver.check()
    if result == z3.unsat:
        return Solution(Answer.NONE, {})
    if result != z3.sat:
        return Solution(Answer.UNKNOWN, {})
    model = solver.model()
    point = {
        symbol: _exact(model.eval(variable, model_completion=True))
        for symbol, variable in translation.variables.items()
    }
    return Solution(Answer.EXISTS, point)


def requirements(expression: Expr) -> list[Boolean]:
    """Return the relations under which an expression is a real number: radicands, denominators, logarithms."""
    needed: list[Boolean] = []
    for part in sympy.preorder_traversal(expression):
        if isinstance(part, sympy.Pow):
            base, exponent = part.args
            fractional = not exponent.is_integer
            negative = exponent.could_extract_minus_sign()
            if base.is_positive or (base.is_nonnegative and not negative):
                continue
            if fractional:
                needed.append((more_than if negative else at_least)(base, 0))
            elif negative:
                needed.append(unequal(base, 0))
        elif isinstance(part, sympy.log):
            if not part.args[0].is_positive:
                needed.append(more_than(part.args[0], 0))
        elif isinstance(part, sympy.tan):
            needed.append(unequal(sympy.cos(part.args[0]), 0))
    return list(dict.fromkeys(needed))


class _Translation:
    def __init__(self, integers: Collection[Symbol]) -> None:
        self.variables: dict[Symbol, Any] = {}
        self.side_conditions: list[Any] = []
        self._integers = integers
        self._roots: dict[Expr, Any] = {}
        self._constants: dict[Expr, Any] = {}

    def relation(self, relation: Boolean) -> Any:
        if relation in (sympy.true, sympy.false):
            return z3.BoolVal(bool(relation))
        if isinstance(relation, And):
            return z3.And(*(self.relation(part) for part in relation.args))
        if isinstance(relation, sympy.Or):
            return z3.Or(*(self.relation(part) for part in relation.args))
        if isinstance(relation, sympy.Not):
            return z3.Not(self.relation(relation.args[0]))
        return OPERATORS[relation.func](self.term(relation.lhs), self.term(relation.rhs))

    def term(self, expression: Expr) -> Any:
        if expression.is_Symbol:
            if expression not in self.variables:
                name = f"{expression.name}_{len(self.variables)}"
                variable = z3.ToReal(z3.Int(name)) if expression in self._integers else z3.Real(name)
                self.variables[expression] = variable
                if expression.is_positive:
                    self.side_conditions.append(variable > 0)
                elif expression.is_nonnegative:
                    self.side_conditions.append(variable >= 0)
            return self.variables[expression]
        if expression.is_Rational:
            return _rational(expression)
        if expression.is_Add:
            return reduce(lambda x, y: x + y, map(self.term, expression.args))
        if expression.is_Mul:
            return reduce(lambda x, y: x * y, map(self.term, expression.args))
        if expression.is_Pow and expression.exp.is_Rational:
            return self._power(expression.base, expression.exp)
        if isinstance(expression, sympy.Abs):
            inside = self.term(expression.args[0])
            return z3.If(inside >= 0, inside, -inside)
        if isinstance(expression, sympy.Min | sympy.Max):
            least = isinstance(expression, sympy.Min)
            return reduce(
                lambda x, y: z3.If((x <= y) if least else (x >= y), x, y), map(self.term, expression.args)
            )
        if expression.is_number and expression.is_real:
            return self._constant(expression)
        raise NotAlgebraic(str(expression))

    def _constant(self, number: Expr) -> Any:
        if number not in self._constants:
            try:
                low, high = _rational_ends(number)
            except (TypeError, ValueError):
                raise NotAlgebraic(str(number)) from None
            constant = z3.Real(f"constant_{len(self._constants)}")
            self.side_conditions += [constant >= _rational(low), constant <= _rational(high)]
            self._constants[number] = constant
        return self._constants[number]

    def _power(self, base: Expr, exponent: sympy.Rational) -> Any:
        value = self.term(base) if exponent.q == 1 else self._root(base, int(exponent.q))
        power = reduce(lambda x, y: x * y, [value] * abs(int(exponent.p)))
        return power if exponent > 0 else self._quotient(power)

    def _root(self, base: Expr, order: int) -> Any:
        key = base ** sympy.Rational(1, order)
        if key not in self._roots:
            root = z3.Real(f"root_{len(self._roots)}")
            self.side_conditions += [root >= 0, reduce(lambda x, y: x * y, [root] * order) == self.term(base)]
            self._roots[key] = root
        return self._roots[key]

    def _quotient(self, power: Any) -> Any:
        quotient = z3.Real(f"quotient_{len(self.side_conditions)}")
        self.side_conditions.append(quotient * power == 1)
        return quotient


def _rational_ends(number: Expr) -> tuple[sympy.Rational, sympy.Rational]:
    """Return two close rationals with the number between them; raises TypeError or ValueError where there are none."""
    with precision(_CONSTANT_BITS):
        enclosure = ball(number)
        if not enclosure.is_finite():
            raise ValueError(f"{number} has no value")
        low, high = (end.man_exp() for end in (enclosure.lower(), enclosure.upper()))
    return tuple(sympy.Integer(int(man)) * sympy.Integer(2) ** int(exp) for man, exp in (low, high))


def _rational(number: sympy.Rational) -> Any:
    return z3.Q(int(number.p), int(number.q))


def _exact(value: Any) -> Expr:
    if z3.is_rational_value(value):
        return sympy.Rational(value.numerator_as_long(), value.denominator_as_long())
    unknown = sympy.Dummy("unknown")
    coefficients = [sympy.Rational(str(item)) for item in value.poly()]
    polynomial = Poly(list(reversed(coefficients)), unknown)
    return sympy.CRootOf(polynomial, value.index() - 1, radicals=True)
