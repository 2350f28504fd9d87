"""Decision over the reals by z3: is there a point where the hypotheses hold and the conclusion fails?

Relations are read into the expression tree, so that they mean here what they mean to a user's bound.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.problem import End, Problem
from proofs_checks.bounds.solvers.ask_z3 import ask_z3
from proofs_checks.bounds.solvers.constants import NotAlgebraic
from proofs_checks.bounds.solvers.replies import Said
from w2s_theory.terms import tree
from w2s_theory.terms.conversion import expression_of, formula_of
from w2s_theory.terms.tree import All, Atom, Sign, definedness

__all__ = ["Answer", "NotAlgebraic", "Solution", "solve"]

_UNITS = 200_000_000
"""More of z3's units than any time limit here allows for."""


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

    Every term must be defined at the point. Symbols that sympy assumes nonnegative or positive are so here, and those in
    `integers` are integers. A number such as log(2) stands for an unknown between two close rationals, so a point
    holds up to that only. Raises NotAlgebraic where a function or a symbolic exponent makes the question undecidable
    here.
    """
    symbols = sorted(set().union(*(item.free_symbols for item in relations)), key=str)
    names = {symbol: f"{symbol.name}_{place}" for place, symbol in enumerate(symbols)}
    formulas = tuple(formula_of(item, names) for item in relations)
    needs = tuple(
        need
        for formula in formulas
        for atom in tree.atoms(formula)
        for side in (atom.left, atom.right)
        for need in definedness(side)
    )
    box = {name: _ends(symbol) for symbol, name in names.items()}
    whole = frozenset(names[symbol] for symbol in integers if symbol in names)
    problem = Problem(box, All((*formulas, *_assumed(names), *needs)), whole)
    reply = ask_z3(problem, _UNITS, time.monotonic() + seconds)
    match reply.said:
        case Said.UNSAT:
            return Solution(Answer.NONE, {})
        case Said.SAT:
            point = {
                symbol: expression_of(reply.point[name])
                for symbol, name in names.items()
                if name in reply.point
            }
            return Solution(Answer.EXISTS, point)
        case _:
            return Solution(Answer.UNKNOWN, {})


def _ends(symbol: Symbol) -> tuple[End, End]:
    return (Fraction(0) if symbol.is_nonnegative else None), None


def _assumed(names: dict[Symbol, str]) -> Iterator[Atom]:
    for symbol, name in names.items():
        if symbol.is_positive:
            yield Atom(tree.variable(name), Sign.GT, tree.ZERO)
