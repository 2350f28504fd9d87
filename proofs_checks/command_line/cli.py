"""The command `w2s`: parses the command line, runs one subcommand, and turns bad input into one clear line."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from typing import Any, NoReturn, TextIO, cast

from proofs_checks.command_line.output import Guarded
from w2s_theory.errors import InvalidInput

COMMANDS = (
    "claims",
    "show",
    "verify",
    "check",
    "best",
    "recheck",
    "rate",
    "spectrum",
    "simulate",
    "figure",
    "sweep",
    "features",
    "report",
    "graph",
    "export",
)
INTERRUPTED = 130
BAD_USAGE = 2
FAILED = 1


class _Parser(argparse.ArgumentParser):
    """A parser that prints an error as one line, and takes -1:3 for a value as it does -1."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._negative_number_matcher = re.compile(r"-\.?\d")

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: error: {' '.join(message.split())}", file=sys.stderr)
        sys.exit(BAD_USAGE)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; each subcommand's file describes its own part."""
    parser = _Parser(
        prog="w2s",
        description="Symbolic and theoretical verification of weak-to-strong generalization.",
        epilog="Exit codes: 0 holds, 1 refuted or failed, 2 bad usage, 3 undecided, 130 interrupted.",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"proofs_checks.command_line.commands.{name}")
        subparser = subparsers.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            epilog=f"example: {module.EXAMPLE}",
        )
        module.configure(subparser)
        subparser.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `w2s` and return its exit code."""
    parsed = build_parser().parse_args(arguments)
    if sys.stdout is None:
        return _complain(f"w2s {parsed.command}: error: standard output is closed", BAD_USAGE)
    try:
        _refuse_empty_names(parsed)
        with redirect_stdout(cast(TextIO, Guarded(sys.stdout))):
            code = int(parsed.run(parsed))
            sys.stdout.flush()
        return code
    except InvalidInput as error:
        _forget_what_cannot_be_written()
        if parsed.debug:
            raise
        return _complain(f"w2s {parsed.command}: error: {error}", BAD_USAGE)
    except KeyboardInterrupt:
        return _complain(f"w2s {parsed.command}: interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader (such as head) has closed the pipe.
        _forget_what_cannot_be_written()
        return 0
    except Exception as error:
        if parsed.debug:
            raise
        kind = type(error).__name__
        return _complain(
            f"w2s {parsed.command}: internal error: {kind}: {error} (--debug shows where)", FAILED
        )


def _refuse_empty_names(parsed: argparse.Namespace) -> None:
    for name in ("json", "out", "certificate", "rocq"):
        if getattr(parsed, name, None) == "":
            raise InvalidInput(f"--{name} '': the name is empty; give a file, or leave the option out")


def _forget_what_cannot_be_written() -> None:
    """Let the interpreter not write to standard output at exit where that would fail once more."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str, code: int) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
