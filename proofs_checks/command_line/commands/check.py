"""`w2s check`: decide a bound of your own, or get a counterexample."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proofs_checks.bounds.asked import Answered

HELP = "decide your own bound on a model: proved, certified, refuted with a witness, or undecided"
EXAMPLE = 'w2s check "L_ST >= 3/4*L_TE**2" --model shrinkage'
MEANING = (
    "A bound is claimed for every state of the model that satisfies the conditions and at which every expression in the "
    "bound and in the conditions is defined."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.description = f"{HELP}. {MEANING}"
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
        "--where", default="", help='conditions, such as "L_TE < 1/2, L_ST > 0", or "n == 80 and N == 50"'
    )
    parser.add_argument("--steps", type=int, help="number of students, for the model chain")
    parser.add_argument("--seconds", type=float, default=20.0, help="time limit of a bound (default 20)")
    parser.add_argument(
        "--all", metavar="FILE", help="decide a file of bounds, one a line; # starts a comment"
    )
    parser.add_argument("--jobs", type=int, help="processes for --all (default: one a core)")
    parser.add_argument("--certificate", metavar="FILE", help="write what `w2s recheck FILE` re-checks")
    parser.add_argument("--rocq", metavar="FILE", help="write a polynomial certificate as a file for coqc")
    parser.add_argument("--json", metavar="FILE", help="write the result as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Decide the bound, print the answer, and return its exit code. Raises InvalidInput for a bad bound or option."""
    from proofs_checks.bounds.asked import Asked, answer
    from proofs_checks.command_line.claim_names import is_file
    from proofs_checks.command_line.output import check_writable, write_json
    from w2s_theory.errors import InvalidInput

    if arguments.models:
        _list_models(arguments.json)
        return 0
    if not 0 < arguments.seconds < 1e6:
        raise InvalidInput(f"--seconds {arguments.seconds}; allowed: more than 0, less than a million")
    for destination in (arguments.json, arguments.certificate, arguments.rocq):
        check_writable(destination)
    parameters = {} if arguments.steps is None else {"steps": arguments.steps}
    if arguments.all is not None:
        return _decide_file(arguments, parameters)
    if arguments.bound is None:
        raise InvalidInput('no bound given; write one, such as "L_ST >= 3/4*L_TE**2", or use --models')
    asked = Asked(
        arguments.bound,
        arguments.model,
        arguments.where,
        arguments.seconds,
        parameters,
        rocq=bool(arguments.rocq),
    )
    if is_file(arguments.bound):
        raise InvalidInput(
            f"{arguments.bound!r} is a file, and a bound was expected; --all FILE decides a file of bounds, "
            "and w2s recheck FILE re-checks a certificate"
        )
    found = answer(asked)
    if arguments.json != "-":
        _print(found)
    if arguments.json:
        write_json(found.result.as_json(), arguments.json)
    if arguments.certificate:
        write_json(found.document, arguments.certificate)
    if arguments.rocq:
        _write_rocq(found, arguments.rocq)
    return found.result.verdict.exit_code


def _print(found: Answered) -> None:
    result = found.result
    if found.read_as:
        print(f"read as: {found.read_as}")
    print(f"{result.verdict} by {result.method} in {result.seconds:.2f} s")
    print(f"domain: {result.domain}")
    for name, value in (result.witness or {}).items():
        print(f"  {name} = {value}")
    for name, value in (result.values or {}).items():
        print(f"  {name}: {value}")
    seen = result.adversary
    if seen is not None and not result.is_refuted:
        closest = (
            "" if seen["closest"] is None else f", the closest within {seen['closest']:.2g} of breaking it"
        )
        print(f"adversary: {seen['tried']} states drawn from the model's definition{closest}")
        if seen["suspects"]:
            print(
                f"           {seen['suspects']} of them seem to break it in floating point, none for certain"
            )


def _write_rocq(found: Answered, destination: str) -> None:
    from proofs_checks.command_line.output import write_text
    from w2s_theory.errors import InvalidInput

    if found.rocq is None:
        raise InvalidInput(
            "no Rocq file: the bound does not rest on a polynomial certificate; see --certificate"
        )
    write_text(found.rocq, destination)


def _decide_file(arguments: argparse.Namespace, parameters: dict[str, int]) -> int:
    from rich.table import Table

    from numeric.sweeps.workers import workers
    from proofs_checks.bounds.asked import Asked, answer_all, bounds_in
    from proofs_checks.command_line.output import console, write_json
    from w2s_theory.errors import InvalidInput
    from w2s_theory.verdict import Verdict

    lines = bounds_in(arguments.all)
    asked = [Asked(line, arguments.model, arguments.where, arguments.seconds, parameters) for line in lines]
    if arguments.jobs is not None and arguments.jobs < 1:
        raise InvalidInput(f"--jobs {arguments.jobs}; allowed: 1 or more")
    found = answer_all(asked, workers(arguments.jobs, len(asked)))
    if arguments.json != "-":
        table = Table("bound", "verdict", "method or witness", "seconds")
        for item in found:
            shown = "; ".join(f"{name} = {value}" for name, value in (item.witness or {}).items())
            table.add_row(item.bound, str(item.verdict), shown or item.method, f"{item.seconds:.2f}")
        console(highlight=False).print(table)
    if arguments.json:
        write_json([item.as_json() for item in found], arguments.json)
    # A line that could not be read was not run.
    codes = {2 if item.verdict is Verdict.NOT_RUN else item.verdict.exit_code for item in found}
    order = (Verdict.REFUTED.exit_code, 2, Verdict.UNDECIDED.exit_code)
    return next((code for code in order if code in codes), 0)


def _list_models(destination: str | None) -> None:
    from rich.text import Text

    from proofs_checks.bounds.models import FAMILIES
    from proofs_checks.command_line.output import console, write_json

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
    terminal = console(highlight=False)
    for model in models:
        terminal.print(Text.assemble((model.name, "bold"), f"  {model.summary}  ({model.source})"))
        for parameter in model.parameters:
            terminal.print(
                f"    --{parameter.name}: {parameter.meaning}, {parameter.domain} (default {parameter.default})"
            )
        for item in model.observables:
            terminal.print(f"    {item.symbol}: {item.meaning}; range {item.domain}")
