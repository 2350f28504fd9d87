import importlib.util
import os
from collections.abc import Callable

import pytest


@pytest.fixture
def need() -> Callable[[str], None]:
    """Skip, or under CI fail, where an optional library is not installed."""

    def check(library: str) -> None:
        if importlib.util.find_spec(library) is None:
            stop = pytest.fail if os.environ.get("CI") else pytest.skip
            stop(f"{library} is not installed")

    return check
