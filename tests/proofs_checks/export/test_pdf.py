from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_checks.export.document import write_document
from proofs_checks.export.pdf import TexError, compile_pdf
from w2s_theory.claim import Assumption
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.errors import InvalidInput
from w2s_theory.latex import latex
from w2s_theory.latex.layout import width


def test_the_whole_document_compiles_and_fits(tmp_path: Path, need_program: Callable[..., None]) -> None:
    need_program("pdflatex", "bibtex")
    pdf = compile_pdf(write_document(all_claims(), str(tmp_path)), seconds=60)
    log = pdf.path.with_suffix(".log").read_text(errors="replace")
    assert pdf.path.read_bytes().startswith(b"%PDF")
    assert pdf.pages >= len(all_claims()) / 2
    assert max(pdf.overfull, default=0.0) <= 10
    assert pdf.shrunk == 0
    assert "undefined" not in log


def test_estimated_widths_are_close_to_those_of_tex(
    tmp_path: Path, need_program: Callable[..., None]
) -> None:
    need_program("pdflatex")
    formulas = [latex(step.relation) for claim in all_claims() for step in claim.derivation]
    measured = (f"\\sbox0{{$\\displaystyle {text}$}}\\typeout{{W=\\the\\wd0}}" for text in formulas)
    head = r"\documentclass[10pt]{article}\usepackage{amsmath,amssymb}\begin{document}"
    (tmp_path / "widths.tex").write_text("\n".join([head, *measured, r"\end{document}"]))
    command = ["pdflatex", "-interaction=batchmode", "widths.tex"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    log = (tmp_path / "widths.log").read_text(errors="replace")
    points = [float(text) for text in re.findall(r"W=([\d.]+)pt", log)]
    ratios = [point / (5 * width(text)) for point, text in zip(points, formulas, strict=True) if point > 150]
    assert len(ratios) > 50
    assert 0.75 < min(ratios)
    assert max(ratios) < 1.05


def test_a_line_that_sticks_out_is_seen(tmp_path: Path, need_program: Callable[..., None]) -> None:
    need_program("pdflatex", "bibtex")
    document = write_document([find_claim("rf.cor1")], str(tmp_path))
    formula = tmp_path / "formulas" / "rf.cor1.tex"
    formula.write_text(formula.read_text().replace(r"\geq", r"\geq" + " + x" * 100))
    assert max(compile_pdf(document).overfull) > 10


def test_text_of_a_user_does_nothing_but_print(tmp_path: Path, need_program: Callable[..., None]) -> None:
    need_program("pdflatex", "bibtex")
    title = r"\input{/etc/passwd} \write18{touch ran} 50% _ ^ $ # & ~ <script> λ \end{document} %"
    claim = replace(find_claim("rf.cor1"), title=title, assumptions=(Assumption(title),), remarks=(title,))
    folder = tmp_path / "a b%_"
    pdf = compile_pdf(write_document([claim], str(folder)))
    log = (folder / "claims.log").read_text(errors="replace")
    assert pdf.pages >= 1
    assert "(./w2s-macros.tex" in log
    assert "(/etc/passwd" not in log
    assert sorted(path.name for path in folder.parent.iterdir()) == ["a b%_"]
    assert not (folder / "ran").exists()


def test_tex_may_not_read_or_write_elsewhere(tmp_path: Path, need_program: Callable[..., None]) -> None:
    need_program("pdflatex", "bibtex")
    document = write_document([find_claim("rf.cor1")], str(tmp_path / "inside"))
    (tmp_path / "secret.tex").write_text("secret")
    formula = tmp_path / "inside" / "formulas" / "rf.cor1.tex"
    formula.write_text(formula.read_text() + r"\input{../secret.tex}")
    with pytest.raises(TexError, match="stopped"):
        compile_pdf(document)


def test_broken_tex_is_named(tmp_path: Path, need_program: Callable[..., None]) -> None:
    need_program("pdflatex", "bibtex")
    document = write_document([find_claim("rf.cor1")], str(tmp_path))
    (tmp_path / "w2s-macros.tex").write_text(r"\nonsense")
    with pytest.raises(TexError, match="Undefined control sequence"):
        compile_pdf(document)


def test_without_latex_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = write_document([find_claim("rf.cor1")], str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InvalidInput, match=r"apt-get install .*texlive-latex-extra"):
        compile_pdf(document)
