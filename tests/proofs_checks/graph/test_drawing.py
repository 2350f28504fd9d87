from __future__ import annotations

from dataclasses import replace

import pytest

from numeric.arrays.drawings import drawn
from proofs_checks.graph.drawing import draw
from proofs_checks.graph.model import Graph, graph_of
from proofs_checks.report.drawings import of_graph
from w2s_theory.claims import all_claims
from w2s_theory.verdict import SUPPORTING, Verdict

GRAPH = graph_of(all_claims())


def test_every_claim_is_drawn_once_inside_the_picture() -> None:
    figure = draw(GRAPH)
    figure.canvas.draw()
    boxes = {text.get_text(): text.get_window_extent() for text in figure.axes[0].texts}
    picture = figure.bbox
    for node in GRAPH.nodes:
        box = boxes[node.id]
        assert picture.x0 <= box.x0 <= box.x1 <= picture.x1
        assert picture.y0 <= box.y0 <= box.y1 <= picture.y1
    drawn_boxes = [boxes[node.id] for node in GRAPH.nodes]
    overlapping = [
        (i, j) for i, one in enumerate(drawn_boxes) for j in range(i) if one.overlaps(drawn_boxes[j])
    ]
    assert overlapping == []


def test_the_colour_is_the_verdict() -> None:
    nodes = tuple(
        replace(node, verdict=str(verdict))
        for node, verdict in zip(GRAPH.nodes, (*SUPPORTING, Verdict.REFUTED, Verdict.UNDECIDED), strict=False)
    )
    texts = {text.get_text(): text for text in draw(Graph(nodes, ())).axes[0].texts}
    colours = {texts[node.id].get_bbox_patch().get_facecolor() for node in nodes}
    assert len(colours) == len(nodes) == 5


def test_links_lead_to_the_claims_and_nowhere_else() -> None:
    svg = of_graph(GRAPH, "#claim-")
    for node in GRAPH.nodes:
        assert svg.count(f'href="#claim-{node.id}"') == 1
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    with pytest.raises(ValueError, match="allowed: places of the page"):
        of_graph(GRAPH, "https://example.org/")


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert drawn(draw(GRAPH), "svg") == drawn(draw(GRAPH), "svg")
