from __future__ import annotations

import pytest

from numeric.sweeps import workers as module
from numeric.sweeps.workers import MOST, workers


def test_no_more_processes_than_tasks_or_than_make_sense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "cpu_count", lambda: 2)
    assert (workers(None, 10), workers(1, 10), workers(5, 10), workers(5, 3)) == (2, 1, 5, 3)
    assert workers(100_000, 100_000) == MOST
    assert workers(3, 0) == 1
    monkeypatch.setattr(module.os, "cpu_count", lambda: 2 * MOST)
    assert workers(100_000, 100_000) == workers(None, 100_000) == 2 * MOST
