"""Models of a least-squares teacher and its student, up to isometry.

A claim about norms, inner products and losses depends only on the Gram matrix of f*, f_TE and the last
student; three vectors span at most three dimensions, so coordinates in R^3 cover every dimension. With
f* = e_1 and cos(Theta)^2 = b^2 = 1 - L_TE, sin(Theta) = q, a least-squares teacher is b (b, q, 0).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import sympy
from sympy import Eq, Expr, Integer, Rational, Symbol, cancel, expand, im, re, sqrt

from proofs_checks.bounds.models.model import Chart, Model, Observable, Parameter
from proofs_checks.bounds.models.student_states import (
    beside,
    chain_in_frame,
    filtered,
    in_frame,
    radial_student,
    same_student,
    student_at_distance,
    tight_links,
    value_at,
)
from w2s_theory.geometry.shrinkage import MAX_STEPS, TightChain, tight_chain
from w2s_theory.notation.symbols import (
    INNER_ST_TARGET,
    INNER_ST_TE,
    INNER_TE_TARGET,
    L_ST,
    L_TE,
    NORM_ST,
    NORM_TE,
    PGR,
)
from w2s_theory.terms import tree

LOSSES = (
    Observable(L_TE, "teacher's loss E (f_TE - f*)^2", "[0, 1]"),
    Observable(L_ST, "student's loss E (f_ST - f*)^2", "[0, 4]"),
    Observable(PGR, "performance gap recovered (L_TE - L_ST)/L_TE", "at most 1; needs L_TE > 0"),
)
GEOMETRY = (
    Observable(NORM_TE, "teacher's norm, (E f_TE^2)^(1/2)", "[0, 1]"),
    Observable(NORM_ST, "student's norm, (E f_ST^2)^(1/2)", "[0, 1]"),
    Observable(INNER_ST_TE, "E f_ST f_TE", "[-1, 1]"),
    Observable(INNER_ST_TARGET, "E f_ST f*", "[-1, 1]"),
    Observable(INNER_TE_TARGET, "E f_TE f*, equal to norm_TE^2 = 1 - L_TE", "[0, 1]"),
)
GAP_RECOVERED = {PGR: (L_TE - L_ST) / L_TE}

B, Q, X, Y, R, D, P, K, M, U, SHARE, LOSS, TAU = sympy.symbols("b q x y r D p k m u share L tau", real=True)
ZERO, ONE = Integer(0), Integer(1)
BETWEEN_OWN_AND_TEACHER, BETWEEN_SIGNS = R**2 + SHARE * (R - R**2), R * (2 * SHARE - 1)
"""E f_ST f_TE over E f_TE^2 where norm_ST = R norm_TE: between E f_ST^2 and Cauchy-Schwarz, or by Cauchy-Schwarz alone."""


def shrinkage() -> Model:
    """Return the model of all shrinkage-optimal students, E f_ST^2 <= E f_ST f_TE."""
    # The distances a/2 and b/2 of Theorem 4.1 satisfy a^2 + 3 b^2 = 4: a slope m gives both.
    a, b = (2 - 6 * M**2) / (1 + 3 * M**2), 4 * M / (1 + 3 * M**2)
    distance = (a - b) / 2 + SHARE * b
    # As a product, 1 - b^2 is enclosed between 0 and 1.
    teacher = {**_teacher_of_norm(b), L_TE: (1 - M**2) * (1 - 9 * M**2) / (1 + 3 * M**2) ** 2}
    losses = Chart(
        intervals={M: (ZERO, Rational(1, 3)), SHARE: (ZERO, ONE)},
        observables={**teacher, L_ST: distance**2},
        state=lambda at: student_at_distance(value_at(b, at), value_at(a / 2, at), value_at(distance, at)),
    )
    rest = (1 - U) / 3
    farthest = Chart(
        intervals={U: (ZERO, ONE)},
        observables={
            **_teacher_of_norm(b.subs(M, rest)),
            L_TE: U * (2 - U) * (9 - (1 - U) ** 2) / (3 + (1 - U) ** 2) ** 2,
            L_ST: ((a + b).subs(M, rest) / 2) ** 2,
        },
        state=lambda at: student_at_distance(
            *(value_at(part.subs(M, rest), at) for part in (b, a / 2, (a + b) / 2))
        ),
    )
    return Model(
        name="shrinkage",
        summary="any teacher f_TE = P f*, any student with E f_ST^2 <= E f_ST f_TE (gradient flow, ridge, ...)",
        source="Medvedev et al. 2025, Theorem 4.1",
        observables=(*LOSSES, *GEOMETRY),
        charts=(
            _teacher(),
            losses,
            _loss_alone(Rational(4, 3)),
            *_shadows(B * (B - 1 + 2 * SHARE) / 2, BETWEEN_OWN_AND_TEACHER),
            _lengths(BETWEEN_OWN_AND_TEACHER),
            *_with_box(_vectors((X**2 + Y**2 <= R**2, R**2 <= X))),
        ),
        curve=_chain_curve(tight_chain(1)),
        upper_curve=farthest,
        extremal=L_ST,
        derived=GAP_RECOVERED,
    )


def bounded() -> Model:
    """Return the model of all students whose norm does not exceed the teacher's."""
    distance = 1 - B + 2 * SHARE * B
    losses = Chart(
        intervals={B: (ZERO, ONE), SHARE: (ZERO, ONE)},
        observables={**_teacher_of_norm(B), L_ST: distance**2},
        state=lambda at: radial_student(at["b"], value_at(distance, at)),
    )
    farthest = Chart(
        intervals={B: (ZERO, ONE)},
        observables={**_teacher_of_norm(B), L_ST: (1 + B) ** 2},
        state=lambda at: radial_student(at["b"], 1 + at["b"]),
    )
    curve = Chart(
        intervals={TAU: (ZERO, ONE)},
        observables={**_teacher_of_norm(1 - TAU), L_ST: TAU**2},
        state=lambda at: radial_student(1 - at["tau"], at["tau"]),
    )
    return Model(
        name="bounded",
        summary="any teacher f_TE = P f*, any student with E f_ST^2 <= E f_TE^2",
        source="Medvedev et al. 2025, Theorem 4.2",
        observables=(*LOSSES, *GEOMETRY),
        charts=(
            _teacher(),
            losses,
            _loss_alone(Integer(4)),
            *_shadows(B * (2 * SHARE - 1), BETWEEN_SIGNS),
            _lengths(BETWEEN_SIGNS),
            *_with_box(_vectors((X**2 + Y**2 <= R**2, R <= 1))),
        ),
        curve=curve,
        upper_curve=farthest,
        extremal=L_ST,
        derived=GAP_RECOVERED,
    )


