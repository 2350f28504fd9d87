"""What is printed is printed as it is, and where it cannot be, one line says so."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main
from proofs_checks.command_line.output import check_writable, console
from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.run import Run
from w2s_theory.claims import find_claim
from w2s_theory.errors import InvalidInput

HOSTILE = "[red]x[/red] [/nope] :smile: [link=file:///etc]y[/link]"
COMMAND_LINE = Path(__file__).parents[3] / "proofs_checks" / "command_line"


def test_every_command_prints_through_the_console_that_knows_no_markup() -> None:
    others = [
        path.name
        for path in COMMAND_LINE.rglob("*.py")
        if "Console(" in path.read_text(encoding="utf-8") and path.name != "output.py"
    ]
    assert others == []


def test_markup_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.table import Table

    table = Table(HOSTILE, title=HOSTILE)
    table.add_row(HOSTILE)
    console(width=100).print(HOSTILE)
    console(width=100).print(table)
    assert capsys.readouterr().out.count(HOSTILE) == 4


def test_results_with_markup_are_printed_as_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Finding(Verdict.SUPPORTED, HOSTILE, HOSTILE)
    result = ClaimResult.of(
        find_claim("rf.def1"),
        [Evidence(Tier.PROPERTY, "drawn", found, 0.1)],
        [Rejection(HOSTILE, None, None)],
    )
    run = Run((replace(result, id=HOSTILE, title=HOSTILE),), 0, "quick", tuple(Tier), {})
    monkeypatch.setattr("proofs_checks.command_line.verification.verified", lambda *_: run)
    assert main(["verify"]) == 3
    out = " ".join(capsys.readouterr().out.split())
    assert f"undecided: {HOSTILE}; seed 0" in out
    assert out.count("[red]x[/red]") == 5


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            "show rf.def1 > /dev/full",
            "w2s show: error: cannot write to standard output: No space left on device",
        ),
        (
            "claims --json - > /dev/full",
            "w2s claims: error: cannot write to standard output: No space left on",
        ),
        ("show rf.def1 >&-", "w2s show: error: standard output is closed"),
        (
            "show rf.def1 --json /dev/full > /dev/null",
            "w2s show: error: cannot write '/dev/full': No space left",
        ),
    ],
)
def test_output_that_cannot_be_written_is_one_line(arguments: str, reason: str) -> None:
    done = subprocess.run(
        f"{sys.executable} -m proofs_checks.command_line.cli {arguments}",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(reason)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "rf.def1", "--json", ""],
        ["verify", "rf.def1", "--json", ""],
        ["report", "--out", ""],
        ["check", "L_ST >= 0", "--certificate", ""],
    ],
)
def test_an_empty_name_is_said_to_be_empty(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{arguments[-2]} '': the name is empty" in err
    assert err.count("\n") == 1


def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    check_writable(None)
    check_writable("-")
    check_writable(str(tmp_path / "new.json"))
    for wrong, reason in (
        ("", "the name is empty"),
        (str(tmp_path), "it is a directory"),
        (str(tmp_path / "none" / "new.json"), "no such folder or no permission"),
        ("x" * 5000 + "/new.json", "no such folder or no permission"),
    ):
        with pytest.raises(InvalidInput, match=reason):
            check_writable(wrong)
