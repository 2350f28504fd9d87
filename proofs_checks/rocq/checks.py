"""The check that a claim's tie makes possible, registered for every claim that has one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check
from proofs_checks.rocq import catalogue
from proofs_checks.rocq.cache import Compiled
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.compiler import Refused, RefusedTheory, compile_lemmas, compile_theories
from proofs_checks.rocq.installation import Unavailable
from proofs_checks.rocq.lemmas import REAL_NUMBERS, Lemma, Tied, denied, file_of, kinds, stated, tied_parts
from proofs_checks.rocq.ties import Open, Proved, Tie, theory_of
from w2s_theory.claim import Claim
from w2s_theory.errors import InvalidInput

METHOD = "Rocq kernel"


def rocq(claim: Claim, context: Context) -> Finding:
    """Prove the statement's parts from their theorems, or refute a part that a twin changed.

    Not run where coqc, or a theory for it, is not there. Raises Refused where the kernel accepts neither: the claim and
    its tie have drifted apart.
    """
    tie = all_ties()[claim.id]
    parts = tied_parts(tie, claim)
    try:
        return _refuted(tie, parts, context.seconds) or _proved(tie, parts, context.seconds)
    except (Unavailable, RefusedTheory) as missing:
        return Finding(Verdict.NOT_RUN, f"not run: {missing}", _domain(tie, parts))
    except TimeoutError as late:
        return Finding(Verdict.TIMED_OUT, str(late), _domain(tie, parts))


def _refuted(tie: Tie, parts: Sequence[Tied], seconds: float) -> Finding | None:
    every = _every_lemma(tie)
    candidates = [
        (denied(tie, tied.part, tied.relation, refutation), refutation, tied)
        for tied in parts
        if tied.changed and isinstance(tied.part, Proved)
        for refutation in tied.part.refutations
    ]
    # What is meant for this twin comes first; others cost a run of coqc each.
    for lemma, refutation, tied in sorted(candidates, key=lambda candidate: candidate[0] not in every):
        found = _compile(tie, [lemma], every, seconds)
        if found.accepted:
            witness = {"theorem": refutation.theorem, **refutation.values}
            return _finding(found, Verdict.REFUTED, [refutation.theorem], _domain(tie, [tied]), witness)
    return None


def _proved(tie: Tie, parts: Sequence[Tied], seconds: float) -> Finding:
    found = _compile(tie, stated(tie, parts), _every_lemma(tie), seconds)
    if not found.accepted:
        raise Refused(found.message)
    theorems = [tied.part.theorem for tied in parts if isinstance(tied.part, Proved)]
    left_out = [tied.part.says for tied in parts if isinstance(tied.part, Open)]
    limits = [tie.covers, f"all but {', '.join(left_out)}" if left_out else ""]
    covers = "; ".join(filter(None, limits))
    finding = _finding(found, Verdict.PROVED, theorems, _domain(tie, parts), covers=covers)
    if finding.verdict is Verdict.PROVED:
        finding = replace(finding, rests_on=tuple(dict.fromkeys(item.id for item in tie.rests_on)))
    whole = not left_out or finding.verdict is not Verdict.PROVED
    return finding if whole else replace(finding, parts=tie.claim.ids(*tie.proved))


def whole_file(tie: Tie) -> str:
    """Return the file that proves what a claim states and denies its wrong twins."""
    return file_of(tie, _every_lemma(tie))


def part_file(tie: Tie, name: str) -> str:
    """Return the file that proves one part of a claim and denies what its wrong twins say of it.

    Raises InvalidInput where the part is not proved.
    """
    if name not in tie.proved:
        raise InvalidInput(
            f"{tie.claim.part_id(name)} is not proved formally; allowed: {', '.join(tie.claim.ids(*tie.proved))}"
        )
    return file_of(tie, _lemmas(tie, [name]))


def _every_lemma(tie: Tie) -> tuple[Lemma, ...]:
    """Return the lemmas of the claim and of its registered twins: one file, so that coqc starts once."""
    return _lemmas(tie, tuple(tie.proved))


def _lemmas(tie: Tie, names: Sequence[str]) -> tuple[Lemma, ...]:
    lemmas = list(stated(tie, [tied for tied in tied_parts(tie, tie.claim) if tied.name in names]))
    lemmas += [
        denied(tie, part, refutation.twin.twin.relation(name), refutation)
        for name, part in tie.proved.items()
        if name in names
        for refutation in part.refutations
    ]
    return tuple(dict.fromkeys(lemmas))


def _compile(tie: Tie, lemmas: Sequence[Lemma], every: Sequence[Lemma], seconds: float) -> Compiled:
    """Compile lemmas, together with all others of the claim where those are accepted.

    The axioms are those of all lemmas of their kind. Raises Refused where coqc does not name them.
    """
    for together in (every, lemmas):
        if set(lemmas) <= set(together):
            found = compile_lemmas(tie.claim.id, file_of(tie, together), seconds)
            if found.accepted:
                if len(found.axioms) != len(kinds(together)):
                    raise Refused(
                        f"coqc named axioms {len(found.axioms)} times; {len(kinds(together))} were expected"
                    )
                told = dict(zip(kinds(together), found.axioms, strict=True))
                return replace(found, axioms=tuple(told[kind] for kind in kinds(lemmas)))
    return found


def _finding(
    found: Compiled,
    verdict: Verdict,
    theorems: Sequence[str],
    domain: str,
    witness: dict[str, str] | None = None,
    covers: str = "",
) -> Finding:
    """Return the verdict with the theorems and axioms it rests on, or none if it rests on others than allowed."""
    axioms = sorted({name for names in found.axioms for name in names})
    other = [_told(name) for name in axioms if not _is_of_the_real_numbers(name, found.full_names)]
    if other:
        return Finding(Verdict.UNDECIDED, f"rests on axioms not allowed here: {', '.join(other)}", domain)
    summary = f"{verdict} by {', '.join(dict.fromkeys(theorems))}; axioms: {', '.join(axioms) or 'none'}"
    return Finding(verdict, summary, domain, witness, covers)


def _is_of_the_real_numbers(axiom: str, full_names: Sequence[str]) -> bool:
    """Return whether the axiom is the standard library's, by its full name, and not another one of the same short name."""
    return axiom in REAL_NUMBERS and any(
        f"{library}.{REAL_NUMBERS[axiom]}.{axiom}" in full_names for library in ("Coq", "Stdlib")
    )


