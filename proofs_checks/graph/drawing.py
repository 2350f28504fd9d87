"""The drawing of the graph: a folder of claims a column, a claim a node; colours are verdicts, shapes are kinds."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from proofs_checks.graph.model import Graph, Kind, Node
from w2s_theory.verdict import Verdict

COLOURS: Mapping[str, str] = {
    Verdict.PROVED: "#bfe3c6",
    Verdict.CERTIFIED: "#c6ece4",
    Verdict.SUPPORTED: "#cfe0f7",
    Verdict.REFUTED: "#f3c6c2",
    Verdict.UNDECIDED: "#fbe9b5",
    "": "#ffffff",
}
"""The fill of a node, by verdict; white where none is known."""
FAILED = "#b3261e"
"""The frame of a claim with which something went wrong."""
SHAPES: Mapping[Kind, str] = {
    Kind.FACT: "ellipse,pad=0.25",
    Kind.PUBLISHED: "square,pad=0.4",
    Kind.RECONSTRUCTED: "square,pad=0.4",
    Kind.NEW: "round,pad=0.4,rounding_size=0.5",
    Kind.FALSE: "sawtooth,pad=0.6,tooth_size=0.35",
}
DASHED = Kind.RECONSTRUCTED
WIDTH, HEIGHT, MARGIN = 2.5, 0.4, 0.5
"""Inches of a column, of a row, and around all."""
LETTER = 0.068
"""Inches of a letter, about."""
LEGEND_ROWS = 2


def draw(graph: Graph, links: str | None = None) -> Figure:
    """Return the drawing; with `links`, a node links to `<links><id>`."""
    columns = _columns(graph)
    rows = 1 + max((len(nodes) for _, nodes in columns), default=0)
    width, height = WIDTH * len(columns) + 2 * MARGIN, HEIGHT * (rows + LEGEND_ROWS) + 2 * MARGIN
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    places: dict[str, tuple[float, float]] = {}
    for number, (folder, nodes) in enumerate(columns):
        x = MARGIN + WIDTH * (number + 0.5)
        axes.text(x, MARGIN, folder.replace("_", " "), ha="center", va="center", weight="bold", size=10)
        for row, node in enumerate(nodes, start=1):
            places[node.id] = (x, MARGIN + HEIGHT * row)
            _node(axes, node, places[node.id], links)
    for arrow in {(each.start, each.carries) for each in graph.arrows}:
        axes.add_patch(_arrow(places, *arrow))
    _legend(axes, graph, MARGIN + HEIGHT * (rows + 0.75))
    return figure


def _columns(graph: Graph) -> list[tuple[str, list[Node]]]:
    """Return the columns, facts first; in each, what carries or is carried on top, and below what stands alone."""
    tied = {name for each in graph.arrows for name in (each.start, each.carries)}
    found: dict[str, list[Node]] = {}
    for node in sorted(graph.nodes, key=lambda node: node.kind is not Kind.FACT):
        found.setdefault(node.folder, []).append(node)
    return [(folder, sorted(nodes, key=lambda node: node.id not in tied)) for folder, nodes in found.items()]


def _node(axes: Axes, node: Node, place: tuple[float, float], links: str | None) -> None:
    failed = bool(node.problem) and node.verdict != Verdict.UNDECIDED
    box = {
        "boxstyle": SHAPES[node.kind],
        "facecolor": COLOURS.get(node.verdict, COLOURS[""]),
        "edgecolor": FAILED if failed else "#444444",
        "linewidth": 2.0 if failed else 0.9,
        "linestyle": "--" if node.kind is DASHED else "-",
    }
    text = axes.text(*place, node.id, ha="center", va="center", size=8, bbox=box, zorder=3)
    if links is not None:
        text.set_url(f"{links}{node.id}")


def _arrow(places: Mapping[str, tuple[float, float]], start: str, end: str) -> FancyArrowPatch:
    """Return the arrow between two nodes: across between columns, bent to the right within one."""
    (x, y), (to_x, to_y) = places[start], places[end]
    half, to_half = half_width(start), half_width(end)
    if to_x == x:
        bend = 0.4 if to_y < y else -0.4
        ends, style = ((x + half, y), (to_x + to_half, to_y)), f"arc3,rad={bend}"
    else:
        side = 1 if to_x > x else -1
        ends, style = ((x + side * half, y), (to_x - side * to_half, to_y)), "arc3,rad=0.06"
    return FancyArrowPatch(
        *ends,
        connectionstyle=style,
        arrowstyle="-|>",
        mutation_scale=9,
        color="#556677",
        linewidth=0.9,
        zorder=1,
    )


def half_width(name: str) -> float:
    """Return about half the width of a node in inches."""
    return LETTER * len(name) / 2 + 0.1


def _legend(axes: Axes, graph: Graph, y: float) -> None:
    """Say what the colours and the shapes in the drawing mean, and which way an arrow goes."""
    verdicts = [verdict for verdict in COLOURS if any(node.verdict == verdict for node in graph.nodes)]
    samples = [
        *(Node(verdict or "no verdict", "", "", Kind.PUBLISHED, verdict) for verdict in verdicts),
        *(Node(str(kind), "", "", kind) for kind in Kind if any(node.kind is kind for node in graph.nodes)),
    ]
    x = MARGIN
    for sample in samples:
        length = 2 * half_width(sample.id) + 0.3
        _node(axes, sample, (x + length / 2, y), None)
        x += length + 0.1
    axes.text(
        MARGIN,
        y + HEIGHT,
        "An arrow goes from what is cited to the claim that rests on it.",
        va="center",
        size=8,
    )
