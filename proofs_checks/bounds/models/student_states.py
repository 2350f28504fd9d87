"""States of a least-squares teacher and its students as vectors, by the coordinates of the charts."""

from __future__ import annotations

from functools import cache

from sympy import Expr, I, Symbol, cancel, expand, im, re

from proofs_checks.bounds.models.model import Coordinates
from proofs_checks.bounds.states import Functions, State, Vector, vector
from w2s_theory.geometry.shrinkage import TightChain
from w2s_theory.terms import exact
from w2s_theory.terms.conversion import term_of
from w2s_theory.terms.tree import ONE, ZERO, Term, apply, substitute

E_1, E_1_OF_3 = vector(1, 0), vector(1, 0, 0)


def value_at(expression: Expr, at: Coordinates) -> Term:
    """Return an expression in the coordinates as a constant term."""
    return exact.settled(substitute(term_of(expression), at))


def root(value: Term) -> Term:
    """Return the square root of a term."""
    return apply("sqrt", value)


def same_student(loss: Term, steps: int = 1) -> State:
    """Return a teacher of this loss, and students that are the teacher itself."""
    teacher = vector(1 - loss, root(loss * (1 - loss)))
    return Functions(E_1, teacher, (teacher,) * steps)


def student_at_distance(cosine: Term, centre_distance: Term, distance: Term) -> State:
    """Return the student at `distance` from f* on the line from f* through the centre f_TE/2 of its ball.

    `cosine` is that of the teacher's angle to the target, and `centre_distance` is the distance from f* to the centre.
    """
    sine, ratio = root(1 - cosine**2), distance / centre_distance
    student = vector(1 + ratio * (cosine**2 / 2 - 1), ratio * cosine * sine / 2)
    return Functions(E_1, vector(cosine**2, cosine * sine), (student,))


def radial_student(cosine: Term, distance: Term) -> State:
    """Return the student at `distance` from f* on the line from f* through 0, for a teacher of this cosine."""
    teacher = vector(cosine**2, cosine * root(1 - cosine**2))
    return Functions(E_1, teacher, (vector(1 - distance, 0),))


def in_frame(b: Term, q: Term, students: tuple[tuple[Term, Term, Term], ...]) -> State:
    """Return students by coordinates along the teacher, across it, and off both, in units of the teacher's norm b.

    q is the sine of the teacher's angle to the target.
    """
    found = tuple(vector(b * (b * x + q * y), b * (q * x - b * y), b * z) for x, y, z in students)
    return Functions(E_1_OF_3, vector(b * b, b * q, 0), found)


def beside(x: Term, y: Term, size: Term) -> tuple[Term, Term, Term]:
    """Return the coordinates of a student of this size, of which two are known."""
    return x, y, root(size * size - x * x - y * y)


@cache
def turned(p: Symbol, steps: int) -> tuple[tuple[Expr, Expr], ...]:
    """Return what each of `steps` projections on a line, each turned by the angle 2 arctan(p), makes of the vector 1."""
    step = (1 - p**2 + 2 * I * p) * (1 - p**2)
    powers = [expand(step**k) for k in range(1, steps + 1)]
    below = [(1 + p**2) ** (2 * k) for k in range(1, steps + 1)]
    return tuple((re(power) / under, im(power) / under) for power, under in zip(powers, below, strict=True))


def chain_in_frame(at: Coordinates, p: Symbol, steps: int) -> State:
    """Return a chain that turns by equal angles in a plane through the teacher, whose last student is shortened by k.

    y is the share of what leaves the teacher's direction that goes toward the target.
    """
    off = root(1 - at["y"] ** 2)
    students = []
    for step, (along, across) in enumerate(turned(p, steps), start=1):
        share = at["k"] if step == steps else ONE
        x, y = share * value_at(along, at), share * value_at(across, at)
        students.append((x, y * at["y"], y * off))
    return in_frame(at["b"], at["q"], tuple(students))


def tight_links(tight: TightChain, tau: Term) -> State:
    """Return the best chain at a point of its curve: each student is its teacher times one complex number."""
    at = {tight.tau.name: tau}
    links = tuple(vector(*(value_at(part, at) for part in point)) for point in _links(tight))
    return Functions(E_1, links[0], links[1:])


@cache
def _links(tight: TightChain) -> tuple[tuple[Expr, Expr], ...]:
    below = 1 + tight.tau**2
    turn = cancel(tight.turn[0] * below) + I * cancel(tight.turn[1] * below)
    (x, y), links = tight.teacher, [tight.teacher]
    for step in range(1, tight.steps + 1):
        power = expand(turn**step)
        u, v = re(power), im(power)
        links.append(((x * u - y * v) / below**step, (x * v + y * u) / below**step))
    return tuple(links)


def filtered(loss: Term, h: Term, squares: Term, mean: Term) -> State:
    """Return a teacher of this loss and a filter: h on the target, and of these means over the rest of the teacher.

    Inputs are eigenvectors of the kernel. The rest of the teacher is 1 on two of them, whose masses are
    mean^2/squares of L (1 - L), and what is left; the filter is squares/mean on the first, 0 on the second.
    """
    rest = loss * (1 - loss)
    parts: list[tuple[Term, Term]]
    if exact.sign(mean) == 0:
        parts = [(rest, ZERO)]
    else:
        share = mean**2 / squares
        parts = [(rest * share, squares / mean), (rest * (1 - share), ZERO)]
    kept = [(mass, value) for mass, value in parts if exact.sign(mass) != 0]
    masses, values = vector(1, *(mass for mass, _ in kept)), vector(h, *(value for _, value in kept))
    teacher = vector(1 - loss, *(1 for _ in kept))
    student: Vector = vector(*(value * entry for value, entry in zip(values, teacher, strict=True)))
    return Functions(vector(1, *(0 for _ in kept)), teacher, (student,), masses, values)
