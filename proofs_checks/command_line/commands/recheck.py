"""`w2s recheck`: re-check a certificate file without the engines that found it."""

from __future__ import annotations

import argparse

HELP = "re-check a certificate file that `w2s check --certificate` wrote, without the engines"
EXAMPLE = "w2s recheck bound.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", help="a certificate file")


def run(arguments: argparse.Namespace) -> int:
    """Re-check the file, print a line a part, and return 0 if it stands, 1 if not, 3 if it rests on solvers' word.

    Raises InvalidInput for a file that is no certificate.
    """
    import json
    from pathlib import Path

    from proofs_checks.bounds.documents import recheck
    from w2s_theory.errors import InvalidInput
    from w2s_theory.verdict import Verdict

    try:
        data = json.loads(Path(arguments.file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"cannot read {arguments.file!r}: {error}") from error
    found = recheck(data)
    for line in found.lines:
        print(line)
    if not found.stands:
        print("it does NOT stand")
        return 1
    print("not re-checked: the file says that two solvers said so" if found.is_word else "it stands")
    return Verdict.UNDECIDED.exit_code if found.is_word else 0
