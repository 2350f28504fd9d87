"""A progress bar with an estimate of the time left, on standard error and only on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from proofs_checks.command_line.output import console


@contextmanager
def bar(title: str, total: int | None = None, show: bool = True) -> Iterator[Callable[..., None]]:
    """Yield the function that moves the bar: its arguments are those of `rich.progress.Progress.update`."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    terminal = console(stderr=True)
    # What is being done comes last: its length may change.
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(
        *columns, console=terminal, transient=True, disable=not (show and terminal.is_terminal)
    ) as shown:
        task = shown.add_task(title, total=total)
        yield lambda **changes: shown.update(task, **changes)


@contextmanager
def progress(title: str, total: int, show: bool = True) -> Iterator[Callable[[], None]]:
    """Yield the function to call after each of `total` steps."""
    with bar(title, total, show) as update:
        yield lambda: update(advance=1)
