import errno
import os

import pytest
import xarray as xr

from numeric.arrays import files
from w2s_theory.errors import InvalidInput


def test_a_file_is_replaced_as_a_whole(tmp_path):
    place = tmp_path / "deep" / "file"
    files.write_atomically(b"one", place)
    files.write_atomically(b"two", place)
    assert place.read_bytes() == b"two"
    assert os.listdir(place.parent) == ["file"]


def test_a_full_disk_leaves_the_old_file_and_one_clear_line(tmp_path, monkeypatch):
    place = tmp_path / "file"
    place.write_bytes(b"old")

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(InvalidInput, match="No space left on device; free some space") as raised:
        files.write_atomically(b"new", place)
    assert "\n" not in str(raised.value)
    assert place.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_dataset_comes_back(tmp_path):
    dataset = xr.Dataset({"x": ("draw", [1.5, 2.5])}, attrs={"seed": 3})
    files.save_dataset(dataset, str(tmp_path / "x.nc"))
    xr.testing.assert_identical(xr.load_dataset(tmp_path / "x.nc", engine="scipy"), dataset)
