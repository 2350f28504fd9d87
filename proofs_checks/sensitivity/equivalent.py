"""Twins that are true, though no machine here sees it, each with the reason; and what letters of the claims range over.

`w2s verify --sensitivity` counts none of them as a survivor. A row is a part's id, a pattern (as in `fnmatch`) of the names
of its twins, and the reason.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

RANGES: dict[str, tuple[float, float]] = {"L_TE": (0.0, 1.0), "kappa_S": (0.0, 1.0), "c_S": (0.0, 1.0)}
"""Letters of the shared notation whose range a claim's sentences give and their kind does not."""

TRUE_TWINS: tuple[tuple[str, str, str], ...] = ()
"""Part, pattern of names, and reason."""


def reason(part_id: str, name: str) -> str:
    """Return why a twin is as true as the part, by the table; empty where it is not there."""
    return next(
        (why for part, pattern, why in TRUE_TWINS if part == part_id and fnmatchcase(name, pattern)), ""
    )
