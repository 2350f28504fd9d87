"""Mutants of lines of `w2s_theory/`: which of them `w2s verify` catches, and which survive.

A mutant is the package with one number, operator, comparison, sign or pair of arguments changed, in a copy of the tree. The
claims nearest to the changed module, by imports, are verified without coqc at the quick budget: by exact algebra first, and
by all tiers, a few at a time, where that notices nothing. A mutant is caught where one of them fails, or can no longer be
decided although no check ran out of time. Those that change nothing that any claim
says are marked in EQUIVALENT, with the reason.
Run: python benchmarks/mutations.py --count 60 --jobs 2
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.homes import evidence_modules, statement_module
from w2s_theory.claims import all_claims

ROOT = Path(__file__).parents[1]
PACKAGES = ("w2s_theory", "numeric", "proofs_checks")
ROOMS = ("claims", "divergences", "geometry", "rates", "spectra", "sphere", "relations.py", "balls.py")
"""What is mutated: what claims say, and what their derivations and predictions are computed with."""
SECONDS = 150
FEW = 3
"""How long a few claims may take, and how many they are."""
CHEAP, ALL = ("symbolic",), ("symbolic", "decision", "enclosure", "property", "simulation")

EQUIVALENT: dict[tuple[str, str], str] = {
    (
        "w2s_theory/sphere/dual_kernels.py",
        "angular = (right**[2 -> 3] + left**2) * arc_cosine(p, r)",
    ): "claims are about ReLU, of slopes 1 and 0",
}
"""Mutants, by file and change, that say the same as the package in all claims, and why."""

OPERATORS: dict[type[ast.operator] | type[ast.cmpop], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.Pow: ("**", "*"),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
}
NAMES = {"at_least": "at_most", "at_most": "at_least"}


@dataclass(frozen=True)
class Mutant:
    """A file with the characters between two places exchanged, and the change in words."""

    path: str
    line: int
    start: int
    end: int
    new: str
    change: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change}"


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Yield the mutants of a file, in the order of its syntax; annotations and `__future__` are left alone."""
    offsets = [0]
    for line in source.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line.encode()))
    text = source.encode()

    def span(node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            offsets[node.lineno - 1] + node.col_offset,
            offsets[node.end_lineno - 1] + node.end_col_offset,
        )

    def made(node: ast.expr, start: int, end: int, new: str) -> Mutant:
        left, right = (text[max(0, start - 30) : start].decode(), text[end : end + 30].decode())
        before, after = left.rpartition("\n")[2], right.partition("\n")[0]
        shown = " ".join(f"{before}[{text[start:end].decode()} -> {new}]{after}".split())
        return Mutant(path, node.lineno, start, end, new, shown)

    def exchanged(node: ast.expr, left: ast.expr, right: ast.expr, kind: type) -> Iterator[Mutant]:
        old, new = OPERATORS.get(kind, ("", ""))
        begin, finish = span(left)[1], span(right)[0]
        place = text[begin:finish].find(old.encode()) if old else -1
        if place >= 0:
            yield made(node, begin + place, begin + place + len(old), new)

    for node in _code(ast.parse(source)):
        match node:
            case ast.Constant(value=bool() | str() | bytes() | None):
                continue
            case ast.Constant(value=int() | float() as value):
                yield made(node, *span(node), repr(value + 1))
            case ast.BinOp(left=left, op=operator, right=right):
                yield from exchanged(node, left, right, type(operator))
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                yield from exchanged(node, left, right, type(operator))
            case ast.UnaryOp(op=ast.USub(), operand=inner) if not isinstance(inner, ast.Constant):
                yield made(node, span(node)[0], span(inner)[0], "")
            case ast.Name(id=name) if name in NAMES:
                yield made(node, *span(node), NAMES[name])
            case ast.Call(args=[ast.Name() as first, ast.Name() as second, *_]) if first.id != second.id:
                start, end = span(first)[0], span(second)[1]
                yield made(node, start, end, f"{second.id}, {first.id}")