def chain(steps: int = 2) -> Model:
    """Return the model of bootstrapping chains of `steps` students, each shrinkage optimal for the one before."""
    tight = tight_chain(steps)
    turned = expand((1 - P**2 + 2 * sympy.I * P) ** steps * (1 - P**2) ** steps / (1 + P**2) ** (2 * steps))
    along, across = (K * cancel(part) for part in (re(turned), im(turned)))
    size = K * ((1 - P**2) / (1 + P**2)) ** steps
    angles = {K: (ZERO, ONE), P: (ZERO, ONE), Y: (-ONE, ONE)}
    full = Chart(
        intervals={B: (ZERO, ONE), Q: (ZERO, ONE), **angles},
        constraints=(Eq(B**2 + Q**2, 1),),
        observables=_geometry(B, Q, along, across * Y, size),
        state=lambda at: chain_in_frame(at, steps),
    )
    return Model(
        name="chain",
        summary=f"a teacher and {steps} students, each shrinkage optimal for the one before; L_ST is the last one's",
        source="Medvedev et al. 2025, Corollary 2; sharp bound new",
        observables=(*LOSSES, *GEOMETRY),
        charts=(_teacher(steps), _lengths(BETWEEN_SIGNS), *_with_box(full))
        if steps > 1
        else shrinkage().charts,
        parameters=(Parameter("steps", "number of students", f"1 to {MAX_STEPS}", 2),),
        curve=_chain_curve(tight),
        upper_curve=shrinkage().upper_curve if steps == 1 else None,
        extremal=L_ST,
        derived=GAP_RECOVERED,
    )


