"""Symbols of the questions about rates: quantities that move with the teacher's width, and parameters."""

from __future__ import annotations

from typing import Final

from sympy import Symbol

M: Final = Symbol("M", positive=True)
"""The teacher's width M_TE."""
KAPPA: Final = Symbol("kappa", positive=True)
"""The solution of df1(kappa) = M."""
KAPPA_S: Final = Symbol("kappa_S", positive=True)
"""Misalignment of the target's eigenspaces with the teacher's span."""
OPTIMAL_TIME: Final = Symbol("optimal_time", positive=True)
"""The stopping time that minimizes L_ST."""
DIMENSION: Final = Symbol("d", integer=True, positive=True)
"""Input dimension; fixed, or a power of M."""
PSI: Final = Symbol("psi", positive=True)
"""The lower eigenvalue of a two-level spectrum."""
TOP_MULTIPLICITY: Final = Symbol("k", positive=True)
"""How often the upper eigenvalue of a two-level spectrum occurs."""
ALPHA: Final = Symbol("alpha", positive=True)
"""Exponent of a power-law spectrum."""
FREE_CONSTANT: Final = Symbol("c", positive=True)
"""A positive constant in a scaling."""
