"""The notebooks under examples/ run, and show what they are there to show."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = {
    "check-your-own-bound.ipynb": ('<td style="text-align: left">refuted</td>', "<b>General limitation"),
    "from-a-spectrum-to-a-rate.ipynb": (
        r"\[\sim X^{2}\]",
        "supported by a ladder of widths",
        r"\lambda_k = ",
    ),
    "reproduce-a-figure.ipynb": ("<svg", "M_ST = inf,512,"),
}
EXECUTE = """
import sys, nbclient, nbformat
book = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(book, timeout=120).execute()
nbformat.write(book, sys.argv[2])
"""


def shown(path: Path) -> str:
    """Return all that the cells of a notebook print or display."""
    texts = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            texts += ["".join(output.get("text", ""))]
            texts += ["".join(value) for value in output.get("data", {}).values()]
    return "\n".join(texts)


def test_every_example_is_listed() -> None:
    assert sorted(path.name for path in EXAMPLES.glob("*.ipynb")) == sorted(EXPECTED)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_runs_and_shows_its_point(
    name: str, tmp_path: Path, stop_lacking: Callable[[str], None]
) -> None:
    missing = [
        item for item in ("nbclient", "nbformat", "ipykernel") if importlib.util.find_spec(item) is None
    ]
    if missing:
        stop_lacking(f"not installed: {', '.join(missing)}")
    done = subprocess.run(
        [sys.executable, "-c", EXECUTE, str(EXAMPLES / name), str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    fresh = shown(tmp_path / name)
    kept = shown(EXAMPLES / name)
    for text in EXPECTED[name]:
        assert text in fresh
        assert text in kept
