"""How many processes a command starts."""

from __future__ import annotations

import os

MOST = 64
"""No more processes than this, or than the machine has cores: each loads the libraries anew."""


def workers(jobs: int | None, tasks: int) -> int:
    """Return how many processes work on `tasks` that can run side by side.

    `jobs` >= 1 is how many are asked for, None for one a core.
    """
    cores = os.cpu_count() or 1
    return max(1, min(jobs or cores, tasks, max(MOST, cores)))
