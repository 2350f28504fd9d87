"""The Rocq files that are generated from a tie: what a claim states, and that a wrong twin's part is false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.logic.boolalg import Boolean

from proofs_checks.formal.printer import Printer
from proofs_checks.formal.ties import Open, Part, Refutation, Tie
from w2s_theory.claims import Claim


@dataclass(frozen=True)
class Tied:
    """A part of a claim's statement, or of a twin's, with the tie's part that speaks of it."""

    relation: Boolean
    part: Part | Open
    changed: bool


def tied_parts(tie: Tie, claim: Claim) -> tuple[Tied, ...]:
    """Return the claim's parts with those of the tie: equal ones first, then what a twin changed, in order.

    Raises ValueError where the tie, or a twin, has another number of parts.
    """
    if not len(tie.parts) == len(tie.claim.parts) == len(claim.parts):
        raise ValueError(f"{claim.id}: a tie of {len(tie.parts)} parts, a statement of {len(claim.parts)}")
    known = dict(zip(tie.claim.parts, tie.parts, strict=True))
    kept = [Tied(relation, known.pop(relation), False) for relation in claim.parts if relation in known]
    changed = [relation for relation in claim.parts if relation not in tie.claim.parts]
    return (
        *kept,
        *(Tied(relation, part, True) for relation, part in zip(changed, known.values(), strict=True)),
    )


def statement_file(tie: Tie, parts: Sequence[Tied]) -> str:
    """Return the file that proves each part from its theorem."""
    lemmas = [
        _lemma(f"part_{number}", _forall(tie, tied.part, tied.relation), "intros.", tied.part.proof)
        for number, tied in enumerate(parts, start=1)
        if isinstance(tied.part, Part)
    ]
    return _file(tie, lemmas)


def refutation_file(tie: Tie, part: Part, relation: Boolean, refutation: Refutation) -> str:
    """Return the file that proves that `relation`, a twin's form of `part`, does not hold for all values."""
    proposition = f"~ (\n  {_forall(tie, part, relation)})"
    return _file(tie, [_lemma("refuted", proposition, "intro claimed.", refutation.proof)])


def _forall(tie: Tie, part: Part, relation: Boolean) -> str:
    printer = Printer(tie.names, tie.naturals, tie.vectors)
    binders = " ".join(filter(None, (tie.context, part.given)))
    return f"forall {binders},\n    {printer.relation(relation)}"


def _lemma(name: str, proposition: str, opening: str, proof: str) -> str:
    script = f"  {opening}\n  {proof.strip()}"
    return f"Lemma {name} :\n  {proposition}.\nProof.\n{script}\nQed.\nPrint Assumptions {name}.\n"


def _file(tie: Tie, lemmas: Sequence[str]) -> str:
    header = (
        f"(* Generated from the claim {tie.claim.id}. *)\n"
        "From Coq Require Import Reals Lra.\n"
        f"From W2S Require Import {' '.join(tie.theories)}.\n"
        "Open Scope R_scope.\n"
    )
    return "\n".join([header, tie.preamble, *lemmas] if tie.preamble else [header, *lemmas])
