"""cvc5's answer to a problem, from a process that lives on between questions and is ended when one takes too long."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from proofs_checks.bounds.problem import Problem
from proofs_checks.bounds.solvers.replies import Reply, Said
from proofs_checks.bounds.solvers.roots import root_between
from proofs_checks.bounds.solvers.smtlib import Script
from w2s_theory.terms.tree import Term, number

_CHILD = Path(__file__).with_name("cvc5_child.py")


def ask_cvc5(problem: Problem, seconds: float, deadline: float, *, whole: bool = True) -> Reply:
    """Return cvc5's answer, each of two tries within so many seconds of CPU time; none after the deadline.

    Without `whole`, integer variables are real numbers. The deadline is one of `time.monotonic()`. Raises NotAlgebraic.
    """
    reply = Reply(Said.UNKNOWN)
    for divides in (False, True):
        script = Script(problem, whole=whole, divides=divides)
        reply = _reply(script, seconds, deadline)
        if reply.said is not Said.UNKNOWN or not script.has_quotients:
            break
    return reply


def _reply(script: Script, seconds: float, deadline: float) -> Reply:
    names = [name.removeprefix("(to_real ").removesuffix(")") for name in script.names.values()]
    reply = _PROCESS.ask({"text": script.text, "names": names, "seconds": seconds}, deadline)
    said = reply.get("said") if reply else None
    if reply is None or said not in (Said.SAT, Said.UNSAT):
        return Reply(Said.UNKNOWN)
    values = dict(zip(script.names, map(_exact, reply.get("values", [])), strict=False))
    return Reply(Said(said), {name: value for name, value in values.items() if value is not None})


def _exact(value: Mapping[str, Any] | None) -> Term | None:
    if value is None:
        return None
    if "number" in value:
        return number(Fraction(value["number"]))
    low, high = map(Fraction, value["ends"])
    return root_between([Fraction(c) for c in value["coefficients"]], low, high)


class _Process:
    """The child, started at the first question and again after one that it did not survive. One question at a time."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, question: Mapping[str, Any], deadline: float) -> dict[str, Any] | None:
        """Return the child's answer; None where it has none in time."""
        with self._lock:
            child = self._ready()
            if child.stdin is None or child.stdout is None:
                return None
            try:
                child.stdin.write(json.dumps(question).encode() + b"\n")
                child.stdin.flush()
            except OSError:
                self.stop()
                return None
            line = _line(child.stdout.fileno(), deadline)
            if line is None:
                self.stop()
                return None
            found: dict[str, Any] = json.loads(line)
            return found

    def stop(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                # What was not yet written is lost with the child.
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()

    def _ready(self) -> subprocess.Popen[bytes]:
        # A forked process must not share its parent's child.
        if self._child is None or self._owner != os.getpid() or self._child.poll() is not None:
            self.stop()
            self._owner = os.getpid()
            self._child = subprocess.Popen(
                [sys.executable, "-P", str(_CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child


def _line(file: int, deadline: float) -> bytes | None:
    """Return the next line from a pipe; None at its end or at the deadline."""
    found = b""
    while not found.endswith(b"\n"):
        ready, _, _ = select.select([file], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(file, 1 << 16) if ready else b""
        if not part:
            return None
        found += part
    return found


_PROCESS = _Process()
atexit.register(_PROCESS.stop)
