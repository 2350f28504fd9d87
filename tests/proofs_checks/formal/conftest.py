from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture
def need_rocq() -> None:
    """Skip, or under CI fail, where coqc is not installed."""
    if shutil.which("coqc") is None:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop("coqc is not installed")
