"""Twins sent through the checks of their claims, in worker processes, the smallest changes first.

**What counts as a rejection.** A tier rejects a twin where one of its checks *refutes* it, which takes a witness, and the
symbolic tier also where the step that concludes the twin's part no longer re-checks, though the steps before it are as they
were (`Twin.of`): that the statement differs from what the derivation concludes is no rejection by itself. The formal tier
rejects it where the theorem that the tie names is no proof of it. A check that stays undecided, runs out of time,
crashes or finds nothing rejects nothing. A tier that proves or certifies the whole of a wrong twin *accepts* it, and so does
exact algebra where it proves the twin with the changed side exchanged throughout its derivation (`Twin.throughout`), given
and conclusion alike: nothing makes up for that.

A twin that is as true as its part (`standing.py`, `equivalent.py`) is excused and not sent. Tiers are asked in their order,
those that draw last, until two reject; a tier that rejects a change of 1% is not asked about larger ones of the same number.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

from numeric.sweeps.workers import workers
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import no_counterexamples
from proofs_checks.registry import Context, checks_of
from proofs_checks.sensitivity.equivalent import RANGES, reason
from proofs_checks.sensitivity.fates import WANTED, Fate, Sensitivity
from proofs_checks.sensitivity.formal import ask_formally
from proofs_checks.sensitivity.standing import Standing, standing
from proofs_checks.sensitivity.twins import Change, Twin, twins
from proofs_checks.verify import apply, outcome_of, worker_pool
from w2s_theory.claim import Claim
from w2s_theory.claims import find_claim

SECONDS = 20.0
"""How long a check may take on one twin."""
IN_FORCE = (Verdict.PROVED, Verdict.CERTIFIED)


@dataclass(frozen=True)
class _Question:
    """What a worker is asked about a twin: what a check finds, or where it stands if no check is named."""

    claim_id: str
    part: str
    name: str
    check: str = ""
    throughout: bool = False


_Examination = Generator[_Question, Finding, list[Fate]]


def examine(
    claims: Sequence[Claim],
    *,
    tiers: Sequence[Tier],
    changes: Sequence[Change] = tuple(Change),
    most: int | None = None,
    examples: int = 1000,
    seed: int = 0,
    jobs: int | None = None,
    on_progress: Callable[[str, int, int], None] = lambda label, done, total: None,
) -> Sensitivity:
    """Send the twins of claims that should hold through their checks of these tiers.

    `most` is how many numbers, signs and so on of a part are changed, evenly spread over it; all where it is None. The
    formal tier is asked last, about twins that fewer than two others reject, all those of a claim at once. Same seed, same
    fates, but for twins on which a check runs out of time.
    """
    ladders = [ladder for claim in claims for ladder in _ladders(claim, changes, most)]
    count = workers(jobs, max(1, len(ladders)))
    pool = worker_pool(count)
    running: dict[Future[Any], tuple[int, _Examination]] = {}
    fates: dict[int, list[Fate]] = {}

    def ask(number: int, examination: _Examination, answer: Finding | None) -> None:
        try:
            question = next(examination) if answer is None else examination.send(answer)
        except StopIteration as ended:
            fates[number] = ended.value
            on_progress(ladders[number][0].id, len(fates), len(ladders))
            for following in islice(waiting, 1):
                ask(*following, None)
        else:
            running[pool.schedule(_answer, args=(question, examples, seed), timeout=SECONDS)] = (
                number,
                examination,
            )

    waiting = ((number, _examination(*ladder, tiers)) for number, ladder in enumerate(ladders))
    try:
        for begun in islice(waiting, 2 * count):
            ask(*begun, None)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                number, examination = running.pop(future)
                ask(number, examination, outcome_of(future)[0])
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()
    found = tuple(fate for number in sorted(fates) for fate in fates[number])
    if Tier.FORMAL not in tiers:
        return Sensitivity(found, seed)

    def asking(claim_id: str) -> None:
        on_progress(f"{claim_id} formally", len(ladders), len(ladders))

    asked, notes = ask_formally(claims, found, asking)
    return Sensitivity(asked, seed, notes)


def _ladders(
    claim: Claim, changes: Sequence[Change], most: int | None
) -> Iterator[tuple[Claim, tuple[Twin, ...]]]:
    """Yield a claim with the twins that change one thing in one direction, the smallest change first, each such group."""
    if claim.expects_refutation:
        return
    chosen = [twin for twin in twins(claim) if twin.change in changes]
    for _, of_part in groupby(chosen, key=lambda twin: twin.part):
        ladders = [tuple(rungs) for _, rungs in groupby(of_part, key=lambda twin: twin.ladder)]
        count = min(most or len(ladders), len(ladders))
        for number in range(count):
            yield claim, ladders[number * len(ladders) // count]


def _examination(claim: Claim, rungs: Sequence[Twin], tiers: Sequence[Tier]) -> _Examination:
    """Ask about a ladder of twins, the smallest change first, until enough tiers reject one."""
    checks = [check for check in checks_of(claim.id) if check.tier in tiers and check.tier is not Tier.FORMAL]
    fates: list[Fate] = []
    rejected: tuple[Tier, ...] = ()
    for twin in rungs:
        part_id = claim.part_id(twin.part)
        if len(rejected) >= WANTED:
            fates.append(Fate(part_id, twin, rejected_by=rejected, sent=False))
            continue
        stands = yield _Question(claim.id, twin.part, twin.name)
        if stands.verdict is Verdict.SUPPORTED:
            fates.append(Fate(part_id, twin, stands.summary))
            continue
        accepted: list[Tier] = []
        for check in checks:
            if check.tier in rejected or len(rejected) >= WANTED:
                continue
            finding = yield _Question(claim.id, twin.part, twin.name, check.name)
            if rejects(check.tier, finding):
                rejected = (*rejected, check.tier)
                if check.tier is Tier.SYMBOLIC and twin.of_side:
                    finding = yield _Question(claim.id, twin.part, twin.name, check.name, throughout=True)
            if accepts(finding, part_id):
                accepted.append(check.tier)
        fates.append(Fate(part_id, twin, "", rejected, tuple(accepted)))
    return fates


def rejects(tier: Tier, finding: Finding) -> bool:
    """Return whether a finding about a twin rejects it, as the module says."""
    broken = tier is Tier.SYMBOLIC and finding.broken is not None
    return broken or (finding.verdict is Verdict.REFUTED and bool(finding.witness))


def accepts(finding: Finding, part_id: str) -> bool:
    """Return whether a finding about a twin says that the changed part holds for certain."""
    speaks_of_it = not finding.covers or part_id in finding.parts
    return finding.verdict in IN_FORCE and speaks_of_it


def _answer(question: _Question, examples: int, seed: int) -> tuple[Finding, float]:
    try:
        return _found(question, examples, seed)
    except Exception as error:  # of twins nobody wrote, and sympy's own errors do not pass between processes
        return Finding(Verdict.CRASHED, f"{type(error).__name__}: {error}"[:300], ""), 0.0


def _found(question: _Question, examples: int, seed: int) -> tuple[Finding, float]:
    claim = find_claim(question.claim_id)
    twin = _twins_of(claim)[question.part, question.name]
    if not question.check:
        return _stands(claim, twin), 0.0
    check = next(item for item in checks_of(claim.id) if item.name == question.check)
    changed = twin.throughout(claim) if question.throughout else twin.of(claim)
    if changed is None:
        return Finding(Verdict.UNDECIDED, "no side to exchange", ""), 0.0
    label = f"{seed}: {claim.part_id(twin.part)} {twin.name} {check.name}"
    with no_counterexamples():
        return apply(check, changed, Context(zlib.crc32(label.encode()), examples, SECONDS / 2))


@lru_cache(maxsize=8)
def _twins_of(claim: Claim) -> dict[tuple[str, str], Twin]:
    return {(twin.part, twin.name): twin for twin in twins(claim)}


def _stands(claim: Claim, twin: Twin) -> Finding:
    """Return why a twin is as true as its part, as a finding that supports it; undecided where it is wrong."""
    why = reason(claim.part_id(twin.part), twin.name)
    if not why:
        found = standing(claim.relation(twin.part), twin.relation, claim.premises, RANGES)
        why = "" if found is Standing.WRONG else _WORDS[found]
    return Finding(Verdict.SUPPORTED if why else Verdict.UNDECIDED, why, claim.domain)


_WORDS = {Standing.WEAKER: "weaker than the part", Standing.SAME: "says the same as the part"}
