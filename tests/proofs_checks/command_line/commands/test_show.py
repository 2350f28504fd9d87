from __future__ import annotations

import json
import re

import pytest

from proofs_checks.command_line import shown_claim, shown_part
from proofs_checks.command_line.cli import main
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.checks import part_file
from proofs_checks.rocq.compiler import compile_lemmas
from w2s_theory.claims import all_claims


def test_a_claim_shows_its_theorems_and_lemmas(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "id.condition"]) == 0
    assert "Formal proof" in (shown := capsys.readouterr().out)
    assert "\n  intrinsic_dimension.conditions.id_condition_advantage_in_sample\n" in shown
    assert main(["show", "id.condition", "--rocq"]) == 0
    shown = capsys.readouterr().out
    assert "Lemma part_3 :\n  forall (n N" in shown
    assert "Lemma refuted_4 :\n  ~ (forall (n N" in shown
    assert main(["show", "rf.kernel"]) == 0
    assert "Formal proof" not in capsys.readouterr().out
    assert main(["show", "rf.kernel", "--rocq"]) == 2
    assert "rf.kernel is not proved formally; allowed: " in capsys.readouterr().err


def test_equalities_are_printed_between_their_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "rf.kappa"]) == 0
    shown = capsys.readouterr().out
    assert "\n  kappa_S = 1 - c_S**2   [rf.kappa#angle]\n" in shown
    assert "\n       given ||P f||^2 = c_S**2\n" in shown
    for claim in all_claims():
        assert not re.search(r"\b(Eq|Ne|Ge|Le|Gt|Lt)\(", "\n".join(shown_claim.as_text(claim)))


def test_a_part_is_shown_by_the_id_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "rf.thm4.1#quadratic"]) == 0
    shown = capsys.readouterr().out
    assert "\nStatement\n  L_ST >= 3*L_TE**2/4\n" in shown
    assert "curve" not in shown
    assert "  decision, z3 in real coordinates: rejects constant 0.76 instead of 3/4;" in shown
    assert "limits.v:" in shown
    assert "theorem rf_thm4_1_quadratic" in shown
    assert main(["show", "rf.thm4.1#quadratic", "--latex"]) == 0
    shown = capsys.readouterr().out
    assert r"\label{eq:rf.thm4.1-quadratic}" in shown
    assert r"Id: \texttt{rf.thm4.1\#quadratic}" in shown
    assert main(["show", "rf.thm4.1#quadratic", "--rocq"]) == 0
    shown = capsys.readouterr().out
    assert "exact random_features.limits.rf_thm4_1_quadratic. Qed." in shown
    assert "part_2" not in shown
    assert main(["show", "rf.thm4.1#quadratic", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["id"], data["relation"]) == ("rf.thm4.1#quadratic", "L_ST >= 3*L_TE**2/4")


def test_every_part_has_a_text_and_latex_of_its_own() -> None:
    for claim in all_claims():
        for part in claim.states:
            assert claim.part_id(part.name) in shown_part.as_text(claim, part)[0]
            latex = "\n".join(shown_part.as_latex(claim, part)).replace(r"\{", "").replace(r"\}", "")
            assert latex.count("{") == latex.count("}")
            assert latex.count(r"\begin{equation}") == 1


def test_rocq_accepts_the_file_of_a_part(need_rocq: None) -> None:
    assert compile_lemmas("rf.thm4.1", part_file(all_ties()["rf.thm4.1"], "quadratic"), 60).accepted


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["rf.thm4.1#cubic"],
            "rf.thm4.1 has no part 'cubic'; allowed: rf.thm4.1#curve, rf.thm4.1#quadratic, "
            "rf.thm4.1#tight-fit, rf.thm4.1#tight-teacher, rf.thm4.1#tight-optimal, rf.thm4.1#tight-student, "
            "rf.thm4.1#tight\n",
        ),
        (["rf.thm9#curve"], "unknown claim 'rf.thm9'; allowed: rf.cor1"),
        (["rf.thm4.1#"], "rf.thm4.1 has no part ''; allowed: rf.thm4.1#curve"),
        (["rf.kappa#angle", "--rocq"], "rf.kappa is not proved formally; allowed: "),
        (["sharp.bootstrap#nothing", "--json", "-"], "sharp.bootstrap has no part 'nothing'; allowed: "),
    ],
)
def test_unknown_parts_are_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err


def test_a_part_that_is_open_in_rocq_says_which_are_proved(capsys: pytest.CaptureFixture[str]) -> None:
    open_parts = [
        tie.claim.part_id(name) for tie in all_ties().values() for name in tie.parts if name not in tie.proved
    ]
    assert main(["show", open_parts[0], "--rocq"]) == 2
    assert f"{open_parts[0]} is not proved formally; allowed: " in capsys.readouterr().err
