from __future__ import annotations

import math
import random
from xml.etree import ElementTree

import pytest
import sympy
from sympy import And, Eq, Ge, Integral, Symbol, exp, gamma
from sympy.core.symbol import Str
from sympy.functions.elementary.piecewise import ExprCondPair

from proofs_checks.export.formats import FORMATS, as_latex, as_markdown, as_mathml, as_python, as_sympy
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.inner_products import SquaredNorm, Vector
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.sphere.integrals import HarmonicCount, KernelCoefficient, ReluCoefficient

BOUND = Ge(L_ST, 3 * L_TE**2 / 4, evaluate=False)
LAMBDA = Symbol("lambda", positive=True)


def test_latex_and_markdown_give_one_display_a_relation() -> None:
    both = (BOUND, Ge(L_TE, 0, evaluate=False))
    assert as_latex([BOUND]) == r"\mathcal{L}_{\mathrm{ST}} \geq \frac{3 \mathcal{L}_{\mathrm{TE}}^{2}}{4}"
    assert len(as_latex(both).splitlines()) == 2
    assert as_markdown(both).count("$$") == 4


def test_mathml_is_well_formed() -> None:
    assert ElementTree.fromstring(as_mathml([BOUND])).tag == "math"


def test_sympy_code_builds_every_statement() -> None:
    special = (SquaredNorm, HarmonicCount, KernelCoefficient, ReluCoefficient, ExprCondPair, Str)
    names = vars(sympy) | {item.__name__: item for item in special}
    changed = [
        claim.id
        for claim in all_claims()
        if eval(as_sympy(claim.relations), names) != And(*claim.relations, evaluate=False)
    ]
    assert changed == []


def test_python_agrees_with_sympy_at_random_points() -> None:
    expression = gamma(L_TE + 1) * exp(-LAMBDA) * sympy.Rational(3, 7) + sympy.sqrt(L_ST)
    names: dict[str, object] = {}
    exec(as_python([expression]), names)
    draw = random.Random(1)
    for _ in range(20):
        values = {symbol: draw.uniform(0.1, 2) for symbol in expression.free_symbols}
        spelled = {"lambda_" if symbol is LAMBDA else symbol.name: value for symbol, value in values.items()}
        assert math.isclose(names["formula"](**spelled), float(expression.evalf(subs=values)), rel_tol=1e-12)


def test_python_decides_relations() -> None:
    names: dict[str, object] = {}
    exec(as_python([BOUND, Eq(L_TE + L_ST, L_ST + L_TE, evaluate=False)]), names)
    assert names["formula"](L_ST=0.5, L_TE=0.5) is True
    assert names["formula"](L_ST=0.1, L_TE=0.5) is False


def test_python_names_norms_and_inner_products() -> None:
    norm = SquaredNorm.of(Vector.named("f_ST") - Vector.named("f*"))
    text = as_python([Ge(norm, 0, evaluate=False)])
    assert "def formula(inner_f_star_f_ST, norm_f_ST_squared, norm_f_star_squared):" in text


def test_python_refuses_what_it_does_not_have() -> None:
    with pytest.raises(InvalidInput, match=r"no Python form for .*; allowed: latex, mathml, markdown, sympy"):
        as_python([Integral(L_TE, L_TE)])
    with pytest.raises(InvalidInput, match="no Python form"):
        as_python(find_claim("rf.spectrum").relations)


def test_the_command_names_these_formats() -> None:
    from proofs_checks.command_line.commands import export

    assert tuple(FORMATS) == export.FORMATS
