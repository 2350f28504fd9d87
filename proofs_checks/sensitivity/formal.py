"""Which twins the formal tier rejects: those of which the theorem that the claim's tie names is no proof.

All twins of a claim go into one file, in which `Fail` stands before each attempt, so that coqc starts once. An attempt that
succeeds makes `Fail` an error; its twin is accepted, left out, and the rest tried again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from proofs_checks.evidence import Tier
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.compiler import Refused, compile_lemmas
from proofs_checks.rocq.installation import Unavailable
from proofs_checks.rocq.lemmas import Lemma, attempts_file, stated, tied_parts
from proofs_checks.rocq.ties import Tie
from proofs_checks.sensitivity.fates import WANTED, Fate
from proofs_checks.sensitivity.twins import Twin
from w2s_theory.claim import Claim

SECONDS = 300.0
MOST_ACCEPTED = 8
"""How many twins may be accepted before the formal tier is given up on a claim."""

_LINE = re.compile(r"line (\d+)")
_NOT_FAILED = "has not failed"
"""What coqc says of a command that should have failed."""


def ask_formally(
    claims: Sequence[Claim], fates: Sequence[Fate], on_claim: Callable[[str], None] = lambda claim_id: None
) -> tuple[tuple[Fate, ...], tuple[str, ...]]:
    """Return the fates where the formal tier too has been asked about twins that fewer than two tiers reject.

    Besides, why it could not be asked about a claim's, in a line for each.
    """
    answered, notes = dict[Fate, Fate](), []
    for claim in claims:
        asked = [
            fate
            for fate in fates
            if fate.part_id in claim.ids() and not fate.excused and len(fate.rejected_by) < WANTED
        ]
        if not asked or claim.id not in all_ties():
            continue
        on_claim(claim.id)
        try:
            rejected = rejected_formally(claim, [fate.twin for fate in asked])
        except (Unavailable, Refused, TimeoutError) as trouble:
            notes.append(f"{claim.id}: the formal tier was not asked: {trouble}")
            continue
        answered |= {
            fate: replace(fate, rejected_by=(Tier.FORMAL, *fate.rejected_by))
            for fate in asked
            if fate.twin in rejected
        }
    return tuple(answered.get(fate, fate) for fate in fates), tuple(notes)


def rejected_formally(claim: Claim, twins: Sequence[Twin]) -> set[Twin]:
    """Return the twins that the formal tier rejects, also those that cannot be printed as Rocq terms.

    None of parts that are not proved formally. Raises Unavailable and TimeoutError as the compiler does, and Refused where
    too many twins are accepted, or a file is not for another reason.
    """
    tie = all_ties()[claim.id]
    lemmas = {twin: lemma for twin in twins if (lemma := _lemma(tie, claim, twin)) is not None}
    rejected = {twin for twin in twins if twin.part in tie.proved}
    for _ in range(MOST_ACCEPTED):
        text, ends = attempts_file(tie, list(lemmas.values()))
        found = compile_lemmas(claim.id, text, SECONDS)
        if found.accepted:
            return rejected
        line = _LINE.search(found.message)
        accepted = [twin for twin, end in zip(lemmas, ends, strict=True) if line and end >= int(line[1])]
        if not accepted or _NOT_FAILED not in found.message:
            raise Refused(found.message)
        del lemmas[accepted[0]]
        rejected.discard(accepted[0])
    raise Refused(f"{MOST_ACCEPTED} twins or more are accepted")


def _lemma(tie: Tie, claim: Claim, twin: Twin) -> Lemma | None:
    """Return what the tie has to prove of a twin's part; None where it is not proved, or the twin cannot be printed."""
    if twin.part not in tie.proved:
        return None
    try:
        parts = [tied for tied in tied_parts(tie, twin.of(claim)) if tied.name == twin.part]
        (lemma,) = stated(tie, parts)
    except (ValueError, KeyError, TypeError, NotImplementedError):
        return None
    return lemma
