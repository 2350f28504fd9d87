from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main
from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.report.render import RENDERERS
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.run import Run
from w2s_theory.claims import find_claim


@pytest.fixture
def results_file(tmp_path: Path) -> Path:
    evidence = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "three steps", ""), 0.5)
    result = ClaimResult.of(
        find_claim("rf.cor1"), [evidence], [Rejection("a wrong twin", True, {"L_TE": "1/2"})]
    )
    path = tmp_path / "results.json"
    path.write_text(json.dumps(Run((result,), 0, "quick", tuple(Tier), {}).as_json()))
    return path


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_is_written(name: str, results_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["report", "--from", str(results_file), "--format", name, "--out", str(out)]) == 0
    assert "rf" in out.read_text()


def test_without_results_it_verifies_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    arguments = ["report", "rf.def1", "--format", "json", "--out", str(out), "--seed", "5"]
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""
    data = json.loads(out.read_text())
    assert data["command"].startswith("w2s verify rf.def1 --budget quick ")
    assert data["command"].endswith("--seed 5")
    assert data["papers"][0]["claims"][0]["verdict"] == "proved"


def test_a_report_tells_how_to_repeat_what_it_shows(tmp_path: Path) -> None:
    results, out = str(tmp_path / "results.json"), tmp_path / "report.json"
    chosen = ["rf.thm4.2", "--budget", "full", "--tier", "decision", "--seed", "3"]
    code = main(["verify", *chosen, "--jobs", "1", "--json", results])
    assert main(["report", "--from", results, "--format", "json", "--out", str(out)]) == code
    assert json.loads(out.read_text())["command"] == " ".join(["w2s", "verify", *chosen])


def edited(results_file: Path, **fields: object) -> list[str]:
    """Exchange fields of the first claim in the file; return the arguments that report on it."""
    data = json.loads(results_file.read_text())
    data["claims"][0] |= fields
    results_file.write_text(json.dumps(data))
    return ["report", "--from", str(results_file), "--format", "markdown"]


def test_a_refutation_without_a_witness_is_refused(
    results_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = json.loads(results_file.read_text())["claims"][0]["evidence"][0]
    wrong = edited(results_file, verdict="refuted", evidence=[{**row, "verdict": "refuted"}])
    assert main(wrong) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "claim 'rf.cor1', evidence row 1: 'witness' is null; allowed: " in err


def test_a_claim_that_is_not_installed_is_reported_with_a_warning(
    results_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(edited(results_file, id="gone.claim", parts=["gone.claim#bound"])) == 0
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert err.startswith("w2s report: This version does not have ")
    assert err.endswith(": gone.claim\n")
    assert "## Claims this version does not know" in out
    assert "w2s verify" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "nowhere.json"], "cannot read 'nowhere.json'"),
        (["rf.cor1", "--from", "results.json"], "claims are given with --from"),
        (["--out", "/nowhere/at/all.html"], "cannot write '/nowhere/at/all.html'"),
        (["rf.nothing"], "unknown claim 'rf.nothing'"),
        (["--format", "pdf"], "invalid choice: 'pdf'"),
    ],
)
def test_bad_usage_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["report", *arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_missing_figures_are_named(
    results_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--from", str(results_file), "--figures", str(tmp_path)]) == 2
    assert "no SVG files" in capsys.readouterr().err
