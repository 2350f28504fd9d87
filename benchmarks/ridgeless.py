"""The six scans of the synthetic experiment at 40 trials, beside numpy's lstsq on explicit designs.

Run: python benchmarks/ridgeless.py
"""

from __future__ import annotations

import time

import numpy as np

from numeric.arrays.threads import one_blas_thread
from numeric.subspaces.scans import ACTIVE, D_S, D_W, FIXED, SCALE, SCANNED, SETTINGS, scan

TRIALS = 40
WANTED_SECONDS, WANTED_RATIO = 20.0, 20.0
NOISE, OFFSET = 1e-2, 90


def explicit_trial(labelled: int, unlabelled: int, generator: np.random.Generator) -> None:
    """Fit teacher, student, baseline and ceiling once, each by one lstsq on the 300 active coordinates."""
    target = 1 / np.sqrt(SCALE * np.arange(1, ACTIVE + 1))
    z, fresh = (generator.standard_normal((points, ACTIVE)) for points in (labelled, unlabelled))
    labels, fresh_labels = (
        x @ target + np.sqrt(NOISE) * generator.standard_normal(len(x)) for x in (z, fresh)
    )
    strong, weak = slice(0, D_S), slice(OFFSET, OFFSET + D_W)
    teacher = np.linalg.lstsq(z[:, weak], labels, rcond=None)[0]
    np.linalg.lstsq(fresh[:, strong], fresh[:, weak] @ teacher, rcond=None)
    np.linalg.lstsq(z[:, strong], labels, rcond=None)
    both = np.vstack([z, fresh])[:, strong]
    np.linalg.lstsq(both, np.concatenate([labels, fresh_labels]), rcond=None)


def main() -> None:
    """Time the scans, and one explicit trial at each of their points, on one process and one thread."""
    settings = SETTINGS[:3]
    scan(settings[:1], SCANNED[:1], 2, 0)
    begin = time.perf_counter()
    scan(settings, SCANNED, TRIALS, 0)
    ours = time.perf_counter() - begin
    generator = np.random.default_rng(0)
    with one_blas_thread():
        begin = time.perf_counter()
        for varied in FIXED:
            for count in SCANNED:
                counts = {**FIXED, varied: count}
                explicit_trial(counts["n"], counts["N"], generator)
        explicit = (time.perf_counter() - begin) * TRIALS * len(settings)
    print(f"six scans, {TRIALS} trials a point: {ours:.1f} s on one process (wanted {WANTED_SECONDS:.0f} s)")
    print(f"explicit designs, from one trial a point: {explicit:.0f} s")
    print(f"ratio {explicit / ours:.0f} (wanted {WANTED_RATIO:.0f})")


if __name__ == "__main__":
    main()
