"""Dong et al. 2025: when weak-to-strong learning helps.

id.condition  when the student beats its teacher and the baseline
"""

from __future__ import annotations

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.least_squares import (
    GAUSSIAN,
    IN_SAMPLE_POINTS,
    POPULATION_POINTS,
    STUDENT,
    TEACHER,
    UNBIASED,
    WELL_SPECIFIED,
)
from w2s_theory.claims.papers import ID
from w2s_theory.notation.symbols import D_S, D_SW, D_W, LABELLED, NOISE, UNLABELLED
from w2s_theory.relations import equal

POPULATION_EXCESS = UNLABELLED - 2 * D_S - 1
kept_dimension = D_SW + (D_W - D_SW) * D_S / (UNLABELLED - D_S - 1)
spread = UNBIASED.teacher_variance * (D_W - D_SW)
labels_needed = LABELLED * (D_S - kept_dimension) - D_S * (D_W + 1) + kept_dimension * (D_S + 1)

over_teacher = equal(UNBIASED.teacher - UNBIASED.student, spread * POPULATION_EXCESS / (UNLABELLED - D_S - 1))
over_teacher_in_sample = equal(
    UNBIASED.teacher - UNBIASED.student_in_sample, spread * (UNLABELLED - D_S) / UNLABELLED
)
over_baseline = equal(
    UNBIASED.baseline - UNBIASED.student,
    NOISE * labels_needed / ((LABELLED - D_W - 1) * (LABELLED - D_S - 1)),
)

CONDITION = Claim(
    id="id.condition",
    title="When the student beats its teacher, and when it beats the baseline",
    source=Source(ID, "sharpens the discussion of the main theorem"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        WELL_SPECIFIED,
        Assumption(
            f"{POPULATION_POINTS.text} for population risks, {IN_SAMPLE_POINTS.text} in sample, n > d_s + 1 for the baseline"
        ),
    ),
    states=(
        Part("over-teacher", over_teacher),
        Part("in-sample", over_teacher_in_sample),
        Part("over-baseline", over_baseline),
    ),
    derivation=(
        Step(
            "Of what lies off V_s the student keeps d_s/(N - d_s - 1) and so removes the rest.",
            equal(1 - D_S / (UNLABELLED - D_S - 1), POPULATION_EXCESS / (UNLABELLED - D_S - 1)),
            Rule.IDENTITY,
        ),
        Step(
            "The student's advantage has the sign of (d_w - d_sw)(N - 2 d_s - 1): it beats its teacher exactly where "
            "d_sw < d_w and N > 2 d_s + 1.",
            over_teacher,
            Rule.IDENTITY,
        ),
        Step(
            "In sample the sign is that of (d_w - d_sw)(N - d_s): more points than features are enough.",
            over_teacher_in_sample,
            Rule.IDENTITY,
        ),
        Step(
            "With D = d_sw + (d_w - d_sw) d_s/(N - d_s - 1), the baseline loses exactly where "
            "n (d_s - D) > d_s (d_w + 1) - D (d_s + 1).",
            over_baseline,
            Rule.IDENTITY,
        ),
    ),
)

CLAIMS = (CONDITION,)
