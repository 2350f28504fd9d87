"""The expression tree: terms, the atoms that compare them, and formulas. Nothing here is rewritten or simplified.

A term is a head with arguments. Its meaning (where it is defined, what its value is) is given by one module a number
system: `exact`, `intervals`, `floats`. A term is kept as it was written: x/x is not 1, and sqrt(x)**2 is not x.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FUNCTIONS: dict[str, int | None] = {
    "sqrt": 1,
    "exp": 1,
    "log": 1,
    "sin": 1,
    "cos": 1,
    "tan": 1,
    "abs": 1,
    "min": None,
    "max": None,
}
"""The functions that a term may apply, and how many arguments each takes: None for one or more."""


class Head(StrEnum):
    """What a term is, other than a function of `FUNCTIONS` applied to arguments."""

    NUMBER = "number"
    CONSTANT = "constant"
    VARIABLE = "variable"
    ALGEBRAIC = "algebraic"
    SUM = "+"
    PRODUCT = "*"
    QUOTIENT = "/"
    POWER = "^"


class Term:
    """A node of the tree: `head`, `args`, and for leaves a `value`.

    Leaves: a number (Fraction), a constant ("pi" or "E"), a variable (its name), an algebraic number (`Root`).
    Terms are immutable, and equal where they are written alike.
    """

    __slots__ = ("_hash", "_names", "_order", "args", "head", "value")

    head: str
    args: tuple[Term, ...]
    value: Fraction | str | Root | None

    def __init__(
        self, head: str, args: tuple[Term, ...] = (), value: Fraction | str | Root | None = None
    ) -> None:
        self.head = head
        self.args = args
        self.value = value
        self._hash = hash((head, args, value))
        self._order: tuple[Term, ...] | None = None
        self._names: frozenset[str] | None = None

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Term)
            and self._hash == other._hash
            and self.head == other.head
            and self.value == other.value
            and self.args == other.args
        )

    def __reduce__(self) -> tuple[type[Term], tuple[object, ...]]:
        return Term, (self.head, self.args, self.value)

    def __repr__(self) -> str:
        inside = [repr(self.value)] if self.value is not None else list(map(repr, self.args))
        return f"{self.head}({', '.join(inside)})"

    def __add__(self, other: Term | int | Fraction) -> Term:
        return Term(Head.SUM, (self, term(other)))

    def __radd__(self, other: int | Fraction) -> Term:
        return term(other) + self

    def __sub__(self, other: Term | int | Fraction) -> Term:
        return self + -term(other)

    def __rsub__(self, other: int | Fraction) -> Term:
        return term(other) - self

    def __mul__(self, other: Term | int | Fraction) -> Term:
        return Term(Head.PRODUCT, (self, term(other)))

    def __rmul__(self, other: int | Fraction) -> Term:
        return term(other) * self

    def __neg__(self) -> Term:
        return Term(Head.NUMBER, (), -self.value) if isinstance(self.value, Fraction) else -1 * self

    def __truediv__(self, other: Term | int | Fraction) -> Term:
        return Term(Head.QUOTIENT, (self, term(other)))

    def __rtruediv__(self, other: int | Fraction) -> Term:
        return term(other) / self

    def __pow__(self, other: Term | int | Fraction) -> Term:
        return Term(Head.POWER, (self, term(other)))


@dataclass(frozen=True)
class Root:
    """A real algebraic number: the only root of a polynomial in an interval that is open, or a point.

    `coefficients` are integers, the constant one first; `low` and `high` are rational, equal for a rational root.
    """

    coefficients: tuple[int, ...]
    low: Fraction
    high: Fraction


def term(value: Term | int | Fraction) -> Term:
    """Return a number as a term; a term is returned as it is."""
    return value if isinstance(value, Term) else Term(Head.NUMBER, (), Fraction(value))


def number(value: int | str | Fraction, below: int = 1) -> Term:
    """Return the rational number `value`/`below` as a term."""
    return Term(Head.NUMBER, (), Fraction(value) / below)


def variable(name: str) -> Term:
    """Return the variable of this name."""
    return Term(Head.VARIABLE, (), name)


def algebraic(root: Root) -> Term:
    """Return a real algebraic number as a term."""
    return Term(Head.ALGEBRAIC, (), root)


def apply(function: str, *args: Term | int | Fraction) -> Term:
    """Return a function of `FUNCTIONS` applied to arguments. Raises ValueError for another name or count."""
    count = FUNCTIONS.get(function, -1)
    if count == -1 or (count is not None and len(args) != count) or not args:
        raise ValueError(f"{function} of {len(args)} arguments; allowed: {', '.join(FUNCTIONS)}")
    return Term(function, tuple(map(term, args)))


PI = Term(Head.CONSTANT, (), "pi")
E = Term(Head.CONSTANT, (), "E")
ZERO, ONE = number(0), number(1)


class Sign(StrEnum):
    """A relation between two terms."""

    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    EQ = "=="
    NE = "!="

    @property
    def negated(self) -> Sign:
        """Return the relation that holds where this one, between numbers, does not."""
        return _NEGATED[self]

    @property
    def signs(self) -> frozenset[int]:
        """Return the signs (-1, 0, 1) that left minus right may have."""
        return _SIGNS[self]


_SIGNS = {
    Sign.GE: frozenset({0, 1}),
    Sign.GT: frozenset({1}),
    Sign.LE: frozenset({-1, 0}),
    Sign.LT: frozenset({-1}),
    Sign.EQ: frozenset({0}),
    Sign.NE: frozenset({-1, 1}),
}
_NEGATED = {
    sign: next(other for other in Sign if _SIGNS[other] == frozenset({-1, 0, 1}) - _SIGNS[sign])
    for sign in Sign
}


@dataclass(frozen=True)
class Atom:
    """A relation between two terms, as written."""

    left: Term
    sign: Sign
    right: Term

    @property
    def difference(self) -> Term:
        """Return left minus right, the quantity whose sign decides the atom."""
        return self.left if self.right == ZERO else self.left - self.right


@dataclass(frozen=True)
class All:
    """A conjunction; of nothing, it is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Any:
    """A disjunction; of nothing, it is false."""

    parts: tuple[Formula, ...]


