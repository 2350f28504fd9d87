"""Modules are found by their place, and what lies elsewhere or cannot be loaded is named in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from w2s_theory.discovery import found_in
from w2s_theory.errors import InvalidInput


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of a package `papers` with the folders `rf` and `ours`, a module in each."""
    folder = tmp_path / "papers"
    for name in ("", "rf", "ours"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("")
    (folder / "rf" / "limits.py").write_text("ONE = 1\n")
    (folder / "ours" / "rules.py").write_text("TWO = 2\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "papers"]:
        del sys.modules[name]


def papers() -> ModuleType:
    return import_module("papers")


def refused(folder: Path) -> str:
    """Return the one line that refuses what is in the folder."""
    with pytest.raises(InvalidInput) as caught:
        list(found_in(papers(), ("rf", "ours")))
    message = str(caught.value)
    assert "\n" not in message
    assert f"{folder.as_posix()}/" in message
    return message


def test_modules_come_folder_by_folder(root: Path) -> None:
    found = [module.__name__ for module in found_in(papers(), ("rf", "ours"))]
    assert found == ["papers.rf.limits", "papers.ours.rules"]
    assert [module.__name__ for module in found_in(papers(), ("rf", "ours", "none"))] == found


@pytest.mark.parametrize("first", ["__init__.py", "topic.py"])
def test_a_folder_that_is_not_listed_is_refused(root: Path, first: str) -> None:
    (root / "mypaper").mkdir()
    (root / "mypaper" / first).write_text("")
    assert "mypaper is in no list of folders; name it in FOLDERS of " in refused(root)
    (root / "mypaper" / first).unlink()
    assert len(list(found_in(papers(), ("rf", "ours")))) == 2


def test_a_folder_in_a_folder_is_refused(root: Path) -> None:
    (root / "rf" / "more").mkdir()
    (root / "rf" / "more" / "topic.py").write_text("")
    assert "rf/more is a folder in a folder of claims; allowed: files, " in refused(root)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import w2s_theory.nothing_of_the_kind", "ModuleNotFoundError: No module named "),
        ("1 +", "SyntaxError: "),
        ("raise ValueError('rf.x has two\\nchecks')", "ValueError: rf.x has two"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_named_with_the_reason(root: Path, code: str, reason: str) -> None:
    (root / "rf" / "broken.py").write_text(code)
    with pytest.raises(InvalidInput, match=r"rf/broken\.py: ") as caught:
        list(found_in(papers(), ("rf", "ours")))
    assert reason in str(caught.value)
    assert caught.value.__cause__ is not None
