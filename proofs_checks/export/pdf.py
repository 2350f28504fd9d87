"""From the exported document to a PDF, with pdfTeX kept from running programs and from files elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from w2s_theory.errors import InvalidInput

PACKAGES: Final = "texlive-latex-base texlive-latex-extra"
_ENVIRONMENT: Final = {"openin_any": "p", "openout_any": "p", "max_print_line": "1000"}
_PDFLATEX: Final = ("pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")


class TexError(RuntimeError):
    """TeX did not accept the document."""


@dataclass(frozen=True)
class Pdf:
    """A compiled document: its pages, how far its lines stick out (in pt), and how many formulas were shrunk."""

    path: Path
    pages: int
    overfull: tuple[float, ...]
    shrunk: int


def compile_pdf(document: Path, *, seconds: float = 120.0) -> Pdf:
    """Run pdflatex and bibtex on `document` in its folder, each run within `seconds`.

    Raises InvalidInput, saying how to get it, where LaTeX is not installed, and TexError with TeX's first
    complaint where it stops.
    """
    if not (shutil.which("pdflatex") and shutil.which("bibtex")):
        raise InvalidInput(
            f"wrote {document}, but no PDF: pdflatex is not installed; on Debian or Ubuntu: "
            f"apt-get install --no-install-recommends {PACKAGES}"
        )
    latex = (*_PDFLATEX, document.name)
    for command in (latex, ("bibtex", document.stem), latex, latex):
        _run(command, document.parent, seconds)
    log = document.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    pages = re.search(r"Output written on .* \((\d+) pages?", log)
    if pages is None:
        raise TexError("pdflatex wrote no page")
    return Pdf(
        document.with_suffix(".pdf"),
        int(pages[1]),
        tuple(float(width) for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)", log)),
        log.count("w2s: formula shrunk"),
    )


def _run(command: tuple[str, ...], folder: Path, seconds: float) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TexError(f"{command[0]} took more than {seconds:g} s") from error
    if done.returncode:
        output = done.stdout.decode("utf-8", "replace").splitlines()
        complaint = next((line for line in output if line.startswith("!")), "") or " ".join(output[-3:])
        raise TexError(f"{command[0]} stopped: {complaint}")
