"""Dong et al. 2025: in which direction the student's risk moves.

id.monotonicity           with the correlation dimension it rises, with the pseudo-labels it falls
"""

from __future__ import annotations

from sympy import Expr
from sympy.core.relational import Relational

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.least_squares import BIASES, GAUSSIAN, STUDENT, TEACHER
from w2s_theory.claims.papers import ID
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.symbols import D_S, D_SW, D_W, LABELLED, UNLABELLED, UNSEEN, Topic
from w2s_theory.relations import at_least

letters = Topic(__name__)

growth, more = letters.symbols("h", "k", nonnegative=True)
spare = letters.symbol("v", nonnegative=True)
beyond = letters.symbol("u", positive=True)

GENERAL = TwoSubspaces()
LEAST, LEAST_IN_SAMPLE = 2 * D_S + 1, D_S


def risk(points: Expr = UNLABELLED, shared: Expr = D_SW) -> Expr:
    """Return the student's population risk at N and d_sw."""
    return TwoSubspaces(unlabelled=points, d_sw=shared).student


def kept(points: Expr = UNLABELLED, shared: Expr = D_SW) -> Expr:
    """Return D_N at N and d_sw, the published variance in units of sigma^2/(n - d_w - 1)."""
    return TwoSubspaces(unlabelled=points, d_sw=shared).effective_dimension


def rises_with_overlap(least: Expr, least_in_sample: Expr) -> tuple[Relational, Relational]:
    """Return the statement that risk and D_N rise with d_sw from these numbers of points on."""
    return (
        at_least(risk(least + spare, D_SW + growth), risk(least + spare)),
        at_least(kept(least_in_sample + spare, D_SW + growth), kept(least_in_sample + spare)),
    )


risk_rises, kept_rises = rises_with_overlap(LEAST, LEAST_IN_SAMPLE)
risk_falls = at_least(risk(D_S + 1 + beyond), risk(D_S + 1 + beyond + more))
kept_falls = at_least(kept(), kept(UNLABELLED + more))

enough_labels, within = at_least(LABELLED - D_W - 1, 0), at_least(D_W, D_SW)

MONOTONICITY = Claim(
    id="id.monotonicity",
    title="The student's risk rises with the correlation dimension and falls with the pseudo-labels",
    source=Source(ID, "discussion of the main theorem"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        BIASES,
        Assumption(
            "D_N = d_sw + (d_w - d_sw) d_s/N with d_sw <= d_w; sigma^2/(n - d_w - 1) D_N is the published "
            "variance; n > d_w + 1",
            (enough_labels, within),
        ),
        Assumption(
            "h, k, v >= 0 and u > 0; N = 2 d_s + 1 + v in the first line, N = d_s + v in the second and N = d_s "
            "+ 1 + u in the "
            "third; what is not written out stays as it is"
        ),
    ),
    states=(
        Part("risk-rises", risk_rises),
        Part("kept-rises", kept_rises),
        Part("risk-falls", risk_falls),
        Part("kept-falls", kept_falls),
    ),
    derivation=(
        Step(
            "Of the variance that moves into V_s the student stops removing N - 2 d_s - 1 parts in N - d_s - 1.",
            risk_rises,
            Rule.NONNEGATIVE,
            given=(enough_labels,),
            certificate=(GENERAL.teacher_variance * growth * spare / (D_S + spare),),
        ),
        Step(
            "In sample it stops removing N - d_s parts in N.",
            kept_rises,
            Rule.NONNEGATIVE,
            certificate=(growth * spare / (D_S + spare),),
        ),
        Step(
            "More pseudo-labels divide what lies off V_s by more.",
            risk_falls,
            Rule.NONNEGATIVE,
            given=(enough_labels, within),
            certificate=(
                D_S * more * UNSEEN / (beyond * (beyond + more)),
                D_S * more * GENERAL.teacher_variance * (D_W - D_SW) / (beyond * (beyond + more)),
            ),
        ),
        Step(
            "So they do in sample.",
            kept_falls,
            Rule.NONNEGATIVE,
            given=(within,),
            certificate=(D_S * more * (D_W - D_SW) / (UNLABELLED * (UNLABELLED + more)),),
        ),
    ),
)

CLAIMS = (MONOTONICITY,)
