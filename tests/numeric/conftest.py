import importlib.util
from collections.abc import Callable

import pytest


@pytest.fixture
def need(stop_lacking: Callable[[str], None]) -> Callable[[str], None]:
    """Skip, or under CI fail, where an optional library is not installed."""

    def check(library: str) -> None:
        if importlib.util.find_spec(library) is None:
            stop_lacking(f"{library} is not installed")

    return check
