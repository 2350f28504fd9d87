"""What MkDocs calls while it builds: generated pages, and formulas between dollar signs as MathML."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

# MkDocs loads this file by its path, so that the files beside it are no package.
sys.path.insert(0, str(Path(__file__).parent))

import architecture
import formal
import pages
import three_papers

_FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$\n]+)\$", re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and the pictures that are made from the code."""
    generated: dict[str, Any] = {
        "architecture.svg": architecture.draw(),
        "claims.md": pages.claims(),
        "reference/commands.md": pages.commands(),
        "explanation/three-papers.svg": three_papers.draw(),
    }
    for package in ("w2s_theory", "numeric", "proofs_checks"):
        generated[f"reference/{package}.md"] = pages.package(package)
    for name, content in generated.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill the page on formal proofs; typeset formulas on pages that say `math: true`: the site runs no script for them."""
    if page.meta.get("formal"):
        return formal.fill(markdown)
    return _FORMULA.sub(_typeset, markdown) if page.meta.get("math") else markdown


def _typeset(formula: re.Match[str]) -> str:
    if formula["block"]:
        return f'<div class="formula">{convert(formula["block"].strip(), display="block")}</div>'
    # At the start of a line Markdown takes <math> for a block, but never <span>.
    return f"<span>{convert(formula['inline'])}</span>"