def eigenfunction() -> Model:
    """Return the model of spectral-filter students, 0 <= h <= 1, of a target that is one of their eigenfunctions.

    h is the filter at the target's eigenvalue; s and w are the means of the squared filter and of the filter over the
    rest of the teacher, so that w^2 <= s <= w.
    """
    h, s, w, loss = sympy.symbols("h s w L", real=True)
    along, rest = 1 - loss, loss * (1 - loss)
    chart = Chart(
        intervals={loss: (ZERO, ONE), h: (ZERO, ONE), s: (ZERO, ONE), w: (ZERO, ONE)},
        constraints=(w**2 <= s, s <= w),
        observables={
            L_TE: loss,
            L_ST: (1 - h * along) ** 2 + s * rest,
            NORM_TE: sqrt(along),
            NORM_ST: sqrt(h**2 * along**2 + s * rest),
            INNER_ST_TE: h * along**2 + w * rest,
            INNER_ST_TARGET: h * along,
            INNER_TE_TARGET: along,
        },
        state=lambda at: filtered(at["L"], at["h"], at["s"], at["w"]),
    )
    curve = Chart(
        intervals={TAU: (ZERO, ONE)},
        observables={**_teacher_of_loss(TAU), L_ST: TAU**2},
        state=lambda at: filtered(at["tau"], tree.ONE, tree.ZERO, tree.ZERO),
    )
    farthest = Chart(
        intervals={TAU: (ZERO, ONE)},
        observables={**_teacher_of_loss(TAU), L_ST: 1 + TAU * (1 - TAU)},
        state=lambda at: filtered(at["tau"], tree.ZERO, tree.ONE, tree.ONE),
    )
    return Model(
        name="eigenfunction",
        summary="target an eigenfunction of the student's kernel, student a spectral filter 0 <= h <= 1 of f_TE = P f*",
        source="Medvedev et al. 2025, after Theorem 4.1",
        observables=(*LOSSES, *GEOMETRY),
        charts=(_loss_alone(Rational(5, 4)), _lengths(BETWEEN_OWN_AND_TEACHER), chart),
        curve=curve,
        upper_curve=farthest,
        extremal=L_ST,
        derived=GAP_RECOVERED,
    )


STUDENT_MODELS: dict[str, Callable[..., Model]] = {
    "shrinkage": shrinkage,
    "bounded": bounded,
    "chain": chain,
    "eigenfunction": eigenfunction,
}


def _teacher(steps: int = 1) -> Chart:
    """Return the chart of the teacher alone, by its loss; the student may be the teacher itself."""
    return Chart(
        intervals={LOSS: (ZERO, ONE)},
        observables=_teacher_of_loss(LOSS),
        state=lambda at: same_student(at["L"], steps),
    )


def _teacher_of_loss(loss: Expr) -> dict[Symbol, Expr]:
    """Return the observables of a least-squares teacher with this loss."""
    return {L_TE: loss, NORM_TE: sqrt(1 - loss), INNER_TE_TARGET: 1 - loss}


def _teacher_of_norm(norm: Expr) -> dict[Symbol, Expr]:
    """Return the observables of a least-squares teacher with this norm."""
    return {L_TE: 1 - norm**2, NORM_TE: norm, INNER_TE_TARGET: norm**2}


def _loss_alone(greatest: Expr) -> Chart:
    """Return an outer chart of the student's loss alone, which is between 0 and the greatest of all."""
    return Chart(intervals={LOSS: (ZERO, greatest)}, observables={L_ST: LOSS}, outer=True)


def _lengths(along: Expr) -> Chart:
    """Return an outer chart of the lengths of target, teacher, student and student less target; the first is 1.

    norm_ST = B R, E f_ST f_TE = B^2 `along`, and the triangle inequality is all that is said of the distance D.
    """
    norm = B * R
    return Chart(
        intervals={B: (ZERO, ONE), R: (ZERO, ONE), D: (ZERO, Integer(2)), SHARE: (ZERO, ONE)},
        constraints=(D <= 1 + norm, 1 - norm <= D),
        observables={
            **_teacher_of_norm(B),
            L_ST: D**2,
            NORM_ST: norm,
            INNER_ST_TE: B**2 * along,
            INNER_ST_TARGET: (1 + norm**2 - D**2) / 2,
        },
        outer=True,
        premises="the triangle inequality",
    )


