from __future__ import annotations

import pytest

from proofs_checks.command_line.cli import main


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
