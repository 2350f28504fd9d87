from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from proofs_checks.command_line import claim_names
from proofs_checks.command_line.cli import COMMANDS, main
from w2s_theory.claims import find_claim


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command, expect exit code 2 and one line on standard error; return the line."""
    try:
        code = main(arguments)
    except SystemExit as stop:  # argparse stops by itself
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    assert code == 2, out + err
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    assert f"example: w2s {name}" in " ".join(capsys.readouterr().out.split())


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from proofs_checks.command_line.cli import build_parser\n"
        "build_parser()\n"
        "print([m for m in ('sympy', 'numpy', 'z3', 'hypothesis', 'rich', 'flint', 'xarray') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "rf.nothing"], "unknown claim 'rf.nothing'; allowed: rf.cor1"),
        (["verify", "rf.nothing"], "unknown claim 'rf.nothing'; allowed: rf.cor1"),
        (["verify", "--jobs", "0"], "--jobs 0; allowed: 1 or more"),
        (["check", "--all", __file__, "--jobs", "0"], "--jobs 0; allowed: 1 or more"),
        (["verify", "--budget", "huge"], "invalid choice: 'huge'"),
        (["verify", "--seed", "one"], "invalid int value: 'one'"),
        (["verify", "--json", "/nowhere/at/all.json"], "cannot write '/nowhere/at/all.json'"),
        (
            ["claims", "--paper", "xx"],
            "unknown paper 'xx'; allowed: rf (Medvedev), id (Dong), bv (Xu), fact (textbooks), bridge",
        ),
        (
            ["show", "v.json"],
            "'v.json' is a file, and the id of a claim was expected; w2s report --from FILE",
        ),
        (["verify", "v.json"], "'v.json' is a file, and the id of a claim was expected; --json FILE writes"),
        (["report", "v.json"], "'v.json' is a file, and the id of a claim was expected; --from FILE reports"),
        (["export", "v.json"], "'v.json' is a file, and the id of a claim was expected; --from FILE takes"),
        (["verify", "README.md"], "'README.md' is a file, and the id of a claim was expected"),
        (["check", "v.json"], "'v.json' is a file, and a bound was expected; --all FILE decides"),
        (["best", "v.json"], "'v.json' is a file; allowed: a bound, such as"),
        (["verify", "rf.thm4.1#curve"], "'rf.thm4.1#curve' is no whole claim; allowed: rf.thm4.1"),
        (["claims", "--json", "/nowhere/at/all.json"], "cannot write '/nowhere/at/all.json'"),
        (["check"], "no bound given"),
        (["check", "L_ST >= L_TE", "--model", "x"], "unknown model 'x'; allowed: shrinkage"),
        (["check", "L_ST >= M", "--model", "bounded"], "unknown name 'M'; allowed names: L_ST, L_TE"),
        (["check", "L_ST >= (L_TE"], "cannot read 'L_ST >= (L_TE'"),
        (["check", "__import__('os') >= 1"], "is not allowed here"),
        (["check", "L_ST.real >= 1"], "is not allowed here"),
        (["check", "(" * 10**6 + ")" * 10**6], "characters; at most"),
        (["check", "9**9**9**9 >= L_ST"], "exponents between"),
        (["check", "L_ST >= 0", "--where", "L_TE > 2"], "no state of the model 'shrinkage' satisfies"),
        (["check", "L_ST >= 1e999"], "numbers of at most"),
        (["check", "L_ST >= nan"], "unknown name 'nan'"),
        (["check", "L_ST >= 0", "--seconds", "nan"], "--seconds nan; allowed: more than 0"),
        (["check", "L_ST >= 0", "--json", "/nowhere/x.json"], "cannot write '/nowhere/x.json'"),
        (["check", "L_ST >= 0", "--steps", "3"], "the model 'shrinkage' has no parameter 'steps'"),
        (
            ["check", "L_ST >= 0", "--model", "chain", "--steps", "99"],
            "a chain of 99 students; allowed: 1 to 12",
        ),
        (["nonsense"], "invalid choice: 'nonsense'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_bad_input_gets_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = time.process_time()
    assert message in complaint(capsys, *arguments)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        (["check", "L_ST >= 3/4*L_TE**2"], 0, "proved by signs of polynomials"),
        (["check", "L_ST >= 0.76*L_TE**2"], 1, "f_ST = (405/793, 120/793)"),
        (["check", "L_ST + exp(L_ST) >= 1"], 0, "certified by balls and series"),
        (
            [
                "check",
                "ER_w2s <= 2*ER_w + 4*rho_s",
                "--model",
                "subspace",
                "--where",
                "N > 2*d_s + 1",
                "--seconds",
                "2",
            ],
            3,
            "undecided by",
        ),
        (["check", "--models"], 0, "--steps: number of students, 1 to 12 (default 2)"),
        (["claims"], 0, "rf.summary-eta"),
        (["show", "rf.thm4.1"], 0, "Medvedev et al. 2025, Theorem 4.1 (reconstructed)"),
        (["show", "rf.thm4.1", "--latex"], 0, r"\mathcal{L}_{\mathrm{ST}} \geq"),
        (["show", "rf.summary-eta"], 0, "Statement (expected to be refuted)"),
    ],
)
def test_answers_and_exit_codes(
    arguments: list[str], code: int, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    assert shown in capsys.readouterr().out


def test_json_goes_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "L_ST >= L_TE**2", "--json", "-"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["verdict"] == "refuted"
    assert data["witness"]["f*"] == "(1, 0)"
    target = tmp_path / "claims.json"
    assert main(["claims", "--paper", "rf", "--provenance", "new", "--json", str(target)]) == 0
    assert {row["provenance"] for row in json.loads(target.read_text())} == {"new"}
    assert "sharp.bootstrap" in capsys.readouterr().out
    assert main(["show", "rf.def1", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "rf.def1"
    assert main(["check", "--models", "--json", "-"]) == 0
    assert [model["name"] for model in json.loads(capsys.readouterr().out)][:2] == ["shrinkage", "bounded"]


def test_verify_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "rf.thm4.2", "--tier", "symbolic", "--tier", "decision", "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    assert "constant 0.26 instead of 1/4" in out
    assert "3 of 3 claims hold; 5 of 5 falsifiers rejected; seed 0" in out
    assert "Cauchy-Schwarz inequality (fact, proved)" in out


def test_verify_has_a_row_for_every_claim_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "rf.spectrum", "id.condition", "--tier", "decision", "--jobs", "1"]) == 3
    out = capsys.readouterr().out
    assert "not run" in out
    assert "no check in these tiers" in out
    assert "1 of 2 claims hold; " in out
    assert "; undecided: rf.spectrum; seed 0" in out


def test_verify_says_how_many_claims_have_no_check_in_a_tier(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = [find_claim(name) for name in ("id.condition", "rf.spectrum", "rf.kernel")]
    monkeypatch.setattr(claim_names, "all_claims", lambda: few)
    assert main(["verify", "--tier", "decision", "--jobs", "1"]) == 0
    out, err = capsys.readouterr()
    assert err == "2 claims have no check in these tiers: decision\n"
    assert "1 of 1 claims hold; " in out


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m proofs_checks.command_line.cli show rf.thm4.1 | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("rf.thm4.1")
    assert done.stderr == ""


def test_an_internal_error_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from proofs_checks.command_line.commands import claims

    def broken(_arguments: object) -> int:
        raise RuntimeError("broken\nthing")

    monkeypatch.setattr(claims, "run", broken)
    assert main(["claims"]) == 1
    assert "internal error: RuntimeError: broken thing (--debug shows where)" in capsys.readouterr().err
    with pytest.raises(RuntimeError):
        main(["--debug", "claims"])
