"""How many threads linear algebra uses."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import scipy.linalg  # noqa: F401 - SciPy brings a BLAS of its own, which must be loaded to be limited
from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_blas_thread() -> AbstractContextManager[Any]:
    """Return a context in which NumPy's and SciPy's BLAS use one thread.

    Threads cost small matrices more than they bring, and the number of threads changes the last digits.
    """
    return _controller().limit(limits=1, user_api="blas")  # type: ignore[no-any-return]
