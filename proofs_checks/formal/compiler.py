"""Runs coqc: theories compiled once, results kept by content, and axioms read from what `Print Assumptions` prints.

A theory is compiled into a folder named after its text, the texts of the theories it requires, the version of coqc and
the libraries beside it; a file of lemmas likewise. Nothing there is ever overwritten, so a cache is never stale; it may be
deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from filelock import FileLock

THEORIES = Path(__file__).parent / "theories"
INSTALL = "apt-get install coq libcoq-coquelicot libcoq-interval libcoq-mathcomp-ssreflect"
OPTIONS = ("-q", "-noglob", "-w", "none")
THEORY_SECONDS = 300.0

_COMMENT = re.compile(r"\(\*(?:(?!\(\*|\*\)).)*\*\)", re.DOTALL)
_REQUIRED = re.compile(r"From\s+W2S\s+Require\s+(?:Import\s+|Export\s+)?([\w\s]+)\.")
_MISSING_LIBRARY = re.compile(r"Cannot find a physical path bound to logical path\s+(?!W2S)\S+")
_ASSUMPTION = re.compile(r"^(\S.*?)\s*(?::.*)?$")


class Unavailable(Exception):
    """Coqc, or a library it needs, is not installed."""


class Refused(Exception):
    """Coqc does not accept a file."""


@dataclass(frozen=True)
class Compiled:
    """What coqc says of a file of lemmas: for each `Print Assumptions` in it, the axioms; or why it is refused."""

    accepted: bool
    axioms: tuple[tuple[str, ...], ...]
    message: str


def find_coqc() -> str:
    """Return the path of coqc; raises Unavailable where there is none."""
    path = shutil.which("coqc")
    if path is None:
        raise Unavailable(f"coqc not found; {INSTALL}")
    return path


@cache
def coqc_version(path: str) -> str:
    """Return the version that the coqc at `path` states, such as 8.16.1."""
    stated = subprocess.run([path, "--print-version"], capture_output=True, text=True, check=True)
    return stated.stdout.split()[0]


@cache
def _installation(path: str) -> str:
    """Return what changes when coqc or one of its libraries is installed anew."""
    stated = subprocess.run([path, "-where"], capture_output=True, text=True, check=True)
    contributed = Path(stated.stdout.strip()) / "user-contrib"
    libraries = sorted(contributed.iterdir()) if contributed.is_dir() else []
    return " ".join([coqc_version(path), *(f"{item.name}:{item.stat().st_mtime_ns}" for item in libraries)])


def installed_version() -> str | None:
    """Return the version of the coqc that would run, None where there is none."""
    try:
        return coqc_version(find_coqc())
    except Unavailable:
        return None


def without_comments(text: str) -> str:
    """Return a Rocq file's text without its comments, which nest."""
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    return text


def required(text: str) -> tuple[str, ...]:
    """Return the theories that a file asks for by `From W2S Require`, in order."""
    return tuple(name for found in _REQUIRED.findall(without_comments(text)) for name in found.split())


def closure(names: Sequence[str], folder: Path = THEORIES) -> tuple[str, ...]:
    """Return the theories `names` and all that they require, each after what it requires."""
    ordered: dict[str, None] = {}
    for name in names:
        for needed in closure(required(_text(name, folder)), folder):
            ordered.setdefault(needed)
        ordered.setdefault(name)
    return tuple(ordered)


def compile_theory(name: str, folder: Path = THEORIES) -> float:
    """Compile a theory, after those it requires, if the cache lacks it; return the seconds that this took.

    Processes that need the same theory wait for one of them. Raises Refused with coqc's message, and Unavailable.
    """
    coqc, begin = find_coqc(), time.monotonic()
    for needed in closure([name], folder):
        target = _theory_folder(needed, folder, coqc)
        with FileLock(f"{target}.lock"):
            if not (target / f"{needed}.vo").exists():
                _compile_into(target, needed, folder, coqc)
    return time.monotonic() - begin


def compile_theories(names: Sequence[str], jobs: int, folder: Path = THEORIES) -> None:
    """Compile theories and all they require, `jobs` at a time; raises what `compile_theory` raises."""
    waiting = dict.fromkeys(closure(names, folder))
    done: set[str] = set()
    with ThreadPoolExecutor(jobs) as threads:
        while waiting:
            ready = [name for name in waiting if done.issuperset(required(_text(name, folder)))]
            list(threads.map(lambda name: compile_theory(name, folder), ready))
            done.update(ready)
            waiting = dict.fromkeys(name for name in waiting if name not in done)


