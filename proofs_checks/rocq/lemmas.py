"""The Rocq files that are generated from a tie: what a claim states, and that a wrong twin's part is false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.logic.boolalg import Boolean

from proofs_checks.rocq.printer import Printer
from proofs_checks.rocq.ties import Open, Part, Refutation, Tie, theory_of
from w2s_theory.claim import Claim


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


@dataclass(frozen=True)
class Lemma:
    """What the kernel is asked to accept as what `theorem` says; `kind` starts its name."""

    kind: str
    proposition: str
    theorem: str


def stated(tie: Tie, parts: Sequence[Tied]) -> tuple[Lemma, ...]:
    """Return the lemmas that prove each part from its theorem."""
    return tuple(
        Lemma("part", _forall(tie, tied.part, tied.relation), tied.part.theorem)
        for tied in parts
        if isinstance(tied.part, Part)
    )


def denied(tie: Tie, part: Part, relation: Boolean, refutation: Refutation) -> Lemma:
    """Return the lemma that `relation`, a twin's form of `part`, does not hold for all values."""
    return Lemma("refuted", f"~ ({_forall(tie, part, relation)})", refutation.theorem)


def file_of(tie: Tie, lemmas: Sequence[Lemma]) -> str:
    """Return the file with these lemmas, which asks of each kind what it rests on, in the order of `kinds`.

    The theorems' own theories are not imported, so that nothing there changes what a lemma says.
    """
    header = [f"(* Generated from the claim {tie.claim.id}. *)", "From Coq Require Import Reals."]
    if tie.theories:
        header.append(f"From W2S.library Require Import {' '.join(tie.theories)}.")
    for theory in dict.fromkeys(theory_of(lemma.theorem) for lemma in lemmas):
        folder, _, name = theory.rpartition(".")
        header.append(f"From W2S.{folder} Require {name}.")
    written = ["\n".join([*header, "Open Scope R_scope.\n"])]
    for kind in kinds(lemmas):
        chosen = [lemma for lemma in lemmas if lemma.kind == kind]
        names = [f"{kind}_{number}" for number in range(1, len(chosen) + 1)]
        written += [
            f"Lemma {name} :\n  {lemma.proposition}.\nProof. exact {lemma.theorem}. Qed.\n"
            for name, lemma in zip(names, chosen, strict=True)
        ]
        # Each question takes half a second whatever the answer, so one question covers all.
        written.append(f"Definition every_{kind} := ({', '.join(names)}).\nPrint Assumptions every_{kind}.\n")
    return "\n".join(written)


def kinds(lemmas: Sequence[Lemma]) -> tuple[str, ...]:
    """Return the kinds of lemmas that there are, in their order."""
    return tuple(dict.fromkeys(lemma.kind for lemma in lemmas))


def statement_file(tie: Tie, claim: Claim) -> str:
    """Return the file that proves what a claim states, part by part."""
    return file_of(tie, stated(tie, tied_parts(tie, claim)))


def _forall(tie: Tie, part: Part, relation: Boolean) -> str:
    printer = Printer(tie.names, tie.naturals, tie.vectors)
    binders = " ".join(filter(None, (tie.context, part.given)))
    return f"forall {binders},\n    {printer.relation(relation)}"
