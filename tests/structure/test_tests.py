"""Tests lie where what they test lies."""

from __future__ import annotations

from pathlib import Path, PurePath

ROOT = Path(__file__).parents[2]
PACKAGES = ("w2s_theory", "numeric", "proofs_checks")


def has_subject(test: PurePath) -> bool:
    """Return whether a test is named after a module or folder beside it, or after one and a word more."""
    words = test.stem.split("_")[1:]
    names = ("_".join(words[:end]) for end in range(len(words), 0, -1))
    return any(
        (ROOT / test.parent / name).is_dir() or (ROOT / test.parent / f"{name}.py").is_file()
        for name in names
    )


def test_every_test_is_named_after_a_module_at_its_own_path() -> None:
    tests = [
        path.relative_to(ROOT / "tests")
        for package in PACKAGES
        for path in (ROOT / "tests" / package).rglob("test_*.py")
    ]
    assert len(tests) > 100
    assert [str(test) for test in sorted(tests) if not has_subject(test)] == []


def test_a_test_that_names_nothing_is_found() -> None:
    assert has_subject(PurePath("numeric/arrays/test_files.py"))
    assert has_subject(PurePath("numeric/arrays/test_files_of_any_size.py"))
    assert not has_subject(PurePath("numeric/arrays/test_file.py"))
    assert not has_subject(PurePath("numeric/test_files.py"))
