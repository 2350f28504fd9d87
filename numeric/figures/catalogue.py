"""Every figure by its name on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from numeric.figures.drawn import PaperFigure
from numeric.figures.intrinsic_dimension import SCANS
from numeric.figures.losses import LOSS_FIGURES
from numeric.figures.reverse_cross_entropy import UNCERTAINTY

FIGURES: Mapping[str, PaperFigure] = {
    **LOSS_FIGURES,
    "intrinsic-dimension": SCANS,
    "reverse-cross-entropy": UNCERTAINTY,
}
