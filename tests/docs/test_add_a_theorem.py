"""The theorem that "Add a theorem" adds is stated, checked and tied as the page says."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from proofs_checks import registry
from proofs_checks.evidence import Tier, Verdict
from proofs_checks.registry import Context, checks_of, falsifiers_of
from proofs_checks.rocq.lemmas import denied, stated, tied_parts
from proofs_checks.verify import rejects

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-theorem.md").read_text(encoding="utf-8")
STATEMENT, EVIDENCE, TIE, THEORY = (
    dedent(block) for block in re.findall(r"    ```(?:python|coq)\n(.*?)    ```", PAGE, flags=re.DOTALL)
)


@pytest.fixture
def evidence(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Run the page's modules as if they were where it puts them, and forget them afterwards."""
    monkeypatch.setattr(registry, "_checks", defaultdict(list))
    monkeypatch.setattr(registry, "_falsifiers", defaultdict(dict))
    modules = [ModuleType(f"{package}.claims.ours.young") for package in ("w2s_theory", "proofs_checks")]
    for module, code in zip(modules, (STATEMENT, EVIDENCE), strict=True):
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(code, vars(module))
    return modules[1]


def test_each_check_proves_the_claim_and_rejects_the_twin(evidence: ModuleType) -> None:
    checks = checks_of("sharp.young")
    assert {check.tier for check in checks} == {Tier.SYMBOLIC, Tier.DECISION}
    (twin,) = falsifiers_of("sharp.young")
    for check in checks:
        assert check.function(evidence.YOUNG, Context(0, 10, 60)).verdict is Verdict.PROVED
        assert check.rejects == (twin,)
        assert rejects(evidence.YOUNG, check.function(twin.twin, Context(0, 10, 60)))


def test_the_theorems_say_what_the_tie_asks_for(evidence: ModuleType) -> None:
    young = sys.modules["w2s_theory.claims.ours.young"]
    names = vars(evidence) | {name: vars(young)[name] for name in ("first", "second")}
    exec(TIE, names)
    tie = names["YOUNG_TIE"]
    (part,) = tie.proved.values()
    (refutation,) = part.refutations
    lemmas = (
        *stated(tie, tied_parts(tie, tie.claim)),
        denied(tie, part, refutation.twin.twin.relation("bound"), refutation),
    )
    theorems = dict(re.findall(r"Theorem (\w+) :(.*?)\.\nProof\.", THEORY, flags=re.DOTALL))
    said = {lemma.theorem.rpartition(".")[2]: lemma.proposition.split() for lemma in lemmas}
    assert {name: text.split() for name, text in theorems.items()} == said