def _code(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that are run: not those of annotations."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr):
                yield child
            if isinstance(child, ast.AST):
                yield from _code(child)


def imports() -> dict[str, set[str]]:
    """Return the modules of the packages that each of their modules imports."""
    sources = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    found: dict[str, set[str]] = {}
    for module, path in sources.items():
        named: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
        found[module] = named & sources.keys()
    return found


def distances(module: str, graph: dict[str, set[str]]) -> dict[str, int]:
    """Return the modules that import a module, with the number of imports between."""
    users: dict[str, set[str]] = {}
    for user, used in graph.items():
        for each in used:
            users.setdefault(each, set()).add(user)
    found, queue = {module: 0}, deque([module])
    while queue:
        here = queue.popleft()
        for user in users.get(here, ()):
            if user not in found:
                found[user] = found[here] + 1
                queue.append(user)
    return found


def nearest_claims(module: str, graph: dict[str, set[str]], most: int) -> list[str]:
    """Return the ids of the claims whose statement or evidence imports a module, those nearest to it first."""
    away = distances(module, graph)
    near = []
    for claim in all_claims():
        homes = (statement_module(claim), *evidence_modules(claim))
        reached = [away[home.__name__] for home in homes if home.__name__ in away]
        if reached:
            near.append((min(reached), claim.id))
    return [claim_id for _, claim_id in sorted(near)[:most]]


def fate(mutant: Mutant, claims: list[str]) -> str:
    """Return what verifying the claims with a mutant in the tree comes to: `caught`, `survived` or `unanswered`."""
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            shutil.copytree(
                ROOT / package, Path(scratch) / package, ignore=shutil.ignore_patterns("__pycache__")
            )
        file = Path(scratch) / mutant.path
        text = file.read_bytes()
        file.write_bytes(text[: mutant.start] + mutant.new.encode() + text[mutant.end :])
        if verified(Path(scratch), claims, CHEAP) == "caught":
            return "caught"
        for few in batched(claims, FEW):
            if (outcome := verified(Path(scratch), few, ALL)) != "survived":
                return outcome
        return "survived"


def batched(claims: list[str], size: int) -> Iterator[list[str]]:
    """Yield the claims in lists of at most this size."""
    for start in range(0, len(claims), size):
        yield claims[start : start + size]


def verified(tree: Path, claims: list[str], tiers: tuple[str, ...]) -> str:
    """Return what verifying claims from a tree comes to; a claim without a check in the tiers says nothing."""
    chosen = [word for tier in tiers for word in ("--tier", tier)]
    command = [sys.executable, "-m", "proofs_checks.command_line.cli", "verify", *claims, *chosen]
    try:
        done = subprocess.run(
            [*command, "--jobs", "1", "--json", "-"],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "unanswered"
    if done.returncode not in (0, 3):
        return "caught"
    results = [result for result in json.loads(done.stdout)["claims"] if result["evidence"]]
    undecided = [result for result in results if result["verdict"] == "undecided"]
    rows = [row for result in results for row in result["evidence"]]
    if any(row["verdict"] == "timed out" for row in rows):
        return "unanswered"
    whole = tiers == ALL and undecided
    return "caught" if whole or any(row["broken"] for row in rows) else "survived"


def main() -> None:
    """Draw mutants, verify the claims near them, and print what was caught and what survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=60, help="how many mutants are drawn")
    parser.add_argument(
        "--claims", type=int, default=12, help="how many claims are verified for each at most"
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many mutants are examined side by side")
    parser.add_argument("--seed", type=int, default=0, help="seed of the draw")
    arguments = parser.parse_args()
    graph = imports()
    every = []
    for room in ROOMS:
        place = ROOT / "w2s_theory" / room
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            every += list(mutants(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
    drawn = random.Random(arguments.seed).sample(every, min(arguments.count, len(every)))
    fates: Counter[str] = Counter()

    def examined(mutant: Mutant) -> tuple[Mutant, str]:
        if (mutant.path, mutant.change) in EQUIVALENT:
            return mutant, "equivalent"
        module = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        claims = nearest_claims(module, graph, arguments.claims)
        return mutant, fate(mutant, claims) if claims else "reached by no claim"

    print(f"{len(drawn)} of {len(every)} mutants, seed {arguments.seed}", flush=True)
    with ThreadPoolExecutor(arguments.jobs) as threads:
        for mutant, outcome in threads.map(examined, drawn):
            fates[outcome] += 1
            print(f"{outcome}: {mutant}", flush=True)
    asked = fates["caught"] + fates["survived"]
    print(f"caught {fates['caught']} of {asked} ({fates['caught'] / max(1, asked):.0%}); {dict(fates)}")


if __name__ == "__main__":
    main()
