"""Simulation checks on every draw: simulated ReLU networks against bounds that must hold for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from numeric.random_features.simulation import Setting, default_times, simulate
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from proofs_checks.evidence import Finding, Verdict
from proofs_checks.registry import Context
from w2s_theory.sphere.activations import RELU

EXAMPLES_PER_DRAW = 100


@dataclass(frozen=True)
class Network:
    """A setting to simulate: input dimension, teacher width, target (as `w2s simulate` reads it), student width."""

    dimension: int
    teacher_width: int
    target: str
    student_width: int | None = None

    def runs(self, draws: int, seed: int, times: int = 200) -> xr.Dataset:
        """Return `draws` simulations on a grid of stopping times from start to overtraining."""
        family, target = SphereFeatures(RELU, self.dimension), parse_target(self.target)
        grid = default_times(family, target, times)
        return simulate(Setting(family, target, (self.teacher_width,), self.student_width, draws, seed, grid))

    def eigenvalues_on_and_off_target(self) -> tuple[float, float]:
        """Return the least kernel eigenvalue where the target has mass, and the largest elsewhere."""
        family, levels = SphereFeatures(RELU, self.dimension), parse_target(self.target).levels
        # The ReLU kernel's eigenvalues fall with the degree, so the first few degrees hold the largest.
        others = (degree for degree in range(max(levels) + 3) if degree not in levels)
        return min(map(family.eigenvalue, levels)), max(map(family.eigenvalue, others))

    def __str__(self) -> str:
        student = "inf" if self.student_width is None else str(self.student_width)
        return f"d={self.dimension} M_TE={self.teacher_width} M_ST={student} {self.target}"


def search_draws(
    networks: tuple[Network, ...],
    excess: Callable[[Network, xr.Dataset], xr.DataArray],
    context: Context,
    what: str,
) -> Finding:
    """Look for a draw and a time at which `excess` is positive by more than the simulation's stated errors.

    `excess` gives, for every draw and time, by how much the bound is broken (negative where it holds).
    """
    draws = int(np.clip(context.examples // EXAMPLES_PER_DRAW, 4, 200))
    domain = f"ReLU networks {', '.join(map(str, networks))}; {draws} draws each, 200 stopping times"
    closest = -np.inf
    for network in networks:
        runs = network.runs(draws, context.seed)
        runs = runs.squeeze("teacher_width")
        errors = runs["truncation_error"] + runs["lanczos_error"] + runs["rounding_error"]
        broken = excess(network, runs) - errors
        closest = max(closest, float(broken.max()))
        if closest > 0:
            at = {name: int(index) for name, index in broken.argmax(("draw", "time")).items()}
            state = runs.isel(at)
            witness = {
                "network": str(network),
                "draw of seed": f"{at['draw']} of {context.seed}",
                "t": f"{float(state['time']):.6g}",
                "L_TE": f"{float(state['L_TE']):.9g}",
                "L_ST": f"{float(state['L_ST']):.9g} +- {float(errors.isel(at)):.1e}",
                "kappa_S": f"{float(state['kappa_S']):.9g}",
            }
            return Finding(Verdict.REFUTED, f"{what} fails on a draw", domain, witness)
    summary = f"{what} holds on {draws * len(networks)} draws at every time"
    return Finding(Verdict.SUPPORTED, summary, domain)