def compile_lemmas(label: str, text: str, seconds: float, folder: Path = THEORIES) -> Compiled:
    """Compile a file of lemmas that ends them with `Print Assumptions`, or recall what coqc said of it before.

    The file stays in the cache for a reader, under a name that starts with `label`. Raises TimeoutError after
    `seconds`; Refused where a theory it requires is not accepted, or where coqc fails for another reason than the
    file; Unavailable. None of these is remembered.
    """
    coqc = find_coqc()
    needed = closure(required(text), folder)
    lemmas = cache_folder() / "lemmas"
    lemmas.mkdir(parents=True, exist_ok=True)
    kept = lemmas / f"{label}-{_key(text, needed, folder, coqc)}.v"
    remembered = kept.with_suffix(".json")
    if remembered.exists():
        return _recalled(remembered)
    for name in needed:
        compile_theory(name, folder)
    _replace(kept, text)
    with tempfile.TemporaryDirectory(prefix="w2s-formal-") as scratch:
        file = Path(scratch) / "lemmas.v"
        file.write_text(text, encoding="utf-8")
        outcome = _run(coqc, file, needed, folder, seconds)
    accepted = outcome.returncode == 0
    if not accepted and not _blames_the_file(outcome):
        raise Refused(_message(outcome))
    axioms = tuple(assumptions(outcome.stdout)) if accepted else ()
    found = Compiled(accepted, axioms, "" if accepted else f"{_message(outcome)} ({kept})")
    _replace(remembered, json.dumps(asdict(found)))
    return found


def assumptions(output: str) -> Iterator[tuple[str, ...]]:
    """Yield, for each `Print Assumptions` in what coqc printed, the names of the axioms.

    Whatever else Rocq lists there (a recursion that it was told not to check, say) counts as an axiom of that name.
    """
    found: list[str] | None = None
    for line in output.splitlines():
        if line in ("Axioms:", "Closed under the global context"):
            if found is not None:
                yield tuple(found)
            found = []
        elif line and not line[0].isspace() and found is not None:
            stated = _ASSUMPTION.match(line)
            found.append(stated[1] if stated else line)
    if found is not None:
        yield tuple(found)


def cache_folder() -> Path:
    """Return the folder of compiled theories and remembered answers, in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "w2s-theory" / "formal"


def _text(name: str, folder: Path) -> str:
    return (folder / f"{name}.v").read_text(encoding="utf-8")


def _key(text: str, names: Sequence[str], folder: Path, coqc: str) -> str:
    """Return a digest of a file, of the theories it rests on, and of the compiler."""
    parts = [_installation(coqc), " ".join(OPTIONS), text, *(_text(name, folder) for name in names)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _theory_folder(name: str, folder: Path, coqc: str) -> Path:
    text = _text(name, folder)
    parent = cache_folder() / "theories"
    parent.mkdir(parents=True, exist_ok=True)
    return parent / f"{name}-{_key(text, closure(required(text), folder), folder, coqc)}"


def _compile_into(target: Path, name: str, folder: Path, coqc: str) -> None:
    needed = closure(required(_text(name, folder)), folder)
    with tempfile.TemporaryDirectory(prefix="compiling-", dir=target.parent) as scratch:
        file = Path(shutil.copy(folder / f"{name}.v", scratch))
        outcome = _run(coqc, file, needed, folder, THEORY_SECONDS, ("-Q", scratch, "W2S"))
        if outcome.returncode != 0:
            raise Refused(f"{name}.v: {_message(outcome)}")
        target.mkdir(exist_ok=True)
        os.replace(file.with_suffix(".vo"), target / f"{name}.vo")


def _run(
    coqc: str, file: Path, needed: Sequence[str], folder: Path, seconds: float, paths: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    loaded = [item for name in needed for item in ("-Q", str(_theory_folder(name, folder, coqc)), "W2S")]
    command = [coqc, *OPTIONS, *loaded, *paths, str(file)]
    try:
        # Its arithmetic tactics leave caches in the folder where coqc runs.
        outcome = subprocess.run(
            command, cwd=file.parent, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"coqc took more than {seconds:.0f} s on {file.name}") from None
    if _MISSING_LIBRARY.search(outcome.stderr):
        raise Unavailable(f"a library of coqc is missing; {INSTALL}")
    return outcome


def _blames_the_file(outcome: subprocess.CompletedProcess[str]) -> bool:
    """Return whether coqc found an error in the file, and was not stopped by a user or by the machine."""
    elsewhere = ("interrupt", "system error", "out of memory", "stack overflow", "anomaly")
    said = outcome.stderr.lower()
    return outcome.returncode == 1 and "error:" in said and not any(word in said for word in elsewhere)


def _message(outcome: subprocess.CompletedProcess[str]) -> str:
    """Return where coqc stopped and why, without its folders, in one line."""
    text = " ".join((outcome.stderr or outcome.stdout).split())
    return re.sub(r'File "[^"]*/([^"/]+)", ', r"\1, ", text) or f"coqc ended with {outcome.returncode}"


def _recalled(file: Path) -> Compiled:
    data = json.loads(file.read_text(encoding="utf-8"))
    return Compiled(data["accepted"], tuple(map(tuple, data["axioms"])), data["message"])


def _replace(file: Path, text: str) -> None:
    """Write a file so that no reader sees half of it."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(name, file)
