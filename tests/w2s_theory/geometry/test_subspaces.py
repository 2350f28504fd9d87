"""Risks in two subspaces reduce to known cases; the correlation dimension is exact."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy
from flint import fmpq
from sympy import Integer, Rational

from w2s_theory.claims.intrinsic_dimension.bounds import BEST_LABELS, effective
from w2s_theory.claims.intrinsic_dimension.bounds import misfit as misfit_symbol
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.subspaces import TwoSubspaces, correlation_dimension
from w2s_theory.notation.symbols import D_W, LABELLED, NOISE, RHO_W, UNLABELLED

GENERAL = TwoSubspaces()
UNBIASED = TwoSubspaces(rho_s=0, rho_w=0, seen=0, unseen=0, overlap=0)


def test_a_student_with_the_teachers_own_span_copies_it() -> None:
    same = TwoSubspaces(d_s=D_W, d_sw=D_W, rho_s=RHO_W, seen=0, unseen=0, overlap=0)
    assert sympy.simplify(same.student - same.teacher) == 0
    assert sympy.simplify(same.student_in_sample - same.teacher) == 0


def test_with_endless_pseudo_labels_the_published_and_the_exact_variance_agree() -> None:
    exact, leading = (
        sympy.limit(risk, UNLABELLED, sympy.oo) for risk in (UNBIASED.student, UNBIASED.leading_variance)
    )
    assert sympy.simplify(exact - leading) == 0
    assert sympy.simplify(UNBIASED.student_in_sample - UNBIASED.leading_variance) == 0


def test_the_ceiling_is_the_baseline_with_all_points_labelled() -> None:
    assert GENERAL.ceiling == GENERAL.baseline.subs(LABELLED, LABELLED + UNLABELLED)


def test_a_student_with_few_points_does_worse_than_its_teacher() -> None:
    problem = replace(UNBIASED, d_s=10, d_w=20, d_sw=5, noise=1, labelled=100)
    assert replace(problem, unlabelled=20).student > problem.teacher
    assert replace(problem, unlabelled=21).student == problem.teacher
    assert replace(problem, unlabelled=22).student < problem.teacher


def test_the_optimal_number_of_labels_is_a_stationary_point_of_both_bounds() -> None:
    problem = TwoSubspaces(
        unlabelled=Integer(40),
        d_s=10,
        d_w=Integer(20),
        d_sw=5,
        noise=Rational(1, 2),
        rho_s=Rational(1, 100),
        rho_w=0,
    )
    misfit = problem.rho_s + problem.rho_w
    best = BEST_LABELS.subs(
        {
            D_W: problem.d_w,
            effective: problem.effective_dimension,
            NOISE: problem.noise,
            misfit_symbol: misfit,
        }
    )
    for bound in (problem.recovered_bound, problem.outperformed_bound):
        slope = sympy.diff(bound, LABELLED).subs(LABELLED, best)
        assert sympy.simplify(slope) == 0


def test_correlation_dimension_of_planes_and_of_other_bases_of_them() -> None:
    # Cosines of the principal angles: 1 and 3/5.
    strong = [[1, 0, 0, 0], [0, 1, 0, 0]]
    weak = [[1, 0, 0, 0], [0, Rational(3, 5), Rational(4, 5), 0]]
    mixed = [[2, Rational(3, 5), Rational(4, 5), 0], [1, -3, -4, 0]]
    assert correlation_dimension(strong, weak) == 1 + fmpq(9, 25)
    assert correlation_dimension(weak, strong) == 1 + fmpq(9, 25)
    assert correlation_dimension(strong, mixed) == 1 + fmpq(9, 25)
    assert correlation_dimension(strong, [[0, 0, 1, 0], [0, 0, 0, 1]]) == 0


def test_correlation_dimension_names_what_is_wrong() -> None:
    with pytest.raises(InvalidInput, match="dependent"):
        correlation_dimension([[1, 0], [2, 0]], [[0, 1]])
    with pytest.raises(InvalidInput, match="lengths"):
        correlation_dimension([[1, 0]], [[0, 1, 0]])
