"""`w2s best`: the best constant of a bound, from both sides."""

from __future__ import annotations

import argparse
from fractions import Fraction

HELP = "find the largest or smallest constant for which a bound holds, proved from both sides"
EXAMPLE = 'w2s best "L_ST >= c*L_TE**2" --model chain --steps 2'


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("bound", help='a bound with one unknown name, such as "L_ST >= c*L_TE**2"')
    parser.add_argument("--model", default="shrinkage", help="the class of teachers and students")
    parser.add_argument("--where", default="", help="conditions; the unknown may stand here instead")
    parser.add_argument("--limit", default="", metavar='"L_TE -> 0"', help="ask in this limit only")
    parser.add_argument("--whole", action="store_true", help="ask for a whole number")
    parser.add_argument("--steps", type=int, help="number of students, for the model chain")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit (default 60)")
    parser.add_argument("--json", metavar="FILE", help="write the result as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Find the best constant, print it, and return 0. Raises InvalidInput for a bad question."""
    from proofs_checks.bounds.best.best import best_constant
    from proofs_checks.command_line.claim_names import is_file
    from proofs_checks.command_line.output import check_writable, write_json
    from w2s_theory.errors import InvalidInput

    if not 0 < arguments.seconds < 1e6:
        raise InvalidInput(f"--seconds {arguments.seconds}; allowed: more than 0, less than a million")
    check_writable(arguments.json)
    if is_file(arguments.bound):
        raise InvalidInput(f'{arguments.bound!r} is a file; allowed: a bound, such as "L_ST >= c*L_TE**2"')
    found = best_constant(
        arguments.bound,
        arguments.model,
        arguments.where,
        limit_at=arguments.limit,
        whole=arguments.whole,
        seconds=arguments.seconds,
        steps=arguments.steps,
    )
    if arguments.json != "-":
        which = "largest" if found.largest else "smallest"
        value = f"{found.best} = {found.decimal}" if found.best else found.decimal
        print(f"the {which} {found.unknown} is {value}")
        if found.attained is not None:
            print("attained at" if found.attained else "approached, not attained, at")
        for name, shown in found.at.items():
            print(f"  {name} = {shown}")
        good, bad = (found.low, found.high) if found.largest else (found.high, found.low)
        print(
            f"at {found.unknown} = {_short(good)} the bound is {found.holds.verdict} by {found.holds.method}"
        )
        if found.fails is not None:
            print(f"at {found.unknown} = {_short(bad)} a state breaks it")
    if arguments.json:
        write_json(found.as_json(), arguments.json)
    return 0


def _short(value: Fraction) -> str:
    """Return a number exactly, or where that is long, its first 36 digits."""
    from proofs_checks.bounds.witness import decimal_of
    from w2s_theory.terms.tree import number

    text = str(value)
    return text if len(text) <= 80 else f"{decimal_of(number(value), 36)}..."
