"""Runs coqc: theories compiled once, results kept by content, and axioms read from what `Print Assumptions` prints.

A theory is compiled into a folder named after its text, the texts of the theories it requires, the version of coqc and
the libraries beside it; a file of lemmas likewise. So a cache is never stale; what is damaged there is made anew
(`cache.py`), and it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock

from proofs_checks.rocq.cache import (
    Compiled,
    cache_folder,
    check_writable,
    is_whole,
    keep,
    recall,
    remember,
    replace,
    writing,
)
from proofs_checks.rocq.installation import INSTALL, Unavailable, find_coqc, installation
from proofs_checks.rocq.sources import THEORIES, Sources, required

OPTIONS = ("-q", "-noglob", "-w", "none")
THEORY_SECONDS = 300.0

_MISSING_LIBRARY = re.compile(r"Cannot find a physical path bound to logical path\s+(?!W2S)\S+")
_ASSUMPTION = re.compile(r"^(\S.*?)\s*(?::.*)?$")
_FULL_NAME = re.compile(r"^Expands to: Constant\s+(\S+)$", re.MULTILINE)


class Refused(Exception):
    """Coqc does not accept a file."""


class RefusedTheory(Refused):
    """Coqc does not accept a theory, which is no claim's fault: another version of coqc, say."""


def check_tools() -> None:
    """Raise Unavailable where there is no coqc that states its version, or no cache that can be written."""
    installation(find_coqc())
    check_writable()


def compile_theories(names: Sequence[str], jobs: int, folder: Path = THEORIES) -> None:
    """Compile theories and all they require, as far as the cache lacks them, `jobs` at a time.

    Processes that need the same theory wait for one of them. Raises RefusedTheory with coqc's message, and Unavailable.
    """
    coqc, sources = find_coqc(), Sources(folder)
    waiting = sources.closure(names)
    done: set[str] = set()
    with ThreadPoolExecutor(jobs) as threads:
        while waiting:
            ready = [name for name in waiting if done.issuperset(required(sources[name]))]
            list(threads.map(lambda name: _compile_theory(name, sources, coqc), ready))
            done.update(ready)
            waiting = tuple(name for name in waiting if name not in done)


def compile_lemmas(label: str, text: str, seconds: float, folder: Path = THEORIES) -> Compiled:
    """Compile a file of lemmas that ends them with `Print Assumptions`, or recall what coqc said of it before.

    The file stays in the cache for a reader, under a name that starts with `label`. Raises TimeoutError after
    `seconds`; RefusedTheory where a theory it requires is not accepted; Refused where coqc fails for another reason than
    the file; Unavailable. None of these is remembered.
    """
    coqc = find_coqc()
    sources = Sources(folder)
    needed = sources.closure(required(text))
    lemmas = cache_folder() / "lemmas"
    kept = lemmas / f"{label}-{_key(text, needed, sources, coqc)}.v"
    remembered = kept.with_suffix(".json")
    if (known := recall(remembered)) is not None:
        return known
    for name in needed:
        _compile_theory(name, sources, coqc)
    with writing():
        lemmas.mkdir(parents=True, exist_ok=True)
        replace(kept, text)
    with tempfile.TemporaryDirectory(prefix="w2s-formal-") as scratch:
        file = Path(scratch) / "lemmas.v"
        file.write_text(text, encoding="utf-8")
        outcome = _run(coqc, file, needed, sources, seconds)
    accepted = outcome.returncode == 0
    if not accepted and not _blames_the_file(outcome):
        raise Refused(_message(outcome))
    axioms = tuple(assumptions(outcome.stdout)) if accepted else ()
    full_names = tuple(_FULL_NAME.findall(outcome.stdout))
    found = Compiled(accepted, axioms, "" if accepted else f"{_message(outcome)} ({kept})", full_names)
    with writing():
        remember(remembered, found)
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


def _key(text: str, names: Sequence[str], sources: Sources, coqc: str) -> str:
    """Return a digest of a file, of the theories it rests on, and of the compiler."""
    parts = [installation(coqc), " ".join(OPTIONS), text, *(sources[name] for name in names)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _theory_folder(name: str, sources: Sources, coqc: str) -> Path:
    text = sources[name]
    digest = _key(text, sources.closure(required(text)), sources, coqc)
    return cache_folder() / "theories" / f"{name}-{digest}"


def _compile_theory(name: str, sources: Sources, coqc: str) -> None:
    """Compile a theory, where the cache has all that it requires and lacks it."""
    target = _theory_folder(name, sources, coqc)
    compiled = target / f"{name.rpartition('.')[2]}.vo"
    needed = sources.closure(required(sources[name]))
    with writing():
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"):
            if is_whole(compiled):
                return
            with tempfile.TemporaryDirectory(prefix="compiling-", dir=target.parent) as scratch:
                file = Path(scratch) / compiled.with_suffix(".v").name
                file.write_text(sources[name], encoding="utf-8")
                outcome = _run(coqc, file, needed, sources, THEORY_SECONDS, _bound(Path(scratch), name))
                if outcome.returncode != 0:
                    raise RefusedTheory(f"coqc refuses the theory {name}: {_message(outcome)}")
                target.mkdir(exist_ok=True)
                keep(file.with_suffix(".vo"), compiled)


def _bound(folder: Path, name: str) -> tuple[str, str, str]:
    """Return the options that say in which folder coqc finds the theory `name`."""
    return ("-Q", str(folder), f"W2S.{name.rpartition('.')[0]}")


def _run(
    coqc: str, file: Path, needed: Sequence[str], sources: Sources, seconds: float, paths: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    loaded = [item for name in needed for item in _bound(_theory_folder(name, sources, coqc), name)]
    command = [coqc, *OPTIONS, *loaded, *paths, str(file)]
    try:
        # Its arithmetic tactics leave caches in the folder where coqc runs.
        outcome = subprocess.run(
            command, cwd=file.parent, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"coqc took more than {seconds:.0f} s on {file.name}") from None
    except OSError as error:
        raise Unavailable(f"cannot run {coqc} ({error.strerror or error}); {INSTALL}") from error
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
