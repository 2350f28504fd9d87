"""Docstrings say what a function raises; modules of formulas say where the formulas come from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("w2s_theory", "numeric", "proofs_checks")
MODULES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def raises(function: Definition) -> bool:
    """Return whether the body raises by itself: not in a function inside, and not what it has just caught."""
    inner = [node for node in ast.walk(function) if isinstance(node, Definition) and node is not function]
    skipped = {id(node) for definition in inner for node in ast.walk(definition)}
    found = [node for node in ast.walk(function) if isinstance(node, ast.Raise) and id(node) not in skipped]
    return any(isinstance(node.exc, ast.Call) for node in found)


def silent(tree: ast.Module | ast.ClassDef, said: str = "") -> Iterator[str]:
    """Yield the public functions and methods that raise although no docstring of theirs or of their class says so."""
    for node in tree.body:
        if not isinstance(node, Definition) or (node.name.startswith("_") and node.name != "__post_init__"):
            continue
        here = said + (ast.get_docstring(node) or "")
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{name}" for name in silent(node, here))
        elif raises(node) and not re.search(r"\b[Rr]aises?\s+[A-Z]\w+", here):
            yield node.name


def test_every_public_function_that_raises_says_so() -> None:
    assert [f"{path}: {name}" for path, tree in MODULES.items() for name in silent(tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    raise ValueError('no')",
        "def f(x):\n    '''Return x.'''\n    if x:\n        raise InvalidInput('no')",
        "class A:\n    '''A thing.'''\n    def __post_init__(self):\n        raise InvalidInput('no')",
    ],
)
def test_a_function_that_raises_and_does_not_say_so_is_found(code: str) -> None:
    assert len(list(silent(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    '''Raises ValueError.'''\n    raise ValueError('no')",
        "def _f():\n    raise ValueError('no')",
        "class A:\n    '''A thing. Raises InvalidInput.'''\n    def f(self):\n        raise InvalidInput('no')",
    ],
)
def test_what_says_so_is_not_found(code: str) -> None:
    assert list(silent(ast.parse(code))) == []


FORMULAS = re.compile(
    r"w2s_theory/(sphere|spectra|rates|divergences|geometry)/|numeric/(random_features|subspaces|classification)/|numeric/\w+\.py"
)
ARRANGING = {"__init__", "decay", "figure", "files", "loss_figures", "scans", "sweep", "data", "experiment"}
"""Names of modules that hold, read, draw or arrange numbers and compute no formula of their own."""


def test_every_module_of_formulas_names_its_source() -> None:
    """A paper and place, a classical result by name, or "derived here" with the reason; last in the docstring."""
    modules = [
        (path, ast.get_docstring(tree) or "")
        for path, tree in MODULES.items()
        if FORMULAS.match(path) and Path(path).stem not in ARRANGING
    ]
    assert len(modules) > 40
    source = re.compile(r"(\A|\n\n)Source: [^\n].*\.\Z", re.DOTALL)
    assert [path for path, text in modules if not source.search(text)] == []
