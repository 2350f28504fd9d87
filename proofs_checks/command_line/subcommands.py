"""Subcommands with kinds, such as `w2s figure 2` and `w2s simulate relu`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Kind:
    """What the command line needs of a kind; `run` returns its exit code."""

    help: str
    example: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]

    @classmethod
    def of(cls, module: ModuleType) -> Kind:
        """Return the kind that a module describes by HELP, EXAMPLE, configure and run, as a subcommand's does.

        Its heavy imports belong inside functions.
        """
        return cls(module.HELP, module.EXAMPLE, module.configure, module.run)


def kinds_in(package: ModuleType) -> dict[str, Kind]:
    """Return the kind of every module of a package: module `a_b` is kind `a-b`."""
    return {
        found.name.replace("_", "-"): Kind.of(importlib.import_module(f"{package.__name__}.{found.name}"))
        for found in pkgutil.iter_modules(package.__path__)
    }


def add_kinds(parser: argparse.ArgumentParser, kinds: Mapping[str, Kind]) -> None:
    """Give the parser one subparser a kind, each with --json."""
    subparsers = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, kind in kinds.items():
        subparser = subparsers.add_parser(
            name, help=kind.help, description=kind.help, epilog=f"example: {kind.example}"
        )
        kind.configure(subparser)
        subparser.add_argument(
            "--json", metavar="FILE", help="write the result as JSON to FILE, or - for standard output"
        )
        subparser.set_defaults(run_kind=kind.run)
