"""Dong et al. 2025: what the risks say about weak-to-strong learning.

id.pgr-bound  the published lower bound of the recovered gap
id.opr-bound  the published lower bound of the ratio to the baseline
id.optimal-n  the number of labels at which both bounds peak
"""

from __future__ import annotations

from sympy import sqrt

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import ID
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
    D_W,
    ER_C,
    ER_S,
    ER_W,
    ER_W2S,
    LABELLED,
    NOISE,
    RHO_S,
    RHO_W,
    Topic,
)
from w2s_theory.relations import at_least, equal, more_than

letters = Topic(__name__)

GENERAL = TwoSubspaces()

recovered = (ER_W - ER_W2S) / (ER_W - ER_C)
one_minus_ratio = 1 - ER_W2S / ER_W
enough_labels, within = at_least(LABELLED - D_W - 1, 0), at_least(D_W, D_SW)
published_risk = RHO_S + RHO_W + GENERAL.leading_variance
least_teacher, least_baseline = NOISE * D_W / LABELLED, NOISE * D_S / LABELLED
MAIN_THEOREM = Assumption(
    "given: ER_w2s <= rho_s + rho_w + sigma^2/(n - d_w - 1) D_N, the main theorem's bound of the student's risk",
    (at_least(published_risk, ER_W2S),),
)

PGR_BOUND = Claim(
    id="id.pgr-bound",
    title="The published lower bound of the recovered gap, given the main theorem's bound of the risk",
    source=Source(ID, "bound of PGR"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        MAIN_THEOREM,
        Assumption(
            "ER_w >= sigma^2 d_w/n and ER_w >= ER_w2s, ER_w > ER_c >= 0",
            (at_least(ER_W, least_teacher), at_least(ER_W, ER_W2S), at_least(ER_W, ER_C), more_than(ER_W, 0)),
        ),
        Assumption(
            "PGR = (ER_w - ER_w2s)/(ER_w - ER_c), n > d_w + 1, d_sw <= d_w",
            (enough_labels, within),
        ),
    ),
    states=(Part("bound", at_least(recovered, GENERAL.recovered_bound)),),
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
            given=(*MAIN_THEOREM.says, at_least(ER_W, least_teacher), within, enough_labels),
            certificate=(
                (published_risk - ER_W2S) / ER_W,
                LABELLED * published_risk * (ER_W - NOISE * D_W / LABELLED) / (NOISE * D_W * ER_W),
            ),
        ),
        Step(
            "Together.",
            at_least(recovered, GENERAL.recovered_bound),
            Rule.CHAIN,
            given=(more_than(ER_W, 0),),
        ),
    ),
    remarks=(
        "The exact population risk is above the assumed bound of the student's risk near N = d_s + 1, with rho_w large, and "
        "everywhere where both spans hold the target: when the bound holds of it, id.population-bounds says.",
    ),
)

student_at_most, baseline_at_least = letters.symbols("U", "B", positive=True)
definitions = (equal(student_at_most, published_risk), equal(baseline_at_least, least_baseline))
bounded = (at_least(student_at_most, ER_W2S), at_least(ER_S, baseline_at_least))
to_student = ER_S / ER_W2S

OPR_BOUND = Claim(
    id="id.opr-bound",
    title="The published lower bound of the ratio to the baseline, given the main theorem's bound of the risk",
    source=Source(ID, "bound of OPR"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        MAIN_THEOREM,
        Assumption(
            "ER_s >= sigma^2 d_s/n, ER_w2s > 0, OPR = ER_s/ER_w2s, n > d_w + 1, d_sw <= d_w",
            (at_least(ER_S, least_baseline), more_than(LABELLED - D_W - 1, 0)),
        ),
        Assumption("U the main theorem's bound and B = sigma^2 d_s/n", definitions),
    ),
    states=(Part("bound", at_least(to_student, GENERAL.outperformed_bound)),),
    derivation=(
        Step(
            "U bounds the student's risk.",
            bounded[0],
            Rule.CHAIN,
            given=(definitions[0], *MAIN_THEOREM.says, more_than(LABELLED - D_W - 1, 0)),
        ),
        Step(
            "And B the baseline's.",
            bounded[1],
            Rule.CHAIN,
            given=(definitions[1], at_least(ER_S, least_baseline)),
        ),
        Step(
            "A ratio is at least that of a lower bound B and an upper bound U.",
            at_least(to_student, baseline_at_least / student_at_most),
            Rule.NONNEGATIVE,
            given=bounded,
            certificate=(
                (ER_S - baseline_at_least) / ER_W2S,
                baseline_at_least * (student_at_most - ER_W2S) / (student_at_most * ER_W2S),
            ),
        ),
        Step(
            "That is the published bound.",
            equal(baseline_at_least / student_at_most, GENERAL.outperformed_bound),
            Rule.IDENTITY,
            given=definitions,
        ),
        Step("Together.", at_least(to_student, GENERAL.outperformed_bound), Rule.CHAIN),
    ),
    remarks=(
        "In sample and without misfit the premise is an equality. In population the student pays d_s/(N - d_s - 1) "
        "instead of d_s/N: when the bound holds then, id.population-bounds says.",
    ),
)

effective, misfit = letters.symbol("D_N", positive=True), letters.symbol("rho", positive=True)
BEST_LABELS = D_W + 1 + sqrt((D_W + 1) * effective * NOISE / misfit)
bound_of_labels = 1 - LABELLED / (LABELLED - D_W - 1) * effective / D_W - LABELLED * misfit / (D_W * NOISE)
best_bound = bound_of_labels.subs(LABELLED, BEST_LABELS)
cost = LABELLED / (LABELLED - D_W - 1) * effective + LABELLED * misfit / NOISE
best_cost = cost.subs(LABELLED, BEST_LABELS)
ratio_of_labels, best_ratio = D_S / cost, D_S / best_cost
lost = misfit * (LABELLED - BEST_LABELS) ** 2 / (D_W * NOISE * (LABELLED - D_W - 1))
peak, ratio_peak = at_least(best_bound, bound_of_labels), at_least(best_ratio, ratio_of_labels)

OPTIMAL_LABELS = Claim(
    id="id.optimal-n",
    title="The number of labels at which both published bounds peak: n* = d_w + 1 + sqrt((d_w + 1) D_N sigma^2/rho)",
    source=Source(ID, "bounds of PGR and OPR, optimized"),
    provenance=Provenance.NEW,
    assumptions=(
        Assumption(
            "n > d_w + 1, D_N = d_sw + (d_w - d_sw) d_s/N > 0, rho = rho_s + rho_w > 0", (enough_labels,)
        ),
    ),
    states=(
        Part("lost", equal(best_bound - bound_of_labels, lost)),
        Part("peak", peak),
        Part("ratio-peak", ratio_peak),
    ),
    derivation=(
        Step(
            "Against n* the bound of PGR loses a square, so it rises up to n* and falls from there on.",
            equal(best_bound - bound_of_labels, lost),
            Rule.IDENTITY,
        ),
        Step(
            "So n* is best: what is lost is not negative.",
            peak,
            Rule.NONNEGATIVE,
            given=(enough_labels,),
            certificate=(lost,),
        ),
        Step(
            "The bound of OPR is d_s over d_w times what the bound of PGR leaves of 1, so it peaks there too.",
            ratio_peak,
            Rule.NONNEGATIVE,
            given=(enough_labels,),
            certificate=(D_S * D_W * lost / (cost * best_cost),),
        ),
    ),
)

CLAIMS = (PGR_BOUND, OPR_BOUND, OPTIMAL_LABELS)
