from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sympy import Expr, Integer

from proofs_checks.evidence import Finding, Verdict
from proofs_checks.methods.reading import about, least_of, most_of, value_of, what_is
from w2s_theory.claim import Claim
from w2s_theory.claims import find_claim
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE
from w2s_theory.relations import at_least, equal, more_than

LIMITATION, KAPPA_BOUNDS = find_claim("rf.thm4.1"), find_claim("sharp.kappa-constants")
UNIVERSALITY, ODD = find_claim("rf.universality"), find_claim("rf.odd-degrees")


def test_a_side_is_read_with_the_relation_that_it_stands_in() -> None:
    assert least_of(LIMITATION, "quadratic", L_ST) == 3 * L_TE**2 / 4
    assert most_of(KAPPA_BOUNDS, "upper", KAPPA) == KAPPA_BOUNDS.relation("upper").gts
    assert value_of(UNIVERSALITY, "teacher", L_TE) == UNIVERSALITY.relation("teacher").rhs
    assert what_is(ODD, "coefficient", 0) == ODD.relation("coefficient").lhs


@pytest.mark.parametrize(
    "other",
    [at_least(3 * L_TE**2 / 4, L_ST), more_than(L_ST, L_TE), equal(L_ST, L_TE), at_least(2 * L_ST, L_TE)],
)
@pytest.mark.parametrize("read", [least_of, most_of])
def test_another_form_is_an_error(read: Callable[[Claim, str, Expr], Expr], other: Expr) -> None:
    part = replace(LIMITATION.states[1], relation=other)
    twin = replace(LIMITATION, states=(LIMITATION.states[0], part, *LIMITATION.states[2:]))
    if read is most_of and other == at_least(3 * L_TE**2 / 4, L_ST):
        assert most_of(twin, "quadratic", L_ST) == 3 * L_TE**2 / 4
        return
    with pytest.raises(ValueError, match=r"this check reads rf\.thm4\.1#quadratic as .*, and it is "):
        read(twin, "quadratic", L_ST)


def test_an_equation_of_another_quantity_is_an_error() -> None:
    with pytest.raises(ValueError, match="as L_ST = something, and it is L_TE ="):
        value_of(UNIVERSALITY, "teacher", L_ST)
    with pytest.raises(ValueError, match="as something = 1, and it is"):
        what_is(ODD, "coefficient", Integer(1))


def test_a_finding_speaks_of_the_parts_that_were_read() -> None:
    found = about(LIMITATION, ("quadratic",), Finding(Verdict.SUPPORTED, "cases", "all"), "the bound")
    assert (found.covers, found.parts) == ("the bound", ("rf.thm4.1#quadratic",))
