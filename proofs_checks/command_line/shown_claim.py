"""A claim as `w2s show` prints it: as text, as LaTeX, as a Rocq file, as data."""

from __future__ import annotations

from dataclasses import asdict

from sympy.logic.boolalg import Boolean

import proofs_checks.claims  # noqa: F401  (adds the ties)
from proofs_checks.export.claims import claim_lines
from proofs_checks.homes import homes
from proofs_checks.methods.algebra import cited_parts
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.checks import whole_file
from proofs_checks.rocq.ties import Open, Tie
from w2s_theory.claim import Assumption, Cited, Claim
from w2s_theory.claims import resting_on
from w2s_theory.errors import InvalidInput
from w2s_theory.relations import as_text as relation_text


def heading(claim: Claim) -> list[str]:
    """Return where a claim comes from, its assumptions, and the word that its statement comes under, as lines."""
    return [
        f"{claim.source} ({claim.provenance})",
        "",
        "Assumptions",
        *(line for assumption in claim.assumptions for line in _assumed(assumption)),
        "",
        "Statement (expected to be refuted)" if claim.expects_refutation else "Statement",
    ]


def _assumed(assumption: Assumption) -> list[str]:
    return [f"  - {assumption.text}", *(f"       {relation_text(relation)}" for relation in assumption.says)]


def _given(item: Boolean | Cited) -> str:
    """Return a given, with the id of the part that it cites if it is another claim's."""
    if isinstance(item, Cited):
        return f"{relation_text(item.relation)}   [{item.id}]"
    return relation_text(item)


def assumptions_as_json(claim: Claim) -> list[dict[str, object]]:
    """Return the sentences of a claim's assumptions, each with the relations that it says, as plain data."""
    return [{"text": each.text, "says": list(map(relation_text, each.says))} for each in claim.assumptions]


def as_text(claim: Claim) -> list[str]:
    """Return the claim as lines: statement, assumptions, derivation, theorems and files."""
    lines = [f"{claim.id}  {claim.title}", *heading(claim)]
    lines += [f"  {relation_text(part.relation)}   [{claim.part_id(part.name)}]" for part in claim.states]
    lines += ["", "Derivation"]
    for number, step in enumerate(claim.derivation, start=1):
        lines += [f"  {number}. {step.text}", f"       {relation_text(step.relation)}   [{step.by}]"]
        lines += [f"       given {_given(item)}" for item in step.given]
    for title, found in (("Rests on", _grounds(claim)), ("What rests on it", _supported(claim))):
        lines += ["", title, *(f"  {each}" for each in found)] if found else []
    lines += ["", *(f"Remark: {text}" for text in claim.remarks)] if claim.remarks else []
    proved = _theorems(claim)
    lines += (
        ["", "Formal proof (--rocq prints the lemmas)", *(f"  {item}" for item in proved)] if proved else []
    )
    return [*lines, "", "Files", *(f"  {home}" for home in homes(claim))]


def as_latex(claim: Claim) -> list[str]:
    """Return the claim as lines of LaTeX."""
    return claim_lines(claim)


def as_rocq(claim: Claim) -> list[str]:
    """Return the lemmas that tie the claim to its theorems; raises InvalidInput where it is not proved formally."""
    return [whole_file(tie_of(claim))]


def tie_of(claim: Claim) -> Tie:
    """Return a claim's tie to theorems; raises InvalidInput, listing the claims that have one, where it has none."""
    tie = all_ties().get(claim.id)
    if tie is None:
        raise InvalidInput(f"{claim.id} is not proved formally; allowed: {', '.join(all_ties())}")
    return tie


def as_json(claim: Claim) -> dict[str, object]:
    """Return the claim as plain data."""
    return {
        "id": claim.id,
        "title": claim.title,
        "source": str(claim.source),
        "provenance": str(claim.provenance),
        "assumptions": assumptions_as_json(claim),
        "statement": claim.statement,
        "parts": [
            {"id": claim.part_id(part.name), "relation": relation_text(part.relation)}
            for part in claim.states
        ],
        "expects_refutation": claim.expects_refutation,
        "derivation": [
            {
                "text": step.text,
                "relation": relation_text(step.relation),
                "rule": str(step.by),
                "given": list(map(relation_text, step.premises)),
                "cites": [citation.id for citation in step.citations],
            }
            for step in claim.derivation
        ],
        "rests_on": list(cited_parts(claim)),
        "supports": [other.id for other in resting_on(claim)],
        "remarks": list(claim.remarks),
        "formal": _theorems(claim),
        "files": [asdict(home) for home in homes(claim)],
    }


def _grounds(claim: Claim) -> list[str]:
    """Return the parts of other claims that a derivation cites, each with its claim's title and the steps that do."""
    steps: dict[str, list[str]] = {}
    for number, step in enumerate(claim.derivation, start=1):
        for citation in step.citations:
            steps.setdefault(f"{citation.id}  {citation.claim.title}", []).append(str(number))
    return [
        f"{cited}, in step{'s' if len(numbers) > 1 else ''} {', '.join(dict.fromkeys(numbers))}"
        for cited, numbers in steps.items()
    ]


def _supported(claim: Claim) -> list[str]:
    return [f"{other.id}  {other.title}" for other in resting_on(claim)]


def _theorems(claim: Claim) -> list[str]:
    """Return, for each part of the statement, the theorem in Rocq that states it, or that it is open."""
    tie = all_ties().get(claim.id)
    parts = tie.parts.values() if tie else ()
    return [f"open: {part.says}" if isinstance(part, Open) else part.theorem for part in parts]
