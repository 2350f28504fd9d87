"""Results to report on, written out: they hold every kind of verdict, and text that means something in HTML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from proofs_checks.evidence import Tier
from proofs_checks.run import SCHEMA, Run
from w2s_theory.claims import all_claims

HOSTILE = '<script>alert(1)</script> & "quotes" 100% a_b \\input{/etc/passwd} | $x$ `code`'


def evidence(tier: str, verdict: str, **fields: Any) -> dict[str, Any]:
    plain = {"method": f"a {tier} method", "summary": "one sentence", "covers": "", "parts": []}
    return {
        "tier": tier,
        "verdict": verdict,
        **plain,
        "domain": "all of it",
        "witness": None,
        "broken": None,
        "given": [],
        "seconds": 0.25,
        **fields,
    }


def parts_of(claim_id: str) -> tuple[str, ...]:
    known = {each.id: each.ids() for each in all_claims()}
    return known.get(claim_id, (f"{claim_id}#first", f"{claim_id}#second"))


def claim(claim_id: str, verdict: str, *found: dict[str, Any], **fields: Any) -> dict[str, Any]:
    plain = {"title": "A title", "source": "A paper", "provenance": "new", "expects_refutation": False}
    twin = {"name": "a wrong constant", "rejected": True, "witness": {"L_TE": "1/2"}}
    return {
        "id": claim_id,
        **plain,
        "parts": list(parts_of(claim_id)),
        "verdict": verdict,
        "evidence": list(found),
        "falsifiers": [twin],
        **fields,
    }


@pytest.fixture
def results() -> dict[str, Any]:
    """Return five results: proved, supported with a partial proof, refuted as expected, undecided, and hostile."""
    partial = evidence("symbolic", "proved", summary="two steps", covers="the first inequality")
    slipped = {"name": HOSTILE, "rejected": False, "witness": None}
    return {
        "schema": SCHEMA,
        "versions": {"python": "3.11.0", "sympy": "1.14.0"},
        "seed": 7,
        "budget": "full",
        "tiers": list(Tier),
        "interrupted": False,
        "claims": [
            claim("rf.thm4.1", "proved", evidence("symbolic", "proved"), evidence("property", "supported")),
            claim("rf.thm4.2", "supported", partial, evidence("property", "supported")),
            claim(
                "rf.summary-eta",
                "refuted",
                evidence("decision", "refuted", witness={"L_TE": "1/100"}),
                expects_refutation=True,
            ),
            claim("sharp.bootstrap", "undecided", partial),
            claim(
                "gone.claim",
                "refuted",
                evidence("property", "refuted", summary=HOSTILE, witness={"x": HOSTILE}),
                title=HOSTILE,
                falsifiers=[slipped],
            ),
        ],
    }


@pytest.fixture
def outcome(results: dict[str, Any]) -> Run:
    return Run.from_json(results)


@pytest.fixture
def results_file(results: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "results.json"
    path.write_text(json.dumps(results), encoding="utf-8")
    return path
