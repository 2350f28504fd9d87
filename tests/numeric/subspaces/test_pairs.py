"""Subspaces have the numbers asked for, and those out of range are refused."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.subspaces.pairs import aligned_pair, angled_pair, spanned_pair
from w2s_theory.errors import InvalidInput


def test_aligned_pairs_have_the_numbers_asked_for() -> None:
    numbers = aligned_pair(5, 7, 2.25, rho_s=0.4, rho_w=0.3, rho_both=0.1).numbers(20, 10, 1.0)
    found = (numbers.d_sw, numbers.rho_s, numbers.rho_w, numbers.seen, numbers.unseen, numbers.overlap)
    assert found == pytest.approx((2.25, 0.4, 0.3, 0.2, 0.3, 0.3))


@pytest.mark.parametrize(("d_s", "d_w"), [(4, 6), (6, 4), (5, 5)])
def test_angled_pairs_have_their_cosines_and_orthonormal_bases(d_s: int, d_w: int) -> None:
    cosines = [0.3, 1.0, 0.8]
    pair = angled_pair(d_s, d_w, cosines, rho_s=0.4, rho_w=0.3, rho_both=0.1)
    for basis, dimension in ((pair.strong, d_s), (pair.weak, d_w)):
        assert np.allclose(basis.T @ basis, np.eye(dimension))
    found = np.linalg.svd(pair.strong.T @ pair.weak, compute_uv=False)
    assert found == pytest.approx([1.0, 0.8, 0.3, *[0] * (min(d_s, d_w) - 3)], abs=1e-12)
    numbers = pair.numbers(20, 10, 1.0)
    assert (numbers.d_sw, numbers.rho_s, numbers.rho_w) == pytest.approx((1.73, 0.4, 0.3))


def test_cosines_out_of_range_are_refused() -> None:
    for cosines in ([1.2], [-0.1], [0.5] * 4, [float("nan")]):
        with pytest.raises(InvalidInput, match="cosines are"):
            angled_pair(3, 5, cosines)


def test_subspaces_out_of_range_are_refused() -> None:
    with pytest.raises(InvalidInput, match="d_sw = 6"):
        aligned_pair(5, 7, 6)
    with pytest.raises(InvalidInput, match="rho_both"):
        aligned_pair(5, 7, 2, rho_s=0.1, rho_w=0.2, rho_both=0.15)
    with pytest.raises(InvalidInput, match="no direction of one span"):
        aligned_pair(5, 7, 5, rho_w=0.2)
    with pytest.raises(InvalidInput, match="dependent"):
        spanned_pair(np.ones((4, 2)), np.eye(4, 2), np.ones(4))
    with pytest.raises(InvalidInput, match="finite"):
        spanned_pair(np.full((4, 1), np.nan), np.eye(4, 2), np.ones(4))
    with pytest.raises(InvalidInput, match="4 rows"):
        spanned_pair(np.ones((5, 1)), np.eye(4, 2), np.ones(4))
