"""The graph of the claims: an arrow from each part that is cited to the claim whose derivation cites it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from proofs_checks.run import Run
from w2s_theory.claim import Claim, Provenance
from w2s_theory.claims import FOLDERS, claims_in


class Kind(StrEnum):
    """What a node of the graph is."""

    FACT = "fact"
    PUBLISHED = "published"
    RECONSTRUCTED = "reconstructed"
    NEW = "new"
    FALSE = "recorded as false"


@dataclass(frozen=True)
class Node:
    """A claim; `folder` is where it is stated, `verdict` is empty where none is known, `problem` where there is none."""

    id: str
    title: str
    folder: str
    kind: Kind
    verdict: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Arrow:
    """A part of one claim, by its id, that carries another claim."""

    part: str
    carries: str

    @property
    def start(self) -> str:
        """Return the id of the claim whose part it is."""
        return self.part.partition("#")[0]


@dataclass(frozen=True)
class Graph:
    """Claims in the order of the catalogue, and what carries them."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the graph as plain data."""
        return {
            "claims": [{**asdict(node), "kind": str(node.kind)} for node in self.nodes],
            "rests_on": [asdict(arrow) for arrow in self.arrows],
        }


def graph_of(claims: Sequence[Claim], run: Run | None = None) -> Graph:
    """Return the graph of the claims among themselves, with the verdicts of a run on them as it found them."""
    known = (
        {} if run is None else {result.id: result for result in run.results if result.id not in run.unknown}
    )
    folders = {claim.id: folder for folder in FOLDERS for claim in claims_in(folder)}
    nodes = []
    for claim in claims:
        result = known.get(claim.id)
        verdict, problem = (str(result.verdict), result.problem) if result else ("", "")
        problem = "" if problem == verdict else problem
        nodes.append(Node(claim.id, claim.title, folders[claim.id], kind_of(claim), verdict, problem))
    ids = {claim.id for claim in claims}
    arrows = {
        Arrow(citation.id, claim.id): None
        for claim in claims
        for citation in claim.cites
        if citation.claim.id in ids
    }
    return Graph(tuple(nodes), tuple(arrows))


def kind_of(claim: Claim) -> Kind:
    """Return what a claim is: recorded as false, a fact from a textbook, or of its provenance."""
    if claim.expects_refutation:
        return Kind.FALSE
    return Kind.FACT if claim.provenance is Provenance.TEXTBOOK else Kind(str(claim.provenance))
