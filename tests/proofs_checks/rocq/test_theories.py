"""The theories: nothing assumed, everything compiles, and those of the claims hold the theorems of the ties."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.compiler import compile_lemmas, compile_theories
from proofs_checks.rocq.lemmas import REAL_NUMBERS
from proofs_checks.rocq.sources import theory_file, theory_names, without_comments
from proofs_checks.rocq.ties import theory_of
from w2s_theory.claims import topics

NAMES = theory_names()
OF_CLAIMS = [name for name in NAMES if name.startswith("claims.")]
ASSUMING = re.compile(
    r"\b(Admitted|Admit|admit|give_up|Axioms?|Conjectures?|Parameters?|Abort|Declare Module|Guard Checking"
    r"|Positivity Checking|Universe Checking|bypass_check|type_in_type|Unset \w+ Checking)\b"
)
IN_SECTION_ONLY = re.compile(r"\b(Hypothes[ei]s|Variables?)\b")
SECTION = re.compile(r"\bSection (\w+)\..*?\bEnd \1\.", re.DOTALL)
PROOF = re.compile(r"\bProof\..*?\bQed\.", re.DOTALL)
OPENING = re.compile(r"\(\*\*.*?\*\)", re.DOTALL)


def read(name: str) -> str:
    return theory_file(name).read_text(encoding="utf-8")


def assumed(text: str) -> list[str]:
    """Return the words with which a file would assume what it should prove."""
    code = without_comments(text)
    return ASSUMING.findall(code) + IN_SECTION_ONLY.findall(SECTION.sub(" ", code))


def test_nothing_is_assumed() -> None:
    assert [(name, words) for name in NAMES if (words := assumed(read(name)))] == []


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


def test_a_theory_opens_with_what_it_proves() -> None:
    assert [name for name in NAMES if not read(name).startswith("(** ")] == []


def test_the_lemmas_assume_nothing_of_their_own() -> None:
    parts = [part for tie in all_ties().values() for part in tie.proved.values()]
    ends = re.compile(r"\b(Qed|Defined|Lemma|Theorem|Definition|Goal)\b")
    assert [part for part in parts if assumed(part.given) or ends.search(part.given)] == []
    theorems = [theorem for tie in all_ties().values() for theorem in tie.theorems]
    assert [theorem for theorem in theorems if not re.fullmatch(r"\w+\.\w+\.\w+", theorem)] == []


def test_a_theory_of_claims_has_no_words_of_its_own() -> None:
    """No definition and no notation: what its theorems say is said in the words of the library."""
    sentences = [
        (name, sentence.strip())
        for name in OF_CLAIMS
        for sentence in re.split(r"\.\s", PROOF.sub(" ", without_comments(read(name))))
    ]
    allowed = re.compile(
        r"From Coq Require Import|From W2S\.\w+(\.\w+)? Require Import|Open Scope R_scope$|Theorem |Ltac "
    )
    assert [(name, text) for name, text in sentences if text and not allowed.match(text)] == []


def test_the_library_has_notations_for_vectors_only() -> None:
    """A printed statement has terms over R: no notation of the library may change what they mean."""
    notations = [
        (name, notation)
        for name in NAMES
        for notation in re.findall(
            r"\b(?:Notation|Infix) .*?\.(?=\s)", without_comments(read(name)), re.DOTALL
        )
    ]
    assert notations
    assert [item for item in notations if not item[1].endswith(": vector_scope.")] == []
    opened = {scope for name in NAMES for scope in re.findall(r"\bOpen Scope (\w+)", read(name))}
    assert opened == {"R_scope"}


def test_the_theories_of_claims_have_the_theorems_of_the_ties_and_no_others() -> None:
    written = [
        f"{name.removeprefix('claims.')}.{theorem}"
        for name in OF_CLAIMS
        for theorem in re.findall(r"\bTheorem (\w+)", without_comments(read(name)))
    ]
    assert set(written) == {theorem for tie in all_ties().values() for theorem in tie.theorems}


def test_a_theorem_bears_its_claims_id_and_lies_at_the_path_of_its_statement() -> None:
    homes = {
        re.sub(r"\W", "_", claim.id): topic.__name__.removeprefix("w2s_theory.")
        for topic in topics()
        for claim in topic.CLAIMS
    }
    for tie in all_ties().values():
        for theorem in tie.theorems:
            own_name = theorem.rpartition(".")[2].removeprefix("not_")
            named = [home for claim_id, home in homes.items() if own_name.startswith(f"{claim_id}_")]
            assert theory_of(theorem) in named


def test_a_theory_of_claims_opens_with_their_ids() -> None:
    used = [(name, theorem) for name, tie in all_ties().items() for theorem in tie.theorems]
    openings = {theory: OPENING.match(read(theory)) for theory in {theory_of(theorem) for _, theorem in used}}
    ids = {theory: opening[0] for theory, opening in openings.items() if opening}
    assert [item for item in used if item[0] not in ids.get(theory_of(item[1]), "")] == []


@pytest.mark.slow
def test_every_theory_compiles_from_nothing(
    need_rocq: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    compile_theories(NAMES, 2)
    compiled = sorted(path.parent.name.rpartition("-")[0] for path in tmp_path.rglob("*.vo"))
    assert compiled == sorted(NAMES)


def test_no_theorem_rests_on_more_than_its_theory_says(need_rocq: None) -> None:
    """The theorems that ties name exist, and each is closed but for the axioms of the real numbers."""
    named = sorted({theorem for tie in all_ties().values() for theorem in tie.theorems})
    theories = sorted({theory_of(theorem) for theorem in named})
    compile_theories(theories, 2)
    required = "".join(
        f"From W2S.{folder} Require {name}.\n"
        for folder, _, name in (item.rpartition(".") for item in theories)
    )
    together = ", ".join(f"@{theorem}" for theorem in named)
    text = f"{required}Definition every := ({together}).\nPrint Assumptions every.\n"
    found = compile_lemmas("theorems", text, 120)
    assert found.accepted, found.message
    (axioms,) = found.axioms
    assert set(axioms) <= set(REAL_NUMBERS)
