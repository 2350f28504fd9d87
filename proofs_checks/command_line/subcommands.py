"""Subcommands with kinds: every module of a package is one kind, found by its file name."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from types import ModuleType


def add_kinds(parser: argparse.ArgumentParser, package: ModuleType) -> None:
    """Give the parser one subparser a module of `package`: module `a_b` is kind `a-b`.

    A kind is a module like a subcommand's: constants HELP and EXAMPLE, functions configure(parser) and
    run(arguments) -> exit code. Modules are imported here, so their heavy imports belong inside functions.
    """
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        kind = kinds.add_parser(
            found.name.removeprefix("figure_").replace("_", "-"),
            help=module.HELP,
            description=module.HELP,
            epilog=f"example: {module.EXAMPLE}",
        )
        module.configure(kind)
        kind.add_argument(
            "--json", metavar="FILE", help="write the result as JSON to FILE, or - for standard output"
        )
        kind.set_defaults(run_kind=module.run)
