"""Modules that are found by their place, not listed: statements and evidence, a folder a paper and a file a topic.

Whatever lies where nothing would find it is refused, so that no claim is left out in silence.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from w2s_theory.errors import InvalidInput

ROOT = Path(__file__).parents[1]
"""The folder of the packages, from which paths are told."""


def path_of(module: ModuleType) -> str:
    """Return a module's file, from the folder of the packages on."""
    return _told(Path(str(module.__file__)))


def found_in(package: ModuleType, folders: Sequence[str]) -> Iterator[ModuleType]:
    """Yield every module in these folders of a package, folder by folder, in the order of their names.

    Raises InvalidInput, naming the file or folder, for a folder of another name, for a folder in one of them, and where
    a module cannot be loaded.
    """
    root = Path(package.__path__[0])
    for other in _folders(root):
        if other.name not in folders:
            raise InvalidInput(
                f"{_told(other)} is in no list of folders; name it in FOLDERS of w2s_theory/claims/__init__.py, "
                f"or use one of {', '.join(folders)}"
            )
    for folder in folders:
        for inner in _folders(root / folder):
            raise InvalidInput(
                f"{_told(inner)} is a folder in a folder of claims; allowed: files, {_told(root / folder)}/<topic>.py"
            )
        if (root / folder).is_dir():
            for found in pkgutil.iter_modules([str(root / folder)], f"{package.__name__}.{folder}."):
                yield loaded(found.name)


def loaded(name: str) -> ModuleType:
    """Return a module; raises InvalidInput, with its file and the reason, where loading it fails."""
    try:
        return import_module(name)
    except Exception as error:  # whatever the code of a module raises: the line says where and what
        file = _told(ROOT.joinpath(*name.split(".")).with_suffix(".py"))
        raise InvalidInput(f"cannot load {file}: {type(error).__name__}: {error}") from error


def _folders(root: Path) -> list[Path]:
    """Return the folders with code in a folder."""
    inside = sorted(root.iterdir()) if root.is_dir() else []
    return [path for path in inside if path.is_dir() and any(path.rglob("*.py"))]


def _told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
