from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest


@pytest.fixture
def need_program(stop_lacking: Callable[[str], None]) -> Callable[..., None]:
    """Skip, or under CI fail, where a program is not installed."""

    def check(*names: str) -> None:
        missing = [name for name in names if shutil.which(name) is None]
        if missing:
            stop_lacking(f"not installed: {', '.join(missing)}")

    return check
