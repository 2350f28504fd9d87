"""How thoroughly claims are verified."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """What each claim may spend: seconds in all, and examples in each property check."""

    seconds: float
    examples: int


BUDGETS = {"quick": Budget(seconds=60, examples=1000), "full": Budget(seconds=900, examples=20_000)}
