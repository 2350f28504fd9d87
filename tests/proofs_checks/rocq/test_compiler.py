"""Compiling: what is cached, what a wait or a missing tool does, and what `Print Assumptions` is read as."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from proofs_checks.rocq import compiler, installation
from proofs_checks.rocq.cache import cache_folder
from proofs_checks.rocq.compiler import (
    Refused,
    RefusedTheory,
    assumptions,
    check_tools,
    compile_lemmas,
    compile_theories,
)
from proofs_checks.rocq.installation import Unavailable
from proofs_checks.rocq.sources import Sources, required, without_comments

ONE = "Definition one := 1.\n"
TWO = "From W2S.library Require Import one.\nLemma two : one + one = 2. Proof. reflexivity. Qed.\n"
LEMMA = "From W2S.library Require Import two.\nLemma three : 1 = 1. Proof. exact eq_refl. Qed.\nPrint Assumptions three.\n"


@pytest.fixture
def theories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of two small theories, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "theories"
    (folder / "library").mkdir(parents=True)
    (folder / "library" / "one.v").write_text(ONE)
    (folder / "library" / "two.v").write_text(TWO)
    return folder


def compiled() -> dict[str, int]:
    """Return the compiled theories in the cache with the time of their last change."""
    return {file.stem: file.stat().st_mtime_ns for file in cache_folder().glob("theories/*/*.vo")}


def test_requirements_are_read_without_comments() -> None:
    text = (
        "From W2S.library Require Import a b. (* From W2S.library Require c. (* nested *) *)\n"
        "From W2S.claims.ours Require d."
    )
    assert required(text) == ("library.a", "library.b", "claims.ours.d")
    assert without_comments("a (* b (* c *) d *) e") == "a   e"


def test_a_theory_comes_after_what_it_requires(theories: Path) -> None:
    assert Sources(theories).closure(["library.two", "library.one"]) == ("library.one", "library.two")


def test_a_text_is_read_once(theories: Path) -> None:
    sources = Sources(theories)
    assert sources["library.one"] == ONE
    (theories / "library" / "one.v").write_text("changed meanwhile")
    assert sources["library.one"] == ONE


def test_nothing_is_compiled_twice_until_its_text_changes(theories: Path, need_rocq: None) -> None:
    compile_theories(["library.two"], 2, theories)
    first = compiled()
    assert set(first) == {"one", "two"}
    compile_theories(["library.two"], 1, theories)
    assert compiled() == first
    (theories / "library" / "two.v").write_text(TWO + "(* changed *)\n")
    compile_theories(["library.two"], 1, theories)
    assert len(list(cache_folder().glob("theories/library.two-*/two.vo"))) == 2
    assert len(list(cache_folder().glob("theories/library.one-*/one.vo"))) == 1
    (theories / "library" / "one.v").write_text(ONE + "(* changed: what rests on it is compiled anew *)\n")
    compile_theories(["library.two"], 1, theories)
    assert len(list(cache_folder().glob("theories/library.two-*/two.vo"))) == 3


def test_an_answer_is_remembered(theories: Path, need_rocq: None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = compile_lemmas("three", LEMMA, 60, theories)
    assert found.accepted
    assert found.axioms == ((),)
    wrong = compile_lemmas("wrong", LEMMA.replace("1 = 1", "1 = 2"), 60, theories)
    assert not wrong.accepted
    assert wrong.message.startswith("lemmas.v, line 2, ")
    assert "eq_refl" in wrong.message
    kept = Path(wrong.message.rpartition("(")[2].rstrip(")"))
    assert "1 = 2" in kept.read_text()

    def refuse(*_: object) -> None:
        raise AssertionError("coqc ran again")

    monkeypatch.setattr(compiler, "_run", refuse)
    assert compile_lemmas("three", LEMMA, 60, theories) == found
    assert compile_lemmas("wrong", LEMMA.replace("1 = 1", "1 = 2"), 60, theories) == wrong


def test_nothing_is_left_where_it_runs(
    theories: Path, need_rocq: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    text = "From Coq Require Import Reals Psatz.\nLemma square (x : R) : (0 <= x * x)%R. Proof. nra. Qed.\n"
    assert compile_lemmas("square", text, 60, theories).accepted
    assert list(here.iterdir()) == []


def test_a_theory_with_an_error_names_it(theories: Path, need_rocq: None) -> None:
    (theories / "library" / "two.v").write_text(TWO.replace("= 2", "= 3"))
    with pytest.raises(RefusedTheory, match=r"coqc refuses the theory library\.two: two\.v, line 2"):
        compile_theories(["library.two"], 1, theories)
    assert set(compiled()) == {"one"}


def test_a_lemma_that_takes_too_long_is_not_remembered(theories: Path, need_rocq: None) -> None:
    endless = "Lemma slow : True. Proof. do 1000000000 idtac. exact I. Qed.\n"
    with pytest.raises(TimeoutError, match="more than 1 s"):
        compile_lemmas("slow", endless, 1, theories)
    assert not list(cache_folder().glob("lemmas/*.json"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (-9, ""),
        (1, "Error: User interrupt."),
        (1, "Error: System error: No space left on device"),
        (129, "Anomaly"),
    ],
)
def test_what_is_not_the_files_fault_is_not_remembered(
    theories: Path, need_rocq: None, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    compile_theories(["library.two"], 1, theories)
    stopped = subprocess.CompletedProcess(["coqc"], code, "", said)
    monkeypatch.setattr(compiler, "_run", lambda *_: stopped)
    with pytest.raises(Refused):
        compile_lemmas("three", LEMMA, 60, theories)
    assert not list(cache_folder().glob("lemmas/*.json"))


def test_a_missing_tool_or_library_is_said_so(
    theories: Path, need_rocq: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = "From Absent Require Import Nothing.\n"
    with pytest.raises(
        Unavailable, match=r"a library of coqc is missing; apt-get install coq libcoq-coquelicot"
    ):
        compile_lemmas("absent", absent, 60, theories)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Unavailable, match=r"coqc not found; apt-get install coq libcoq-coquelicot"):
        compile_lemmas("three", LEMMA, 60, theories)
    assert installation.installed_version() is None


def test_every_axiom_is_read(theories: Path, need_rocq: None) -> None:
    text = (
        "From Coq Require Import Reals.\nAxiom wish : forall n : nat,\n  n = 0.\n"
        "Lemma hoped : 1 = 0. Proof. apply wish. Qed.\n"
        "Lemma skipped : 1 = 0. Admitted.\n"
        "Lemma real : (1 + 1 = 2)%R. Proof. reflexivity. Qed.\n"
        "Lemma both : (1 = 0 /\\ (1 = 0)) /\\ (1 + 1 = 2)%R. Proof. exact (conj (conj hoped skipped) real). Qed.\n"
        "Print Assumptions hoped. Print Assumptions skipped. Print Assumptions eq_refl. Print Assumptions both.\n"
    )
    hoped, skipped, none, both = compile_lemmas("axioms", text, 60, theories).axioms
    assert (hoped, skipped, none) == (("wish",), ("skipped",), ())
    assert {"wish", "skipped", "ClassicalDedekindReals.sig_forall_dec"} <= set(both)


def test_what_else_is_assumed_counts_as_an_axiom() -> None:
    unguarded = "Axioms:\nf is assumed to be guarded.\n"
    several = "Axioms:\na.b\n  : nat ->\n    nat\nc : nat\n"
    printed = f"{unguarded}Closed under the global context\n{several}"
    assert list(assumptions(printed)) == [("f is assumed to be guarded.",), (), ("a.b", "c")]


@pytest.mark.parametrize("damage", [b"", b"half of it"])
def test_a_damaged_theory_is_compiled_anew(theories: Path, need_rocq: None, damage: bytes) -> None:
    compile_theories(["library.two"], 1, theories)
    (one,) = cache_folder().glob("theories/library.one-*/one.vo")
    whole = one.read_bytes()
    one.write_bytes(damage)
    compile_theories(["library.two"], 1, theories)
    assert one.read_bytes() != damage
    assert compile_lemmas("three", LEMMA, 60, theories).accepted
    assert len(one.read_bytes()) == len(whole)
    one.unlink()
    compile_theories(["library.two"], 1, theories)
    assert one.exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"null",
        b"{}",
        b"\xff",
        b'{"accepted": "yes", "axioms": [], "message": "", "full_names": []}',
        b'{"accepted": true, "axioms": "none", "message": "", "full_names": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_answer_is_asked_for_anew(theories: Path, need_rocq: None, damage: bytes) -> None:
    found = compile_lemmas("three", LEMMA, 60, theories)
    (kept,) = cache_folder().glob("lemmas/*.json")
    kept.write_bytes(damage)
    assert compile_lemmas("three", LEMMA, 60, theories) == found
    assert kept.read_bytes() != damage


def test_a_cache_that_cannot_be_written_is_said_so(
    theories: Path, need_rocq: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for place in ("/proc/foo", str(tmp_path / "file")):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        expected = (
            rf"cannot write the cache '{place}/w2s-theory/formal' \(.+\); set XDG_CACHE_HOME to a folder"
        )
        for work in (
            check_tools,
            lambda: compile_theories(["library.two"], 1, theories),
            lambda: compile_lemmas("three", LEMMA, 60, theories),
        ):
            with pytest.raises(Unavailable, match=expected):
                work()


def test_a_cache_named_from_here_stays_where_it_is(
    theories: Path, need_rocq: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert compile_lemmas("three", LEMMA, 60, theories).accepted
    assert list((tmp_path / "here").rglob("two.vo"))


BROKEN = {
    "exit 1": r"coqc --print-version fails \(exit code 1\); apt-get install coq",
    "exit 0": r"coqc --print-version prints nothing; apt-get install coq",
    '[ "$1" = --print-version ] && echo 8.16.1 4.13': r"coqc -where fails \(exit code 1\); apt-get install coq",
}


@pytest.mark.parametrize("script", BROKEN)
def test_a_broken_coqc_is_said_so(
    script: str, theories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coqc = tmp_path / "bin" / "coqc"
    coqc.parent.mkdir()
    coqc.write_text(f"#!/bin/sh\n{script}\n")
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", str(coqc.parent))
    for work in (check_tools, lambda: compile_lemmas("three", LEMMA, 60, theories)):
        with pytest.raises(Unavailable, match=BROKEN[script]):
            work()


def test_what_is_no_program_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "coqc").write_bytes(b"\x7fELF nothing")
    (tmp_path / "coqc").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match=r"coqc --print-version fails \(Exec format error\)"):
        check_tools()
