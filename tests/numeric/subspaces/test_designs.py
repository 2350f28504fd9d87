"""Triangles have the law of designs, and systems with them are solved."""

from __future__ import annotations

import numpy as np

from numeric.subspaces.designs import compressed_design, solve_upper


def test_compressed_designs_have_the_wishart_mean_and_variance() -> None:
    designs = compressed_design(7, 4, 20_000, np.random.default_rng(0))
    grams = np.swapaxes(designs, 1, 2) @ designs
    assert np.allclose(grams.mean(axis=0), 7 * np.eye(4), atol=0.15)
    assert np.allclose(grams.var(axis=0), 7 * (1 + np.eye(4)), rtol=0.06)


def test_triangular_systems_are_solved() -> None:
    generator = np.random.default_rng(0)
    triangles = np.triu(generator.standard_normal((5, 6, 6))) + 3 * np.eye(6)
    solution = generator.standard_normal((5, 6))
    right = np.einsum("tij,tj->ti", triangles, solution)
    assert np.allclose(solve_upper(triangles, right), solution)
