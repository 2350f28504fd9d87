"""The polynomial inequalities and equations that every solution of a problem satisfies, in a fixed order.

They come from the ends of the box and from the conjuncts that are atoms; a conjunct that is not usable is left out, which
can only lose a proof. A conjunct is used where the formula itself demands, by other conjuncts, that its terms are defined.
So denominators are not 0, and a/b >= 0 says a b >= 0. A root, an absolute value, a minimum, a maximum and a constant
that is not rational stand as variables of their own, with the polynomial conditions that their values satisfy.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from proofs_checks.bounds.problem import Problem
from w2s_theory.terms import exact
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.tree import (
    ZERO,
    Atom,
    Head,
    Root,
    Sign,
    Term,
    conjuncts,
    definedness,
    rational,
    subterms,
    variables,
)

MOST_DEGREE, MOST_TERMS, LARGEST_POWER = 24, 500, 16
CONSTANT_BITS = 64
_TRANSCENDENTAL = frozenset({"exp", "log", "sin", "cos", "tan"})


class NotPolynomialError(ValueError):
    """A term is no algebraic function of the variables, or one of too high a degree."""


@dataclass(frozen=True)
class Positive:
    """A polynomial that is at least 0, or if `strict` above 0, at every solution."""

    polynomial: fmpq_mpoly
    strict: bool


@dataclass(frozen=True)
class Constraints:
    """What every solution satisfies, in variables that are the problem's, by `names`, and then those for other terms.

    `zero` are the equations; they are among `positive` too, each with both signs.
    """

    context: fmpq_mpoly_ctx
    names: tuple[str, ...]
    positive: tuple[Positive, ...]
    zero: tuple[fmpq_mpoly, ...]


def constraints_of(problem: Problem) -> Constraints:
    """Return the polynomial constraints of a problem."""
    builder = _Builder(problem)
    return Constraints(builder.context, tuple(builder.names), tuple(builder.positive), tuple(builder.zero))


@dataclass(frozen=True)
class _Quotient:
    top: fmpq_mpoly
    bottom: fmpq_mpoly


class _Builder:
    def __init__(self, problem: Problem) -> None:
        self._demanded = [part for part in conjuncts(problem.formula) if isinstance(part, Atom)]
        usable = [atom for atom in self._demanded if self._is_usable(atom)]
        nodes = list(
            dict.fromkeys(
                node for atom in usable for side in (atom.left, atom.right) for node in subterms(side)
            )
        )
        self.names = sorted(str(node.value) for node in nodes if node.head == Head.VARIABLE)
        fresh = list(dict.fromkeys(key for node in nodes if (key := _fresh(node)) is not None))
        count = len(self.names) + len(fresh)
        self.context = fmpq_mpoly_ctx.get([f"x{i}" for i in range(count)], Ordering.degrevlex)
        generators = self.context.gens()
        self._variables = dict(zip(self.names, generators, strict=False))
        self._values = dict(zip(fresh, generators[len(self.names) :], strict=True))
        self._box = {name: problem.box.get(name, (None, None)) for name in self.names}
        self._lows = [self._box[name][0] for name in self.names] + [
            Fraction(0) if _is_nonnegative(key) else None for key in fresh
        ]
        self._terms: dict[Term, _Quotient] = {}
        self.positive: list[Positive] = []
        self.zero: list[fmpq_mpoly] = []
        self._ends()
        for key in fresh:
            self._side(key)
        for atom in usable:
            self._atom(atom)
        for equation in self.zero:
            self._at_least(equation)
            self._at_least(-equation)

    def _is_usable(self, atom: Atom) -> bool:
        needed = (*definedness(atom.left), *definedness(atom.right))
        nodes = (node for side in (atom.left, atom.right) for node in subterms(side))
        return all(map(_is_algebraic, nodes)) and all(map(self._is_demanded, needed))

    def _is_demanded(self, need: Atom) -> bool:
        if need.right == ZERO and not variables(need.left):
            return exact.sign(need.left, bits=1024) in need.sign.signs
        return any(
            (other.left, other.right) == (need.left, need.right) and other.sign.signs <= need.sign.signs
            for other in self._demanded
        )

    def _ends(self) -> None:
        for name, (low, high) in self._box.items():
            x = self._variables[name]
            if low is not None:
                self._at_least(x - _fmpq(low))
            if high is not None:
                self._at_least(_fmpq(high) - x)

    def _at_least(self, polynomial: fmpq_mpoly) -> None:
        self.positive.append(Positive(polynomial, strict=False))

    def _atom(self, atom: Atom) -> None:
        try:
            left, right = self._term(atom.left), self._term(atom.right)
            difference = _cancelled(
                left.top * right.bottom - right.top * left.bottom, left.bottom * right.bottom
            )
            self._compare(difference, atom.sign)
        except NotPolynomialError:
            return

    def _compare(self, quotient: _Quotient, sign: Sign) -> None:
        _limited(quotient.top)
        if sign is Sign.EQ:
            self.zero.append(quotient.top)
            return
        if sign is Sign.NE:
            # A polynomial of which every term is at least 0 is above 0 where it is not 0, and else its square is.
            top = quotient.top
            for side in (top, -top):
                if self._has_no_negative_term(side):
                    self.positive.append(Positive(side, strict=True))
                    return
            self.positive.append(Positive(_limited(top * top), strict=True))
            return
        polynomial = _limited(quotient.top * self._sign_of(quotient.bottom))
        if sign in (Sign.LE, Sign.LT):
            polynomial = -polynomial
        self.positive.append(Positive(polynomial, strict=sign in (Sign.GT, Sign.LT)))

    def _sign_of(self, bottom: fmpq_mpoly) -> fmpq_mpoly:
        """Return a polynomial of the same sign as one that is not 0."""
        scale, factors = bottom.factor()
        sign = self.context.constant(1 if scale > 0 else -1)
        for factor, power in factors:
            if power % 2 == 0 or self._has_no_negative_term(factor):
                continue
            sign *= -1 if self._has_no_negative_term(-factor) else factor
        return sign

    def _has_no_negative_term(self, polynomial: fmpq_mpoly) -> bool:
        return all(
            coefficient > 0
            and all(
                power % 2 == 0 or (low is not None and low >= 0)
                for power, low in zip(powers, self._lows, strict=True)
            )
            for powers, coefficient in polynomial.to_dict().items()
        )

    def _term(self, item: Term) -> _Quotient:
        for node in subterms(item):
            if node not in self._terms:
                self._terms[node] = self._node(node)
        return self._terms[item]

    def _node(self, node: Term) -> _Quotient:
        one = self.context.constant(1)
        key = _fresh(node)
        if node.head == Head.POWER and not _is_known_by_ends(node):
            return self._power(node, key)
        if key is not None:
            return _Quotient(self._values[key], one)
        if node.head == Head.NUMBER and isinstance(node.value, Fraction):
            return _Quotient(self.context.constant(_fmpq(node.value)), one)
        if node.head == Head.VARIABLE:
            return _Quotient(self._variables[str(node.value)], one)
        left, right = (self._terms[argument] for argument in node.args)
        match node.head:
            case Head.SUM:
                return _cancelled(
                    left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom
                )
            case Head.PRODUCT:
                return _cancelled(left.top * right.top, left.bottom * right.bottom)
            case Head.QUOTIENT:
                return _cancelled(left.top * right.bottom, left.bottom * right.top)
        raise NotPolynomialError(node.head)

    def _power(self, node: Term, key: _Key | None) -> _Quotient:
        exponent = rational(node.args[1])
        if exponent is None:
            raise NotPolynomialError("an exponent that is no rational number")
        one = self.context.constant(1)
        base = self._terms[node.args[0]] if key is None else _Quotient(self._values[key], one)
        top, bottom = (part ** abs(exponent.numerator) for part in (base.top, base.bottom))
        return _cancelled(top, bottom) if exponent >= 0 else _cancelled(bottom, top)

    def _side(self, key: _Key) -> None:
        """Add what the value of a variable for a term satisfies: all that is true of it, whether it is used or not."""
        value = self._values[key]
        try:
            self._about(key, value)
        except NotPolynomialError:
            return

    def _about(self, key: _Key, value: fmpq_mpoly) -> None:
        node, order = key
        if node.head == Head.ALGEBRAIC and isinstance(node.value, Root):
            root = node.value
            self.zero.append(
                reduce(lambda total, c: total * value + c, reversed(root.coefficients), 0 * value)
            )
            self._between(value, root.low, root.high)
            return
        if not order and _is_known_by_ends(node):
            ball = exact.ball(node, CONSTANT_BITS)
            if ball.is_finite():
                self._between(value, fraction_of(ball.lower()), fraction_of(ball.upper()))
            return
        if order:
            inside = self._term(node)
            self._at_least(value)
            self.zero.append(_limited(value**order * inside.bottom - inside.top))
            return
        args = [self._term(argument) for argument in node.args]
        if node.head == "abs":
            (inside,) = args
            args = [inside, _Quotient(-inside.top, inside.bottom)]
            self._at_least(value)
        vanishing = self.context.constant(1)
        for inside in args:
            gap = value * inside.bottom - inside.top
            self._compare(_Quotient(gap, inside.bottom), Sign.LE if node.head == "min" else Sign.GE)
            vanishing *= gap
        self.zero.append(_limited(vanishing))

    def _between(self, value: fmpq_mpoly, low: Fraction, high: Fraction) -> None:
        self._at_least(value - _fmpq(low))
        self._at_least(_fmpq(high) - value)


_Key = tuple[Term, int]
"""A term whose value is a variable of its own, and 0; or the radicand of a root, and its order."""


def _fresh(node: Term) -> _Key | None:
    if node.head == "sqrt":
        return node.args[0], 2
    if _is_known_by_ends(node):
        return node, 0
    if node.head == Head.POWER:
        exponent = rational(node.args[1])
        return None if exponent is None or exponent.denominator == 1 else (node.args[0], exponent.denominator)
    return (node, 0) if node.head in (Head.ALGEBRAIC, "abs", "min", "max") else None


def _is_known_by_ends(node: Term) -> bool:
    if variables(node):
        return False
    if node.head == Head.POWER:
        return rational(node.args[1]) is None
    return node.head == Head.CONSTANT or node.head in _TRANSCENDENTAL


def _is_nonnegative(key: _Key) -> bool:
    node, order = key
    if node.head == Head.ALGEBRAIC and isinstance(node.value, Root) and not order:
        return node.value.low >= 0
    return bool(order) or node.head in ("abs", Head.CONSTANT)


def _is_algebraic(node: Term) -> bool:
    if _is_known_by_ends(node):
        return True
    if node.head == Head.POWER:
        exponent = rational(node.args[1])
        return exponent is not None and max(abs(exponent.numerator), exponent.denominator) <= LARGEST_POWER
    return node.head not in _TRANSCENDENTAL


def _cancelled(top: fmpq_mpoly, bottom: fmpq_mpoly) -> _Quotient:
    """Return a quotient in lowest terms. What is divided by is not 0 where the denominator is not."""
    _limited(top)
    _limited(bottom)
    if bottom.is_zero():
        raise NotPolynomialError("a denominator is 0")
    if bottom.is_constant():
        return _Quotient(top / bottom.leading_coefficient(), bottom * 0 + 1)
    common = top.gcd(bottom)
    return _Quotient(top / common, bottom / common)


def _limited(polynomial: fmpq_mpoly) -> fmpq_mpoly:
    if not polynomial.is_zero() and (polynomial.total_degree() > MOST_DEGREE or len(polynomial) > MOST_TERMS):
        raise NotPolynomialError("degree or length")
    return polynomial


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
