"""Spectrum families: eigenvalues of a student kernel, level by level, with multiplicities."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from sympy import Expr


class Spectrum(ABC):
    """Eigenvalues lambda_k >= 0 of a kernel operator and their multiplicities N_k, k = 0, 1, 2, ..."""

    @abstractmethod
    def eigenvalue(self, level: Expr) -> Expr:
        """Return lambda_k as a closed form in the symbolic level k."""

    @abstractmethod
    def multiplicity(self, level: Expr) -> Expr:
        """Return N_k as a closed form in the symbolic level k."""

    @abstractmethod
    def log_levels(self, count: int) -> tuple[Sequence[float], Sequence[float]]:
        """Return the natural logarithms of the first `count` eigenvalues and multiplicities.

        A zero eigenvalue has logarithm -inf; a finite spectrum returns at most its own number of levels.
        """
