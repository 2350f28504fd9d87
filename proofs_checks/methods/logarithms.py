"""Decision of relations with logarithms and exponentials, from a few facts about them.

Each log(x) is an unknown real, of which only the order is known: log x > log y where x > y. Each exp(x) is an
unknown e >= 1 + x, e > 0, and exp(-x) is 1/e. What z3 proves of the unknowns holds of the functions; a
counterexample counts only if it is one to the relation itself, at its exact coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import sympy
from sympy import Dummy, Eq, Expr, Gt, Indexed, Lt, Sum
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, Or

from proofs_checks.evidence import Finding, Verdict
from proofs_checks.methods.decision import Answer, solve
from w2s_theory.balls import holds
from w2s_theory.relations import as_text, at_least, more_than, with_sides


@dataclass
class _Unknowns:
    """The stand-ins of logarithms and exponentials, by their arguments."""

    logarithms: dict[Expr, Dummy] = field(default_factory=dict)
    exponentials: dict[Expr, Dummy] = field(default_factory=dict)

    def without_functions(self, expression: Expr) -> Expr:
        """Return the expression with an unknown for each logarithm and exponential."""
        return expression.replace(sympy.exp, self._exponential).replace(sympy.log, self._logarithm)

    def _logarithm(self, argument: Expr) -> Expr:
        return self.logarithms.setdefault(sympy.cancel(argument), Dummy("log", real=True))

    def _exponential(self, argument: Expr) -> Expr:
        if argument.could_extract_minus_sign():
            return 1 / self._exponential(-argument)
        return self.exponentials.setdefault(argument, Dummy("exp", positive=True))

    def facts(self) -> list[Boolean]:
        """Return what is known of the unknowns."""
        order = [
            Or(*(And(order(x, y), order(log_x, log_y)) for order in (Gt, Eq, Lt)))
            for (x, log_x), (y, log_y) in combinations(self.logarithms.items(), 2)
        ]
        defined = [more_than(x, 0) for x in self.logarithms]
        tangent = [at_least(e, 1 + x) for x, e in self.exponentials.items()]
        return [*order, *defined, *tangent]


def decide_class_by_class(
    parts: Sequence[Relational], given: Sequence[Boolean], domain: str, seconds: float
) -> Finding:
    """Decide relations by z3; one between sums over the same classes follows from that of their terms."""
    for part in parts:
        relation = _one_class(part)
        unknowns = _Unknowns()
        plain = with_sides(relation, *map(unknowns.without_functions, relation.args))
        used = set().union(*(x.free_symbols for x in (relation, *unknowns.logarithms)))
        conditions = [item for item in given if item.free_symbols <= used]
        solution = solve([*conditions, *unknowns.facts(), sympy.Not(plain)], seconds)
        if solution.answer is Answer.NONE:
            continue
        point = {symbol: value for symbol, value in solution.point.items() if symbol in used}
        if solution.answer is Answer.EXISTS and holds(relation, point) is False:
            witness = {str(symbol).lstrip("_"): str(value) for symbol, value in point.items()}
            return Finding(Verdict.REFUTED, f"false, class by class: {as_text(part)}", domain, witness)
        return Finding(Verdict.UNDECIDED, f"not settled by order and tangent alone: {as_text(part)}", domain)
    return Finding(
        Verdict.PROVED, f"negation of {len(parts)} relations unsatisfiable, class by class", domain
    )


def _one_class(part: Relational) -> Relational:
    """Return the relation between the terms of its sums, derivatives taken, indexed symbols replaced by plain ones."""
    sides = [_term(side) if side.has(Sum) else side.doit() for side in part.args]
    indexed = sorted(set().union(*(side.atoms(Indexed) for side in sides)), key=str)
    stand_ins = {each: Dummy(str(each.base), **each.assumptions0) for each in indexed}
    left, right = (side.xreplace(stand_ins) for side in sides)
    return with_sides(part, left, right)


def _term(side: Expr) -> Expr:
    """Return the term of a linear combination of sums over the same classes."""
    terms = [addend.as_coeff_Mul() for addend in sympy.Add.make_args(side)]
    if not all(isinstance(total, Sum) for _, total in terms) or len({total.limits for _, total in terms}) > 1:
        raise ValueError(f"not a linear combination of sums over the same classes: {side}")
    return sympy.Add(*(number * total.function for number, total in terms))
