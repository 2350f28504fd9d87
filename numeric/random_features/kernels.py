"""Kernels of random features, written once for every array library, and Gram matrices built in blocks.

Source: Cho and Saul 2009; Gram matrices in blocks are the same sums in another order.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from typing import Any

import array_api_compat

from numeric.arrays.backends import Array, Backend
from w2s_theory.sphere.activations import Activation

# 1024 x 1024 doubles are 8 MB: large enough for the arithmetic to outweigh the calls, small enough that
# the temporaries of two threads stay far below the matrix itself.
TILE = 1024


def legendre_sequence(dimension: int, cosines: Array) -> Iterator[Array]:
    """Yield P_0, P_1, P_2, ... in dimension d >= 2 at these cosines, normalized to P_k(1) = 1.

    Uses the three-term recurrence, which is stable on [-1, 1].
    """
    xp = array_api_compat.array_namespace(cosines)
    previous, current = xp.ones_like(cosines), cosines
    yield previous
    degree = 1
    while True:
        yield current
        forward = (2 * degree + dimension - 2) / (degree + dimension - 2)
        backward = degree / (degree + dimension - 2)
        previous, current = current, forward * cosines * current - backward * previous
        degree += 1


def arc_cosine_kernel(order: int, cosines: Array) -> Array:
    """Return E max(g,0)^p max(h,0)^p for standard normals g, h with these correlations; p = 0, 1, 2.

    Source: Cho and Saul 2009, with their factor 1/pi replaced by 1/(2 pi) (no factor 2 for unit vectors).
    """
    xp = array_api_compat.array_namespace(cosines)
    outside = math.pi - xp.acos(cosines)
    if order == 0:
        return outside / (2 * math.pi)
    sines = xp.sqrt((1 - cosines) * (1 + cosines))
    if order == 1:
        return (sines + outside * cosines) / (2 * math.pi)
    return (3 * sines * cosines + outside * (1 + 2 * cosines * cosines)) / (2 * math.pi)


def zonal_kernel(activation: Activation, dimension: int) -> Callable[[Array], Array]:
    """Return rho -> E_x act(<u,x>) act(<v,x>), x uniform on S^{d-1}, <u,v> = rho, of order at most 2.

    By symmetry the two half-lines of the activation contribute the arc-cosine kernel at rho and at -rho.
    """
    right, left, order = float(activation.right), float(activation.left), activation.order
    radial_moment = math.prod(dimension + 2 * j for j in range(order))
    same, opposite = (right**2 + left**2) / radial_moment, 2 * right * left / radial_moment

    def kernel(cosines: Array) -> Array:
        value = same * arc_cosine_kernel(order, cosines)
        return value + opposite * arc_cosine_kernel(order, -cosines) if opposite else value

    return kernel


def series_kernel(weights: list[float], dimension: int) -> Callable[[Array], Array]:
    """Return rho -> sum_k weights_k P_k(rho), for weights s_k^2 N(d,k) of finitely many degrees."""

    def kernel(cosines: Array) -> Array:
        total = cosines * 0
        for weight, polynomial in zip(weights, legendre_sequence(dimension, cosines), strict=False):
            total = total + weight * polynomial
        return total

    return kernel


def cosines_between(left: Array, right: Array) -> Array:
    """Return <u_i, v_j> for rows of unit vectors, clipped to [-1, 1]."""
    xp = array_api_compat.array_namespace(left)
    return xp.clip(left @ right.T, min=-1.0, max=1.0)


def gram_matrix(kernel: Callable[[Array, Array], Array], features: Array, backend: Backend) -> Array:
    """Return kernel(features, features), shape (n, n), computing one half and mirroring it.

    Tiles are written in place, by one thread a core with NumPy. Peak memory is the matrix and a few tiles.
    JAX arrays cannot be written in place; there the kernel is evaluated in one expression.
    """
    count = features.shape[0]
    if count <= TILE or not array_api_compat.is_writeable_array(features):
        return kernel(features, features)
    gram = backend.zeros((count, count))
    rows = [slice(start, min(start + TILE, count)) for start in range(0, count, TILE)]

    def fill(pair: tuple[Any, Any]) -> None:
        row, column = pair
        left = features[row, :]
        tile = kernel(left, left if row == column else features[column, :])
        gram[row, column] = tile
        if row != column:
            gram[column, row] = tile.T

    tiles = combinations_with_replacement(rows, 2)
    with ThreadPoolExecutor(os.cpu_count() if backend.name == "numpy" else 1) as pool:
        for _ in pool.map(fill, tiles):
            pass
    return gram
