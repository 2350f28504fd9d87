from __future__ import annotations

import numpy as np
import sympy
from hypothesis import given
from hypothesis import strategies as st

from w2s_theory.geometry.inner_products import SquaredNorm, Vector, expand_norms, inner, norm_squared

NAMES = ("f", "g", "h")
weights = st.lists(st.integers(-5, 5), min_size=3, max_size=3)


def combination(values: list[int]) -> Vector:
    total = values[0] * Vector.named(NAMES[0])
    for value, name in zip(values[1:], NAMES[1:], strict=True):
        total = total + value * Vector.named(name)
    return total


@given(weights, weights, st.integers(0, 1000))
def test_agrees_with_numpy(left: list[int], right: list[int], seed: int) -> None:
    arrays = dict(zip(NAMES, np.random.default_rng(seed).integers(-9, 9, (3, 4)), strict=True))
    gram = {}
    for first in NAMES:
        for second in NAMES:
            (symbol,) = inner(Vector.named(first), Vector.named(second)).free_symbols
            gram[symbol] = int(arrays[first] @ arrays[second])
    u, v = (sum(w * arrays[n] for w, n in zip(ws, NAMES, strict=True)) for ws in (left, right))
    assert inner(combination(left), combination(right)).subs(gram) == int(u @ v)


def test_a_squared_norm_stays_as_written_until_it_is_expanded() -> None:
    a = sympy.Symbol("a", real=True)
    vector = a * Vector.named("f") - Vector.named("g")
    norm = SquaredNorm.of(vector)
    assert str(norm) == "||a*f - g||^2"
    assert norm.is_nonnegative
    # With a coefficient that may be complex, <v, v> by bilinearity is no squared length.
    assert SquaredNorm.of(sympy.Symbol("z") * Vector.named("f")).is_nonnegative is None
    assert sympy.expand(expand_norms(norm + 1) - norm_squared(vector) - 1) == 0
    assert expand_norms(norm.subs(a, 2)) == norm_squared(2 * Vector.named("f") - Vector.named("g"))
