"""Where a command's machine-readable result goes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from w2s_theory.errors import InvalidInput


def write_text(text: str, destination: str) -> None:
    """Write `text` to the file `destination`, or to standard output for "-".

    Raises InvalidInput when the file cannot be written.
    """
    if destination == "-":
        sys.stdout.write(text)
        return
    try:
        Path(destination).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(
            f"cannot write {destination!r}: {reason}; give a writable file, or - for standard output"
        ) from error


def write_json(data: Any, destination: str) -> None:
    """Write `data` as indented JSON with its keys in the order given; NaN and infinities are refused."""
    write_text(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n", destination)


def check_writable(destination: str | None) -> None:
    """Raise InvalidInput at once, before any work, if a result could not be written to `destination`."""
    if destination in (None, "-"):
        return
    path = Path(str(destination))
    if path.is_dir():
        raise InvalidInput(
            f"cannot write {destination!r}: it is a directory; give a file, or - for standard output"
        )
    if not path.parent.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise InvalidInput(
            f"cannot write {destination!r}: no such folder or no permission; give a writable file, or - for standard output"
        )
