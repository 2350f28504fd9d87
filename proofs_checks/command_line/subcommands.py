"""Subcommands of subcommands, such as `w2s figure 2` and `w2s simulate relu`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Subcommand:
    """What the command line needs of a subcommand; `run` returns its exit code."""

    help: str
    example: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]

    @classmethod
    def of(cls, module: ModuleType) -> Subcommand:
        """Return the subcommand that a module describes by HELP, EXAMPLE, configure and run.

        Its heavy imports belong inside functions.
        """
        return cls(module.HELP, module.EXAMPLE, module.configure, module.run)


def subcommands_in(package: ModuleType) -> dict[str, Subcommand]:
    """Return the subcommand of every module of a package: module `a_b` is subcommand `a-b`."""
    return {
        found.name.replace("_", "-"): Subcommand.of(
            importlib.import_module(f"{package.__name__}.{found.name}")
        )
        for found in pkgutil.iter_modules(package.__path__)
    }


def add_subcommands(parser: argparse.ArgumentParser, subcommands: Mapping[str, Subcommand]) -> None:
    """Add the subcommands to the parser, each with --json."""
    subparsers = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, subcommand in subcommands.items():
        subparser = subparsers.add_parser(
            name, help=subcommand.help, description=subcommand.help, epilog=f"example: {subcommand.example}"
        )
        subcommand.configure(subparser)
        subparser.add_argument(
            "--json", metavar="FILE", help="write the result as JSON to FILE, or - for standard output"
        )
        subparser.set_defaults(run_subcommand=subcommand.run)
