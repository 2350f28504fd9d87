from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from numeric.figures.catalogue import FIGURES
from proofs_checks.report import drawings
from w2s_theory.errors import InvalidInput

HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
    width="9" height="3" onload="a()">
<style>body {display: none}</style><script>alert(1)</script><!-- a remark -->
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">text</p></foreignObject>
<defs><path id="p" d="M 0 0"/></defs><image href="https://example.org/x.png"/>
<use xlink:href="#p" clip-path="url(#c)" style="fill: #ffffff"/><use href="https://example.org/x.svg#p"/>
<rect style="fill: url(https://example.org/y)" onclick="b()"/></svg>"""


def test_a_drawing_is_shapes_only() -> None:
    root = ElementTree.fromstring(drawings.clean_svg(HOSTILE, "one"))
    tags = [element.tag.split("}")[1] for element in root.iter()]
    assert tags == ["svg", "defs", "path", "use", "use", "rect"]
    text = drawings.clean_svg(HOSTILE, "one")
    assert "example.org" not in text
    assert "onload" not in text
    assert "onclick" not in text


def test_names_are_the_drawings_own_and_colours_stay() -> None:
    _, _, path, use, *_ = ElementTree.fromstring(drawings.clean_svg(HOSTILE, "one")).iter()
    assert path.get("id") == "one-p"
    assert use.attrib == {"href": "#one-p", "clip-path": "url(#one-c)", "style": "fill: #ffffff"}


def test_the_page_gives_the_size() -> None:
    root = ElementTree.fromstring(drawings.clean_svg(HOSTILE, "one"))
    assert root.get("viewBox") == "0 0 9 3"
    assert root.get("width") is None


def test_a_folder_gives_its_figures_with_what_they_show(tmp_path: Path) -> None:
    (tmp_path / "figure-2.svg").write_text(HOSTILE)
    (tmp_path / "figure-intrinsic-dimension.svg").write_text(HOSTILE)
    (tmp_path / "mine.svg").write_text(HOSTILE)
    found = drawings.read_folder(str(tmp_path))
    assert [figure.name for figure in found] == ["figure-2", "figure-intrinsic-dimension", "mine"]
    assert found[0].caption.startswith("RF, Figure 2")
    assert found[1].caption.startswith("ID, synthetic regression")
    assert found[2].caption == "mine"


@pytest.mark.parametrize(
    ("content", "message"), [(None, "no SVG files"), ("<p/>", "not svg"), ("<", "cannot read")]
)
def test_folders_without_drawings_are_named(content: str | None, message: str, tmp_path: Path) -> None:
    if content:
        (tmp_path / "a.svg").write_text(content)
    with pytest.raises(InvalidInput, match=message):
        drawings.read_folder(str(tmp_path))


@pytest.mark.slow
def test_every_kind_of_figure_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"2", "3", "4", "5"} <= set(FIGURES)
    monkeypatch.setattr(drawings, "FIGURES", {"2": FIGURES["2"]})
    (figure,) = drawings.draw_quickly(3)
    assert figure.name == "figure-2"
    assert figure.command == "w2s figure 2 --quick --seed 3"
    assert "<path" in figure.svg
    assert "d = 32" in figure.caption
