"""The page on checking bounds shows what the commands print, but for the domain, the adversary and the seconds."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main

PAGE = Path(__file__).parents[2] / "docs/how-to/check-a-bound.md"
EXAMPLES = [
    (command.replace("\\\n", ""), shown.strip())
    for block in re.findall(r"```\n(\$ .*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    for command, shown in re.findall(r"^\$ w2s ((?:.*\\\n)*.*)\n((?:(?!\$).*\n)*)", block, flags=re.MULTILINE)
]


def without_seconds(text: str) -> str:
    return re.sub(r"in \d+\.\d\d s", "", text)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 9
    assert sum(bool(shown) for _, shown in EXAMPLES) >= 6


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_an_example_prints_what_the_page_shows(
    command: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(shlex.split(command))
    printed = "\n".join(
        line
        for line in capsys.readouterr().out.strip().splitlines()
        if not line.startswith(("domain:", "adversary:"))
    )
    if shown:
        assert without_seconds(printed) == without_seconds(shown)
    assert code == (1 if printed.startswith("refuted") else 0)
