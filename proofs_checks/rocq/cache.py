"""The cache of what coqc compiled and said: files by content, written whole, and taken for absent where damaged."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from proofs_checks.rocq.installation import Unavailable


@dataclass(frozen=True)
class Compiled:
    """What coqc says of a file of lemmas: for each `Print Assumptions` in it, the axioms; or why it is refused.

    `full_names` are what the names that it was asked `About` stand for.
    """

    accepted: bool
    axioms: tuple[tuple[str, ...], ...]
    message: str
    full_names: tuple[str, ...] = ()


def cache_folder() -> Path:
    """Return the folder of compiled theories and remembered answers, in the user's cache.

    Raises Unavailable where the user has none.
    """
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base).absolute() if base else Path.home() / ".cache") / "w2s-theory" / "formal"
    except RuntimeError as error:
        raise Unavailable(f"no place for a cache ({error}); set XDG_CACHE_HOME to a folder") from error


@contextmanager
def writing() -> Iterator[None]:
    """Take it for unavailable, not for broken, where the cache cannot be written: raises Unavailable."""
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        raise Unavailable(
            f"cannot write the cache {str(cache_folder())!r} ({error.strerror or error}); "
            "set XDG_CACHE_HOME to a folder that can be written"
        ) from error


def check_writable() -> None:
    """Raise Unavailable where the cache cannot be written."""
    with writing():
        cache_folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=cache_folder()):
            pass


def replace(file: Path, text: str) -> None:
    """Write a file so that no reader sees half of it."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(name, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def remember(file: Path, found: Compiled) -> None:
    """Write down what coqc said."""
    replace(file, json.dumps(asdict(found)))


def recall(file: Path) -> Compiled | None:
    """Return what coqc said, None where nothing is remembered or the file is damaged."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        found = Compiled(
            data["accepted"],
            tuple(map(_texts, data["axioms"])),
            data["message"],
            _texts(data["full_names"]),
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    whole = isinstance(found.accepted, bool) and isinstance(found.message, str)
    return found if whole else None


def keep(made: Path, file: Path) -> None:
    """Move a compiled theory into the cache, with the digest that tells later whether it is whole."""
    digest = _digest(made)
    os.replace(made, file)
    replace(file.with_suffix(".sha256"), digest)


def is_whole(file: Path) -> bool:
    """Return whether a compiled theory is there as it was compiled."""
    try:
        return file.with_suffix(".sha256").read_text(encoding="utf-8") == _digest(file)
    except (OSError, ValueError):
        return False


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _texts(data: Any) -> tuple[str, ...]:
    """Return a list of texts; raises TypeError for anything else."""
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        raise TypeError(f"{data!r} is no list of texts")
    return tuple(data)
