"""The Rocq files that are generated from a tie: what a claim states, and that a wrong twin's part is false."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sympy.logic.boolalg import Boolean

from proofs_checks.rocq.printer import Printer
from proofs_checks.rocq.ties import Open, Proved, Refutation, Tie, theory_of
from w2s_theory.claim import Claim

REAL_NUMBERS = {
    "ClassicalDedekindReals.sig_forall_dec": "Reals",
    "ClassicalDedekindReals.sig_not_dec": "Reals",
    "FunctionalExtensionality.functional_extensionality_dep": "Logic",
}
"""The axioms by which the standard library builds the real numbers, and no others, with the library's part they are in."""


@dataclass(frozen=True)
class Tied:
    """A part of a claim's statement, or of a twin's, with the tie's part of the same name."""

    name: str
    relation: Boolean
    part: Proved | Open
    changed: bool


def tied_parts(tie: Tie, claim: Claim) -> tuple[Tied, ...]:
    """Return the claim's parts, or a twin's, with those of the tie, in the tie's order.

    Raises ValueError where the tie has other parts.
    """
    if set(tie.parts) != set(claim.names):
        raise ValueError(
            f"{claim.id}: a tie of the parts {', '.join(tie.parts)}, a statement of {', '.join(claim.names)}"
        )
    relations = {name: claim.relation(name) for name in tie.parts}
    return tuple(
        Tied(name, relations[name], part, relations[name] != tie.claim.relation(name))
        for name, part in tie.parts.items()
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
        if isinstance(tied.part, Proved)
    )


def denied(tie: Tie, part: Proved, relation: Boolean, refutation: Refutation) -> Lemma:
    """Return the lemma that `relation`, a twin's form of `part`, does not hold for all values."""
    return Lemma("refuted", f"~ ({_forall(tie, part, relation)})", refutation.theorem)


def file_of(tie: Tie, lemmas: Sequence[Lemma]) -> str:
    """Return the file with these lemmas, which asks of each kind what it rests on, in the order of `kinds`.

    The theorems' own theories are not imported, so that nothing there changes what a lemma says. The names of axioms
    that are allowed are asked for in full: a theory's own axiom may bear the same short name. Raises ValueError where
    a theorem's theory has the name of another whose words a lemma uses.
    """
    asked = "\n".join(f"About {axiom}." for axiom in REAL_NUMBERS)
    written = [_header(tie, lemmas), f"{asked}\n"]
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


def attempts_file(tie: Tie, lemmas: Sequence[Lemma]) -> tuple[str, tuple[int, ...]]:
    """Return the file that is accepted where no lemma is what its theorem says, and the last line of each attempt.

    Raises ValueError as `file_of` does.
    """
    text, ends = _header(tie, lemmas), []
    for number, lemma in enumerate(lemmas, start=1):
        text += f"Fail Definition attempt_{number} :\n  {lemma.proposition}\n  := {lemma.theorem}.\n"
        ends.append(text.count("\n"))
    return text, tuple(ends)


def _header(tie: Tie, lemmas: Sequence[Lemma]) -> str:
    header = [f"(* Generated from the claim {tie.claim.id}. *)", "From Coq Require Import Reals."]
    if tie.theories:
        header.append(f"From W2S.library Require Import {' '.join(tie.theories)}.")
    for theory in dict.fromkeys(theory_of(lemma.theorem) for lemma in lemmas):
        folder, _, name = theory.rpartition(".")
        if any(re.search(rf"(?<![\w.]){name}\.", lemma.proposition) for lemma in lemmas):
            raise ValueError(
                f"the theory {theory} has the name of one whose words {tie.claim.id} uses; allowed: a name of its own"
            )
        header.append(f"From W2S.{folder} Require {name}.")
    return "\n".join([*header, "Open Scope R_scope.\n"])


def kinds(lemmas: Sequence[Lemma]) -> tuple[str, ...]:
    """Return the kinds of lemmas that there are, in their order."""
    return tuple(dict.fromkeys(lemma.kind for lemma in lemmas))


def statement_file(tie: Tie, claim: Claim) -> str:
    """Return the file that proves what a claim states, part by part."""
    return file_of(tie, stated(tie, tied_parts(tie, claim)))


def _forall(tie: Tie, part: Proved, relation: Boolean) -> str:
    printer = Printer(tie.names, tie.naturals, tie.vectors)
    binders = " ".join(filter(None, (tie.context, part.given)))
    return f"forall {binders},\n    {printer.relation(relation)}"
