"""Dong et al. 2025: what the risks say about weak-to-strong learning.

id.condition              when the student beats its teacher and the baseline
id.pgr-bound              the published lower bound of the recovered gap
id.opr-bound              the published lower bound of the ratio to the baseline
id.optimal-n              the number of labels at which both bounds peak
bridge.variance-removal   the same removal of variance as under Gaussian universality
"""

from __future__ import annotations

from sympy import And, Limit, Symbol, oo, sqrt

from w2s_theory.claim import Claim, Provenance, Rule, Source, Step
from w2s_theory.claims.intrinsic_dimension.risks import (
    BIASES,
    GAUSSIAN,
    IN_SAMPLE_POINTS,
    POPULATION_POINTS,
    STUDENT,
    TEACHER,
    UNBIASED,
    WELL_SPECIFIED,
)
from w2s_theory.claims.papers import ID
from w2s_theory.claims.teacher_and_student import at_least, equal
from w2s_theory.geometry.subspaces import (
    D_S,
    D_SW,
    D_W,
    LABELLED,
    NOISE,
    RHO_S,
    RHO_W,
    UNLABELLED,
    TwoSubspaces,
)
from w2s_theory.notation.symbols import ER_C, ER_S, ER_W, ER_W2S

MAIN_THEOREM = (
    "ER_w2s <= rho_s + rho_w + sigma^2/(n - d_w - 1) D_N, the main theorem's bound of the student's risk"
)
GENERAL = TwoSubspaces()

advantage = UNBIASED.teacher - UNBIASED.student
in_sample_advantage = UNBIASED.teacher - UNBIASED.student_in_sample
over_baseline = UNBIASED.baseline - UNBIASED.student
POPULATION_EXCESS = UNLABELLED - 2 * D_S - 1
kept_dimension = D_SW + (D_W - D_SW) * D_S / (UNLABELLED - D_S - 1)
spread = UNBIASED.teacher_variance * (D_W - D_SW)
labels_needed = LABELLED * (D_S - kept_dimension) - D_S * (D_W + 1) + kept_dimension * (D_S + 1)

_advantages = (
    equal(advantage, spread * POPULATION_EXCESS / (UNLABELLED - D_S - 1)),
    equal(in_sample_advantage, spread * (UNLABELLED - D_S) / UNLABELLED),
    equal(over_baseline, NOISE * labels_needed / ((LABELLED - D_W - 1) * (LABELLED - D_S - 1))),
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
        f"{POPULATION_POINTS} for population risks, {IN_SAMPLE_POINTS} in sample, n > d_s + 1 for the baseline",
    ),
    statement=And(*_advantages),
    derivation=(
        Step(
            "Of what lies off V_s the student keeps d_s/(N - d_s - 1) and so removes the rest.",
            equal(1 - D_S / (UNLABELLED - D_S - 1), POPULATION_EXCESS / (UNLABELLED - D_S - 1)),
            Rule.IDENTITY,
        ),
        Step(
            "The student's advantage has the sign of (d_w - d_sw)(N - 2 d_s - 1): it beats its teacher exactly where "
            "d_sw < d_w and N > 2 d_s + 1.",
            _advantages[0],
            Rule.IDENTITY,
        ),
        Step(
            "In sample the sign is that of (d_w - d_sw)(N - d_s): more points than features are enough.",
            _advantages[1],
            Rule.IDENTITY,
        ),
        Step(
            "With D = d_sw + (d_w - d_sw) d_s/(N - d_s - 1), the baseline loses exactly where "
            "n (d_s - D) > d_s (d_w + 1) - D (d_s + 1).",
            _advantages[2],
            Rule.IDENTITY,
        ),
    ),
)

recovered = (ER_W - ER_W2S) / (ER_W - ER_C)
one_minus_ratio = 1 - ER_W2S / ER_W
enough_labels = at_least(LABELLED - D_W - 1, 0)
published_risk = RHO_S + RHO_W + GENERAL.leading_variance

PGR_BOUND = Claim(
    id="id.pgr-bound",
    title="The published lower bound of the recovered gap",
    source=Source(ID, "bound of PGR"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        MAIN_THEOREM,
        "ER_w >= sigma^2 d_w/n and ER_w >= ER_w2s, ER_w > ER_c >= 0",
        "PGR = (ER_w - ER_w2s)/(ER_w - ER_c), n > d_w + 1, d_sw <= d_w",
    ),
    statement=at_least(recovered, GENERAL.recovered_bound),
    derivation=(
        Step(
            "A ceiling above 0 only helps: the part of the teacher's risk that the student removes is a lower bound.",
            at_least(recovered, one_minus_ratio),
            Rule.NONNEGATIVE,
            given=(at_least(ER_W, ER_W2S), at_least(ER_W, ER_C)),
            certificate=(ER_C * (ER_W - ER_W2S) / (ER_W * (ER_W - ER_C)),),
        ),
        Step(
            "The student's risk is at most, the teacher's at least, what is assumed.",
            at_least(one_minus_ratio, GENERAL.recovered_bound),
            Rule.NONNEGATIVE,
            given=(
                at_least(published_risk, ER_W2S),
                at_least(ER_W, NOISE * D_W / LABELLED),
                at_least(D_W, D_SW),
                enough_labels,
            ),
            certificate=(
                (published_risk - ER_W2S) / ER_W,
                LABELLED * published_risk * (ER_W - NOISE * D_W / LABELLED) / (NOISE * D_W * ER_W),
            ),
        ),
        Step("Together.", at_least(recovered, GENERAL.recovered_bound), Rule.CHAIN),
    ),
    remarks=(
        "The exact population risk near N = d_s + 1, or with rho_w large, is above the assumed bound of the student's risk.",
    ),
)

