"""The figures of a report: drawn by every kind that `w2s figure` has, or found in a folder, as clean SVG."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from numeric.arrays.drawings import drawn
from numeric.figures.catalogue import FIGURES
from proofs_checks.graph.drawing import draw
from proofs_checks.graph.model import Graph
from proofs_checks.report.model import Figure
from w2s_theory.errors import InvalidInput

_SVG, _XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}"
_LOCAL = re.compile(r"url\(#([\w.-]+)\)")
_DRAWING = re.compile(
    r"svg|g|defs|path|use|clipPath|rect|circle|ellipse|line|polyline|polygon|text|tspan"
    r"|linearGradient|radialGradient|stop|marker|pattern"
)


def draw_quickly(seed: int, advance: Callable[[], None] = lambda: None) -> tuple[Figure, ...]:
    """Return every figure that `w2s figure` can draw, at its quick setting; `advance` is called after each."""
    figures = []
    for name in FIGURES:
        figures.append(_draw(name, seed))
        advance()
    return tuple(figures)


def _draw(name: str, seed: int) -> Figure:
    figure = FIGURES[name]
    svg = clean_svg(drawn(figure.quick(seed).drawing, "svg").decode(), f"figure-{name}")
    command = shlex.join(["w2s", "figure", name, "--quick", "--seed", str(seed)])
    return Figure(f"figure-{name}", figure.caption, command, svg)


def read_folder(folder: str) -> tuple[Figure, ...]:
    """Return the figures in the SVG files of `folder`, in the order of their names.

    Raises InvalidInput where there is none, or where one cannot be read.
    """
    paths = sorted(Path(folder).glob("*.svg"))
    if not paths:
        raise InvalidInput(f"no SVG files in {folder!r}; draw some: w2s figure 2 --out {folder}/figure-2")
    captions = {f"figure-{name}": figure.caption for name, figure in FIGURES.items()}
    return tuple(Figure(path.stem, captions.get(path.stem, path.stem), "", _read(path)) for path in paths)


def _read(path: Path) -> str:
    try:
        # A space in an id would end a reference to it.
        return clean_svg(path.read_text(encoding="utf-8"), re.sub(r"\W+", "-", path.stem))
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise InvalidInput(f"cannot read {str(path)!r}: {error}; give SVG files of w2s figure") from error


def of_graph(graph: Graph, links: str) -> str:
    """Return the drawing of a graph as clean SVG, in which a claim links to the place `<links><id>` of its page.

    Raises ValueError for links that leave the page.
    """
    if not links.startswith("#"):
        raise ValueError(f"links to {links!r}; allowed: places of the page, such as #claim-")
    return clean_svg(drawn(draw(graph, links), "svg").decode(), "graph", links)


def clean_svg(text: str, name: str, links: str | None = None) -> str:
    """Return a drawing fit to stand in a page: shapes and text only, names of its own, sized by the page.

    Scripts, style sheets, event handlers and references outside the drawing are left out, but for links whose address
    begins with `links`; every id gets the prefix `name`. Raises ValueError where the root is no <svg>,
    ElementTree.ParseError where it is no XML.
    """
    root = ElementTree.fromstring(text)
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("the root element is not svg")
    _clean(root, name, links)
    if "viewBox" not in root.attrib and {"width", "height"} <= set(root.keys()):
        root.set("viewBox", f"0 0 {root.get('width')} {root.get('height')}")
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    root.set("xmlns", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element, name: str, links: str | None) -> None:
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    kept = [_attribute(key.removeprefix(_XLINK), value, name) for key, value in element.attrib.items()]
    if element.tag == "a":
        address = str(element.get(f"{_XLINK}href"))
        # The text of a drawing may be paths, which no screen reader can read.
        kept = [("href", address), ("aria-label", address.removeprefix(links or ""))]
    element.attrib.clear()
    element.attrib.update(pair for pair in kept if pair)
    element[:] = [child for child in element if _is_drawing(child) or _is_link(child, links)]
    for child in element:
        _clean(child, name, links)


def _attribute(key: str, value: str, name: str) -> tuple[str, str] | None:
    """Return the attribute with the drawing's own names prefixed, None if it may reach out of the drawing."""
    if key == "id":
        return key, f"{name}-{value}"
    if key == "href":
        return (key, f"#{name}-{value[1:]}") if value.startswith("#") else None
    outside = "url(" in _LOCAL.sub("", value) or "\\" in value or key.startswith(("on", "{"))
    return None if outside else (key, _LOCAL.sub(rf"url(#{name}-\1)", value))


def _is_link(element: ElementTree.Element, links: str | None) -> bool:
    return (
        element.tag == f"{{{_SVG}}}a"
        and links is not None
        and element.get(f"{_XLINK}href", "").startswith(links)
    )


def _is_drawing(element: ElementTree.Element) -> bool:
    tag = element.tag
    return isinstance(tag, str) and bool(_DRAWING.fullmatch(tag.removeprefix(f"{{{_SVG}}}")))
