"""Polynomial certificates as files that coqc accepts."""

from __future__ import annotations

import time

from proofs_checks.bounds.certificates.reduced import Reduced, remaining
from proofs_checks.bounds.certificates.squares import Squares
from proofs_checks.bounds.check_bound import BoundResult
from proofs_checks.bounds.problem import Empty, Problem
from proofs_checks.bounds.rulings import Ruling
from proofs_checks.bounds.squares.find import find_squares
from proofs_checks.bounds.squares.rocq import as_rocq

SECONDS = 10.0


def rocq_file(result: BoundResult) -> str | None:
    """Return a Rocq file for each conjunct of a bound, one after the other; None where one has no sum of squares.

    A conjunct that was proved otherwise is asked for a sum of squares again.
    """
    written = []
    for ruling in result.rulings:
        found = _polynomial(ruling)
        if found is None:
            return None
        written.append(as_rocq(*found))
    return "\n".join(written) if written else None


def _polynomial(ruling: Ruling) -> tuple[Problem, Squares] | None:
    if ruling.posed is None or not isinstance(ruling.answer, Empty):
        return None
    certificate = ruling.answer.certificate
    problem: Problem | None = ruling.posed.problem
    while isinstance(certificate, Reduced) and problem is not None:
        problem, certificate = remaining(problem, certificate), certificate.inner
    if problem is None:
        return None
    if isinstance(certificate, Squares):
        return problem, certificate
    found = find_squares(problem, time.monotonic() + SECONDS)
    return (
        (problem, found.certificate) if found is not None and isinstance(found.certificate, Squares) else None
    )
