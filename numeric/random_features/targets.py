"""Targets f* of unit norm: one unit function in each of a few eigenspaces of the student's kernel.

Source: the targets of Medvedev et al. 2025, section 3; the choice of one function in each eigenspace is ours.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from w2s_theory.errors import InvalidInput

_PART = re.compile(r"(\d{1,4})(?:=(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?))?")


@dataclass(frozen=True)
class Component:
    """The part of a target in one eigenspace, of squared norm `mass`.

    On the sphere the level is the degree k and the part is the zonal harmonic sqrt(N(d,k)) P_k(<e,x>);
    for linear features it is <e, x> scaled to unit norm, with e in the level's coordinates. `direction` is
    e (any length), None for the first coordinate axis.
    """

    level: int
    mass: float
    direction: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Target:
    """A sum of components in different levels, scaled so that E f*^2 = 1.

    Raises InvalidInput for no components, a repeated level, or a mass that is not positive and finite.
    """

    components: tuple[Component, ...]

    def __post_init__(self) -> None:
        levels = [component.level for component in self.components]
        if not levels or len(set(levels)) < len(levels) or min(levels) < 0:
            raise InvalidInput(f"target levels are {levels}; give one or more different integers >= 0")
        for component in self.components:
            if not (math.isfinite(component.mass) and component.mass > 0):
                raise InvalidInput(
                    f"target mass {component.mass} at level {component.level}; masses are finite and > 0"
                )
        total = sum(component.mass for component in self.components)
        scaled = tuple(Component(c.level, c.mass / total, c.direction) for c in self.components)
        object.__setattr__(self, "components", scaled)

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels in which the target has mass."""
        return tuple(component.level for component in self.components)

    def masses(self, count: int) -> list[float]:
        """Return beta_k^2 for the levels 0, ..., count - 1, with sum 1 if count exceeds every level."""
        by_level = {component.level: component.mass for component in self.components}
        return [by_level.get(level, 0.0) for level in range(count)]

    def __str__(self) -> str:
        return "level:" + ",".join(f"{c.level}={c.mass:.12g}" for c in self.components)


def parse_target(text: str) -> Target:
    """Return the target written as `degree:1`, `degree:1,2` (equal masses) or `degree:1=0.3,2=0.7`.

    `level:` means the same as `degree:`. Raises InvalidInput for any other text.
    """
    kind, _, rest = text.partition(":")
    parts = [_PART.fullmatch(part) for part in rest.split(",")]
    if kind not in ("degree", "level") or not all(parts):
        raise InvalidInput(f"unknown target {text!r}; write degree:1, degree:1,2 or degree:1=0.3,2=0.7")
    return Target(tuple(Component(int(part[1]), float(part[2] or 1)) for part in parts if part))
