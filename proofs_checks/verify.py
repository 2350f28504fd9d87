"""The runner: every check of every claim, and every falsifier, in worker processes with a time budget."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from importlib import metadata
from platform import python_version
from tempfile import gettempdir
from typing import Any

from pebble import ProcessExpired, ProcessPool

from numeric.sweeps.workers import MOST, workers
from proofs_checks.budgets import BUDGETS
from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.grounds import grounded, with_dependencies
from proofs_checks.methods.algebra import broken_derivation
from proofs_checks.placement import without_checks
from proofs_checks.registry import Check, Context, Falsifier, checks_of, falsifiers_of, find_falsifier
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.rocq.checks import prepare
from proofs_checks.rocq.installation import installed_version
from proofs_checks.run import Run
from w2s_theory.claim import Claim
from w2s_theory.claims import find_claim
from w2s_theory.errors import InvalidInput

UNANSWERED = (Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.INTERRUPTED)
LIBRARIES = ("w2s-theory", "sympy", "mpmath", "numpy", "scipy", "python-flint", "z3-solver", "hypothesis")


@dataclass(frozen=True)
class Task:
    """One check applied to a claim, or to one of its falsifiers if `falsifier` is given.

    One that is `only_if_broken` has a row where a step of the derivation is, and else none.
    """

    claim_id: str
    check: Check
    falsifier: Falsifier | None = None
    only_if_broken: bool = False

    @property
    def label(self) -> str:
        """Return a name that seeds this task's random numbers and shows in the progress bar."""
        return f"{self.claim_id} {self.check.name} {self.falsifier.name if self.falsifier else ''}".strip()


@dataclass
class _Progress:
    """The tasks of one claim, which run in this order, what is left for them to spend, and what came out so far."""

    claim: Claim
    tasks: list[Task]
    seconds_left: float
    outcomes: list[tuple[Task, Finding, float]] = field(default_factory=list)

    @property
    def waiting(self) -> list[Task]:
        """The tasks of which nothing came out yet."""
        return self.tasks[len(self.outcomes) :]

    @property
    def result(self) -> ClaimResult:
        """The result on the claim, where tasks that did not run were interrupted."""
        late = Finding(Verdict.INTERRUPTED, "the run was interrupted before this was done", "")
        return _collect(self.claim, [*self.outcomes, *((task, late, 0.0) for task in self.waiting)])


def versions() -> dict[str, str]:
    """Return the versions of Python, of the libraries that a verdict rests on, and of Rocq where it is installed."""
    coq = installed_version()
    libraries = {name: metadata.version(name) for name in LIBRARIES}
    return {"python": python_version(), **libraries, **({"coq": coq} if coq else {})}


def verify(
    claims: Sequence[Claim],
    *,
    tiers: Sequence[Tier] = tuple(Tier),
    budget: str = "quick",
    seed: int = 0,
    jobs: int | None = None,
    on_progress: Callable[[str, int, int], None] = lambda label, done, total: None,
) -> Run:
    """Run the checks and falsifiers of `claims` in `jobs` processes; same seed, same findings, however many.

    With exact algebra among the tiers, the claims that they cite are run too; without it derivations are re-checked all
    the same, and one that is broken has its row. A check that crashes, runs out of its claim's budget or lacks its tool
    is reported as such and counts for nothing. A claim without checks in these tiers has a result without evidence. Ctrl-C
    ends the run and keeps what has finished; claims of which something has not are undecided. Raises InvalidInput where
    no check is selected.
    """
    if not any(_tasks(claim, tiers) for claim in claims):
        raise InvalidInput(_nothing_to_run(claims, tiers))
    asked = with_dependencies(claims) if Tier.SYMBOLIC in tiers else claims
    plan = [_Progress(claim, _tasks(claim, tiers), BUDGETS[budget].seconds) for claim in asked]
    planned = [item for item in plan if item.tasks]
    total = sum(len(item.tasks) for item in plan)
    interrupted = False
    pool = worker_pool(workers(jobs, len(planned)))
    running: dict[Future[Finding], tuple[_Progress, Task, float]] = {}

    def start_next(item: _Progress) -> None:
        task = item.waiting[0]
        context = Context(_seed(seed, task), BUDGETS[budget].examples, max(1.0, 0.8 * item.seconds_left))
        arguments = (task.claim_id, task.check.name, task.falsifier.name if task.falsifier else None, context)
        future = pool.schedule(_run_task, args=arguments, timeout=item.seconds_left)
        running[future] = (item, task, time.monotonic())

    try:
        if Tier.FORMAL in tiers:
            on_progress("compiling theories", 0, total)
            prepare([item.claim for item in planned], workers(jobs, MOST))
        for item in planned:
            start_next(item)
        done = 0
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                item, task, _begin = running.pop(future)
                finding, seconds = outcome_of(future)
                item.outcomes.append((task, finding, seconds))
                item.seconds_left = max(1.0, item.seconds_left - seconds)
                done += 1
                on_progress(task.label, done, total)
                if item.waiting:
                    start_next(item)
        pool.close()
    except KeyboardInterrupt:
        interrupted = True
        pool.stop()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()
    results = grounded([item.result for item in plan])
    tried = tuple(tier for tier in Tier if tier in tiers)
    return Run(results, seed, budget, tried, versions(), interrupted)


