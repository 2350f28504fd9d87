"""The solvers' word is taken from the solvers, or told as a file's: nothing else passes by calling itself that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from proofs_checks.bounds.certificates.recheck import check, from_json
from proofs_checks.bounds.certificates.reduced import Reduced
from proofs_checks.bounds.certificates.solvers_word import UNCHECKED, SolversWord, Word
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms.tree import TRUE

ANYWHERE = Problem({}, TRUE)
"""A problem that every point solves: no certificate of its emptiness is right."""


@dataclass(frozen=True)
class Forged:
    kind: ClassVar[str] = UNCHECKED

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind}


class ForgedWord(Word):
    """A word of another class."""


def test_a_certificate_that_only_calls_itself_the_solvers_word_is_refused() -> None:
    assert not check(ANYWHERE, Forged())
    assert not check(ANYWHERE, ForgedWord(()))
    assert not check(ANYWHERE, Reduced((), (), Forged()))


def test_the_solvers_own_word_and_a_files_are_taken_for_what_they_are() -> None:
    assert check(ANYWHERE, SolversWord("4", "1"))
    assert check(ANYWHERE, from_json(SolversWord("4", "1").as_json()))
