"""The page in a real browser: headless Chromium, driven by Playwright, without network."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.report.collect import collect
from proofs_checks.report.drawings import clean_svg
from proofs_checks.report.model import Figure
from proofs_checks.report.render import as_html
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.run import Run
from w2s_theory.claims import all_claims

pytestmark = pytest.mark.slow

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M 0 0 L 90 30" stroke="black"/></svg>'


def unavailable() -> str:
    """Return what the browser tests lack on this machine, empty if nothing."""
    if not chromium():
        return "no chromium or google-chrome on the path"
    missing = [
        name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None
    ]
    return f"{missing[0]} is not installed" if missing else ""


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser(stop_lacking: Callable[[str], None]) -> Iterator[Any]:
    if lacking := unavailable():
        stop_lacking(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on every claim there is, each with one piece of evidence, and a figure."""
    long = {"L_TE": "12345678901234567890" * 5}
    twin = Rejection("a wrong twin", True, {"L_TE": "1/2"})
    results = tuple(
        ClaimResult.of(
            claim,
            [
                Evidence(
                    list(Tier)[number % len(Tier)],
                    "a method",
                    Finding(
                        Verdict.REFUTED if claim.expects_refutation else Verdict.SUPPORTED,
                        "one sentence",
                        "everywhere",
                        long,
                    ),
                    float(number),
                )
            ],
            [twin],
        )
        for number, claim in enumerate(all_claims())
    )
    figure = Figure("figure-2", "A line", "w2s figure 2 --quick", clean_svg(DRAWING, "figure-2"))
    path = tmp_path_factory.mktemp("report") / "report.html"
    run = Run(results, 0, "quick", tuple(Tier), {"python": "3.11"})
    path.write_text(as_html(collect(run, [figure])), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser: Any, page_file: Path) -> Iterator[Callable[..., Any]]:
    """Open the page with the given context settings; the test fails on any console message or request."""
    heard: list[str] = []
    contexts = []

    def open_page(**settings: Any) -> Any:
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or heard.append(request.url))
        page.goto(page_file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def unfold(page: Any) -> None:
    page.get_by_role("button", name="Unfold all").click()


@pytest.mark.parametrize("width", [400, 1100])
def test_nothing_scrolls_sideways(visit: Callable[..., Any], width: int) -> None:
    page = visit(viewport={"width": width, "height": 800})
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_formula_is_laid_out(visit: Callable[..., Any]) -> None:
    page = visit()
    unfold(page)
    sizes = page.evaluate(
        "[...document.querySelectorAll('.formula math')]"
        ".map((formula) => formula.getBoundingClientRect()).map((box) => [box.height, box.width])"
    )
    assert len(sizes) > 3 * len(all_claims())
    assert all(height > 8 and width > 4 for height, width in sizes)


def test_the_figure_has_a_size(visit: Callable[..., Any]) -> None:
    box = visit().get_by_role("img", name="A line").locator("svg").bounding_box()
    assert box["width"] > 300
    assert box["height"] == pytest.approx(box["width"] / 3, rel=0.01)


def test_the_filter_keeps_what_fits(visit: Callable[..., Any]) -> None:
    page = visit()
    page.get_by_label("Filter").fill("thm4.1")
    assert page.locator("#claims tbody tr:visible").count() == 1
    assert page.locator("details.claim:visible").count() == 1
    assert page.locator("#count").inner_text() == f"1 of {len(all_claims())} claims"
    page.get_by_label("Filter").fill("")
    page.locator("#verdict").select_option("refuted")
    expected = sum(claim.expects_refutation for claim in all_claims())
    assert page.locator("#claims tbody tr:visible").count() == expected


def test_a_heading_sorts_by_number_and_back(visit: Callable[..., Any]) -> None:
    page = visit()
    button = page.get_by_role("columnheader", name="Seconds").get_by_role("button")

    def seconds() -> list[float]:
        return [float(text) for text in page.locator("#claims tbody tr td:last-child").all_inner_texts()]

    button.click()
    button.click()
    assert seconds() == sorted(seconds(), reverse=True)
    assert seconds()[0] == len(all_claims()) - 1
    assert page.get_by_role("columnheader", name="Seconds").get_attribute("aria-sort") == "descending"


def test_the_page_reads_without_script(visit: Callable[..., Any]) -> None:
    page = visit(java_script_enabled=False)
    assert page.get_by_label("Filter").is_visible() is False
    page.locator("#claims a", has_text="rf.thm4.1").click()
    assert page.locator("[id='claim-rf.thm4.1'] math").first.is_visible()


def test_the_keyboard_reaches_and_unfolds_a_claim(visit: Callable[..., Any]) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the overview"
    page.locator("details.claim summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.claim").first.get_attribute("open") is not None


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 400)])
def test_axe_finds_no_violation(visit: Callable[..., Any], scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    # Two claims stand for all, which look alike: axe takes many seconds for the whole page.
    for claim in page.locator("details.claim").all()[:2]:
        claim.locator("summary").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 15


def test_printing_shows_folded_claims(visit: Callable[..., Any]) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert page.locator("[id='claim-rf.thm4.1'] math").first.bounding_box()["height"] > 8
    assert page.get_by_label("Filter").is_visible() is False
