"""The synthetic experiment of Dong et al. 2025: risks and recovered gaps against the numbers of points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numeric.figures.drawn import DrawnFigure, Progress, silent

TRIALS, QUICK_TRIALS, QUICK_STRIDE = 40, 4, 4


@dataclass(frozen=True)
class ScanOptions:
    """Numbers of points to scan, trials >= 2 at each, seed >= 0 and processes."""

    points: tuple[int, ...]
    trials: int
    seed: int
    jobs: int


@dataclass(frozen=True)
class ScansFigure:
    """Scans in n and in N at each overlap of the subspaces."""

    caption: str

    def options(
        self, *, quick: bool = False, seed: int = 0, trials: int | None = None, jobs: int = 1
    ) -> ScanOptions:
        """Return the figure's own options with those given in their place; `quick` means few points and trials."""
        from numeric.subspaces.scans import SCANNED

        points = SCANNED[::QUICK_STRIDE] if quick else SCANNED
        return ScanOptions(
            points, (QUICK_TRIALS if quick else TRIALS) if trials is None else trials, seed, jobs
        )

    def quick(self, seed: int) -> DrawnFigure:
        """Draw the figure in seconds."""
        return self.draw(self.options(quick=True, seed=seed))

    def draw(self, options: ScanOptions, progress: Progress = silent) -> DrawnFigure:
        """Simulate and draw; raises InvalidInput for fewer than two trials."""
        from numeric.subspaces.figure import draw_scans, save_scans
        from numeric.subspaces.scans import FIXED, SETTINGS, scan

        with progress("points", len(SETTINGS) * len(FIXED) * len(options.points)) as advance:
            scans = scan(SETTINGS, options.points, options.trials, options.seed, options.jobs, advance)
        title = f"Least squares in two subspaces, {options.trials} trials a point"
        shown = {
            "figure": title,
            "scans": [
                _summary(scans.sel(setting=setting, varied=varied))
                for setting in scans["setting"].values
                for varied in scans["varied"].values
            ],
            "settings": {"trials": options.trials, "seed": options.seed},
        }
        drawing = draw_scans(scans, title)
        return DrawnFigure(
            title, drawing, shown, lambda prefix, formats: save_scans(drawing, scans, prefix, formats)
        )


def _summary(data: Any) -> dict[str, Any]:
    quantities = [str(name) for name in data["quantity"].values]

    def table(variable: str) -> dict[str, list[float]]:
        rows = {name: data[variable].sel(quantity=name) for name in quantities}
        return {name: row.values.tolist() for name, row in rows.items() if row.notnull().all()}

    return {
        "d_sw": int(data["d_sw"]),
        "sigma2": float(data["sigma2"]),
        "varied": str(data["varied"].values),
        "points": data["points"].values.tolist(),
        **{variable: table(variable) for variable in ("mean", "deviation", "exact", "bound")},
    }


SCANS = ScansFigure(
    "ID, synthetic regression: risks, PGR and OPR against n and N for d_sw = 10, 50, 90 and two noise levels"
)
