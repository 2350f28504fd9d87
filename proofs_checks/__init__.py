"""How we know: checks, verdicts and the front end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs_checks.bounds.check_bound import BoundResult, check_bound

__all__ = ["BoundResult", "check_bound"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: the solvers behind it would cost every `w2s --help` half a second.
    if name in __all__:
        from proofs_checks.bounds import check_bound as bounds

        return getattr(bounds, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
