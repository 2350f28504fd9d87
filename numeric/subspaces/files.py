"""Arrays from a user's .npy files: subspaces and targets."""

from __future__ import annotations

import numpy as np

from numeric.subspaces.pairs import Floats, SubspacePair, spanned_pair
from w2s_theory.errors import InvalidInput


def load_pair(strong: str, weak: str, target: str) -> SubspacePair:
    """Return the column spans of two .npy matrices, (D, d_s) and (D, d_w), and a target (D,) from a third file.

    Raises InvalidInput for a file that is not a readable .npy array of real numbers, and as `spanned_pair` does.
    """
    values = load_real_array(target)
    if values.ndim != 1 or not np.all(np.isfinite(values)):
        raise InvalidInput(
            f"target {target!r} has shape {values.shape}; use one dimension and finite numbers"
        )
    return spanned_pair(load_real_array(strong), load_real_array(weak), values)


def load_real_array(path: str) -> Floats:
    """Return the array of a .npy file as float64; raises InvalidInput for any other file, or other than real numbers."""
    try:
        with open(path, "rb") as file:
            # Never unpickles: a file from elsewhere must not run code.
            array = np.lib.format.read_array(file, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise InvalidInput(f"cannot read {path!r} as a .npy array; save one with numpy.save") from error
    if array.dtype.kind not in "iuf":
        raise InvalidInput(f"{path!r} holds {array.dtype}; use real numbers")
    return np.asarray(array, dtype=np.float64)
