import pytest

from numeric.sweeps.store import PointStore, point_key
from w2s_theory.errors import InvalidInput


def test_what_was_put_is_found_by_a_later_store(tmp_path):
    PointStore(tmp_path).put("key", b"content")
    later = PointStore(tmp_path)
    assert later.get("key") == b"content"
    assert later.get("other") is None
    assert later.corrupt == []


@pytest.mark.parametrize("damaged", [b"", b"conten", b"Content", b"content" * 2])
def test_a_damaged_entry_is_reported_and_gone(tmp_path, damaged):
    PointStore(tmp_path).put("key", b"content")
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(damaged)
    later = PointStore(tmp_path)
    assert later.get("key") is None
    assert later.corrupt == [entry.name]
    assert list(tmp_path.iterdir()) == []


def test_keys_tell_points_and_tasks_apart():
    one = point_key("task", {"a": 1, "b": "x"})
    assert one == point_key("task", {"b": "x", "a": 1})
    assert len({one, point_key("task", {"a": 2, "b": "x"}), point_key("other", {"a": 1, "b": "x"})}) == 3


def test_a_place_that_cannot_be_a_store_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="writable directory"):
        PointStore(tmp_path / "file")
