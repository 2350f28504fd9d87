"""The formal check on claims, on claims that have changed, on wrong twins, and without its tool."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.claims.intrinsic_dimension.conditions import CONDITION_TIE
from proofs_checks.evidence import Tier, Verdict
from proofs_checks.registry import Context
from proofs_checks.rocq import checks
from proofs_checks.rocq.cache import Compiled
from proofs_checks.rocq.checks import rocq
from proofs_checks.rocq.compiler import Refused, compile_lemmas
from proofs_checks.rocq.lemmas import REAL_NUMBERS, statement_file, tied_parts
from proofs_checks.rocq.sources import THEORIES, theory_file
from proofs_checks.rocq.ties import Open, Proved, Tie, theory_of
from proofs_checks.verify import verify
from w2s_theory.claims.intrinsic_dimension.conditions import CONDITION, POPULATION_EXCESS
from w2s_theory.notation.symbols import D_S, UNLABELLED

CONTEXT = Context(seed=0, examples=10, seconds=60)
TOO_FEW = CONDITION.replacing({POPULATION_EXCESS: UNLABELLED - D_S})
# False as well, but not at the point where the ties' refutations look.
TWICE = CONDITION.replacing({POPULATION_EXCESS: 2 * POPULATION_EXCESS})


def tied_to(monkeypatch: pytest.MonkeyPatch, tie: Tie) -> None:
    monkeypatch.setattr(checks, "all_ties", lambda: {tie.claim.id: tie})


def with_part(name: str, part: Proved | Open) -> Tie:
    """Return the tie with another part of this name."""
    return replace(CONDITION_TIE, parts={**CONDITION_TIE.parts, name: part})


def test_a_claim_is_proved_with_its_theorems_and_axioms(need_rocq: None) -> None:
    found = rocq(CONDITION, CONTEXT)
    assert found.verdict is Verdict.PROVED
    assert "intrinsic_dimension.conditions.id_condition_advantage_over_teacher" in found.summary
    assert "ClassicalDedekindReals.sig_forall_dec" in found.summary
    assert "n > d_w + 1" in found.domain
    assert not found.covers


def test_a_twin_is_refuted_with_the_numbers_that_break_it(need_rocq: None) -> None:
    found = rocq(TOO_FEW, CONTEXT)
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert found.witness["theorem"] == "intrinsic_dimension.conditions.not_id_condition_with_N_above_d_s"


def test_a_wrong_twin_that_no_theorem_denies_is_not_taken_for_proved(need_rocq: None) -> None:
    with pytest.raises(Refused, match=r"lemmas\.v, line"):
        rocq(TWICE, CONTEXT)


def test_a_claim_that_changes_breaks_its_tie(need_rocq: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tied_to(monkeypatch, replace(CONDITION_TIE, claim=TWICE))
    with pytest.raises(Refused):
        rocq(TWICE, CONTEXT)
    tied_to(monkeypatch, replace(CONDITION_TIE, parts={"in-sample": Open("nothing else")}))
    with pytest.raises(
        ValueError, match="a tie of the parts in-sample, a statement of over-teacher, in-sample"
    ):
        rocq(CONDITION, CONTEXT)


def test_a_hypothesis_that_cannot_be_met_is_noticed(need_rocq: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = CONDITION_TIE.proved["over-teacher"]
    impossible = replace(first, given=f"{first.given} (never : n < n)")
    tied_to(monkeypatch, with_part("over-teacher", impossible))
    with pytest.raises(Refused):
        rocq(TOO_FEW, CONTEXT)


def test_open_parts_are_named(need_rocq: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tied_to(monkeypatch, with_part("in-sample", Open("the in-sample advantage")))
    found = rocq(CONDITION, CONTEXT)
    assert found.verdict is Verdict.PROVED
    assert found.covers == "all but the in-sample advantage"
    assert found.parts == ("id.condition#over-teacher", "id.condition#over-baseline")
    tied_to(monkeypatch, replace(CONDITION_TIE, covers="whole numbers"))
    assert rocq(CONDITION, CONTEXT).covers == "whole numbers"
    assert CONDITION_TIE.proved["in-sample"].theorem not in found.summary


@pytest.mark.parametrize("axiom", ["Classical_Prop.classic", "part_1", "f is assumed to be guarded."])
def test_other_axioms_are_no_proof(monkeypatch: pytest.MonkeyPatch, axiom: str) -> None:
    def compile_with_axiom(_label: str, text: str, _seconds: float) -> Compiled:
        return Compiled(True, ((axiom,),) * text.count("Print Assumptions"), "")

    monkeypatch.setattr(checks, "compile_lemmas", compile_with_axiom)
    for claim in (CONDITION, TOO_FEW):
        found = rocq(claim, CONTEXT)
        assert found.verdict is Verdict.UNDECIDED
        assert found.summary == f"rests on axioms not allowed here: {axiom}"


def test_a_theorem_that_is_admitted_is_no_proof(
    need_rocq: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = shutil.copytree(THEORIES, tmp_path / "theories")
    first = CONDITION_TIE.theorems[0]
    theory = theory_file(theory_of(first), folder)
    name = first.rpartition(".")[2]
    admitted = re.sub(
        rf"(Theorem {name} .*?)Proof\..*?Qed\.", r"\1Admitted.", theory.read_text(), count=1, flags=re.DOTALL
    )
    theory.write_text(admitted)
    monkeypatch.setattr(checks, "compile_lemmas", partial(compile_lemmas, folder=folder))
    found = rocq(CONDITION, CONTEXT)
    assert found.verdict is Verdict.UNDECIDED
    assert found.summary == f"rests on axioms not allowed here: conditions.{name}"


FALSE = (
    "Axiom sig_forall_dec : False.\n",
    "Module ClassicalDedekindReals. Axiom sig_forall_dec : False. End ClassicalDedekindReals.\n",
)


@pytest.mark.parametrize("file", ["claims/ours/ClassicalDedekindReals.v", "library/numbers_of_mine.v"])
def test_an_axiom_of_ones_own_with_an_allowed_name_is_no_proof(
    file: str, need_rocq: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Coqc prints the shortest name, which is that of the standard library's axiom."""
    folder = shutil.copytree(THEORIES, tmp_path / "theories")
    in_library = file.startswith("library")
    axiom = "ClassicalDedekindReals.sig_forall_dec" if in_library else "sig_forall_dec"
    (folder / file).write_text(FALSE[in_library])
    part = CONDITION_TIE.proved["over-teacher"]
    statement = statement_file(replace(CONDITION_TIE, claim=TWICE), TWICE)
    proposition = re.findall(r"Lemma part_1 :\n  (.*?)\.\nProof", statement, flags=re.DOTALL)[0]
    proof = f"Theorem wished : {proposition}. Proof. destruct {axiom}. Qed.\n"
    written = folder / ("claims/ours/mine.v" if in_library else file)
    required = "From Coq Require Import Reals.\n"
    required += "From W2S.library Require Import numbers_of_mine.\n" if in_library else FALSE[0]
    written.write_text(f"{required}Open Scope R_scope.\n{proof}")
    wished = replace(part, theorem=f"ours.{written.stem}.wished", refutations=())
    others = {name: Open(name) for name in CONDITION_TIE.parts if name != "over-teacher"}
    tie = replace(
        CONDITION_TIE,
        claim=TWICE,
        parts={"over-teacher": wished, **others},
        theories=("numbers_of_mine",) if in_library else (),
    )
    tied_to(monkeypatch, tie)
    monkeypatch.setattr(checks, "compile_lemmas", partial(compile_lemmas, folder=folder))
    found = rocq(TWICE, CONTEXT)
    assert found.verdict is Verdict.UNDECIDED
    assert found.summary.startswith(
        "rests on axioms not allowed here: ClassicalDedekindReals.sig_forall_dec (not the standard library's)"
    )