Formula = Atom | All | Any
TRUE, FALSE = All(()), Any(())


def negated(formula: Formula) -> Formula:
    """Return the formula that holds where this one does not, among points where all its terms are defined."""
    match formula:
        case Atom(left, sign, right):
            return Atom(left, sign.negated, right)
        case All(parts):
            return Any(tuple(map(negated, parts)))
        case Any(parts):
            return All(tuple(map(negated, parts)))


def conjuncts(formula: Formula) -> tuple[Formula, ...]:
    """Return the parts of a conjunction, nested ones included, or the formula itself as its only part."""
    if isinstance(formula, All):
        return tuple(item for part in formula.parts for item in conjuncts(part))
    return (formula,)


def atoms(formula: Formula) -> Iterator[Atom]:
    """Yield the atoms of a formula, from left to right."""
    if isinstance(formula, Atom):
        yield formula
    else:
        for part in formula.parts:
            yield from atoms(part)


def subterms(item: Term) -> tuple[Term, ...]:
    """Return every distinct subterm, arguments before what is made of them."""
    if item._order is None:
        seen: dict[Term, None] = {}
        for argument in item.args:
            seen.update(dict.fromkeys(subterms(argument)))
        seen[item] = None
        item._order = tuple(seen)
    return item._order


def variables(item: Term | Formula) -> frozenset[str]:
    """Return the names of the variables in a term or a formula."""
    if isinstance(item, Term):
        if item._names is None:
            own = {str(item.value)} if item.head == Head.VARIABLE else set()
            item._names = frozenset(own.union(*map(variables, item.args)))
        return item._names
    return frozenset().union(*(variables(side) for atom in atoms(item) for side in (atom.left, atom.right)))


