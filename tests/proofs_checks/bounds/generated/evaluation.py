"""What a bound says at a state, read by Python's own grammar and evaluated in floats or in 120 digits.

Nothing is shared with the program's reader. A comparison is true, false, or None where a side is undefined or where the
sides differ by less than can be told apart.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

Values = dict[str, Any]
Formula = Any
"""("and" | "or", parts) or ("compare", left, sign, right), with the sides parsed expressions."""
FLIPPED = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "!=", "!=": "=="}
SIGNS = {ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Lt: "<", ast.Eq: "==", ast.NotEq: "!="}
CLOSE, EXACTLY = 1e-9, mpmath.mpf(10) ** -90
STUDENTS = ("shrinkage", "bounded", "chain", "eigenfunction")


class Undefined(Exception):
    """A side has no value at a state."""


def read(text: str) -> Formula:
    return _formula(ast.parse(text.strip(), mode="eval").body, True) if text.strip() else ("and", ())


def _formula(node: ast.expr, is_true: bool) -> Formula:
    match node:
        case ast.BoolOp(op=op, values=values):
            joins = isinstance(op, ast.And) == is_true
            return "and" if joins else "or", tuple(_formula(value, is_true) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _formula(operand, not is_true)
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [left, *others]
            parts = []
            for op, one, two in zip(ops, sides, others, strict=False):
                sign = SIGNS[type(op)]
                parts.append(("compare", one, sign if is_true else FLIPPED[sign], two))
            return parts[0] if len(parts) == 1 else ("and" if is_true else "or", tuple(parts))
    raise ValueError(ast.dump(node))


def conjuncts(formula: Formula) -> list[Formula]:
    if formula[0] == "and":
        return [item for part in formula[1] for item in conjuncts(part)]
    return [formula]


def comparisons(formula: Formula) -> list[Formula]:
    if formula[0] == "compare":
        return [formula]
    return [item for part in formula[1] for item in comparisons(part)]


def names_in(text: str) -> set[str]:
    nodes = ast.walk(ast.parse(text or "0", mode="eval"))
    return {node.id for node in nodes if isinstance(node, ast.Name)} - FIXED


class Floats:
    """Values of expressions in a batch of states, with the size of the numbers that were added up; nan if undefined."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def value(self, node: ast.expr) -> tuple[Any, Any]:
        with np.errstate(all="ignore"):
            value, size = self._value(node)
            return np.where(np.isfinite(value), value, np.nan), size

    def _value(self, node: ast.expr) -> tuple[Any, Any]:
        match node:
            case ast.Constant(value=number):
                return np.float64(number), abs(np.float64(number))
            case ast.Name(id="pi"):
                return np.pi, np.pi
            case ast.Name(id="E"):
                return np.e, np.e
            case ast.Name(id=name):
                found = self.values[name]
                return found, np.abs(found)
            case ast.UnaryOp(op=op, operand=operand):
                value, size = self.value(operand)
                return (-value if isinstance(op, ast.USub) else value), size
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(op, self.value(left), self.value(right), right)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                found = [self.value(argument) for argument in arguments]
                x, size = found[0]
                match name:
                    case "min" | "max":
                        choose = np.fmin if name == "min" else np.fmax
                        result = x
                        for value, _ in found[1:]:
                            undefined = np.isnan(result) | np.isnan(value)
                            result = np.where(undefined, np.nan, choose(result, value))
                        return result, sum(item for _, item in found)
                    case "sqrt":
                        near = np.abs(x) <= 1e-14 * size
                        return np.where(x < 0, np.nan, np.sqrt(x)), np.where(near, np.inf, np.sqrt(size))
                    case "log":
                        near = np.abs(x) <= 1e-14 * size
                        return np.where(x <= 0, np.nan, np.log(x)), np.where(
                            near, np.inf, 1 + np.abs(np.log(x))
                        )
                    case "tan":
                        return np.tan(x), (1 + np.tan(x) ** 2) * (1 + size)
                    case "abs":
                        return np.abs(x), size
                    case "exp":
                        return np.exp(x), np.exp(x) * (1 + size)
                    case _:
                        return getattr(np, name)(x), 1 + size
        raise ValueError(ast.dump(node))

    @staticmethod
    def _binary(op: ast.operator, left: Any, right: Any, exponent: ast.expr) -> tuple[Any, Any]:
        (x, a), (y, b) = left, right
        match op:
            case ast.Add():
                return x + y, a + b
            case ast.Sub():
                return x - y, a + b
            case ast.Mult():
                return x * y, a * b
            case ast.Div():
                return np.where(y == 0, np.nan, x / y), a * b / y**2
            case ast.Pow():
                is_plain = _whole(exponent)
                varies = _varies(exponent)
                bad = (
                    (x == 0) & (y < 0)
                    if is_plain
                    else (x <= 0)
                    if varies
                    else (x < 0) | ((x == 0) & (y <= 0))
                )
                value = np.power(x, y)
                strain = np.abs(value) * np.maximum(
                    1, np.abs(y) * a / np.abs(x) + (0 if is_plain else b * np.abs(np.log(x)))
                )
                return np.where(bad, np.nan, value), np.where(x == 0, 1, strain)
        raise ValueError(ast.dump(op))


def _whole(node: ast.expr) -> bool:
    try:
        value = _fraction(node)
    except (ValueError, ZeroDivisionError):
        return False
    return value.denominator == 1


FIXED = {"pi", "E", "sqrt", "exp", "log", "sin", "cos", "tan", "abs", "min", "max"}


def _varies(node: ast.expr) -> bool:
    return any(isinstance(item, ast.Name) and item.id not in FIXED for item in ast.walk(node))


