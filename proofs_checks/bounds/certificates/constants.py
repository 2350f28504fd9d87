"""Constants of a series: a rational number times a constant term, with a ball; whether one is 0 is asked only if need be."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction

from flint import arb, fmpq, fmpz

from w2s_theory.terms import exact
from w2s_theory.terms.tree import (
    All,
    Atom,
    Formula,
    Head,
    Term,
    apply,
    number,
    rational,
    substitute,
    subterms,
)

BITS = 128
_MOST_DENOMINATOR, _MOST_NODES = 10**6, 100
_SIGN_BITS, _MOST_BITS_FACTORED = 4096, 128


class NoSeriesError(ValueError):
    """A function has no series here: it oscillates, grows too fast, or a sign that is needed is not known."""


class Constant:
    """`scale` times `core`, a constant term, or `scale` alone. `nodes` bounds the size of the core, written out."""

    __slots__ = ("_sign", "ball", "core", "nodes", "scale")

    def __init__(
        self, scale: fmpq, core: Term | None = None, ball: arb | None = None, nodes: int = 0
    ) -> None:
        self.scale = scale
        self.core = core if scale != 0 else None
        self.ball: arb = arb(scale) if self.core is None or ball is None else ball
        self.nodes = nodes
        self._sign: int | bool | None = False

    def __hash__(self) -> int:
        return hash((self.scale, self.core))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and self.scale == other.scale and _same(self, other)

    def __neg__(self) -> Constant:
        return Constant(-self.scale, self.core, -self.ball, self.nodes)

    @property
    def rational(self) -> fmpq | None:
        """Return the value if it is rational as written."""
        return self.scale if self.core is None else None

    @property
    def term(self) -> Term:
        """Return the constant as a term."""
        scale = number(Fraction(int(self.scale.p), int(self.scale.q)))
        if self.core is None:
            return scale
        return self.core if self.scale == 1 else Term(Head.PRODUCT, (scale, self.core))

    @property
    def sign_if_known(self) -> int | None:
        """Return the sign, or None."""
        if self._sign is False:
            self._sign = self._find_sign()
        return self._sign

    @property
    def sign(self) -> int:
        """Return the sign. Raises NoSeriesError where it is not known."""
        found = self.sign_if_known
        if found is None:
            raise NoSeriesError("a constant of unknown sign")
        return found

    @property
    def is_zero(self) -> bool:
        """Return whether the constant is known to be 0 without much work."""
        if self.core is None:
            return bool(self.scale == 0)
        return bool(self.ball.contains(0)) and self.nodes <= _MOST_NODES and self.sign_if_known == 0

    def _find_sign(self) -> int | None:
        if self.ball > 0:
            return 1
        if self.ball < 0:
            return -1
        if self.core is None:
            return 0
        return None if self.nodes > _MOST_NODES else exact.sign(self.core, bits=_SIGN_BITS)


ZERO, ONE = Constant(fmpq(0)), Constant(fmpq(1))


def ratio(above: int, below: int = 1) -> Constant:
    """Return a rational constant."""
    return Constant(fmpq(above, below))


def constant_of(item: Term) -> Constant:
    """Return a constant term, a rational number if it is seen to be one. Raises NoSeriesError where it is undefined."""
    simpler = exact.settled(item)
    if isinstance(simpler.value, Fraction):
        return Constant(fmpq(simpler.value.numerator, simpler.value.denominator))
    inside = _radicand(simpler)
    if inside is not None and inside > 0:
        return _square_root(inside)
    ball = exact.ball(simpler, BITS)
    if not ball.is_finite():
        raise NoSeriesError("a constant that is not seen to be a number")
    middle = ball.mid().fmpq()
    near = Fraction(int(middle.p), int(middle.q)).limit_denominator(_MOST_DENOMINATOR)
    value = fmpq(near.numerator, near.denominator)
    if ball.contains(value) and exact.sign(simpler - near, bits=_SIGN_BITS) == 0:
        return Constant(value)
    return Constant(fmpq(1), simpler, ball, _nodes(simpler))


def fails_at(formula: Formula, point: Mapping[str, Term], *, bits: int = exact.MOST_BITS) -> bool:
    """Return whether a formula is known to be false at a point of constant terms."""
    if isinstance(formula, Atom):
        found = exact.sign(formula.difference, point, bits=bits)
        if found is None:
            with suppress(NoSeriesError):
                found = exact.sign(_with_numbers(substitute(formula.difference, point)), bits=bits)
        return found is not None and found not in formula.sign.signs
    return (any if isinstance(formula, All) else all)(
        fails_at(part, point, bits=bits) for part in formula.parts
    )


def _with_numbers(item: Term) -> Term:
    """Return an equal constant term in which whatever is seen to be rational is a number."""
    done: dict[Term, Term] = {}
    for node in subterms(item):
        args = tuple(done[argument] for argument in node.args)
        done[node] = constant_of(Term(node.head, args, node.value)).term
    return done[item]


def _radicand(item: Term) -> Fraction | None:
    """Return the rational number of which a term is the square root, if it is written as one."""
    if item.head == "sqrt" or (item.head == Head.POWER and item.args[1].value == Fraction(1, 2)):
        return rational(item.args[0])
    return None


def _square_root(value: Fraction) -> Constant:
    """Return the square root of a positive number, as a number times the square root of an integer without squares."""
    whole, outside, inside = value.numerator * value.denominator, Fraction(1, value.denominator), 1
    if whole.bit_length() > _MOST_BITS_FACTORED:
        outside, inside = Fraction(1, value.denominator), whole
    else:
        for prime, power in fmpz(whole).factor() if whole > 1 else ():
            outside *= int(prime) ** (int(power) // 2)
            inside *= int(prime) ** (int(power) % 2)
    scale = fmpq(outside.numerator, outside.denominator)
    if inside == 1:
        return Constant(scale)
    core = apply("sqrt", number(inside))
    return Constant(scale, core, scale * exact.ball(core, BITS), 2)


def plus(x: Constant, y: Constant) -> Constant:
    """Return the sum of constants; multiples of one constant are added up."""
    if _same(x, y):
        return Constant(x.scale + y.scale, x.core, x.ball + y.ball, x.nodes)
    if x.scale == 0 or y.scale == 0:
        return y if x.scale == 0 else x
    return Constant(fmpq(1), x.term + y.term, x.ball + y.ball, x.nodes + y.nodes + 3)


def times(x: Constant, y: Constant) -> Constant:
    """Return the product of constants, with a number in front."""
    scale = x.scale * y.scale
    if x.core is None or y.core is None:
        return Constant(scale, x.core or y.core, x.ball * y.ball, x.nodes + y.nodes)
    inside = _radicand(x.core) if x.core == y.core and x.nodes <= _MOST_NODES else None
    if inside is not None:
        return Constant(scale * fmpq(inside.numerator, inside.denominator))
    return Constant(scale, x.core * y.core, x.ball * y.ball, x.nodes + y.nodes + 1)


def power_of(x: Constant, exponent: Constant) -> Constant:
    """Return the power of a constant other than 0. Raises NoSeriesError where it is undefined."""
    whole = exponent.core is None and exponent.scale.q == 1 and abs(exponent.scale) <= 100
    if whole and x.core is None:
        return Constant(x.scale ** int(exponent.scale.p))
    if whole and exponent.scale == -1 and x.core is not None:
        return Constant(1 / x.scale, 1 / x.core, 1 / x.ball, x.nodes + 2)
    return constant_of(Term(Head.POWER, (x.term, exponent.term)))


def _same(x: Constant, y: Constant) -> bool:
    """Return whether two constants have the same core, seen at a glance."""
    if x.core is y.core:
        return True
    return x.core is not None and max(x.nodes, y.nodes) <= _MOST_NODES and x.core == y.core


def _nodes(item: Term) -> int:
    """Return how many nodes a term has, written out, up to a limit."""
    known: dict[Term, int] = {}

    def count(node: Term) -> int:
        if node not in known:
            known[node] = min(10 * _MOST_NODES, 1 + sum(map(count, node.args)))
        return known[node]

    return count(item)
