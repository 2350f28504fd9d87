from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_checks.bounds.models import build_model
from w2s_theory.errors import InvalidInput
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import rational

NAMES = build_model("shrinkage").names
SUBSPACE = build_model("subspace").names


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\mathcal L_{ST} \ge \frac34 \mathcal L_{TE}^2", "L_ST >= (3/4)*L_TE**2"),
        (r"$L_{ST} \geq \frac{3}{4} L_{TE}^{2}$", "L_ST >= (3/4)*L_TE**2"),
        (r"\mathcal{L}_{\mathrm{ST}} \geqslant \tfrac12 \mathcal{L}_{\text{TE}}", "L_ST >= (1/2)*L_TE"),
        (r"L_{ST} \ne 0 \land L_{TE} \neq 1", "L_ST != 0 and L_TE != 1"),
        (r"L_{ST} \le 0 \lor L_{TE} < 1", "L_ST <= 0 or L_TE < 1"),
        (r"L_{ST} \ge \sqrt{L_{TE}} \cdot 2", "L_ST >= sqrt(L_TE)*2"),
        (r"L_{ST} \ge \sqrt[3]{L_{TE}}", "L_ST >= L_TE**(1/3)"),
        (r"L_{ST} \ge \left(1 - L_{TE}\right)^2", "L_ST >= (1 - L_TE)**2"),
        (r"L_{ST} \ge L_{TE}^{1+1}", "L_ST >= L_TE**(1+1)"),
        (r"L_{ST} \ge \exp(-L_{TE}) - \log(1 + L_{TE})", "L_ST >= exp(-L_TE) - log(1 + L_TE)"),
        (r"\mathrm{PGR} \le 1 - \frac{3}{4} \mathcal L_{TE}", "PGR <= 1 - (3/4)*L_TE"),
        (r"\|f_{ST}\| \le \|f_{TE}\|", "norm_ST <= norm_TE"),
        (r"\langle f_{ST}, f_{TE} \rangle \ge \|f_{ST}\|^2", "inner_ST_TE >= norm_ST**2"),
        (r"\langle f_{TE}, f_{ST} \rangle \ge 0", "inner_ST_TE >= 0"),
        (r"\langle f_{ST}, f^* \rangle \ge 0", "inner_ST_target >= 0"),
    ],
)
def test_latex_from_a_paper(latex: str, plain: str) -> None:
    assert read_formula(latex, NAMES) == read_formula(plain, NAMES)


@pytest.mark.parametrize(
    ("latex", "plain"),
    [(r"N > 2 d_s + 1 \land \rho_w = 0", "N > 2*d_s + 1 and rho_w == 0"), (r"\sigma^2 \le 1", "sigma2 <= 1")],
)
def test_latex_of_the_subspace_model(latex: str, plain: str) -> None:
    assert read_formula(latex, SUBSPACE) == read_formula(plain, SUBSPACE)


PIECES = [
    r"\frac",
    r"\dfrac",
    r"\sqrt",
    r"\sqrt[",
    r"\mathcal",
    r"\ge",
    r"\text",
    r"\left(",
    r"\right)",
    r"\|",
    r"\langle",
]
PIECES += [
    "L_{ST}",
    "f^*",
    "^",
    "_",
    "{",
    "}",
    "34",
    "$",
    "]",
    "(",
    ")",
    ",",
    r"\begin{x}",
    "\\",
    "%",
    "&",
    "#",
    "~",
    ">= 1",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=7))
def test_whatever_is_pasted_is_read_or_refused(pieces: list[str]) -> None:
    with suppress(InvalidInput):
        read_formula(r"\mathcal L_{ST} \ge " + " ".join(pieces), NAMES)


def test_only_the_next_digit_is_raised() -> None:
    formula = read_formula(r"L_{ST} \ge 2^3", {"L_ST": NAMES["L_ST"]})
    assert rational(formula.right) == 8  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "latex",
    [
        r"L_{ST} \ge \frac{3}{4",
        r"L_{ST} \ge \frac",
        r"L_{ST} \ge \sqrt",
        r"L_{ST} \ge \mathcal",
        r"L_{ST} \ge \begin{array} 1 \end{array}",
        r"L_{ST} \ge \foo",
        r"\sum_i L_{ST} \ge 1",
    ],
)
def test_other_latex_is_refused_in_one_line(latex: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_formula(latex, NAMES)
    assert "\n" not in str(caught.value)
