"""Problems without functions that solvers do not know: each value becomes a variable about which true facts are stated.

The new problem has a solution wherever the old one has: the values of the functions themselves. So a solver's unsat
proves, and its sat means nothing. A fact is true for all real arguments, or else stated where they make it true only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.constants import TRANSCENDENTAL, ends
from w2s_theory.terms.tree import (
    ONE,
    PI,
    ZERO,
    All,
    Any,
    Atom,
    E,
    Formula,
    Head,
    Sign,
    Term,
    apply,
    atoms,
    negated,
    number,
    rational,
    subterms,
    variable,
    variables,
)

TANGENTS = (Fraction(1, 2), Fraction(1), Fraction(2))
"""The x at which the tangent to log x is stated; at their logarithms, that to the exponential."""


def is_transcendental(node: Term) -> bool:
    """Return whether a node is a function of variables that no polynomial equation gives."""
    if node.head == Head.POWER:
        return rational(node.args[1]) is None and bool(variables(node))
    return node.head in TRANSCENDENTAL and bool(variables(node))


def relaxed(problem: Problem) -> Problem:
    """Return the problem with such functions as variables, and facts about them; the same one if there are none."""
    terms = (side for atom in atoms(problem.formula) for side in (atom.left, atom.right))
    if not any(is_transcendental(node) for side in terms for node in subterms(side)):
        return problem
    values = _Values()
    formula = values.formula(problem.formula)
    facts = tuple(_facts(values))
    box = {**problem.box, **dict.fromkeys(values.names, (None, None))}
    return Problem(box, All((formula, *facts)), problem.integers)


class _Values:
    """Terms with functions replaced; `exponentials`, `logarithms`, `waves` and `powers` by value and arguments."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.exponentials: dict[Term, Term] = {}
        self.logarithms: dict[Term, Term] = {}
        self.sines: dict[Term, Term] = {}
        self.cosines: dict[Term, Term] = {}
        self.powers: dict[Term, tuple[Term, Term]] = {}
        self._done: dict[Term, Term] = {}

    def formula(self, formula: Formula) -> Formula:
        """Return a formula with functions replaced in its terms."""
        match formula:
            case Atom(left, sign, right):
                return Atom(self.term(left), sign, self.term(right))
            case All(parts):
                return All(tuple(map(self.formula, parts)))
            case Any(parts):
                return Any(tuple(map(self.formula, parts)))

    def term(self, item: Term) -> Term:
        """Return a term with functions replaced."""
        for node in subterms(item):
            if node not in self._done:
                args = tuple(self._done[argument] for argument in node.args)
                self._done[node] = self._node(node, args)
        return self._done[item]

    def _node(self, node: Term, args: tuple[Term, ...]) -> Term:
        if node == E:
            return self._known(self.exponentials, ONE, node)
        if not is_transcendental(node):
            kept = node if args == node.args else Term(node.head, args, node.value)
            table = self._tables().get(node.head)
            return kept if table is None else self._known(table, args[0], kept)
        if node.head == "tan":
            sine, cosine = (self.term(apply(name, node.args[0])) for name in ("sin", "cos"))
            return sine / cosine
        if node.head == Head.POWER:
            value = self._new(node)
            self.powers[value] = (args[0], args[1])
            return value
        return self._known(self._tables()[node.head], args[0], self._new(node))

    def _tables(self) -> dict[str, dict[Term, Term]]:
        return {"exp": self.exponentials, "log": self.logarithms, "sin": self.sines, "cos": self.cosines}

    def _known(self, table: dict[Term, Term], argument: Term, value: Term) -> Term:
        return table.setdefault(argument, value)

    def _new(self, node: Term) -> Term:
        # No variable that a user may write has such a name.
        self.names.append(f"({node!r}) #{len(self.names)}")
        return variable(self.names[-1])


def _facts(values: _Values) -> Iterator[Formula]:
    for argument, value in values.exponentials.items():
        yield from _exponential(argument, value)
    for argument, value in values.logarithms.items():
        yield _if(_above(argument, ZERO), list(_logarithm(argument, value)))
    yield from _order(values)
    for argument in dict.fromkeys([*values.sines, *values.cosines]):
        yield from _wave(argument, values.sines.get(argument), values.cosines.get(argument))
    for value, (base, exponent) in values.powers.items():
        yield _if(_at_least(base, ZERO), list(_power(value, base, exponent)))


