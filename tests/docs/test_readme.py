from __future__ import annotations

import re
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]


def test_the_table_of_claims_is_the_generated_one(load_generator) -> None:
    readme = load_generator("readme")
    text = readme.README.read_text(encoding="utf-8")
    assert readme.with_table(text) == text, "run: python docs/generator/readme.py"


def test_every_command_is_named() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"w2s {name}" not in text] == []


def test_links_to_files_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("http")]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize(("bound", "code"), [("L_ST >= 3/4*L_TE**2", 0), ("L_ST >= 0.76*L_TE**2", 1)])
def test_the_shown_answers_are_the_given_ones(
    bound: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert main(["check", bound]) == code
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split(" in ")[0] in text
    assert all(line in text for line in shown[1:])
