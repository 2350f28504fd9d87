"""Models of a target g, a teacher w and a student s of any joint law, under squared loss and binary KL divergence.

Both divide the misfit at the teacher's mean given target and student: the arithmetic mean under squared loss, the dual
one (mean of the logits) under KL. What lies between student and mean teacher is a number of the state, what lies
between mean teacher and teacher is the variance, which nothing restrains.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy
from sympy import Expr, Integer, Rational, Symbol, exp, log, oo, sqrt

from proofs_checks.bounds.models.model import Chart, Coordinates, Model, Observable
from proofs_checks.bounds.states import Law, Predictions, State, vector
from w2s_theory.terms import exact
from w2s_theory.terms.conversion import term_of
from w2s_theory.terms.tree import Term, number, substitute

RISK_W, RISK_S, MISFIT, RISK_MEAN, PROJECTION_ERROR, VARIANCE, ENTROPY_S, RCE, CE_W, CE_S = sympy.symbols(
    "risk_w risk_s misfit risk_mean projection_error variance entropy_s RCE CE_w CE_s", nonnegative=True
)
GAP, CROSS_TERM = sympy.symbols("gap cross_term", real=True)
TARGET, STUDENT, MEAN_TEACHER = sympy.symbols("target student mean_teacher", positive=True)

ZERO, ONE, HALF = Integer(0), Integer(1), Rational(1, 2)
LEAST_PROBABILITY = Rational(1, 1000)
"""Where the simplex is cut: at probabilities 0 and 1 the logarithms are infinite."""

NONNEGATIVE = "[0, oo)"


def squared() -> Model:
    """Return the model of squared loss: g, w and s are any random variables with finite second moments.

    With m = E[w | g, s], the risks are squared lengths of s - g and m - s, their product, and E Var(w | g, s): two
    vectors span two dimensions, so two equally likely values of the target, and of the teacher at each, show every state.
    """
    length, along, across, deviation = sympy.symbols("a x y v", real=True)
    error, product, variance = along**2 + across**2, along * length, deviation**2
    chart = Chart(
        intervals={length: (ZERO, oo), along: (-oo, oo), across: (ZERO, oo), deviation: (ZERO, oo)},
        observables={
            RISK_W: length**2 + 2 * product + error + variance,
            RISK_S: length**2,
            MISFIT: error + variance,
            GAP: 2 * product + error + variance,
            CROSS_TERM: 2 * product,
            RISK_MEAN: length**2 + 2 * product + error,
            PROJECTION_ERROR: error,
            VARIANCE: variance,
        },
        state=lambda at: _squared_law(at["a"], at["x"], at["y"], at["v"]),
    )
    return Model(
        name="squared",
        summary="squared loss, any joint law of target g, teacher w and student s; m = E[w | g, s]",
        source="Xu et al. 2025, decompositions for squared loss",
        observables=(
            Observable(RISK_W, "teacher's risk E (w - g)^2", NONNEGATIVE),
            Observable(RISK_S, "student's risk E (s - g)^2", NONNEGATIVE),
            Observable(GAP, "risk_w - risk_s", "R"),
            Observable(MISFIT, "E (s - w)^2", NONNEGATIVE),
            Observable(PROJECTION_ERROR, "from the student to its mean teacher, E (s - m)^2", NONNEGATIVE),
            Observable(VARIANCE, "from the mean teacher to the teacher, E (w - m)^2", NONNEGATIVE),
            Observable(RISK_MEAN, "mean teacher's risk E (m - g)^2", NONNEGATIVE),
            Observable(CROSS_TERM, "2 E (s - m)(g - s), equal to gap - misfit", "R"),
        ),
        charts=(_triangle(), chart),
    )


def _triangle() -> Chart:
    """Return an outer chart of the three distances between target, teacher and student, by the triangle inequality."""
    to_teacher, to_student, between = sympy.symbols("u v w", real=True)
    return Chart(
        intervals=dict.fromkeys((to_teacher, to_student, between), (ZERO, oo)),
        constraints=(
            to_teacher <= to_student + between,
            to_student <= to_teacher + between,
            between <= to_teacher + to_student,
        ),
        observables={
            RISK_W: to_teacher**2,
            RISK_S: to_student**2,
            MISFIT: between**2,
            GAP: to_teacher**2 - to_student**2,
            CROSS_TERM: to_teacher**2 - to_student**2 - between**2,
        },
        outer=True,
        premises="the triangle inequality",
    )


def _squared_law(length: Term, along: Term, across: Term, deviation: Term) -> State:
    signs = (0,) if exact.sign(deviation) == 0 else (1, -1)
    atoms = []
    for target, side in ((0, 1), (1, -1)):
        student = length + target
        for sign in signs:
            atoms.append(vector(target, student + along + side * across + sign * deviation, student))
    return Law(vector(*(number(1, len(atoms)) for _ in atoms)), tuple(atoms))


def bregman_binary() -> Model:
    """Return the model of binary KL divergence at one input: fixed target and student, a teacher of any law.

    With w* the dual mean of the teacher, E KL(q || w) = KL(q || w*) + E KL(w* || w) for every q, and the last term may be
    any number >= 0, so two equally likely predictions, odds(w*) times and over a factor c, show every state. Averages
    over inputs satisfy every linear inequality that holds at each.
    """
    observables = (
        Observable(RISK_W, "teacher's risk E KL(target || w)", NONNEGATIVE),
        Observable(RISK_S, "student's risk KL(target || student)", NONNEGATIVE),
        Observable(GAP, "risk_w - risk_s", "R"),
        Observable(MISFIT, "E KL(student || w)", NONNEGATIVE),
        Observable(
            PROJECTION_ERROR, "from the student to its mean teacher, KL(student || mean_teacher)", NONNEGATIVE
        ),
        Observable(VARIANCE, "from the mean teacher to the teacher, E KL(mean_teacher || w)", NONNEGATIVE),
        Observable(RISK_MEAN, "mean teacher's risk KL(target || mean_teacher)", NONNEGATIVE),
        Observable(CROSS_TERM, "(logit student - logit mean_teacher)(target - student)", "R"),
        Observable(ENTROPY_S, "student's entropy", "[0, log(2)]"),
        Observable(RCE, "reverse cross-entropy of the student, E CE(student, w)", NONNEGATIVE),
        Observable(CE_W, "teacher's cross-entropy E CE(target, w)", NONNEGATIVE),
        Observable(CE_S, "student's cross-entropy CE(target, student)", NONNEGATIVE),
        *(
            Observable(
                symbol, f"probability of class 1: {who}", f"[{LEAST_PROBABILITY}, {1 - LEAST_PROBABILITY}]"
            )
            for symbol, who in (
                (TARGET, "target"),
                (STUDENT, "student"),
                (MEAN_TEACHER, "the teacher's dual mean w*, whose logit is E logit w"),
            )
        ),
    )
    return Model(
        name="bregman-binary",
        summary=(
            "binary KL at one input, teacher w of any law with dual mean mean_teacher; target, student and mean_teacher "
            f"in [{LEAST_PROBABILITY}, {1 - LEAST_PROBABILITY}], so that every logarithm is finite"
        ),
        source="Xu et al. 2025, decompositions for KL",
        observables=observables,
        charts=(_cone(), _inequalities(), _two_predictions(), _any_variance()),
    )


P, S, M, V, FACTOR = sympy.symbols("target student mean_teacher variance c", positive=True)
PROBABILITIES = dict.fromkeys((P, S, M), (LEAST_PROBABILITY, 1 - LEAST_PROBABILITY))


@dataclass(frozen=True)
class _Terms:
    """Divergence and cross-entropy from target to student, target to mean teacher, student to mean teacher."""

    divergences: tuple[Expr, Expr, Expr]
    cross_entropies: tuple[Expr, Expr, Expr]
    student_entropy: Expr
    cross_term: Expr

    def observables(self, variance: Expr) -> dict[Symbol, Expr]:
        """Return all observables where the teacher has this variance."""
        to_student, to_mean, error = self.divergences
        of_student, of_mean, reverse = self.cross_entropies
        return {
            RISK_W: to_mean + variance,
            RISK_S: to_student,
            GAP: to_mean + variance - to_student,
            MISFIT: error + variance,
            PROJECTION_ERROR: error,
            VARIANCE: variance,
            RISK_MEAN: to_mean,
            CROSS_TERM: self.cross_term,
            ENTROPY_S: self.student_entropy,
            RCE: reverse + variance,
            CE_W: of_mean + variance,
            CE_S: of_student,
            TARGET: P,
            STUDENT: S,
            MEAN_TEACHER: M,
        }


def _cone() -> Chart:
    """Return an outer chart of divergences and entropies that are any numbers >= 0, and any probabilities."""
    to_student, to_mean, error, of_target, of_student = sympy.symbols("K_s K_w K_m H_t H_s", real=True)
    terms = _Terms(
        (to_student, to_mean, error),
        (to_student + of_target, to_mean + of_target, error + of_student),
        of_student,
        to_mean - to_student - error,
    )
    return Chart(
        intervals={
            **PROBABILITIES,
            **dict.fromkeys((V, to_student, to_mean, error, of_target, of_student), (ZERO, oo)),
        },
        constraints=tuple(value <= log(2) for value in (of_target, of_student)),
        observables=terms.observables(V),
        outer=True,
        premises="divergences and entropies are nonnegative, entropies at most log 2",
    )


def _inequalities() -> Chart:
    """Return an outer chart without logarithms: divergences and entropies are unknowns between algebraic bounds.

    The bounds are Pinsker's inequality, KL <= chi^2, log x <= x - 1 for the difference of two logits, and
    4 log(2) q (1 - q) <= H(q) <= log(2) - 2 (q - 1/2)^2.
    """
    to_student, error, of_target, of_student = sympy.symbols("K_s K_m H_t H_s", real=True)
    logits = Symbol("z", real=True)
    cross = logits * (P - S)
    to_mean = to_student + error + cross
    terms = _Terms(
        (to_student, to_mean, error),
        (to_student + of_target, to_mean + of_target, error + of_student),
        of_student,
        cross,
    )
    divergences = ((to_student, P, S), (to_mean, P, M), (error, S, M))
    entropies = ((of_target, P), (of_student, S))
    return Chart(
        intervals={
            **PROBABILITIES,
            **dict.fromkeys((V, to_student, error, of_target, of_student), (ZERO, oo)),
            logits: (-oo, oo),
        },
        constraints=(
            *(value >= 2 * (p - q) ** 2 for value, p, q in divergences),
            *(value * q * (1 - q) <= (p - q) ** 2 for value, p, q in divergences),
            logits * M * (1 - S) <= (S - M) * (1 - S + M),
            logits * S * (1 - M) >= (S - M) * (1 - M + S),
            error <= logits * (S - M),
            *(value >= 4 * log(2) * q * (1 - q) for value, q in entropies),
            *(value <= log(2) - 2 * (q - HALF) ** 2 for value, q in entropies),
        ),
        observables=terms.observables(V),
        outer=True,
        premises="Pinsker's and chi-squared bounds of KL, tangent bounds of log, quadratic bounds of entropy",
    )


def _exact() -> _Terms:
    pairs = ((P, S), (P, M), (S, M))
    logits = log(S) - log(1 - S) - log(M) + log(1 - M)
    return _Terms(
        tuple(p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)) for p, q in pairs),
        tuple(-p * log(q) - (1 - p) * log(1 - q) for p, q in pairs),
        -S * log(S) - (1 - S) * log(1 - S),
        logits * (P - S),
    )


def _any_variance() -> Chart:
    """Return all states by the variance; it is that of the teacher with 2 cosh(log c) = c + 1/c = `both`."""
    both = (exp(2 * V) - M**2 - (1 - M) ** 2) / (M * (1 - M))
    factor = (both + sqrt(both**2 - 4)) / 2
    return Chart(
        intervals={**PROBABILITIES, V: (ZERO, oo)},
        observables=_exact().observables(V),
        state=lambda at: _binary_law(at, (M * factor / (1 - M + M * factor), M / (M + (1 - M) * factor))),
    )


def _two_predictions() -> Chart:
    """Return all states by a teacher that says one of two things, its odds times or over the factor c."""
    above, below = 1 - M + M * FACTOR, M + (1 - M) * FACTOR
    return Chart(
        intervals={**PROBABILITIES, FACTOR: (ONE, oo)},
        observables=_exact().observables(log(above * below / FACTOR) / 2),
        state=lambda at: _binary_law(at, (M * FACTOR / above, M / below)),
    )


def _binary_law(at: Coordinates, predictions: tuple[Expr, Expr]) -> State:
    high, low = vector(*(substitute(term_of(value), at) for value in predictions))
    return Predictions(at["target"], at["student"], (high,) if exact.sign(high - low) == 0 else (high, low))


BREGMAN_MODELS: dict[str, Callable[..., Model]] = {"squared": squared, "bregman-binary": bregman_binary}
