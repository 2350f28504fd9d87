"""The page on formal proofs: its table and lists are made from the ties and the theories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.sources import theory_names
from w2s_theory.claims import all_claims

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "formal-proofs.md"


def test_every_claim_is_in_the_table_or_said_to_be_missing(
    load_generator: Callable[[str], ModuleType],
) -> None:
    *table, _, missing = load_generator("formal").claims()
    for claim in all_claims():
        rows = [row for row in table if row.startswith(f"| [`{claim.id}`]")]
        assert len(rows) == (claim.id in all_ties())
        assert (f"[`{claim.id}`]" in missing) == (claim.id not in all_ties())


def test_lemmas_and_theories_are_all_there(load_generator: Callable[[str], ModuleType]) -> None:
    text = load_generator("formal").fill(PAGE.read_text(encoding="utf-8"))
    assert "<!-- formal" not in text
    assert text.count("<summary>") == len(all_ties())
    for theory in theory_names():
        assert f"### {theory.replace('.', '/')}.v" in text
    assert "Theorems: `cauchy_schwarz`" in text
