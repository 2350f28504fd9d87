"""Evidence is at the path of its statement; the line that refuses it names both paths."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks import registry
from proofs_checks.placement import homes_of, refuse_beside_nothing, refuse_checks_elsewhere, refuse_elsewhere
from w2s_theory.claims import all_claims, topics
from w2s_theory.discovery import ROOT
from w2s_theory.errors import InvalidInput

HOMES = homes_of(topics())

REGISTERING = """
from proofs_checks.claims.shared_checks import register_derivation
from w2s_theory.claims.random_features.limits import GENERAL_LIMITATION

register_derivation(GENERAL_LIMITATION)
"""


def test_every_claim_has_a_home_and_its_evidence_is_there() -> None:
    assert set(HOMES) == {claim.id for claim in all_claims()}
    refuse_checks_elsewhere(HOMES)


def test_a_check_of_a_claim_from_elsewhere_is_refused_with_both_paths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_checks", defaultdict(list))
    exec(REGISTERING, vars(ModuleType("proofs_checks.claims.random_features.limits")))
    refuse_checks_elsewhere(HOMES)
    monkeypatch.setattr(registry, "_checks", defaultdict(list))
    exec(REGISTERING, vars(ModuleType("proofs_checks.claims.ours.learning_rules")))
    with pytest.raises(InvalidInput) as caught:
        refuse_checks_elsewhere(HOMES)
    assert str(caught.value) == (
        "proofs_checks/claims/ours/learning_rules.py has evidence for 'rf.thm4.1', which is stated in "
        "w2s_theory/claims/random_features/limits.py; allowed: proofs_checks/claims/random_features/limits.py, or a "
        "file beside it with a word added to its name"
    )


def test_evidence_for_what_is_not_stated_is_refused() -> None:
    with pytest.raises(
        InvalidInput, match=r"^proofs_checks/claims/ours/a\.py has evidence for 'rf\.x', which is no "
    ):
        refuse_elsewhere("rf.x", "proofs_checks.claims.ours.a", HOMES)


def test_a_file_beside_no_statement_is_refused() -> None:
    helper = ModuleType("proofs_checks.claims.ours.helper")
    helper.__file__ = str(ROOT / "proofs_checks/claims/ours/helper.py")
    with pytest.raises(InvalidInput) as caught:
        refuse_beside_nothing(helper, HOMES)
    assert str(caught.value) == (
        "proofs_checks/claims/ours/helper.py is at the path of no statement; expected: w2s_theory/claims/ours/helper.py"
    )
    refuse_beside_nothing(ModuleType("proofs_checks.claims.random_features.limits_rocq"), HOMES)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the packages, to break."""
    for package in ("w2s_theory", "numeric", "proofs_checks"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.slow
def test_the_command_refuses_in_one_line_what_would_be_lost(copied: Path) -> None:
    statements, evidence = (
        copied / package / "claims" / "ours" for package in ("w2s_theory", "proofs_checks")
    )

    def complaint() -> str:
        done = subprocess.run(
            [sys.executable, "-m", "proofs_checks.command_line.cli", "verify", "rf.def1", "--jobs", "1"],
            capture_output=True,
            text=True,
            cwd=copied,
            env={**os.environ, "PYTHONPATH": str(copied)},
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, ""), done
        assert done.stderr.count("\n") == 1
        return done.stderr

    (statements / "relu_again.py").write_text((statements / "relu_rate.py").read_text())
    both = "in w2s_theory/claims/ours/relu_again.py and w2s_theory/claims/ours/relu_rate.py"
    assert both in complaint()
    (statements / "relu_again.py").unlink()
    (evidence / "relu_rate_more.py").write_text("import nothing_of_the_kind\n")
    broken = "cannot load proofs_checks/claims/ours/relu_rate_more.py: ModuleNotFoundError: "
    assert broken in complaint()
