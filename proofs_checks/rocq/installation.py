"""The coqc that is installed: where it is, its version, and why it cannot be used where it cannot."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

INSTALL = "apt-get install coq libcoq-coquelicot"
ANSWER_SECONDS = 60.0


class Unavailable(Exception):
    """Coqc, a library it needs, or a place for what it compiles is not there."""


def find_coqc() -> str:
    """Return the path of coqc; raises Unavailable where there is none."""
    path = shutil.which("coqc")
    if path is None:
        raise Unavailable(f"coqc not found; {INSTALL}")
    return path


@cache
def coqc_version(path: str) -> str:
    """Return the version that the coqc at `path` states, such as 8.16.1; raises Unavailable where it states none."""
    return _answer(path, "--print-version").split()[0]


@cache
def installation(path: str) -> str:
    """Return what changes when coqc or one of its libraries is installed anew; raises Unavailable where coqc is broken."""
    version = coqc_version(path)
    contributed = Path(_answer(path, "-where")) / "user-contrib"
    libraries = sorted(contributed.iterdir()) if contributed.is_dir() else []
    return " ".join([version, *(f"{item.name}:{item.stat().st_mtime_ns}" for item in libraries)])


def installed_version() -> str | None:
    """Return the version of the coqc that would run, None where there is none or it states none."""
    try:
        return coqc_version(find_coqc())
    except Unavailable:
        return None


def _answer(path: str, option: str) -> str:
    try:
        stated = subprocess.run(
            [path, option], capture_output=True, text=True, check=True, timeout=ANSWER_SECONDS
        ).stdout.strip()
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        code = getattr(error, "returncode", None)
        reason = f"exit code {code}" if code is not None else getattr(error, "strerror", None) or str(error)
        raise Unavailable(f"{path} {option} fails ({reason}); {INSTALL}") from error
    if not stated:
        raise Unavailable(f"{path} {option} prints nothing; {INSTALL}")
    return stated
