"""Where what a derivation is given comes from: an assumption, an earlier step, or a part of another claim.

A citation holds where the other claim's assumptions do: at the values of the citation each of them has to be an
assumption or an earlier step of the citing claim, or true by sympy's own evaluation, and each value has to be a number
of the kind that the other claim's symbol stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sympy import Eq, Expr, Symbol, true
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from w2s_theory.claim import Cited, Claim
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.inner_products import expand_norms
from w2s_theory.relations import STRICT, WEAK, as_text, at_least, margin, more_than

KINDS = ("positive", "nonnegative", "nonzero", "integer", "real")
"""What sympy's symbols are known to be, as far as a value in their place has to be it too."""


@dataclass(frozen=True)
class Groundless:
    """A relation that a step needs and that nothing before it says; `step` counts from 1."""

    claim_id: str
    step: int
    relation: str

    def __str__(self) -> str:
        return f"step {self.step} of {self.claim_id} is given what has no origin: {self.relation}"


def groundless(claim: Claim) -> Iterator[Groundless]:
    """Yield what the steps of a claim are given, or what their citations need, without an origin."""
    known: list[Boolean] = list(claim.premises)
    for number, step in enumerate(claim.derivation, start=1):
        for item in step.given:
            if isinstance(item, Cited):
                missing: Iterator[str] = _missing(item, known)
            else:
                missing = iter(() if item in known else (as_text(item),))
            yield from (Groundless(claim.id, number, text) for text in missing)
        known.append(step.relation)


def refuse_groundless(claims: Sequence[Claim]) -> None:
    """Raise InvalidInput, in one line, where derivations of a catalogue rest on what has no origin.

    That is a given without an origin, an assumption that is itself a part of the statement, or a citation of what is not
    in the catalogue. Claims do not change, so citations in a circle would have one of a claim as it no longer is.
    """
    by_id = {claim.id: claim for claim in claims}
    for claim in claims:
        for found in groundless(claim):
            raise InvalidInput(f"{found}; allowed: an assumption, an earlier step, a part of another claim")
        for relation in claim.premises:
            if any(relation == part or _same(relation, part) for part in claim.relations):
                raise InvalidInput(f"{claim.id} assumes what it states: {as_text(relation)}")
        for citation in claim.cites:
            if citation.claim.expects_refutation:
                raise InvalidInput(f"{claim.id} cites {citation.id}, which is known to be false")
            if by_id.get(citation.claim.id) != citation.claim:
                raise InvalidInput(f"{claim.id} cites {citation.id}, which is no claim of the catalogue")


def _missing(citation: Cited, known: Sequence[Boolean]) -> Iterator[str]:
    """Yield what a citation needs and what is neither known nor evident."""
    for premise in citation.premises:
        if not _is_known(premise, known):
            yield f"{as_text(premise)} (assumed by {citation.id})"
    for symbol, value in citation.at:
        for kind, holds in _kinds(symbol).items():
            is_known = _is_of_kind(symbol, value, kind, known) if kind in KINDS and holds else False
            if not is_known and getattr(value, f"is_{kind}") is not holds:
                yield f"{value} is {'' if holds else 'not '}{kind} (for {symbol} in {citation.id})"


def _kinds(symbol: Symbol) -> dict[str, bool]:
    """Return what a symbol is declared to be, and what of KINDS follows from it."""
    declared = dict(symbol._assumptions_orig)
    return declared | {kind: True for kind in KINDS if getattr(symbol, f"is_{kind}")}


def _is_of_kind(symbol: Symbol, value: Expr, kind: str, known: Sequence[Boolean]) -> bool:
    if getattr(value, f"is_{kind}"):
        return True
    if kind == "real":
        # What has a sign, which is asked for, or is known to be on one side of an inequality, is a real number.
        compared = (item.args for item in known if isinstance(item, (*WEAK, *STRICT)))
        return bool(symbol.is_nonnegative) or any(value in sides for sides in compared)
    if kind == "nonnegative":
        return _is_known(at_least(value, 0), known) or _is_known(more_than(value, 0), known)
    if kind in ("positive", "nonzero"):
        return _is_known(more_than(value, 0), known)
    return False


def _is_known(relation: Relational, known: Sequence[Boolean]) -> bool:
    if relation in known:
        return True
    if isinstance(relation, Eq) and _expanded(relation) == 0:
        return True
    if isinstance(relation, WEAK) and expand_norms(margin(relation)).expand().is_nonnegative:
        return True
    if any(isinstance(item, Relational) and _same(item, relation) for item in known):
        return True
    return bool(relation.doit() == true)


def _same(relation: Relational, other: Relational) -> bool:
    """Return whether two relations of one kind compare their sides alike, up to expansion."""
    for kind in (WEAK, STRICT, (type(relation),)):
        if isinstance(relation, kind) and isinstance(other, kind):
            difference = _expanded(relation) - _expanded(other)
            both = _expanded(relation) + _expanded(other)
            return difference.expand() == 0 or (relation.rel_op in ("==", "!=") and both.expand() == 0)
    return False


@cache
def _expanded(relation: Relational) -> Expr:
    return expand_norms(margin(relation)).expand()
