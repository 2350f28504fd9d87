"""Subspaces have the numbers asked for, and those out of range are refused."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.subspace_pairs import aligned_pair, spanned_pair
from w2s_theory.errors import InvalidInput


def test_aligned_pairs_have_the_numbers_asked_for() -> None:
    numbers = aligned_pair(5, 7, 2.25, rho_s=0.4, rho_w=0.3, rho_both=0.1).numbers(20, 10, 1.0)
    found = (numbers.d_sw, numbers.rho_s, numbers.rho_w, numbers.seen, numbers.unseen, numbers.overlap)
    assert found == pytest.approx((2.25, 0.4, 0.3, 0.2, 0.3, 0.3))


def test_subspaces_out_of_range_are_refused() -> None:
    with pytest.raises(InvalidInput, match="d_sw = 6"):
        aligned_pair(5, 7, 6)
    with pytest.raises(InvalidInput, match="rho_both"):
        aligned_pair(5, 7, 2, rho_s=0.1, rho_w=0.2, rho_both=0.15)
    with pytest.raises(InvalidInput, match="contains the other"):
        aligned_pair(5, 7, 5, rho_w=0.2)
    with pytest.raises(InvalidInput, match="dependent"):
        spanned_pair(np.ones((4, 2)), np.eye(4, 2), np.ones(4))
    with pytest.raises(InvalidInput, match="finite"):
        spanned_pair(np.full((4, 1), np.nan), np.eye(4, 2), np.ones(4))
    with pytest.raises(InvalidInput, match="4 rows"):
        spanned_pair(np.ones((5, 1)), np.eye(4, 2), np.ones(4))
