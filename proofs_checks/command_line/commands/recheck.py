"""`w2s recheck`: re-check a certificate file without the engines that found it."""

from __future__ import annotations

import argparse

HELP = "re-check a certificate file that `w2s check --certificate` wrote, without the engines"
EXAMPLE = "w2s recheck bound.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", help="a certificate file")


def run(arguments: argparse.Namespace) -> int:
    """Re-check the file, print a line a part, and return 0 if it stands, else 1."""
    import json
    from pathlib import Path

    from proofs_checks.bounds.documents import recheck
    from w2s_theory.errors import InvalidInput

    try:
        data = json.loads(Path(arguments.file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"cannot read {arguments.file!r}: {error}") from error
    found = recheck(data)
    for line in found.lines:
        print(line)
    print("it stands" if found.stands else "it does NOT stand")
    return 0 if found.stands else 1
