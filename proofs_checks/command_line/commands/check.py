"""`w2s check`: decide a bound of your own, or get a counterexample."""

from __future__ import annotations

import argparse

HELP = "decide your own bound on a model: proved, certified, refuted with a witness, or undecided"
EXAMPLE = 'w2s check "L_ST >= 3/4*L_TE**2" --model shrinkage'


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "bound", nargs="?", help='an inequality in the model\'s observables, such as "PGR <= 1 - L_TE/2"'
    )
    parser.add_argument(
        "--model", default="shrinkage", help="the class of teachers and students (default shrinkage)"
    )
    parser.add_argument(
        "--models", action="store_true", help="list models, observables, parameters and domains"
    )
    parser.add_argument(
        "--where", default="", help='conditions, such as "L_TE < 1/2 and L_ST > 0", or "n == 80 and N == 50"'
    )
    parser.add_argument("--steps", type=int, help="number of students, for the model chain")
    parser.add_argument("--seconds", type=float, default=20.0, help="time limit (default 20)")
    parser.add_argument("--json", metavar="FILE", help="write the result as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Decide the bound, print the answer, and return its exit code; raises InvalidInput for options that do not fit."""
    from proofs_checks.bounds.check_bound import check_bound
    from proofs_checks.command_line.output import check_writable, write_json
    from w2s_theory.errors import InvalidInput

    if arguments.models:
        _list_models(arguments.json)
        return 0
    if arguments.bound is None:
        raise InvalidInput('no bound given; write one, such as "L_ST >= 3/4*L_TE**2", or use --models')
    if not 0 < arguments.seconds < 1e6:
        raise InvalidInput(f"--seconds {arguments.seconds}; allowed: more than 0, less than a million")
    check_writable(arguments.json)
    result = check_bound(
        arguments.bound, arguments.model, arguments.where, seconds=arguments.seconds, steps=arguments.steps
    )
    if arguments.json != "-":
        print(f"{result.verdict} by {result.method} in {result.seconds:.2f} s")
        print(f"domain: {result.domain}")
        for name, value in (result.witness or {}).items():
            print(f"  {name} = {value}")
        for name, value in (result.values or {}).items():
            print(f"  {name}: {value}")
    if arguments.json:
        write_json(result.as_json(), arguments.json)
    return result.verdict.exit_code


def _list_models(destination: str | None) -> None:
    from rich.console import Console
    from rich.markup import escape

    from proofs_checks.bounds.models import FAMILIES
    from proofs_checks.command_line.output import write_json

    models = [family() for family in FAMILIES.values()]
    if destination:
        write_json(
            [
                {
                    "name": model.name,
                    "summary": model.summary,
                    "source": model.source,
                    "observables": {str(x.symbol): [x.meaning, x.domain] for x in model.observables},
                    "parameters": {x.name: [x.meaning, x.domain] for x in model.parameters},
                }
                for model in models
            ],
            destination,
        )
        return
    console = Console(highlight=False)
    for model in models:
        console.print(f"[bold]{model.name}[/]  {escape(model.summary)}  ({escape(model.source)})")
        for parameter in model.parameters:
            console.print(
                f"    --{parameter.name}: {parameter.meaning}, {parameter.domain} (default {parameter.default})"
            )
        for item in model.observables:
            console.print(f"    {item.symbol}: {escape(item.meaning)}; range {escape(item.domain)}")