def worker_pool(count: int) -> ProcessPool:
    """Return a pool of this many processes that have loaded every check."""
    return ProcessPool(
        max_workers=count, initializer=_prepare_worker, context=multiprocessing.get_context("spawn")
    )


def _nothing_to_run(claims: Sequence[Claim], tiers: Sequence[Tier]) -> str:
    for claim in claims:
        if not checks_of(claim.id):
            return without_checks(claim)
    return f"no claim given has a check in tier {', '.join(tiers)}; allowed tiers: {', '.join(Tier)}"


def _tasks(claim: Claim, tiers: Sequence[Tier]) -> list[Task]:
    checks = [check for check in checks_of(claim.id) if check.tier in tiers]
    twins = [
        Task(claim.id, check, falsifier)
        for falsifier in falsifiers_of(claim.id)
        for check in checks
        if falsifier in check.rejects
    ]
    unasked = (
        [] if Tier.SYMBOLIC in tiers or not checks else [Task(claim.id, DERIVATION, only_if_broken=True)]
    )
    return [*(Task(claim.id, check) for check in checks), *twins, *unasked]


def _whether_broken(claim: Claim, _context: Context) -> Finding:
    broken = broken_derivation(claim)
    return broken or Finding(Verdict.UNDECIDED, "no step of the derivation is broken", claim.domain)


DERIVATION = Check("whether_broken", Tier.SYMBOLIC, "exact algebra (sympy)", _whether_broken)
"""What is run of every claim without its other checks by exact algebra: a broken derivation fails it, whatever the tier."""


def _seed(seed: int, task: Task) -> int:
    return zlib.crc32(f"{seed}: {task.label}".encode())


def _prepare_worker() -> None:
    """Leave Ctrl-C to the main process, and load every check so that all workers are alike.

    Hypothesis keeps notes in the folder it runs in; a verification leaves nothing there.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", os.path.join(gettempdir(), "w2s-theory-hypothesis"))
    import proofs_checks.claims  # noqa: F401


def _run_task(
    claim_id: str, check_name: str, falsifier_name: str | None, context: Context
) -> tuple[Finding, float]:
    claim = find_claim(claim_id)
    if falsifier_name is not None:
        claim = find_falsifier(claim_id, falsifier_name).twin
    return apply(
        next(item for item in (*checks_of(claim_id), DERIVATION) if item.name == check_name), claim, context
    )


def apply(check: Check, claim: Claim, context: Context) -> tuple[Finding, float]:
    """Return what a check finds of a claim or of a twin, and the seconds that this took.

    Raises ValueError where it says more than its tier can show, and whatever the check raises.
    """
    begin = time.monotonic()
    finding = check.function(claim, context)
    if not check.tier.may_say(finding.verdict):
        raise ValueError(f"a check of the tier {check.tier} says {finding.verdict}: {finding.summary}")
    return finding, time.monotonic() - begin


def outcome_of(future: Future[Any]) -> tuple[Finding, float]:
    """Return what came out of a worker, and the seconds that it took; a crash or a timeout is a finding too."""
    try:
        finding, seconds = future.result()
    except TimeoutError as error:
        return Finding(Verdict.TIMED_OUT, "the claim's time budget ran out", ""), float(error.args[1])
    except ProcessExpired as error:
        return Finding(Verdict.CRASHED, f"the worker process died: {error}", ""), 0.0
    except Exception as error:  # whatever a check raises is reported on its row
        text = " ".join(str(error).split())
        return Finding(Verdict.CRASHED, f"{type(error).__name__}: {text}"[:300], ""), 0.0
    return finding, seconds


def _collect(claim: Claim, outcomes: Sequence[tuple[Task, Finding, float]]) -> ClaimResult:
    evidence = tuple(
        Evidence(task.check.tier, task.check.method, finding, seconds)
        for task, finding, seconds in outcomes
        if task.falsifier is None and (finding.broken is not None or not task.only_if_broken)
    )
    return ClaimResult.of(claim, evidence, tuple(_rejections(claim, outcomes)))


def _rejections(claim: Claim, outcomes: Sequence[tuple[Task, Finding, float]]) -> Iterator[Rejection]:
    for falsifier in falsifiers_of(claim.id):
        found = [finding for task, finding, _ in outcomes if task.falsifier == falsifier]
        if not any(falsifier in check.rejects for check in checks_of(claim.id)):
            yield Rejection(falsifier.name, None, None)
        found = [finding for finding in found if finding.verdict is not Verdict.NOT_RUN]
        if not found:
            continue
        answered = not any(finding.verdict in UNANSWERED for finding in found)
        rejected = all(rejects(claim, finding) for finding in found) if answered else None
        witness = next((finding.witness for finding in found if finding.witness), None)
        yield Rejection(falsifier.name, rejected, witness)


def rejects(claim: Claim, finding: Finding) -> bool:
    """Return whether a finding about a wrong twin rejects it: the check must not come to the claim's own verdict.

    A twin of a claim that should hold must be refuted, or a step of its derivation shown to be false, with a witness.
    A twin of a claim that should be refuted is true instead: no check may refute it.
    """
    if claim.expects_refutation:
        return finding.verdict is not Verdict.REFUTED
    refuted = finding.verdict is Verdict.REFUTED or finding.broken is not None
    return refuted and bool(finding.witness)
