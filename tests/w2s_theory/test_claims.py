from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

import w2s_theory.claims
from w2s_theory.claim import Assumption, Claim, Provenance, Step
from w2s_theory.claims import all_claims, find_claim, listed, papers
from w2s_theory.claims.papers import PAPERS
from w2s_theory.discovery import ROOT
from w2s_theory.errors import InvalidInput


def test_ids_are_unique_and_found() -> None:
    ids = [claim.id for claim in all_claims()]
    assert len(ids) == len(set(ids))
    assert all(find_claim(name).id == name for name in ids)
    with pytest.raises(InvalidInput, match=r"unknown claim 'rf\.nothing'; allowed: rf\.cor1"):
        find_claim("rf.nothing")


def is_complete(claim: Claim) -> bool:
    """Return whether the claim names its source, its assumptions and a reason for each step."""
    return (
        claim.source.paper in PAPERS
        and isinstance(claim.provenance, Provenance)
        and bool(claim.assumptions and claim.derivation)
        and all(assumption.text.strip() for assumption in claim.assumptions)
        and all(isinstance(step, Step) and step.text.endswith((".", ":")) for step in claim.derivation)
    )


def test_every_claim_names_its_source_its_assumptions_and_its_reasons() -> None:
    assert [claim.id for claim in all_claims() if not is_complete(claim)] == []
    assert not is_complete(replace(find_claim("rf.lem1"), assumptions=(Assumption(" "),)))
    assert not is_complete(replace(find_claim("rf.lem1"), derivation=()))


def test_no_step_says_that_a_thing_is_itself() -> None:
    steps = [(claim.id, step) for claim in all_claims() for step in claim.derivation]
    assert [(name, step.text) for name, step in steps if step.relation.args[0] == step.relation.args[1]] == []


def module_with(file: str, **content: object) -> ModuleType:
    """Return a module of claims as if it were at this path below the folder of the packages."""
    module = ModuleType(file.removesuffix(".py").replace("/", "."))
    module.__file__ = str(ROOT / file)
    vars(module).update(content)
    return module


def test_a_second_claim_of_one_id_is_refused_with_both_files() -> None:
    claim = find_claim("rf.lem1")
    first = module_with("w2s_theory/claims/random_features/a.py", CLAIMS=(claim,))
    second = module_with("w2s_theory/claims/ours/b.py", CLAIMS=(replace(claim, title="other"),))
    with pytest.raises(InvalidInput) as caught:
        listed([first, second])
    assert str(caught.value) == (
        "two claims have the id 'rf.lem1', in w2s_theory/claims/random_features/a.py "
        "and w2s_theory/claims/ours/b.py; allowed: an id of its own"
    )
    twice = module_with("w2s_theory/claims/ours/b.py", CLAIMS=(claim, claim))
    with pytest.raises(InvalidInput, match=r"'rf\.lem1', in w2s_theory/claims/ours/b\.py; allowed"):
        listed([twice])
    assert listed([first]) == (claim,)


def test_a_claim_that_is_not_listed_where_it_is_made_is_refused() -> None:
    claim = find_claim("rf.lem1")
    module = module_with(
        "w2s_theory/claims/ours/b.py", CLAIMS=(claim,), FORGOTTEN=replace(claim, id="rf.lem2")
    )
    with pytest.raises(
        InvalidInput, match=r"ours/b\.py makes the claim 'rf\.lem2', which is not in its CLAIMS"
    ):
        listed([module])


@pytest.mark.parametrize("content", [{}, {"CLAIMS": ()}, {"CLAIMS": []}, {"CLAIMS": ("rf.lem1",)}])
def test_a_file_without_claims_in_a_folder_of_claims_is_refused(
    content: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = module_with("w2s_theory/claims/ours/helper.py", **content)
    monkeypatch.setattr(w2s_theory.claims, "found_in", lambda *_: iter([helper]))
    with pytest.raises(InvalidInput) as caught:
        list(w2s_theory.claims.topics())
    assert str(caught.value) == (
        "w2s_theory/claims/ours/helper.py states no claims; allowed in its folder: files that define CLAIMS, "
        "a tuple of Claim"
    )


def test_claims_beside_the_folders_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "CLAIMS", (find_claim("rf.lem1"),), raising=False)
    with pytest.raises(
        InvalidInput, match=r"^w2s_theory/claims/papers\.py states claims outside the folders "
    ):
        list(w2s_theory.claims.topics())