def _told(axiom: str) -> str:
    return f"{axiom} (not the standard library's)" if axiom in REAL_NUMBERS else axiom


def _domain(tie: Tie, parts: Sequence[Tied]) -> str:
    given = (tied.part.given for tied in parts if isinstance(tied.part, Proved))
    return " ".join(dict.fromkeys(item for item in (tie.context, *given) if item))


def prepare(claims: Sequence[Claim], jobs: int) -> None:
    """Compile the theories of these claims first, so that work they share counts against none of them.

    Says nothing where that is impossible: each check meets the same obstacle and reports it.
    """
    ties = [all_ties()[claim.id] for claim in claims if claim.id in all_ties()]
    loaded = [f"library.{name}" for tie in ties for name in tie.theories]
    loaded += [theory_of(theorem) for tie in ties for theorem in tie.theorems]
    with suppress(Unavailable, Refused, TimeoutError):
        compile_theories(loaded, jobs)


def register(ties: Sequence[Tie]) -> None:
    """Add ties to the catalogue; each gives its claim a check, which must reject the twins that it refutes."""
    for tie in ties:
        catalogue.add(tie)
        refuted = [refutation.twin for part in tie.proved.values() for refutation in part.refutations]
        check(tie.claim, Tier.FORMAL, METHOD, rejects=tuple(dict.fromkeys(refuted)))(rocq)
