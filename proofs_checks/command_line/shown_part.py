"""A part of a claim as `w2s show` prints it: as text, as LaTeX, as a Rocq file, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from proofs_checks.command_line.shown_claim import assumptions_as_json, heading, tie_of
from proofs_checks.export.claims import claim_lines
from proofs_checks.homes import Home, homes
from proofs_checks.registry import Check, checks_of
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.checks import part_file
from w2s_theory.claim import Claim, Part
from w2s_theory.relations import as_text as relation_text


@dataclass(frozen=True)
class Evidence:
    """A check that speaks of a part for certain, because it must reject these wrong twins of it."""

    check: Check
    twins: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.check.tier}, {self.check.method}: rejects {'; '.join(self.twins)}"


def evidence(claim: Claim, part: Part) -> tuple[Evidence, ...]:
    """Return the checks that must reject wrong twins of a part, strongest first."""
    found = [
        Evidence(check, tuple(twin.name for twin in check.rejects if part.name in twin.parts))
        for check in checks_of(claim.id)
    ]
    return tuple(item for item in found if item.twins)


def as_text(claim: Claim, part: Part) -> list[str]:
    """Return the part as lines: statement, assumptions, the steps that conclude it, checks, theorem and files."""
    steps = [
        f"  {number}. {step.text}   [{step.by}]"
        for number, step in enumerate(claim.derivation, start=1)
        if step.relation == part.relation
    ]
    checks = [f"  {item}" for item in evidence(claim, part)]
    theorem = _theorem(claim, part)
    return [
        f"{claim.part_id(part.name)}  a part of: {claim.title}",
        *heading(claim),
        f"  {relation_text(part.relation)}",
        *(["", f"Concluded by this step of the derivation (w2s show {claim.id})", *steps] if steps else []),
        *(["", "Checks that must reject a wrong twin of this part", *checks] if checks else []),
        *(["", "Formal proof (--rocq prints the lemmas)", f"  {theorem}"] if theorem else []),
        "",
        f"Every check of the claim, with what of the statement it covers: w2s verify {claim.id}",
        "",
        "Files",
        *(f"  {home}" for home in _homes(claim, part)),
    ]


def as_latex(claim: Claim, part: Part) -> list[str]:
    """Return the part as lines of LaTeX: a theorem of its own, without a derivation."""
    alone = replace(claim, id=f"{claim.id}-{part.name}", states=(part,), derivation=(), remarks=())
    return claim_lines(alone, shown_id=claim.part_id(part.name))


def as_rocq(claim: Claim, part: Part) -> list[str]:
    """Return the lemmas that tie the part to its theorem; raises InvalidInput where it is not proved formally."""
    return [part_file(tie_of(claim), part.name)]


def as_json(claim: Claim, part: Part) -> dict[str, object]:
    """Return the part as plain data."""
    return {
        "id": claim.part_id(part.name),
        "claim": claim.id,
        "title": claim.title,
        "source": str(claim.source),
        "provenance": str(claim.provenance),
        "assumptions": assumptions_as_json(claim),
        "relation": relation_text(part.relation),
        "expects_refutation": claim.expects_refutation,
        "checks": [
            {"tier": str(item.check.tier), "method": item.check.method, "rejects": list(item.twins)}
            for item in evidence(claim, part)
        ],
        "formal": _theorem(claim, part) or None,
        "files": [asdict(home) for home in _homes(claim, part)],
    }


def _theorem(claim: Claim, part: Part) -> str:
    tie = all_ties().get(claim.id)
    return tie.proved[part.name].theorem if tie and part.name in tie.proved else ""


def _homes(claim: Claim, part: Part) -> list[Home]:
    """Return the homes of the claim but for those of checks and theorems that may speak of other parts alone."""
    checks = [f"{item.check.name}, {item.check.tier}" for item in evidence(claim, part)]
    theorem = f"theorem {_theorem(claim, part).rpartition('.')[2]}"
    return [
        home
        for home in homes(claim)
        if home.what in (*checks, theorem) or home.what.split(",")[0] in ("statement", "evidence")
    ]