def _shadows(with_target: Expr, along: Expr) -> tuple[Chart, Chart]:
    """Return charts of some observables on boxes without constraints; they prove only.

    One is of the teacher and E f_ST f* = `with_target`, which takes every value between two ends; the other of norms,
    norm_ST = B R, and of E f_ST f_TE = B^2 `along`.
    """
    return (
        Chart(
            intervals={B: (ZERO, ONE), SHARE: (ZERO, ONE)},
            observables={**_teacher_of_norm(B), INNER_ST_TARGET: with_target},
            outer=True,
        ),
        Chart(
            intervals={B: (ZERO, ONE), R: (ZERO, ONE), SHARE: (ZERO, ONE)},
            observables={**_teacher_of_norm(B), NORM_ST: B * R, INNER_ST_TE: B**2 * along},
            outer=True,
        ),
    )


def _geometry(b: Expr, q: Expr, along: Expr, across: Expr, size: Expr) -> dict[Symbol, Expr]:
    """Return all observables of the student b (along, across, ...) in the frame of the teacher's direction."""
    with_target = b * (b * along + q * across)
    return {
        L_TE: 1 - b**2,
        L_ST: 1 - 2 * with_target + b**2 * size**2,
        NORM_TE: b,
        NORM_ST: b * size,
        INNER_ST_TE: b**2 * along,
        INNER_ST_TARGET: with_target,
        INNER_TE_TARGET: b**2,
    }


def _vectors(student_set: tuple[sympy.logic.boolalg.Boolean, ...]) -> Chart:
    """Return the chart with the student's coordinates (X, Y) along and across the teacher, of total size R."""
    return Chart(
        intervals={B: (ZERO, ONE), Q: (ZERO, ONE), X: (-ONE, ONE), Y: (-ONE, ONE), R: (ZERO, ONE)},
        constraints=(Eq(B**2 + Q**2, 1), *student_set),
        observables=_geometry(B, Q, X, Y, R),
        state=lambda at: in_frame(at["b"], at["q"], (beside(at["x"], at["y"], at["r"]),)),
    )


def _with_box(chart: Chart) -> tuple[Chart, Chart]:
    """Return the chart, and its twin without the equation b^2 + q^2 = 1: m = tan(Theta/2) gives both."""
    circle = {B: (1 - M**2) / (1 + M**2), Q: 2 * M / (1 + M**2)}
    others = {x: ends for x, ends in chart.intervals.items() if x not in circle}
    return chart, Chart(
        intervals={M: (ZERO, ONE), **others},
        constraints=tuple(item for item in chart.constraints if not isinstance(item, Eq)),
        observables={symbol: value.subs(circle) for symbol, value in chart.observables.items()},
        state=lambda at: chart.state({**at, **{x.name: value_at(value, at) for x, value in circle.items()}}),
    )


def _chain_curve(tight: TightChain) -> Chart:
    """Return the curve of best chains; cos(k psi) >= 0 for k <= n + 1 says that tau does not pass its end."""
    cosines = (re(expand((1 + sympy.I * TAU) ** k)) for k in range(2, tight.steps + 2))
    # A rational number a little beyond the end: on a longer interval, the losses' denominators could not be told from 0.
    beyond = Rational(math.ceil(1000 * math.tan(math.pi / (2 * (tight.steps + 1)))), 1000)
    return Chart(
        intervals={TAU: (ZERO, min(ONE, beyond))},
        constraints=tuple(cosine >= 0 for cosine in cosines),
        observables={
            **_teacher_of_loss(tight.teacher_loss.subs(tight.tau, TAU)),
            L_ST: tight.student_loss.subs(tight.tau, TAU),
        },
        state=lambda at: tight_links(tight.steps, at["tau"]),
    )
