"""States of a least-squares teacher and its students as vectors, by the coordinates of the charts."""

from __future__ import annotations

from math import comb

from sympy import Expr

from proofs_checks.bounds.models.model import Coordinates
from proofs_checks.bounds.states import Functions, State, Vector, vector
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


def power(t: Term, exponent: int) -> tuple[Term, Term]:
    """Return the real and the imaginary part of (1 + i t)^exponent, as polynomials in t."""
    squared = exact.settled(t * t)
    even, odd = (
        [(-1) ** (k // 2) * comb(exponent, k) for k in range(first, exponent + 1, 2)] for first in (0, 1)
    )
    return _polynomial(even, squared), exact.settled(t * _polynomial(odd, squared))


def _polynomial(coefficients: list[int], at: Term) -> Term:
    """Return the value of a polynomial by its coefficients, the constant one first."""
    value = ZERO
    for coefficient in reversed(coefficients):
        value = exact.settled(value * at + coefficient)
    return value


def chain_in_frame(at: Coordinates, steps: int) -> State:
    """Return a chain that turns by the angle 2 arctan(p) at each step, in a plane through the teacher.

    Each student is the projection of its label, cos(angle) as long, and the last one is shortened by k. y is the share of
    what leaves the teacher's direction that goes toward the target.
    """
    p, off = at["p"], root(1 - at["y"] ** 2)
    # (1 + i p)^2/(1 + p^2) turns by the angle, whose cosine is (1 - p^2)/(1 + p^2).
    length = exact.settled((1 - p**2) / (1 + p**2) ** 2)
    students = []
    for step in range(1, steps + 1):
        share = (at["k"] if step == steps else ONE) * length**step
        x, y = (share * part for part in power(p, 2 * step))
        students.append((x, y * at["y"], y * off))
    return in_frame(at["b"], at["q"], tuple(students))


def tight_links(steps: int, tau: Term) -> State:
    """Return the best chain of `steps` students at a point of its curve, as complex numbers with f* = 1.

    With (1 + i tau)^(steps + 1) = x + i (y + tau), the teacher is x (x + i y)/(x^2 + y^2), and each student is its teacher
    over 1 + i tau.
    """
    x, above = power(tau, steps + 1)
    y = exact.settled(above - tau)
    links = []
    for step in range(steps + 1):
        u, v = power(-1 * tau, step)
        below = (x**2 + y**2) * (1 + tau**2) ** step
        links.append(vector(x * (x * u - y * v) / below, x * (x * v + y * u) / below))
    return Functions(E_1, links[0], tuple(links[1:]))


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
