from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from proofs_checks.bounds import asked as module
from proofs_checks.bounds.asked import Asked, answer, answer_all, bounds_in
from proofs_checks.bounds.engines import WrongAnswer
from w2s_theory.errors import InvalidInput

TRUE_BOUND, FALSE_BOUND = "L_ST >= 3/4*L_TE**2", "L_ST >= L_TE**2"


def sleeps(*args: object, **kwargs: object) -> None:
    time.sleep(60)


def dies(*args: object, **kwargs: object) -> None:
    os._exit(3)


def lies(*args: object, **kwargs: object) -> None:
    raise WrongAnswer("the certificate squares does not check")


def test_an_answer_has_a_document_and_says_how_it_read() -> None:
    found = answer(Asked("L_ST >= 0.75 L_TE^2"))
    assert found.result.verdict == "proved"
    assert found.result.rulings == ()
    assert found.result.adversary is not None
    assert found.document["parts"]
    assert "L_TE**2" in found.read_as
    assert answer(Asked(TRUE_BOUND)).read_as == ""


def test_a_time_limit_holds_whatever_an_engine_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "check_bound", sleeps)
    begin = time.monotonic()
    found = answer(Asked(TRUE_BOUND, seconds=1))
    assert time.monotonic() - begin < 1 + 2
    assert found.result.verdict == "undecided"
    assert found.result.method == "stopped after 1 s"
    assert found.document["verdict"] == "undecided"


def test_a_process_that_dies_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "check_bound", dies)
    found = answer(Asked(TRUE_BOUND, seconds=5))
    assert found.result.verdict == "undecided"
    assert found.result.method == "its process died"


def test_what_is_wrong_comes_back_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput, match="unknown name 'L_T'"):
        answer(Asked("L_T >= 1"))
    monkeypatch.setattr(module, "check_bound", lies)
    with pytest.raises(WrongAnswer, match="does not check"):
        answer(Asked(TRUE_BOUND))
    (row,) = answer_all([Asked(TRUE_BOUND)], 1)
    assert row.verdict == "crashed"


def test_a_file_of_bounds_is_decided_in_order() -> None:
    rows = answer_all([Asked(TRUE_BOUND), Asked("L_T >= 1"), Asked(FALSE_BOUND)], 2)
    assert [row.verdict for row in rows] == ["proved", "not run", "refuted"]
    assert "unknown name" in rows[1].method
    assert rows[2].witness is not None
    assert rows[2].as_json()["verdict"] == "refuted"


def test_a_late_line_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "check_bound", sleeps)
    rows = answer_all([Asked(TRUE_BOUND, seconds=0.2), Asked(FALSE_BOUND, seconds=0.2)], 2)
    assert [row.method for row in rows] == ["stopped after 0.2 s"] * 2


def test_files_of_bounds(tmp_path: Path) -> None:
    file = tmp_path / "bounds.txt"
    file.write_text(f"# two\n{TRUE_BOUND}  # true\n\n  {FALSE_BOUND}\n")
    assert bounds_in(str(file)) == [TRUE_BOUND, FALSE_BOUND]
    file.write_text("# none\n")
    with pytest.raises(InvalidInput, match="has 0 bounds"):
        bounds_in(str(file))
    with pytest.raises(InvalidInput, match="cannot read"):
        bounds_in(str(tmp_path / "nothing.txt"))
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInput, match="cannot read"):
        bounds_in(str(file))
