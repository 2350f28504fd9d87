"""The formal tier from an empty cache and from a full one, beside plain coqc on the same theories; in one run, as ratios."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from proofs_checks.rocq.sources import THEORIES, Sources

VERIFY = [sys.executable, "-m", "proofs_checks.command_line.cli", "verify", "--tier", "formal", "--jobs", "2"]


def verification(cache: str) -> float:
    """Return the wall time of the whole tier with its answers kept in `cache`."""
    begin = time.perf_counter()
    subprocess.run(VERIFY, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": cache})
    return time.perf_counter() - begin


def plain_coqc() -> float:
    """Return the wall time of coqc on every theory, one after the other."""
    names = Sources().closure([path.stem for path in THEORIES.glob("*.v")])
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            Path(folder, f"{name}.v").write_text((THEORIES / f"{name}.v").read_text())
        begin = time.perf_counter()
        for name in names:
            command = ["coqc", "-q", "-R", ".", "W2S", f"{name}.v"]
            subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return time.perf_counter() - begin


def main() -> None:
    theories = plain_coqc()
    with tempfile.TemporaryDirectory() as cache:
        cold, warm = verification(cache), verification(cache)
    table = Table("what", "seconds", "against", "ratio")
    table.add_row("coqc, all theories one after the other", f"{theories:.1f}", "", "")
    table.add_row(
        "theories, lemmas and wrong twins, empty cache", f"{cold:.1f}", "coqc", f"{cold / theories:.2f}"
    )
    table.add_row("the same again", f"{warm:.1f}", "empty cache", f"{warm / cold:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
