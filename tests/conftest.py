"""Drawn cases are the same in every run, slow machines are no failure, and missing tools are one under CI only."""

from __future__ import annotations

import os
from collections.abc import Callable

import hypothesis
import pytest

hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("fixed")


@pytest.fixture(scope="session")
def stop_lacking() -> Callable[[str], None]:
    """Skip, or under CI fail, for want of a tool that the message names."""
    return pytest.fail if os.environ.get("CI") else pytest.skip