def substitute(item: Term, values: Mapping[str, Term]) -> Term:
    """Return the term with variables replaced by terms, and nothing else changed."""
    return replaced(item, {variable(name): value for name, value in values.items()})


def replaced(item: Term, exchanges: Mapping[Term, Term]) -> Term:
    """Return the term with subterms exchanged for others, wherever they are written so, and nothing else changed."""
    done: dict[Term, Term] = {}
    for node in subterms(item):
        args = tuple(done[argument] for argument in node.args)
        same = node if args == node.args else Term(node.head, args, node.value)
        done[node] = exchanges.get(node, same)
    return done[item]


def substituted(formula: Formula, values: Mapping[str, Term]) -> Formula:
    """Return the formula with variables replaced in its terms, and nothing else changed."""
    exchanges = {variable(name): value for name, value in values.items()}
    return with_atoms(formula, lambda atom: with_sides(atom, lambda side: replaced(side, exchanges)))


def with_sides(atom: Atom, change: Callable[[Term], Term]) -> Atom:
    """Return the relation between what both sides are changed to."""
    return Atom(change(atom.left), atom.sign, change(atom.right))


def with_atoms(formula: Formula, change: Callable[[Atom], Formula]) -> Formula:
    """Return the formula with every atom changed."""
    match formula:
        case Atom():
            return change(formula)
        case All(parts):
            return All(tuple(with_atoms(part, change) for part in parts))
        case Any(parts):
            return Any(tuple(with_atoms(part, change) for part in parts))


def definedness(item: Term) -> tuple[Atom, ...]:
    """Return what must hold for a term to be a real number: the one place that says so.

    A quotient has a denominator other than 0; an even root, as every root here, has a radicand of at least 0; a
    logarithm has an argument above 0; a tangent's cosine is not 0. A power with an integer exponent is defined
    everywhere, if that is negative where the base is not 0; with any other exponent that is a number, where the base is
    at least 0, or above 0 if the exponent is negative; with an exponent that varies, where the base is above 0.
    """
    needed: list[Atom] = []
    for node in subterms(item):
        match node.head:
            case Head.QUOTIENT:
                needed.append(Atom(node.args[1], Sign.NE, ZERO))
            case Head.POWER:
                needed += _power(*node.args)
            case "sqrt":
                needed.append(Atom(node.args[0], Sign.GE, ZERO))
            case "log":
                needed.append(Atom(node.args[0], Sign.GT, ZERO))
            case "tan":
                needed.append(Atom(apply("cos", node.args[0]), Sign.NE, ZERO))
    return tuple(dict.fromkeys(needed))


def _power(base: Term, exponent: Term) -> list[Atom]:
    value = rational(exponent)
    if value is not None and value.denominator == 1:
        return [Atom(base, Sign.NE, ZERO)] if value < 0 else []
    if value is not None:
        return [Atom(base, Sign.GT if value < 0 else Sign.GE, ZERO)]
    if variables(exponent):
        return [Atom(base, Sign.GT, ZERO)]
    # 0 to a positive number is 0; whether a constant is positive is asked of the number, not guessed from its form.
    return [Atom(base, Sign.GE, ZERO), Atom(apply("max", base, exponent), Sign.GT, ZERO)]


def rational(item: Term) -> Fraction | None:
    """Return the value of a term made of numbers by + - * / and integer powers; None for any other, or no value."""
    match item.head:
        case Head.NUMBER:
            return item.value if isinstance(item.value, Fraction) else None
        case Head.SUM | Head.PRODUCT | Head.QUOTIENT | Head.POWER:
            values = [rational(argument) for argument in item.args]
        case _:
            return None
    left, right = values
    if left is None or right is None:
        return None
    match item.head:
        case Head.SUM:
            return left + right
        case Head.PRODUCT:
            return left * right
        case Head.QUOTIENT:
            return left / right if right else None
        case _:
            if right.denominator != 1 or abs(right) > 1000 or (left == 0 and right < 0):
                return None
            return left ** int(right)
