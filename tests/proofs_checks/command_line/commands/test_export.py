from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main
from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.run import Run
from w2s_theory.claims import find_claim


def test_document_without_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "latex", "rf.thm4.1", "--out", str(tmp_path / "paper")]) == 0
    assert capsys.readouterr().out == f"wrote {tmp_path / 'paper' / 'claims.tex'}\n"
    assert r"\label{thm:rf.thm4.1}" in (tmp_path / "paper" / "claims.tex").read_text()


def test_evidence_comes_from_a_finished_run(tmp_path: Path) -> None:
    evidence = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "", ""), 0.5)
    result = ClaimResult.of(find_claim("rf.cor1"), [evidence], [Rejection("x", True, {"L_TE": "1/2"})])
    run = Run((result,), 0, "quick", tuple(Tier), {})
    (tmp_path / "results.json").write_text(json.dumps(run.as_json()))
    arguments = [
        "export",
        "latex",
        "rf.cor1",
        "--out",
        str(tmp_path),
        "--from",
        str(tmp_path / "results.json"),
    ]
    assert main(arguments) == 0
    assert (
        r"\textbf{proved} (symbolic: ); 1 of 1 falsifiers rejected." in (tmp_path / "claims.tex").read_text()
    )


def test_evidence_on_a_claim_stated_otherwise_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "", ""), 0.5)
    result = replace(ClaimResult.of(find_claim("rf.cor1"), [evidence]), parts=("rf.cor1#other",))
    run = Run((result,), 0, "quick", tuple(Tier), {})
    (tmp_path / "results.json").write_text(json.dumps(run.as_json()))
    assert (
        main(
            ["export", "rf.cor1", "--out", str(tmp_path), "--from", str(tmp_path / "results.json")],
        )
        == 0
    )
    assert capsys.readouterr().err.startswith("w2s export: This version does not have ")
    assert r"\textbf{proved}" not in (tmp_path / "claims.tex").read_text()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["L_ST >= 3/4*L_TE**2", "--format", "latex"], r"\mathcal{L}_{\mathrm{ST}} \geq \frac{3"),
        (["latex", "rf.cor1", "--format", "markdown"], "$$\n"),
        (["sqrt(1 - L_TE)", "--format", "python"], "return math.sqrt(1 - L_TE)"),
        (["L_TE**2", "--format", "sympy"], "Pow(Symbol('L_TE', nonnegative=True), Integer(2))"),
        (["rf.thm4.1", "--format", "mathml"], "<math"),
        (["rf.thm4.1#quadratic", "--format", "python"], "return (L_ST) >= ((3/4)*L_TE**2)\n"),
    ],
)
def test_single_formulas(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *arguments]) == 0
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["latex"], "say where to or how"),
        (["rf.cor1", "--out", "x", "--format", "latex"], "say where to or how"),
        (["rf.cor1", "--format", "latex", "--pdf"], "--pdf and --from belong to the document"),
        (["rf.nothing", "--format", "latex"], "unknown claim"),
        (["rf.nothing"], "unknown claim 'rf.nothing'; allowed: rf.cor1"),
        (["latex", "rf.nothing"], "unknown claim 'rf.nothing'; allowed: rf.cor1"),
        (["rf.thm4.1#cubic", "--format", "latex"], "rf.thm4.1 has no part 'cubic'"),
        (["rf.thm4.1#curve", "--out", "x"], "'rf.thm4.1#curve' is no whole claim; allowed: rf.thm4.1"),
        ([r"\input{/etc/passwd}", "--format", "latex"], "cannot read"),
        (["__import__('os') >= 0", "--format", "latex"], "not allowed"),
    ],
)
def test_bad_usage_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
