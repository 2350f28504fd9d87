from __future__ import annotations

import pytest

from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.graph.model import Arrow, Kind, graph_of, kind_of
from proofs_checks.grounds import grounded, with_dependencies
from proofs_checks.results import ClaimResult
from proofs_checks.run import Run
from w2s_theory.claims import all_claims, find_claim

CLAIMS = with_dependencies([find_claim("rf.cor1")])


def test_arrows_are_the_citations_among_the_claims() -> None:
    graph = graph_of(CLAIMS)
    assert set(graph.arrows) == {
        Arrow("rf.thm4.1#quadratic", "rf.cor1"),
        Arrow("fact.cauchy-schwarz#lengths", "rf.thm4.1"),
        Arrow("fact.power-order#roots", "rf.thm4.1"),
        Arrow("fact.power-order#roots", "fact.cauchy-schwarz"),
    }
    assert graph_of([find_claim("rf.cor1")]).arrows == ()


def test_every_citation_of_the_catalogue_is_an_arrow() -> None:
    cited = {(item.id, claim.id) for claim in all_claims() for item in claim.cites}
    assert {(arrow.part, arrow.carries) for arrow in graph_of(all_claims()).arrows} == cited
    assert len(graph_of(all_claims()).nodes) == len(all_claims())


@pytest.mark.parametrize(
    ("claim_id", "kind"),
    [
        ("fact.logarithm", Kind.FACT),
        ("rf.thm4.1", Kind.RECONSTRUCTED),
        ("sharp.bootstrap", Kind.NEW),
        ("id.variance", Kind.PUBLISHED),
        ("rf.summary-eta", Kind.FALSE),
    ],
)
def test_kinds(claim_id: str, kind: Kind) -> None:
    assert kind_of(find_claim(claim_id)) is kind


def test_verdicts_and_problems_are_those_of_the_run() -> None:
    results = []
    for claim in CLAIMS:
        verdict = Verdict.CRASHED if claim.id == "fact.power-order" else Verdict.PROVED
        rests_on = tuple(dict.fromkeys(citation.id for citation in claim.cites))
        finding = Finding(verdict, "summary", "domain", rests_on=rests_on)
        results.append(ClaimResult.of(claim, [Evidence(Tier.SYMBOLIC, "algebra", finding, 0.1)]))
    run = Run(grounded(results), 0, "quick", (Tier.SYMBOLIC,), {})
    found = {node.id: (node.verdict, node.problem) for node in graph_of(CLAIMS, run).nodes}
    assert found == {
        "rf.cor1": ("undecided", "it rests on rf.thm4.1#quadratic, which is undecided"),
        "rf.thm4.1": ("undecided", "it rests on fact.cauchy-schwarz#lengths, which is undecided"),
        "fact.cauchy-schwarz": ("undecided", "it rests on fact.power-order#roots: a check crashed"),
        "fact.power-order": ("undecided", "a check crashed"),
    }
