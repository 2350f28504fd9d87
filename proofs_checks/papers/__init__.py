"""The checks and falsifiers of each claim, one file a paper. Importing this package registers all of them."""

from __future__ import annotations

from proofs_checks.formal.checks import register as register_formal_checks
from proofs_checks.papers import (
    alignment_law,
    bregman_divergences,
    bridge,
    feature_alignment,
    figure_exponent,
    fixed_point_rates,
    gap_and_misfit,
    intrinsic_dimension,
    kernel_spectrum,
    large_student,
    limitation,
    odd_degrees,
    posterior_mean,
    predictive_uncertainty,
    published_exponent,
    rate_theorems,
    reverse_cross_entropy,
    sharp,
    sharp_rates,
    shrinkage_optimality,
    spectrum_decay,
    student_upper_bound,
    subspace_bounds,
    subspace_monotonicity,
    universality,
    variance_removal,
)

__all__ = [
    "alignment_law",
    "bregman_divergences",
    "bridge",
    "feature_alignment",
    "figure_exponent",
    "fixed_point_rates",
    "gap_and_misfit",
    "intrinsic_dimension",
    "kernel_spectrum",
    "large_student",
    "limitation",
    "odd_degrees",
    "posterior_mean",
    "predictive_uncertainty",
    "published_exponent",
    "rate_theorems",
    "reverse_cross_entropy",
    "sharp",
    "sharp_rates",
    "shrinkage_optimality",
    "spectrum_decay",
    "student_upper_bound",
    "subspace_bounds",
    "subspace_monotonicity",
    "universality",
    "variance_removal",
]

register_formal_checks()
