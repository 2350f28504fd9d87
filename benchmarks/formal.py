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

from proofs_checks.rocq.sources import Sources, theory_file, theory_names

VERIFY = [sys.executable, "-m", "proofs_checks.command_line.cli", "verify", "--tier", "formal", "--jobs", "2"]


def verification(cache: str) -> float:
    """Return the wall time of the whole tier with its answers kept in `cache`."""
    begin = time.perf_counter()
    subprocess.run(VERIFY, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": cache})
    return time.perf_counter() - begin


def plain_coqc() -> float:
    """Return the wall time of coqc on every theory, one after the other."""
    sources = Sources()
    names = sources.closure(theory_names())
    with tempfile.TemporaryDirectory() as folder:
        files = [theory_file(name, Path(folder)) for name in names]
        for name, file in zip(names, files, strict=True):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(sources[name], encoding="utf-8")
        begin = time.perf_counter()
        for file in files:
            command = ["coqc", "-q", "-w", "none", "-Q", ".", "W2S", str(file.relative_to(folder))]
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
