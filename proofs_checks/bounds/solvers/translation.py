"""Problems as z3 formulas: a fresh variable for every node that is not a polynomial in its arguments.

Why unsat proves. At a point where a node is defined, its fresh variable may take the node's value: q = a/b gives
q b = a, r = a^(1/k) gives r >= 0 and r^k = a, a constant lies between its ends. So at a point that satisfies the
formula, and so the definedness of every term, the values of all nodes satisfy all side conditions: there is a solution.
Where a node is not defined its side condition may have no solution, so it must not be asserted there: it is asserted as
it is where a conjunct of the formula itself demands what the node needs, and under what it needs otherwise. Then every
solution of the formula, however it reads a node that is not defined, is one of the translation.

Why sat almost refutes. Where a node is defined, its side condition has the node's value as the only solution, unless the
node is a constant known by its ends only. So a solution is a point; it is checked by exact numbers all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from typing import Any as Untyped

import z3

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.constants import (
    NotAlgebraic,
    ends,
    exponent_of,
    is_number_without_equation,
    root_of,
)
from w2s_theory.terms import exact
from w2s_theory.terms.tree import (
    ZERO,
    All,
    Any,
    Atom,
    Formula,
    Head,
    Sign,
    Term,
    conjuncts,
    definedness,
    subterms,
)
from w2s_theory.terms.tree import apply as applied

_RELATIONS: dict[Sign, Callable[[Untyped, Untyped], Untyped]] = {
    Sign.GE: lambda left, right: left >= right,
    Sign.GT: lambda left, right: left > right,
    Sign.LE: lambda left, right: left <= right,
    Sign.LT: lambda left, right: left < right,
    Sign.EQ: lambda left, right: left == right,
    Sign.NE: lambda left, right: left != right,
}


class Translation:
    """A problem in a z3 context of its own: `variables` by name, and `sides`, the side conditions so far.

    With `whole`, the integer variables are integers; without, they are real numbers, and unsat still proves.
    """

    def __init__(self, problem: Problem, *, whole: bool = True) -> None:
        self.context = z3.Context()
        self.variables: dict[str, Untyped] = {}
        self.sides: list[Untyped] = []
        self._problem = problem
        self._integers = problem.integers if whole else frozenset()
        self._demanded = [part for part in conjuncts(problem.formula) if isinstance(part, Atom)]
        self._terms: dict[Term, Untyped] = {}
        self._has_variables: dict[Term, bool] = {}
        self._roots: dict[tuple[Term, int], Untyped] = {}
        self._fresh = 0

    def everything(self) -> list[Untyped]:
        """Return all assertions: the ends of the box, the formula, and the side conditions."""
        asserted = [self.formula(self._problem.formula)]
        for name, (low, high) in self._problem.box.items():
            x = self._variable(name)
            if low is not None:
                asserted.append(x >= self.number(low))
            if high is not None:
                asserted.append(x <= self.number(high))
        return [*asserted, *self.sides]

    def formula(self, formula: Formula) -> Untyped:
        """Return a formula, and add the side conditions of its terms. Raises NotAlgebraic."""
        match formula:
            case Atom(left, sign, right):
                return _RELATIONS[sign](self.term(left), self.term(right))
            case All(parts):
                return self._joined(z3.And, map(self.formula, parts))
            case Any(parts):
                return self._joined(z3.Or, map(self.formula, parts))

    def term(self, item: Term) -> Untyped:
        """Return a term, and add the side conditions of its nodes. Raises NotAlgebraic."""
        for node in subterms(item):
            if node not in self._terms:
                varies = node.head == Head.VARIABLE or any(self._has_variables[part] for part in node.args)
                self._has_variables[node] = varies
                self._terms[node] = self._node(node)
        return self._terms[item]

    def number(self, value: Fraction) -> Untyped:
        """Return a rational number."""
        return z3.Q(value.numerator, value.denominator, ctx=self.context)

    def _node(self, node: Term) -> Untyped:
        if is_number_without_equation(node, self._has_variables[node]):
            return self._constant(node)
        args = [self._terms[argument] for argument in node.args]
        match node.head:
            case Head.NUMBER if isinstance(node.value, Fraction):
                return self.number(node.value)
            case Head.VARIABLE:
                return self._variable(str(node.value))
            case Head.ALGEBRAIC:
                return self._algebraic(node)
            case Head.SUM:
                return args[0] + args[1]
            case Head.PRODUCT:
                return args[0] * args[1]
            case Head.QUOTIENT:
                return self._quotient(node, *args)
            case Head.POWER:
                return self._power(node)
            case "sqrt":
                return self._root(node.args[0], 2)
            case "abs":
                return z3.If(args[0] >= 0, args[0], -args[0])
            case "min":
                return reduce(lambda x, y: z3.If(x <= y, x, y), args)
            case "max":
                return reduce(lambda x, y: z3.If(x >= y, x, y), args)
        raise NotAlgebraic(f"{node.head} of what varies")

    def _joined(self, operator: Callable[..., Untyped], parts: Iterable[Untyped]) -> Untyped:
        found = list(parts)
        return operator(*found, self.context) if found else z3.BoolVal(operator is z3.And, ctx=self.context)

    def _variable(self, name: str) -> Untyped:
        if name not in self.variables:
            label = f"x{len(self.variables)}"
            self.variables[name] = (
                z3.ToReal(z3.Int(label, ctx=self.context))
                if name in self._integers
                else z3.Real(label, ctx=self.context)
            )
        return self.variables[name]

    def _new(self, kind: str) -> Untyped:
        self._fresh += 1
        return z3.Real(f"{kind}{self._fresh}", ctx=self.context)

    def _constant(self, node: Term) -> Untyped:
        unknown, between = self._new("constant"), ends(node)
        if between is not None:
            low, high = between
            self.sides += [unknown >= self.number(low), unknown <= self.number(high)]
        return unknown

    def _algebraic(self, node: Term) -> Untyped:
        root = root_of(node)
        if root.low == root.high:
            return self.number(root.low)
        x = self._new("algebraic")
        zero = self.number(Fraction(0))
        polynomial = reduce(lambda total, c: total * x + c, reversed(root.coefficients), zero)
        self.sides += [x > self.number(root.low), x < self.number(root.high), polynomial == 0]
        return x

    def _power(self, node: Term) -> Untyped:
        exponent = exponent_of(node)
        if exponent is None:
            raise NotAlgebraic("a power whose exponent is not a rational number")
        base = node.args[0]
        root = self._terms[base] if exponent.denominator == 1 else self._root(base, exponent.denominator)
        one = self.number(Fraction(1))
        power = reduce(lambda x, y: x * y, [root] * abs(exponent.numerator), one)
        return power if exponent >= 0 else self._quotient(node, one, power)

    def _quotient(self, node: Term, above: Untyped, below: Untyped) -> Untyped:
        quotient = self._new("quotient")
        self._where_defined(node, quotient * below == above)
        return quotient

    def _root(self, base: Term, order: int) -> Untyped:
        key = (base, order)
        if key not in self._roots:
            root = self._new("root")
            power = reduce(lambda x, y: x * y, [root] * order)
            inside = self._terms[base]
            # Every root here is of a number that is at least 0, as a square root is.
            self._where_defined(applied("sqrt", base), self._joined(z3.And, [root >= 0, power == inside]))
            self._roots[key] = root
        return self._roots[key]

    def _where_defined(self, node: Term, side: Untyped) -> None:
        needed = [atom for atom in definedness(node) if not self._is_demanded(atom)]
        if needed:
            side = z3.Implies(self._joined(z3.And, map(self.formula, needed)), side, ctx=self.context)
        self.sides.append(side)

    def _is_demanded(self, atom: Atom) -> bool:
        if atom.right == ZERO and not self._has_variables.get(atom.left, True):
            return exact.sign(atom.left, bits=1024) in atom.sign.signs
        return any(
            (other.left, other.right) == (atom.left, atom.right) and other.sign.signs <= atom.sign.signs
            for other in self._demanded
        )
