"""States of two subspaces that are told by numbers alone: which numbers occur together, and the risks they make.

The clauses are those that `models/subspaces.py` derives, written as they are told there, without the chart's unknowns.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from proofs_checks.bounds.adversary.arithmetic import exact
from proofs_checks.bounds.adversary.subspaces import NUMBERS, risks_of
from w2s_theory.terms import tree
from w2s_theory.terms.exact import settled
from w2s_theory.terms.tree import FALSE, ONE, ZERO, All, Any, Atom, Formula, Sign, Term, apply

WHOLE = ("n", "N", "d_s", "d_w")


def risks(values: Mapping[str, Term]) -> dict[str, Term]:
    """Return all observables of a state with these numbers, without those that do not exist."""
    arrays = {}
    for name in NUMBERS:
        simple = tree.rational(values[name])
        arrays[name] = np.array([values[name] if simple is None else simple], dtype=object)
    found, exists = risks_of(arrays)
    return {
        name: settled(exact(value))
        for name, value in {**arrays, **found}.items()
        if bool(np.all(exists.get(name, np.True_)))
    }


def legal_numbers(values: Mapping[str, Term]) -> Formula:
    """Return the formula that says that two subspaces and a target with these numbers exist."""
    whole = [tree.rational(values[name]) for name in WHOLE]
    if any(value is None or value.denominator != 1 for value in whole):
        return FALSE
    n, big_n, d_s, d_w, d_sw, noise, rho_w, rho_s, b_s, b_w, b_sw = (values[name] for name in NUMBERS)
    product = settled((rho_s - b_w - rho_w + b_s) / 2)
    kept, seen_at_most = settled(b_w * (rho_w - b_s)), settled(rho_w * (d_s - d_sw))
    turned, room = settled(product**2 * (1 - d_sw)), settled(b_w * b_s * d_sw)
    one_pair = All((Atom(d_s, Sign.EQ, ONE), Atom(d_w, Sign.EQ, ONE)))
    all_seen = All((Atom(d_s, Sign.EQ, d_w), Atom(b_s, Sign.EQ, seen_at_most)))
    return All(
        (
            *(Atom(length, Sign.GE, ZERO) for length in (d_sw, rho_w, rho_s, b_s, b_w)),
            *(Atom(size, Sign.GE, ONE) for size in (d_s, d_w)),
            Atom(noise, Sign.GT, ZERO),
            Atom(n, Sign.GE, settled(d_w + 2)),
            Atom(big_n, Sign.GE, d_s),
            Atom(d_sw, Sign.LE, apply("min", d_s, d_w)),
            Atom(b_s, Sign.LE, rho_w),
            Atom(b_s, Sign.LE, seen_at_most),
            Atom(b_sw, Sign.EQ, settled(b_w + product)),
            _if(Atom(d_sw, Sign.EQ, d_w), Atom(b_w, Sign.EQ, ZERO)),
            Atom(product**2, Sign.LE, kept),
            Atom(turned, Sign.LE, room),
            _if(Atom(b_s, Sign.EQ, ZERO), Atom(product, Sign.EQ, ZERO)),
            _if(one_pair, Atom(turned, Sign.EQ, room)),
            _if(all_seen, Atom(product**2, Sign.EQ, kept)),
        )
    )


def _if(condition: Formula, then: Formula) -> Formula:
    return Any((tree.negated(condition), then))