student_at_most, baseline_at_least = (Symbol(name, positive=True) for name in ("U", "B"))
to_student = ER_S / ER_W2S
least_baseline = NOISE * D_S / LABELLED

OPR_BOUND = Claim(
    id="id.opr-bound",
    title="The published lower bound of the ratio to the baseline",
    source=Source(ID, "bound of OPR"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        MAIN_THEOREM,
        "ER_s >= sigma^2 d_s/n, ER_w2s > 0, OPR = ER_s/ER_w2s, n > d_w + 1, d_sw <= d_w",
    ),
    statement=at_least(to_student, GENERAL.outperformed_bound),
    derivation=(
        Step(
            "A ratio is at least that of a lower bound B and an upper bound U.",
            at_least(to_student, baseline_at_least / student_at_most),
            Rule.NONNEGATIVE,
            given=(at_least(student_at_most, ER_W2S), at_least(ER_S, baseline_at_least)),
            certificate=(
                (ER_S - baseline_at_least) / ER_W2S,
                baseline_at_least * (student_at_most - ER_W2S) / (student_at_most * ER_W2S),
            ),
        ),
        Step(
            "U is the main theorem's bound and B = sigma^2 d_s/n.",
            equal(least_baseline / published_risk, GENERAL.outperformed_bound),
            Rule.IDENTITY,
        ),
        Step(
            "Together.",
            at_least(to_student, GENERAL.outperformed_bound),
            Rule.CHAIN,
            given=(equal(baseline_at_least / student_at_most, least_baseline / published_risk),),
        ),
    ),
    remarks=(
        "In sample and without misfit the premise is an equality. In population the student pays d_s/(N - d_s - 1) "
        "instead of d_s/N: in the paper's synthetic setting with d_sw = 10, sigma^2 = 1/100, n = 2000, N = 400 the "
        "exact ratio 0.783 is below the bound, 0.793.",
    ),
)

effective, misfit = Symbol("D_N", positive=True), Symbol("rho", positive=True)
BEST_LABELS = D_W + 1 + sqrt((D_W + 1) * effective * NOISE / misfit)
bound_of_labels = 1 - LABELLED / (LABELLED - D_W - 1) * effective / D_W - LABELLED * misfit / (D_W * NOISE)
best_bound = bound_of_labels.subs(LABELLED, BEST_LABELS)

OPTIMAL_LABELS = Claim(
    id="id.optimal-n",
    title="The number of labels at which the published bounds peak",
    source=Source(ID, "bounds of PGR and OPR, optimized"),
    provenance=Provenance.NEW,
    assumptions=("n > d_w + 1, D_N = d_sw + (d_w - d_sw) d_s/N > 0, rho = rho_s + rho_w > 0",),
    statement=equal(
        best_bound - bound_of_labels,
        misfit * (LABELLED - BEST_LABELS) ** 2 / (D_W * NOISE * (LABELLED - D_W - 1)),
    ),
    derivation=(
        Step(
            "Against n* = d_w + 1 + sqrt((d_w + 1) D_N sigma^2/rho) the bound of PGR loses a square, so it rises up to n* "
            "and falls from there on; the bound of OPR decreases in the same quantity.",
            equal(
                best_bound - bound_of_labels,
                misfit * (LABELLED - BEST_LABELS) ** 2 / (D_W * NOISE * (LABELLED - D_W - 1)),
            ),
            Rule.IDENTITY,
        ),
    ),
)

tau = Symbol("tau2", positive=True)
student_variance = tau * kept_dimension
inherited_share = D_SW / D_W
kept_in_span, kept_off_span = (Symbol(name, nonnegative=True) for name in ("A_in", "A_off"))
filtered = (D_SW * kept_in_span**2 + (D_W - D_SW) * kept_off_span**2) / D_W

VARIANCE_REMOVAL = Claim(
    id="bridge.variance-removal",
    title="Two subspaces remove variance as early stopping does",
    source=Source(ID, "main theorem, beside the universal loss of random features"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        WELL_SPECIFIED,
        BIASES,
        "under universality the student's share of the teacher's variance is sum w A^2/sum w over eigenspaces; "
        "A = 1 in V_s and A = 0 off it when the spectrum is a projection",
    ),
    statement=And(
        equal(Limit(student_variance / (tau * D_W), UNLABELLED, oo), inherited_share),
        equal(filtered.subs(kept_in_span, 1), inherited_share + kept_off_span**2 * (1 - inherited_share)),
        equal(
            1 - student_variance / (tau * D_W),
            (1 - inherited_share) * POPULATION_EXCESS / (UNLABELLED - D_S - 1),
        ),
    ),
    derivation=(
        Step(
            "With endless pseudo-labels the student's variance is the share d_sw/d_w of its teacher's.",
            equal(Limit(student_variance / (tau * D_W), UNLABELLED, oo), inherited_share),
            Rule.LIMIT,
        ),
        Step(
            "A filter that is 1 on V_s and A_off off it keeps this share of a variance spread evenly over V_w: a projection "
            "has A_off = 0, N points act like A_off^2 = d_s/(N - d_s - 1).",
            equal(filtered.subs(kept_in_span, 1), inherited_share + kept_off_span**2 * (1 - inherited_share)),
            Rule.IDENTITY,
        ),
        Step(
            "With N points it removes (N - 2 d_s - 1)/(N - d_s - 1) of what lies off V_s.",
            equal(
                1 - student_variance / (tau * D_W),
                (1 - inherited_share) * POPULATION_EXCESS / (UNLABELLED - D_S - 1),
            ),
            Rule.IDENTITY,
        ),
    ),
)

CLAIMS = (CONDITION, PGR_BOUND, OPR_BOUND, OPTIMAL_LABELS, VARIANCE_REMOVAL)
