from __future__ import annotations

import json

import pytest

from proofs_checks.command_line.cli import main
from w2s_theory.claim import Provenance
from w2s_theory.claims import FOLDERS, all_claims, claims_in
from w2s_theory.claims.papers import PAPERS


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["claims", *arguments, "--json", "-"]) == 0
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


def test_the_words_that_the_table_shows_choose_its_claims(capsys: pytest.CaptureFixture[str]) -> None:
    """The start of an id, and the first author; the folders are what `w2s show` ends with."""
    authors = {claim.id: str(claim.source).split()[0] for claim in all_claims()}
    for word in {claim.id.split(".")[0] for claim in all_claims()}:
        assert {name for name in authors if name.startswith(f"{word}.")} <= set(
            listed(capsys, "--paper", word)
        )
    for author in set(authors.values()):
        expected = [name for name in authors if authors[name] == author]
        assert listed(capsys, "--paper", author) == listed(capsys, "--paper", author.lower()) == expected
    assert {name.split(".")[0] for name in listed(capsys, "--paper", "sharp")} == {"sharp"}


def test_a_paper_is_chosen_by_its_key(capsys: pytest.CaptureFixture[str]) -> None:
    for paper in PAPERS:
        expected = [claim.id for claim in all_claims() if claim.source.paper == paper]
        assert listed(capsys, "--paper", paper.key) == expected


def test_a_folder_of_claims_is_chosen_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    for folder in FOLDERS:
        found = listed(capsys, "--paper", folder)
        assert sorted(found) == sorted(claim.id for claim in claims_in(folder))
        assert listed(capsys, "--paper", folder.replace("_", "-")) == found
    new = [claim.id for claim in claims_in("ours") if claim.provenance is Provenance.NEW]
    assert sorted(listed(capsys, "--paper", "ours", "--provenance", "new")) == sorted(new)
    assert 0 < len(new) < len(claims_in("ours"))
