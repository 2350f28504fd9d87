"""The theories: nothing assumed, everything compiles, in how long."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.checks import REAL_NUMBERS
from proofs_checks.rocq.compiler import compile_lemmas, compile_theories
from proofs_checks.rocq.sources import THEORIES, without_comments
from proofs_checks.rocq.ties import Part

NAMES = sorted(path.stem for path in THEORIES.glob("*.v"))
ASSUMING = re.compile(
    r"\b(Admitted|Admit|admit|give_up|Axioms?|Conjectures?|Parameters?|Abort|Declare Module|Guard Checking"
    r"|Positivity Checking|Universe Checking|bypass_check|type_in_type|Unset \w+ Checking)\b"
)
IN_SECTION_ONLY = re.compile(r"\b(Hypothes[ei]s|Variables?)\b")
SECTION = re.compile(r"\bSection (\w+)\..*?\bEnd \1\.", re.DOTALL)


def assumed(text: str) -> list[str]:
    """Return the words with which a file would assume what it should prove."""
    code = without_comments(text)
    return ASSUMING.findall(code) + IN_SECTION_ONLY.findall(SECTION.sub(" ", code))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_assumed(name: str) -> None:
    assert assumed((THEORIES / f"{name}.v").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Axiom a : False.",
        "Lemma a : False. Admitted.",
        "Lemma a : False. Proof. admit. Defined.",
        "Parameter a : nat.",
        "Hypothesis h : False.",
        "Section S. Hypothesis h : False. End S. Variable n : nat.",
        "Unset Guard Checking.",
    ],
)
def test_what_assumes_is_found(text: str) -> None:
    assert assumed(text)


def test_words_in_comments_and_in_sections_are_fine() -> None:
    assert assumed("(* No Axiom (* nor Parameter *) here. *) Section S. Variable n : nat. End S.") == []


@pytest.mark.parametrize("name", NAMES)
def test_a_theory_opens_with_what_it_proves(name: str) -> None:
    assert (THEORIES / f"{name}.v").read_text(encoding="utf-8").startswith("(** ")


@pytest.mark.parametrize("claim_id", all_ties())
def test_the_lemmas_assume_nothing_of_their_own(claim_id: str) -> None:
    tie = all_ties()[claim_id]
    for part in tie.parts:
        if isinstance(part, Part):
            for text in (part.given, part.proof, *(item.proof for item in part.refutations)):
                assert assumed(text) == []
                assert not re.search(r"\b(Qed|Defined|Lemma|Theorem|Definition|Goal)\b", text)
    assert re.fullmatch(r"((From \w+ )?Require Import [\w. ]+\.\s*)*", tie.preamble)


@pytest.mark.slow
def test_every_theory_compiles_from_nothing(
    need_rocq: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    compile_theories(NAMES, 2)
    assert {path.stem for path in tmp_path.rglob("*.vo")} == set(NAMES)


def test_no_theorem_rests_on_more_than_its_theory_says(need_rocq: None) -> None:
    """The theorems that ties name exist, and each is closed but for the axioms of the real numbers."""
    named = sorted(
        {
            theorem
            for tie in all_ties().values()
            for part in tie.parts
            if isinstance(part, Part)
            for theorem in (part.theorem, *(item.theorem for item in part.refutations))
        }
    )
    theories = sorted({theorem.partition(".")[0] for theorem in named})
    compile_theories(theories, 2)
    together = ", ".join(f"@{theorem}" for theorem in named)
    text = f"From W2S Require {' '.join(theories)}.\nDefinition every := ({together}).\nPrint Assumptions every.\n"
    found = compile_lemmas("theorems", text, 120)
    assert found.accepted, found.message
    (axioms,) = found.axioms
    assert set(axioms) <= REAL_NUMBERS
