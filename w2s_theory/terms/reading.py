"""Reading what a user types: a whitelist over Python's grammar, into the tree as written; nothing is evaluated."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.syntax import MAX_DEPTH, MAX_EXPONENT, Reader, parsed, short
from w2s_theory.terms import tree
from w2s_theory.terms.tree import FUNCTIONS, All, Any, Atom, Formula, Head, Sign, Term
from w2s_theory.terms.typed_forms import normalized

CONSTANTS = {"pi": tree.PI, "E": tree.E}
_SIGNS: dict[type[ast.cmpop], Sign] = {
    ast.GtE: Sign.GE,
    ast.LtE: Sign.LE,
    ast.Gt: Sign.GT,
    ast.Lt: Sign.LT,
    ast.Eq: Sign.EQ,
    ast.NotEq: Sign.NE,
}
_ARITHMETIC: dict[type[ast.operator], Head] = {
    ast.Add: Head.SUM,
    ast.Mult: Head.PRODUCT,
    ast.Div: Head.QUOTIENT,
}


def read_term(text: str, names: Mapping[str, Term]) -> Term:
    """Return the term written in `text`, decimals read exactly (2.5 is 5/2).

    `names` maps the allowed names to their terms. Raises InvalidInput for anything but arithmetic on those names,
    numbers, the constants pi and E, and the functions of `FUNCTIONS`; UnknownName, which is one, for another name.
    """
    source = normalized(text, names)
    return _Reader(source, names).term(parsed(source))


def read_formula(text: str, names: Mapping[str, Term]) -> Formula:
    """Return the relation written in `text`: comparisons, chained or joined by `and`, `or`, `not`.

    Raises InvalidInput as `read_term` does, and where `text` compares nothing.
    """
    source = normalized(text, names)
    return _Reader(source, names).formula(parsed(source))


class UnknownName(InvalidInput):
    """A name that is neither an observable, nor a constant, nor a function."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class _Reader(Reader):
    def __init__(self, text: str, names: Mapping[str, Term]) -> None:
        super().__init__(text)
        self.names = names

    def formula(self, node: ast.expr, depth: int = 0) -> Formula:
        if depth > MAX_DEPTH:
            raise InvalidInput(f"the relation is nested more than {MAX_DEPTH} deep; simplify it")
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return All(tuple(self.formula(value, depth + 1) for value in values))
            case ast.BoolOp(op=ast.Or(), values=values):
                return Any(tuple(self.formula(value, depth + 1) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return tree.negated(self.formula(operand, depth + 1))
            case ast.Tuple(elts=values) if values:
                return All(tuple(self.formula(value, depth + 1) for value in values))
            case ast.Compare():
                return self._comparison(node)
            case _:
                self.refuse(node, "a relation with >=, <=, >, <, == or !=, such as L_ST >= L_TE**2")

    def _comparison(self, node: ast.Compare) -> Formula:
        sides = [self.term(side) for side in (node.left, *node.comparators)]
        parts = []
        for comparison, left, right in zip(node.ops, sides, sides[1:], strict=False):
            sign = _SIGNS.get(type(comparison))
            if sign is None:
                self.refuse(node, "the relations >=, <=, >, <, == and !=")
            parts.append(Atom(left, sign, right))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def term(self, node: ast.expr, depth: int = 0) -> Term:
        if depth > MAX_DEPTH:
            raise InvalidInput(f"the expression is nested more than {MAX_DEPTH} deep; simplify it")
        depth += 1
        match node:
            case ast.Constant(value=bool() | str() | bytes() | complex() | None):
                self.refuse(node, "real numbers")
            case ast.Constant():
                return tree.number(Fraction(self.literal(node)))
            case ast.Name(id=name):
                return self._name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.term(operand, depth)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.term(operand, depth)
            case ast.BinOp(op=ast.Sub(), left=left, right=right):
                return self.term(left, depth) - self.term(right, depth)
            case ast.BinOp(op=ast.Pow(), left=left, right=right):
                return self._power(node, self.term(left, depth), self.term(right, depth))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                found = Term(_ARITHMETIC[type(op)], (self.term(left, depth), self.term(right, depth)))
                if found.head == Head.QUOTIENT and tree.rational(found.args[1]) == 0:
                    self.refuse(node, "quotients by what is not 0")
                return found
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                count = FUNCTIONS[name]
                if (count is not None and len(arguments) != count) or not arguments:
                    self.refuse(node, f"{name} of {count or 'one or more'} argument(s)")
                return tree.apply(name, *(self.term(argument, depth) for argument in arguments))
            case _:
                self.refuse(node, f"+ - * / **, numbers, names and the functions {', '.join(FUNCTIONS)}")

    def _name(self, name: str) -> Term:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        known = ", ".join(sorted(self.names)) or "none"
        raise UnknownName(
            f"unknown name {short(name)!r}; allowed names: {known}; functions: {', '.join(FUNCTIONS)}", name
        )

    def _power(self, node: ast.expr, base: Term, exponent: Term) -> Term:
        value = tree.rational(exponent)
        if value is not None:
            if abs(value) > MAX_EXPONENT:
                self.refuse(node, f"exponents between -{MAX_EXPONENT} and {MAX_EXPONENT}")
            if value.denominator > MAX_EXPONENT:
                self.refuse(node, f"exponents whose denominator is at most {MAX_EXPONENT}")
            if value < 0 and tree.rational(base) == 0:
                self.refuse(node, "negative powers of what is not 0")
        elif not tree.variables(exponent):
            self._require_moderate(node, exponent)
        return base**exponent

    def _require_moderate(self, node: ast.expr, exponent: Term) -> None:
        from w2s_theory.terms.exact import ball

        enclosure = ball(exponent, 64)
        if not (enclosure.is_finite() and abs(enclosure) <= MAX_EXPONENT):
            self.refuse(node, f"exponents between -{MAX_EXPONENT} and {MAX_EXPONENT}")
