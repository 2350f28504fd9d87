"""Problems as SMT-LIB text, written from the terms with no help from the translation to z3, so that each checks the other.

A quotient a/b is a constant q with b = 0 or q b = a, or else the solver's own, which may be anything where b is 0: either
may be much faster. A root r of a is a constant with a < 0 or (r >= 0 and r^k = a); min, max and abs are constants that
equal one argument and are on one side of all. So every point that satisfies the formula gives a solution of the text,
however terms are read where they are not defined, and unsat proves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.constants import (
    NotAlgebraic,
    ends,
    exponent_of,
    is_number_without_equation,
    root_of,
)
from w2s_theory.terms.tree import All, Atom, Formula, Head, Sign, Term, subterms

_RELATIONS = {sign: str(sign) for sign in (Sign.GE, Sign.GT, Sign.LE, Sign.LT)} | {Sign.EQ: "="}


class Script:
    """The text of a problem, line by line; `names` gives the constant that stands for each variable.

    `has_quotients` says whether a term has a denominator. With `whole`, the integer variables are integers; without, they
    are real numbers, and unsat still proves.
    """

    def __init__(self, problem: Problem, *, whole: bool = True, divides: bool = False) -> None:
        self.names: dict[str, str] = {}
        self.has_quotients = False
        self._integers = problem.integers if whole else frozenset()
        self._divides = divides
        self._lines: list[str] = []
        self._terms: dict[Term, str] = {}
        self._constant: dict[Term, bool] = {}
        self._count = 0
        asserted = [self.formula(problem.formula)]
        for name, (low, high) in problem.box.items():
            x = self._variable(name)
            asserted += [] if low is None else [f"(<= {_number(low)} {x})"]
            asserted += [] if high is None else [f"(>= {_number(high)} {x})"]
        self._lines += [f"(assert {item})" for item in asserted]

    @property
    def text(self) -> str:
        """Return the script, which ends by asking for an answer."""
        logic = "QF_NIRA" if self._integers else "QF_NRA"
        return "\n".join([f"(set-logic {logic})", *self._lines, "(check-sat)", ""])

    def formula(self, formula: Formula) -> str:
        """Return a formula, after the lines that define its terms. Raises NotAlgebraic."""
        if isinstance(formula, Atom):
            left, right = self.term(formula.left), self.term(formula.right)
            if formula.sign is Sign.NE:
                return f"(not (= {left} {right}))"
            return f"({_RELATIONS[formula.sign]} {left} {right})"
        connective, empty = ("and", "true") if isinstance(formula, All) else ("or", "false")
        parts = [self.formula(part) for part in formula.parts]
        return f"({connective} {' '.join(parts)})" if len(parts) > 1 else parts[0] if parts else empty

    def term(self, item: Term) -> str:
        """Return the name or number that stands for a term, after the lines that define it. Raises NotAlgebraic."""
        for node in subterms(item):
            if node not in self._terms:
                self._constant[node] = node.head != Head.VARIABLE and all(
                    self._constant[part] for part in node.args
                )
                self._terms[node] = self._node(node, [self._terms[part] for part in node.args])
        return self._terms[item]

    def _node(self, node: Term, args: Sequence[str]) -> str:
        if is_number_without_equation(node, not self._constant[node]):
            return self._between(node)
        match node.head:
            case Head.NUMBER if isinstance(node.value, Fraction):
                return _number(node.value)
            case Head.VARIABLE:
                return self._variable(str(node.value))
            case Head.ALGEBRAIC:
                return self._algebraic(node)
            case Head.SUM | Head.PRODUCT:
                return self._define(f"({node.head} {args[0]} {args[1]})")
            case Head.QUOTIENT:
                return self._quotient(args[0], args[1])
            case Head.POWER:
                return self._power(node, args[0])
            case "sqrt":
                return self._root(args[0], 2)
            case "abs":
                return self._one_of([args[0], f"(- {args[0]})"], ">=")
            case "min":
                return self._one_of(args, "<=")
            case "max":
                return self._one_of(args, ">=")
        raise NotAlgebraic(f"{node.head} of what varies")

    def _define(self, body: str) -> str:
        self._count += 1
        self._lines.append(f"(define-fun t{self._count} () Real {body})")
        return f"t{self._count}"

    def _declare(self) -> str:
        self._count += 1
        self._lines.append(f"(declare-const t{self._count} Real)")
        return f"t{self._count}"

    def _assert(self, *parts: str) -> None:
        self._lines += [f"(assert {part})" for part in parts]

    def _variable(self, name: str) -> str:
        if name not in self.names:
            label = f"v{len(self.names)}"
            sort = "Int" if name in self._integers else "Real"
            self._lines.append(f"(declare-const {label} {sort})")
            self.names[name] = f"(to_real {label})" if sort == "Int" else label
        return self.names[name]

    def _between(self, node: Term) -> str:
        unknown, between = self._declare(), ends(node)
        if between is not None:
            self._assert(f"(<= {_number(between[0])} {unknown} {_number(between[1])})")
        return unknown

    def _algebraic(self, node: Term) -> str:
        root = root_of(node)
        if root.low == root.high:
            return _number(root.low)
        x = self._declare()
        terms = [_product([_number(Fraction(c)), *[x] * k]) for k, c in enumerate(root.coefficients) if c]
        value = f"(+ {' '.join(terms)} 0.0)"
        self._assert(f"(< {_number(root.low)} {x} {_number(root.high)})", f"(= {value} 0.0)")
        return x

    def _power(self, node: Term, base: str) -> str:
        exponent = exponent_of(node)
        if exponent is None:
            raise NotAlgebraic("a power whose exponent is not a rational number")
        root = base if exponent.denominator == 1 else self._root(base, exponent.denominator)
        power = _product([root] * abs(exponent.numerator))
        return self._define(power) if exponent >= 0 else self._quotient("1.0", power)

    def _quotient(self, above: str, below: str) -> str:
        self.has_quotients = True
        if self._divides:
            return self._define(f"(/ {above} {below})")
        quotient = self._declare()
        self._assert(f"(or (= {below} 0.0) (= (* {quotient} {below}) {above}))")
        return quotient

    def _root(self, inside: str, order: int) -> str:
        root = self._declare()
        self._assert(f"(or (< {inside} 0.0) (and (>= {root} 0.0) (= {_product([root] * order)} {inside})))")
        return root

    def _one_of(self, values: Sequence[str], side: str) -> str:
        chosen = self._declare()
        self._assert(*(f"({side} {chosen} {value})" for value in values))
        self._assert(f"(or {' '.join(f'(= {chosen} {value})' for value in values)} false)")
        return chosen


def _product(factors: Sequence[str]) -> str:
    return f"(* {' '.join(factors)})" if len(factors) > 1 else factors[0] if factors else "1.0"


def _number(value: Fraction) -> str:
    size = f"{abs(value.numerator)}.0"
    if value.denominator != 1:
        size = f"(/ {size} {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size
