"""Files that are either complete or not there: written beside their place and moved into it."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path

import xarray as xr

from w2s_theory.errors import InvalidInput

# Files with this prefix are being written, or were when their writer was killed.
PARTIAL = ".partial-"


def to_netcdf_bytes(dataset: xr.Dataset) -> bytes:
    """Return the dataset as a netCDF 3 file with 64-bit offsets."""
    return bytes(dataset.to_netcdf(engine="scipy", format="NETCDF3_64BIT"))


def write_atomically(data: bytes, destination: Path) -> None:
    """Write the bytes to `destination`, which holds its old content or all of the new one at any moment.

    Raises InvalidInput, and leaves nothing behind, where the disk is full or the place not writable.
    """
    temporary = destination.with_name(f"{PARTIAL}{uuid.uuid4().hex}")
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, destination)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise InvalidInput(
            f"cannot write {str(destination)!r}: {reason}; free some space, or give a writable place"
        ) from error


def save_dataset(dataset: xr.Dataset, destination: str) -> None:
    """Write the dataset as netCDF, whole or not at all; raises InvalidInput where that fails."""
    write_atomically(to_netcdf_bytes(dataset), Path(destination))
