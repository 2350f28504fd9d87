from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest


@pytest.fixture
def need_program() -> Callable[..., None]:
    """Skip, or under CI fail, where a program is not installed."""

    def check(*names: str) -> None:
        missing = [name for name in names if shutil.which(name) is None]
        if missing:
            stop = pytest.fail if os.environ.get("CI") else pytest.skip
            stop(f"not installed: {', '.join(missing)}")

    return check
