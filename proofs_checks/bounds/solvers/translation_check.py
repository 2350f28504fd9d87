"""What is sent to the solvers, held against the tree at random points: the test of both translations.

At a rational point every fresh variable has one value, so a translated atom holds or fails there like the atom itself,
whose truth is computed by exact numbers from the tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any as Untyped

import z3

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.constants import NotAlgebraic, ends
from proofs_checks.bounds.solvers.facts import relaxed
from proofs_checks.bounds.solvers.smtlib import Script
from proofs_checks.bounds.solvers.translation import Translation
from w2s_theory.terms import exact
from w2s_theory.terms.tree import (
    Atom,
    Sign,
    Term,
    atoms,
    definedness,
    number,
    substitute,
    variable,
    variables,
)
from w2s_theory.terms.writing import formula_as_text

UNITS = 200_000
DISTANCE = Fraction(1, 1000)
_NEAR = variable("a number close to it")


@dataclass(frozen=True)
class Comparison:
    """How many times a translation was held against the tree, and where it says otherwise."""

    compared: int
    disagreements: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Return whether nothing disagrees."""
        return not self.disagreements


def translation_check(problem: Problem, rng: Random, points: int = 8) -> Comparison:
    """Compare each atom of a problem, as z3 and as cvc5 read it, with the tree at random points of the box.

    Each side of an atom is also compared with rational numbers close to its value there. What is not defined at a point,
    or whose truth is not known there, is left out, and so is what no solver can be asked about. A function that
    stands as a variable between bounds must allow the truth.
    """
    compared, disagreements = 0, []
    asked = dict.fromkeys(atoms(problem.formula))
    sides = dict.fromkeys(side for atom in asked for side in (atom.left, atom.right) if side.args)
    for atom in (*asked, *(Atom(side, Sign.GE, _NEAR) for side in sides)):
        names = sorted(variables(atom) - {_NEAR.value})
        readers = _readers(Problem(dict.fromkeys(sorted(variables(atom)), (None, None)), atom))
        for _ in range(points):
            point = {name: _draw(problem, name, rng) for name in names}
            if atom.right == _NEAR:
                near = _value_near(atom.left, point)
                if near is None:
                    continue
                point[str(_NEAR.value)] = near + rng.choice((-1, 1)) * DISTANCE
            truth = _truth(atom, point)
            if truth is None:
                continue
            for reader in readers:
                compared += 1
                said = reader.says(point)
                if said is (not truth):
                    at = ", ".join(f"{name} = {value}" for name, value in point.items())
                    disagreements.append(f"{reader.name}: {formula_as_text(atom)} at {at}: {said}")
    return Comparison(compared, tuple(disagreements))


@dataclass(frozen=True)
class _Reader:
    """An atom as one translation has it: assertions in a context, and its variables there by name.

    With `exactly`, a solution at a point says that the atom holds there.
    """

    name: str
    context: z3.Context
    assertions: Sequence[Untyped]
    variables: Mapping[str, Untyped]
    exactly: bool

    def says(self, point: Mapping[str, Fraction]) -> bool | None:
        """Return whether the atom holds at a point; None if that is left open."""
        solver = z3.Solver(ctx=self.context)
        solver.set("rlimit", UNITS)
        solver.add(*self.assertions)
        for name, value in point.items():
            solver.add(self.variables[name] == z3.Q(value.numerator, value.denominator, ctx=self.context))
        found = solver.check()
        if found == z3.unsat:
            return False
        return True if found == z3.sat and self.exactly else None


def _constants(point: Mapping[str, Fraction]) -> dict[str, Term]:
    return {name: number(value) for name, value in point.items()}


def _truth(atom: Atom, point: Mapping[str, Fraction]) -> bool | None:
    at = _constants(point)
    needed = (*definedness(atom.left), *definedness(atom.right))
    if not all(exact.holds(need, at, bits=4096) for need in needed):
        return None
    return exact.holds(atom, at, bits=4096)


def _value_near(side: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    between = ends(substitute(side, _constants(point)))
    return None if between is None else round(sum(between) / (2 * DISTANCE)) * DISTANCE


def _readers(problem: Problem) -> list[_Reader]:
    known = relaxed(problem)
    exactly = known is problem
    try:
        translation = Translation(known)
        asserted = translation.everything()
        scripts = [Script(known, divides=divides) for divides in (False, True)]
    except NotAlgebraic:
        return []
    found = [_Reader("z3", translation.context, asserted, translation.variables, exactly)]
    for script in scripts:
        context = z3.Context()
        read = list(z3.parse_smt2_string(script.text, ctx=context))
        constants = {name: z3.Real(label, ctx=context) for name, label in script.names.items()}
        found.append(_Reader("cvc5's text", context, read, constants, exactly))
    return found


def _draw(problem: Problem, name: str, rng: Random) -> Fraction:
    low, high = problem.box.get(name, (None, None))
    if name in problem.integers:
        start = -4 if low is None else int(low)
        return Fraction(rng.randint(start, start + 8 if high is None else int(high)))
    below = rng.choice((1, 2, 3, 4, 7, 10))
    if low is not None and high is not None:
        return low + (high - low) * Fraction(rng.randint(0, below), below)
    distance = Fraction(rng.randint(0, 3 * below), below)
    if low is not None:
        return low + distance
    return high - distance if high is not None else distance * rng.choice((-1, 1))
