"""Figures as files: the drawing in several formats, the data beside it, the same bytes for the same data."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr
from matplotlib import rc_context
from matplotlib.figure import Figure

from numeric.arrays.files import save_dataset, write_atomically
from w2s_theory.errors import InvalidInput

FORMATS = ("png", "svg", "pdf")


def save_drawing(
    figure: Figure,
    data: xr.Dataset,
    tables: Mapping[str, xr.Dataset],
    prefix: str,
    formats: Sequence[str],
) -> list[str]:
    """Write PREFIX.png and the like, PREFIX.nc with `data`, and a CSV for each table; return the names.

    A table is named by what follows the prefix: "" for PREFIX.csv, "-points" for PREFIX-points.csv.
    Raises InvalidInput for an unknown format or a place that cannot be written.
    """
    check_formats(formats)
    contents = {f"{prefix}.{suffix}": drawn(figure, suffix) for suffix in formats}
    contents |= {
        f"{prefix}{name}.csv": table.to_dataframe().reset_index().to_csv(index=False).encode()
        for name, table in tables.items()
    }
    for name, content in contents.items():
        write_atomically(content, Path(name))
    save_dataset(data, f"{prefix}.nc")
    return [*contents, f"{prefix}.nc"]


def check_formats(formats: Sequence[str]) -> None:
    """Raise InvalidInput for a format that cannot be written."""
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise InvalidInput(f"unknown figure format {unknown[0]!r}; use {', '.join(FORMATS)}")


def drawn(figure: Figure, suffix: str) -> bytes:
    """Return the figure as a file of this format, the same bytes for the same figure."""
    drawing = io.BytesIO()
    # Without the date and with a fixed salt the same data give the same file.
    metadata: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(suffix, {})
    with rc_context({"svg.hashsalt": "w2s"}):
        figure.savefig(drawing, format=suffix, dpi=160, metadata=metadata)
    return drawing.getvalue()