def _exponential(t: Term, value: Term) -> Iterator[Atom]:
    """Yield that the exponential is positive, above its tangents, and its inverse above the tangent at 0."""
    yield _above(value, ZERO)
    yield _at_most(value * (1 - t), ONE)
    for point in TANGENTS:
        # e^t >= c (1 + t - log c), and a larger log c makes the right side smaller.
        yield _at_least(value, number(point) * (1 + t - _log(point)[1]))


def _logarithm(t: Term, value: Term) -> Iterator[Atom]:
    """Yield that the logarithm is below its tangents, and -log(1/t) above them; all for t > 0."""
    for point in TANGENTS:
        low, high = _log(point)
        yield _at_most(value, t / number(point) - 1 + high)
        yield _at_least(value * t, (low + 1) * t - number(point))


def _log(point: Fraction) -> tuple[Term, Term]:
    between = ends(apply("log", number(point)))
    if between is None:
        raise ValueError(f"log({point})")
    return number(between[0]), number(between[1])


def _order(values: _Values) -> Iterator[Formula]:
    """Yield that exponentials, and logarithms, are ordered as their arguments are, and that each undoes the other."""
    for table in (values.exponentials, values.logarithms):
        positive = table is values.logarithms
        for (s, at_s), (t, at_t) in combinations(table.items(), 2):
            domain = [_above(s, ZERO), _above(t, ZERO)] if positive else []
            for low, high, at_low, at_high in ((s, t, at_s, at_t), (t, s, at_t, at_s)):
                yield _if(All((*domain, _above(high, low))), [_above(at_high, at_low)])
                yield _if(All((*domain, _at_least(high, low))), [_at_least(at_high, at_low)])
    for s, at_s in values.exponentials.items():
        for t, at_t in values.logarithms.items():
            for relation in (_at_least, _at_most):
                yield _if(All((_above(t, ZERO), relation(at_s, t))), [relation(s, at_t)])
                yield _if(All((_above(t, ZERO), relation(s, at_t))), [relation(at_s, t)])


def _wave(t: Term, sine: Term | None, cosine: Term | None) -> Iterator[Formula]:
    """Yield the bounds of sine and cosine by 1 and by their Taylor polynomials, and the circle if both are there."""
    square = t * t
    if sine is not None:
        yield from (_at_most(sine, ONE), _at_least(sine, number(-1)))
        cubic = t - t * square / number(6)
        yield _if(_at_least(t, ZERO), [_at_most(sine, t), _at_least(sine, cubic)])
        yield _if(_at_most(t, ZERO), [_at_least(sine, t), _at_most(sine, cubic)])
        yield _if(All((_at_least(t, ZERO), _at_most(t, PI))), [_at_least(sine, ZERO)])
        yield _if(All((_above(t, ZERO), _above(PI, t))), [_above(sine, ZERO)])
    if cosine is not None:
        yield from (_at_most(cosine, ONE), _at_least(cosine, number(-1)))
        yield _at_least(cosine, 1 - square / number(2))
        yield _at_most(cosine, 1 - square / number(2) + square * square / number(24))
    if sine is not None and cosine is not None:
        yield Atom(sine * sine + cosine * cosine, Sign.EQ, ONE)


def _power(value: Term, base: Term, exponent: Term) -> Iterator[Formula]:
    """Yield the sign of a power, and its order among powers with near exponents; all for base >= 0."""
    yield _if(_above(base, ZERO), [_above(value, ZERO)])
    yield _if(All((Atom(base, Sign.EQ, ZERO), _above(exponent, ZERO))), [Atom(value, Sign.EQ, ZERO)])
    near = [Fraction(0), Fraction(1)]
    between = None if variables(exponent) else ends(exponent)
    if between is not None:
        near += [Fraction(floor(2 * between[0]), 2), Fraction(ceil(2 * between[1]), 2)]
    for other in dict.fromkeys(near):
        # b^x is monotone in x: from x >= p follows b^x >= b^p if b >= 1, and b^x <= b^p if b <= 1.
        power = Term(Head.POWER, (base, number(other)))
        for side, opposite in ((_at_least, _at_most), (_at_most, _at_least)):
            inside = All((_above(base, ZERO), side(exponent, number(other))))
            yield _if(All((inside, _at_least(base, ONE))), [side(value, power)])
            yield _if(All((inside, _at_most(base, ONE))), [opposite(value, power)])


def _at_least(left: Term, right: Term) -> Atom:
    return Atom(left, Sign.GE, right)


def _at_most(left: Term, right: Term) -> Atom:
    return Atom(left, Sign.LE, right)


def _above(left: Term, right: Term) -> Atom:
    return Atom(left, Sign.GT, right)


def _if(premise: Formula, facts: Iterable[Formula]) -> Formula:
    return Any((negated(premise), All(tuple(facts))))
