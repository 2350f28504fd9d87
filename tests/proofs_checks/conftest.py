from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest


@pytest.fixture
def need_rocq(stop_lacking: Callable[[str], None]) -> None:
    """Skip, or under CI fail, where coqc is not installed."""
    if shutil.which("coqc") is None:
        stop_lacking("coqc is not installed")