def test_a_theory_that_takes_the_name_of_words_in_a_lemma_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own `norm2` would stand for the library's in what the lemma says."""
    part = replace(CONDITION_TIE.proved["over-teacher"], theorem="ours.inner_product.theorem")
    tie = replace(with_part("over-teacher", part), context="(x : vector) (d : inner_product.norm2 x > 0)")
    tied_to(monkeypatch, tie)
    with pytest.raises(
        ValueError, match=r"claims\.ours\.inner_product has the name of one whose words id\.condition"
    ):
        rocq(CONDITION, CONTEXT)


def test_lemmas_of_which_coqc_says_nothing_are_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "compile_lemmas", lambda *_: Compiled(True, (), ""))
    for claim in (CONDITION, TOO_FEW):
        with pytest.raises(Refused, match="named axioms 0 times"):
            rocq(claim, CONTEXT)


def test_one_wrong_lemma_does_not_spoil_the_others(need_rocq: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = CONDITION_TIE.proved["over-teacher"]
    good, bad = first.refutations
    spoiled = replace(first, refutations=(good, replace(bad, theorem=good.theorem)))
    tied_to(monkeypatch, with_part("over-teacher", spoiled))
    assert rocq(CONDITION, CONTEXT).verdict is Verdict.PROVED
    assert rocq(good.twin.twin, CONTEXT).verdict is Verdict.REFUTED


def test_the_real_numbers_axioms_are_all_that_is_allowed() -> None:
    assert {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
    } == set(REAL_NUMBERS)


def test_a_proof_that_takes_too_long_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile_slowly(*_: object) -> Compiled:
        raise TimeoutError("coqc took more than 60 s on lemmas.v")

    monkeypatch.setattr(checks, "compile_lemmas", compile_slowly)
    found = rocq(CONDITION, CONTEXT)
    assert found.verdict is Verdict.TIMED_OUT
    assert found.summary == "coqc took more than 60 s on lemmas.v"


def test_without_coqc_nothing_is_proved_and_nothing_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    for claim in (CONDITION, TOO_FEW):
        found = rocq(claim, CONTEXT)
        assert found.verdict is Verdict.NOT_RUN
        assert found.summary == ("not run: coqc not found; apt-get install coq libcoq-coquelicot")


@pytest.mark.parametrize("exit_code", ["1", "2"])
def test_a_coqc_that_refuses_a_theory_proves_nothing_and_nothing_counts(
    exit_code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    coqc = tmp_path / "coqc"
    coqc.write_text(
        '#!/bin/sh\ncase "$1" in --print-version) echo 8.16.1;; -where) echo /none;; '
        f"*) echo 'Error: Unknown tactic.' >&2; exit {exit_code};; esac\n"
    )
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run = verify([CONDITION], jobs=1)
    (result,) = run.results
    found = {item.tier: item.finding for item in result.evidence}
    assert found[Tier.FORMAL].verdict is Verdict.NOT_RUN
    assert re.fullmatch(
        r"not run: coqc refuses the theory [\w.]+: Error: Unknown tactic\.", found[Tier.FORMAL].summary
    )
    assert (run.exit_code, result.verdict) == (0, Verdict.PROVED)
    assert verify([CONDITION], tiers=[Tier.FORMAL], jobs=1).exit_code == 3


def test_a_verification_without_coqc_leaves_the_other_tiers_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    everything = verify([CONDITION], jobs=1)
    (result,) = everything.results
    assert everything.exit_code == 0
    assert {item.tier: item.finding.verdict for item in result.evidence}[Tier.FORMAL] is Verdict.NOT_RUN
    assert {item.name for item in result.falsifiers} >= {"N > d_s is enough for the population risk"}
    assert all(item.rejected for item in result.falsifiers)
    alone = verify([CONDITION], tiers=[Tier.FORMAL], jobs=1)
    assert alone.exit_code == 3
    assert alone.results[0].falsifiers == ()
    assert "coq" not in alone.as_json()["versions"]


def test_a_twins_parts_are_those_of_the_same_names() -> None:
    parts = tied_parts(CONDITION_TIE, TOO_FEW)
    assert [tied.name for tied in parts if tied.changed] == ["over-teacher"]
    assert {tied.name: tied.part for tied in parts} == CONDITION_TIE.parts


def test_the_lemma_states_the_claim_and_not_the_theorem() -> None:
    text = statement_file(CONDITION_TIE, CONDITION)
    assert "N - (2 * d_s) - 1" in text
    assert text.count("Lemma part_") == 3
    assert f"Proof. exact {CONDITION_TIE.theorems[0]}. Qed." in text
    assert "Definition every_part := (part_1, part_2, part_3).\nPrint Assumptions every_part." in text
    changed = statement_file(CONDITION_TIE, TWICE)
    assert text.split("Lemma part_2")[0] != changed.split("Lemma part_2")[0]
