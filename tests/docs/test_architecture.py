"""The picture of the architecture is made from the code, and the page beside it names every room."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DYNAMIC = {
    "numeric/arrays/backends.py": "array libraries of others",
    "numeric/sweeps/executors.py": "Dask, which is optional",
    "proofs_checks/claims/__init__.py": "its own modules",
    "proofs_checks/command_line/cli.py": "its own commands",
    "proofs_checks/command_line/subcommands.py": "its own kinds",
    "w2s_theory/claims/__init__.py": "its own modules",
    "w2s_theory/discovery.py": "modules of the package that it is given",
}
"""Files that import by name, which no import contract sees, and what they import so."""


@pytest.fixture
def picture(load_generator: Callable[[str], ModuleType]) -> ModuleType:
    return load_generator("architecture")


def python_files(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def imports_as_written(picture: ModuleType) -> set[tuple[str, str]]:
    """Return the arrows that the text of the files spells out, wherever in the file the import stands."""
    found = set()
    for path in python_files(*picture.PACKAGES):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{name.name}" for name in node.names]
            elif isinstance(node, ast.Import):
                names = [name.name for name in node.names]
            else:
                continue
            found |= {(picture.room_of(module), picture.room_of(name)) for name in names}
    rooms = set(picture.arrows())
    return {(start, end) for start, end in found if start != end and {start, end} <= rooms}


def test_the_arrows_are_the_imports_of_the_code(picture: ModuleType) -> None:
    arrows = {(start, end) for start, others in picture.arrows().items() for end in others}
    assert arrows == imports_as_written(picture)


def test_what_is_left_out_follows_from_what_is_drawn(picture: ModuleType) -> None:
    every = picture.arrows()
    drawn = picture.essential(every)
    assert all(drawn[room] <= others for room, others in every.items())

    def reached(room: str) -> set[str]:
        return set(drawn[room]).union(*(reached(other) for other in drawn[room]))

    assert all(others <= reached(room) for room, others in every.items())


def test_the_picture_shows_every_room_and_only_arrows_that_point_down(picture: ModuleType) -> None:
    every = picture.arrows()
    row = picture.row_numbers(every)
    assert all(row[end] > row[start] for start, others in every.items() for end in others)
    root = ElementTree.fromstring(picture.draw())
    texts = {element.text for element in root.iter() if element.tag.endswith("text")}
    assert texts == {*picture.PACKAGES, *map(picture.name_of, every)}


def test_the_picture_is_the_same_in_every_process() -> None:
    code = "import architecture; print(architecture.draw())"
    path = os.pathsep.join([str(ROOT), str(ROOT / "docs" / "generator")])
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(drawn) == 1


def test_the_page_names_every_room(picture: ModuleType) -> None:
    tables = {
        package: PAGE.split(f"| room of `{package}/` |")[1].split("\n\n")[0] for package in picture.PACKAGES
    }
    missing = [
        room
        for room in picture.arrows()
        if f"`{picture.name_of(room)}`" not in tables[picture.package_of(room)]
        and f"`{picture.name_of(room)}.py`" not in tables[picture.package_of(room)]
    ]
    assert missing == []
    assert set(picture.sub_packages()) <= set(picture.arrows())


def test_the_page_names_files_that_exist(picture: ModuleType) -> None:
    words = {word.strip("`") for word in PAGE.split() if word.startswith("`") and "/" in word}
    words = {word.rstrip("`).,:;") for word in words if word.startswith(picture.PACKAGES)}
    assert [word for word in sorted(words) if "<" not in word and not (ROOT / word).exists()] == []


def test_imports_by_name_stay_inside_their_own_room() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in python_files("w2s_theory", "numeric", "proofs_checks")
        if re.search(r"import_module|\bfound_in\(", path.read_text(encoding="utf-8"))
    }
    assert found == set(DYNAMIC)
