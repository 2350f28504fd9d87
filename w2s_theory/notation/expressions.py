"""Parsing of user expressions: a whitelist over Python's grammar, with exact numbers, never evaluated."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

import sympy
from sympy import Expr, Rational
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.syntax import MAX_DEPTH, MAX_EXPONENT, Reader, parsed, short

FUNCTIONS: dict[str, tuple[Callable[..., Expr], int | None]] = {
    "sqrt": (sympy.sqrt, 1),
    "exp": (sympy.exp, 1),
    "log": (sympy.log, 1),
    "sin": (sympy.sin, 1),
    "cos": (sympy.cos, 1),
    "tan": (sympy.tan, 1),
    "abs": (sympy.Abs, 1),
    "min": (sympy.Min, None),
    "max": (sympy.Max, None),
}
CONSTANTS: dict[str, Expr] = {"pi": sympy.pi, "E": sympy.E}

_ARITHMETIC: dict[type[ast.operator], Callable[[Expr, Expr], Expr]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_RELATIONS: dict[type[ast.cmpop], type[Relational]] = {
    ast.GtE: sympy.Ge,
    ast.LtE: sympy.Le,
    ast.Gt: sympy.Gt,
    ast.Lt: sympy.Lt,
    ast.Eq: sympy.Eq,
}


def parse(text: str, symbols: Mapping[str, Expr]) -> Expr:
    """Return the sympy expression written in `text`, decimals read exactly (2.5 is 5/2).

    `symbols` maps the allowed names to their symbols. Raises InvalidInput for anything but arithmetic
    on those names, numbers, the constants pi and E, and the functions of `FUNCTIONS`.
    """
    return _Reader(text, symbols).expression(parsed(text))


def parse_relation(text: str, symbols: Mapping[str, Expr]) -> Boolean:
    """Return the relation (or conjunction, by `and` or a chain such as 0 < x <= 1) written in `text`.

    Raises InvalidInput as `parse` does, and where `text` compares nothing.
    """
    return _Reader(text, symbols).relation(parsed(text))


def conjuncts(statement: Boolean) -> tuple[Boolean, ...]:
    """Return the relations of a conjunction that `parse_relation` read, or the only one."""
    return tuple(statement.args) if isinstance(statement, And) else (statement,)


class _Reader(Reader):
    def __init__(self, text: str, symbols: Mapping[str, Expr]) -> None:
        super().__init__(text)
        self.symbols = symbols

    def relation(self, node: ast.expr) -> Boolean:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            return sympy.And(*(self.relation(value) for value in node.values), evaluate=False)
        if not isinstance(node, ast.Compare):
            self.refuse(node, "a relation with >=, <=, >, < or ==, such as L_ST >= L_TE**2")
        sides = [self.expression(side) for side in (node.left, *node.comparators)]
        parts = []
        for comparison, left, right in zip(node.ops, sides, sides[1:], strict=False):
            relation = _RELATIONS.get(type(comparison))
            if relation is None:
                self.refuse(node, "the relations >=, <=, >, < and ==")
            parts.append(relation(left, right, evaluate=False))
        return parts[0] if len(parts) == 1 else sympy.And(*parts, evaluate=False)

    def expression(self, node: ast.expr, depth: int = 0) -> Expr:
        if depth > MAX_DEPTH:
            raise InvalidInput(f"the expression is nested more than {MAX_DEPTH} deep; simplify it")
        value = self._read(node, depth + 1)
        if value.has(sympy.zoo, sympy.oo, -sympy.oo, sympy.nan):
            self.refuse(node, "expressions that are finite")
        if value.is_real is False:
            self.refuse(node, "expressions that are real")
        return value

    def _read(self, node: ast.expr, depth: int) -> Expr:
        match node:
            case ast.Constant(value=bool() | str() | bytes() | complex() | None):
                self.refuse(node, "real numbers")
            case ast.Constant():
                return Rational(self.literal(node))
            case ast.Name(id=name):
                return self._name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.expression(operand, depth)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.expression(operand, depth)
            case ast.BinOp(op=ast.Pow(), left=left, right=right):
                return self._power(node, self.expression(left, depth), self.expression(right, depth))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                return _ARITHMETIC[type(op)](self.expression(left, depth), self.expression(right, depth))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                function, arity = FUNCTIONS[name]
                if (arity is not None and len(arguments) != arity) or not arguments:
                    self.refuse(node, f"{name} of {arity or 'one or more'} argument(s)")
                return function(*(self.expression(argument, depth) for argument in arguments))
            case _:
                self.refuse(node, f"+ - * / **, numbers, names and the functions {', '.join(FUNCTIONS)}")

    def _name(self, name: str) -> Expr:
        if name in self.symbols:
            return self.symbols[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        known = ", ".join(sorted(self.symbols)) or "none"
        raise InvalidInput(
            f"unknown name {short(name)!r}; allowed names: {known}; functions: {', '.join(FUNCTIONS)}"
        )

    def _power(self, node: ast.expr, base: Expr, exponent: Expr) -> Expr:
        if exponent.is_number and not abs(exponent) <= MAX_EXPONENT:
            self.refuse(node, f"exponents between -{MAX_EXPONENT} and {MAX_EXPONENT}")
        if exponent.is_Rational and exponent.q > MAX_EXPONENT:
            self.refuse(node, f"exponents whose denominator is at most {MAX_EXPONENT}")
        return base**exponent
