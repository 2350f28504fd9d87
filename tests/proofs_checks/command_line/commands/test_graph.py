from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main


def test_the_graph_of_a_claim_has_what_it_rests_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "graph.svg"
    code = main(
        ["graph", "rf.cor1", "--without-verdicts", "--out", str(out), "--links", "report.html", "--json", "-"]
    )
    assert code == 0
    data = json.loads(capsys.readouterr().out)
    assert [claim["id"] for claim in data["claims"]] == [
        "rf.cor1",
        "rf.thm4.1",
        "fact.cauchy-schwarz",
        "fact.power-order",
    ]
    assert {"part": "rf.thm4.1#quadratic", "carries": "rf.cor1"} in data["rests_on"]
    assert 'href="report.html#claim-rf.thm4.1"' in out.read_text()


def test_verdicts_come_from_a_file_or_from_a_verification(tmp_path: Path) -> None:
    results, one, other = (str(tmp_path / name) for name in ("results.json", "one.json", "other.json"))
    assert main(["verify", "fact.logarithm", "--tier", "symbolic", "--jobs", "1", "--json", results]) == 0
    assert main(["graph", "--from", results, "--json", one]) == 0
    found = {claim["id"]: claim["verdict"] for claim in json.loads(Path(one).read_text())["claims"]}
    assert found["fact.logarithm"] == "proved"
    assert found["rf.thm4.1"] == ""
    assert main(["graph", "fact.power-order", "--jobs", "1", "--json", other]) == 0
    (claim,) = json.loads(Path(other).read_text())["claims"]
    assert claim["verdict"] == "proved"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--without-verdicts"], "nothing to write; give --out FILE.svg"),
        (["--without-verdicts", "--out", "graph.gif"], "unknown figure format 'gif'; use png, svg, pdf"),
        (["rf.thm9", "--without-verdicts", "--json", "-"], "unknown claim 'rf.thm9'; allowed:"),
        (["--from", "missing.json", "--json", "-"], "cannot read"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