def _fraction(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=number):
            return Fraction(str(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_fraction(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _fraction(operand)
        case ast.BinOp(left=left, op=op, right=right):
            one, two = _fraction(left), _fraction(right)
            match op:
                case ast.Add():
                    return one + two
                case ast.Sub():
                    return one - two
                case ast.Mult():
                    return one * two
                case ast.Div():
                    return one / two
                case ast.Pow() if two.denominator == 1 and abs(two) < 100:
                    return one ** int(two)
    raise ValueError


def float_truth(formula: Formula, floats: Floats) -> tuple[Any, Any, Any]:
    """Return where a formula is surely true, surely false, and defined, as far as floats tell."""
    if formula[0] == "compare":
        _, left, sign, right = formula
        (x, a), (y, b) = floats.value(left), floats.value(right)
        with np.errstate(all="ignore"):
            difference, size = x - y, a + b + np.abs(x) + np.abs(y)
            defined = ~np.isnan(difference)
            above, below = difference > CLOSE * size, difference < -CLOSE * size
        match sign:
            case ">=" | ">":
                return above, below, defined
            case "<=" | "<":
                return below, above, defined
            case "==":
                return np.zeros_like(above), above | below, defined
        return above | below, np.zeros_like(above), defined
    truths = [float_truth(part, floats) for part in formula[1]]
    shape = next(iter(floats.values.values())).shape
    true, false, defined = np.ones(shape, bool), np.zeros(shape, bool), np.ones(shape, bool)
    for t, f, d in truths:
        true, false, defined = (true & t, false | f, defined & d)
    if formula[0] == "or":
        true, false = np.zeros(shape, bool), np.ones(shape, bool)
        for t, f, _ in truths:
            true, false = true | t, false & f
    return true, false, defined


def near_truth(formula: Formula, floats: Floats, slack: float = 1e-7) -> Any:
    """Return where a formula is true, or so nearly that exact numbers must tell."""
    if formula[0] == "compare":
        _, left, sign, right = formula
        (x, a), (y, b) = floats.value(left), floats.value(right)
        with np.errstate(all="ignore"):
            difference, size = x - y, slack * (a + b + np.abs(x) + np.abs(y))
            match sign:
                case ">=" | ">":
                    return difference >= -size
                case "<=" | "<":
                    return difference <= size
                case "==":
                    return np.abs(difference) <= size
            return ~np.isnan(difference)
    shape = next(iter(floats.values.values())).shape
    result = np.ones(shape, bool) if formula[0] == "and" else np.zeros(shape, bool)
    for part in formula[1]:
        here = near_truth(part, floats, slack)
        result = result & here if formula[0] == "and" else result | here
    return result


def value_at(node: ast.expr, at: Values) -> Any:
    """Return an expression's value in 120 digits; raises Undefined where it has none."""
    match node:
        case ast.Constant(value=number):
            fraction = Fraction(str(number))
            return mpmath.mpf(fraction.numerator) / fraction.denominator
        case ast.Name(id="pi"):
            return +mpmath.pi
        case ast.Name(id="E"):
            return +mpmath.e
        case ast.Name(id=name):
            if name not in at or mpmath.isnan(at[name]):
                raise Undefined(name)
            return at[name]
        case ast.UnaryOp(op=op, operand=operand):
            value = value_at(operand, at)
            return -value if isinstance(op, ast.USub) else value
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(value_at(left, at), value_at(right, at), right)
        case ast.BinOp(left=left, op=op, right=right):
            one, two = value_at(left, at), value_at(right, at)
            if isinstance(op, ast.Div) and abs(two) < EXACTLY:
                raise Undefined("quotient")
            table: dict[type, Callable[[Any, Any], Any]] = {
                ast.Add: operator.add,
                ast.Sub: operator.sub,
                ast.Mult: operator.mul,
                ast.Div: operator.truediv,
            }
            return table[type(op)](one, two)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            found = [value_at(argument, at) for argument in arguments]
            if name == "sqrt":
                if found[0] < -EXACTLY:
                    raise Undefined("root")
                return mpmath.sqrt(found[0] if found[0] > EXACTLY else 0)
            if name == "log" and found[0] < EXACTLY:
                raise Undefined("logarithm")
            if name == "tan" and abs(mpmath.cos(found[0])) < EXACTLY:
                raise Undefined("tangent")
            functions = {"abs": abs, "min": min, "max": max}
            return functions[name](*found) if name in functions else getattr(mpmath, name)(*found)
    raise ValueError(ast.dump(node))


def _power(base: Any, exponent: Any, node: ast.expr) -> Any:
    if _whole(node):
        whole = int(_fraction(node))
        if whole < 0 and abs(base) < EXACTLY:
            raise Undefined("power")
        return base**whole
    varies = _varies(node)
    if base < -EXACTLY or (abs(base) < EXACTLY and (varies or exponent <= 0)):
        raise Undefined("power")
    return mpmath.mpf(0) if abs(base) < EXACTLY else base**exponent


def truth_at(formula: Formula, at: Values) -> bool:
    """Return the truth of a formula in 120 digits, differences below 1e-90 of the sides taken for 0; may raise Undefined."""
    if formula[0] == "compare":
        _, left, sign, right = formula
        one, two = value_at(left, at), value_at(right, at)
        difference = one - two
        if abs(difference) <= EXACTLY * max(1, abs(one), abs(two)):
            difference = 0
        return {
            ">=": difference >= 0,
            ">": difference > 0,
            "<=": difference <= 0,
            "<": difference < 0,
            "==": difference == 0,
            "!=": difference != 0,
        }[sign]
    # All parts are evaluated: each must be defined.
    truths = [truth_at(part, at) for part in formula[1]]
    return all(truths) if formula[0] == "and" else any(truths)
