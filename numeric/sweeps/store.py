"""Results of a sweep's points on disk: one netCDF file a point, named by the point and by its own content."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from numeric.arrays.files import PARTIAL, write_atomically
from w2s_theory.errors import InvalidInput

Point = Mapping[str, int | float | str]

_DIGITS = 32
_STALE_SECONDS = 3600.0


@dataclass
class PointStore:
    """A directory of finished points; an entry is there whole or not at all, whichever process is killed.

    The file of a point is KEY-DIGEST.nc, with the SHA-256 of its content for a digest, so that a damaged file is
    noticed when it is read. `corrupt` lists the damaged files met so far, which are removed. Raises InvalidInput
    where the directory cannot be made or read.
    """

    directory: Path
    corrupt: list[str] = field(default_factory=list)
    _entries: dict[str, list[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            for path in self.directory.iterdir():
                if path.suffix == ".nc":
                    self._entries.setdefault(path.name.partition("-")[0], []).append(path)
                elif path.name.startswith(PARTIAL) and _age(path) > _STALE_SECONDS:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise InvalidInput(
                f"cannot use {str(self.directory)!r} as a store: {error.strerror}; give a writable directory"
            ) from error

    def get(self, key: str) -> bytes | None:
        """Return the content stored under this key, or None."""
        for path in self._entries.get(key, []):
            try:
                content = path.read_bytes()
            except OSError:
                content = b""
            if path.stem == f"{key}-{_digest(content)}":
                return content
            self.corrupt.append(path.name)
            path.unlink(missing_ok=True)
        return None

    def put(self, key: str, content: bytes) -> None:
        """Store the content under this key; raises InvalidInput where the disk is full."""
        path = self.directory / f"{key}-{_digest(content)}.nc"
        write_atomically(content, path)
        self._entries[key] = [path]


def point_key(task: str, point: Point) -> str:
    """Return the name of a point of a task: the same for the same task, keys and values in any order."""
    return _digest(json.dumps([task, dict(point)], sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime
