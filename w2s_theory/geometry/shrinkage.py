"""Shrinkage optimality: learning rules that have it, and the least loss it leaves to a student.

The geometry behind every formula here: a least-squares teacher g = P f* satisfies <f*, g> = ||g||^2 = 1 - L_TE,
and a shrinkage-optimal student of g lies in the ball whose diameter is the segment [0, g].

Source: Medvedev et al. 2025, section 4, reconstructed; learning rules other than gradient flow are derived here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sympy import (
    Expr,
    I,
    Piecewise,
    Symbol,
    cancel,
    cos,
    exp,
    expand,
    factor,
    im,
    pi,
    re,
    sin,
    sqrt,
    tan,
)

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import EIGENVALUE, TIME, Topic

letters = Topic(__name__)

MAX_STEPS = 12


def limit_curve(teacher_loss: Expr) -> Expr:
    """Return the least loss of a shrinkage-optimal student of a teacher with loss L in [0, 1].

    It is the squared distance from f* to the ball with diameter [0, f_TE].
    Source: Medvedev et al. 2025, Theorem 4.1 (reconstructed).
    """
    return ((sqrt(1 + 3 * teacher_loss) - sqrt(1 - teacher_loss)) / 2) ** 2


def bounded_limit_curve(teacher_loss: Expr) -> Expr:
    """Return the least loss of a student no larger in norm than its teacher, of loss L in [0, 1].

    Source: Medvedev et al. 2025, Theorem 4.2 (reconstructed).
    """
    return (1 - sqrt(1 - teacher_loss)) ** 2


@dataclass(frozen=True)
class TightChain:
    """The best chain of n students, as a rational curve in tau = tan(psi).

    Every student turns by the same angle psi toward the target. In the plane of teacher and target, written
    as complex numbers with f* = 1, the teacher is `teacher` and each student is its teacher times `turn`.
    As tau runs from 0 to `end`, the teacher's loss runs once from 0 to 1, and `student_loss` is the least loss
    that any chain of n shrinkage-optimal students can reach from that teacher.
    """

    steps: int
    tau: Symbol
    end: Expr
    teacher_loss: Expr
    student_loss: Expr
    teacher: tuple[Expr, Expr]
    turn: tuple[Expr, Expr]

    def links(self, tau: Expr) -> list[tuple[Expr, Expr]]:
        """Return the plane coordinates of the teacher and of its n students at the given tau."""
        x, y = (cancel(part.subs(self.tau, tau)) for part in self.teacher)
        u, v = (cancel(part.subs(self.tau, tau)) for part in self.turn)
        points = [(x, y)]
        for _ in range(self.steps):
            x, y = x * u - y * v, x * v + y * u
            points.append((expand(x), expand(y)))
        return points


@cache
def tight_chain(steps: int) -> TightChain:
    """Return the curve of best chains of `steps` students, 1 <= steps <= 12.

    With z = (1 + i tau)^(n+1), the point of the spiral r = c cos(phi/n)^n nearest to f* has its normal at angle
    (n+1) psi, which makes tan(Theta) = (Im z - tau)/Re z and both losses rational functions of tau.
    Raises InvalidInput outside that range of steps.
    """
    if not 1 <= steps <= MAX_STEPS:
        raise InvalidInput(f"a chain of {steps} students; allowed: 1 to {MAX_STEPS}")
    tau = letters.symbol("tau", nonnegative=True)
    power = expand((1 + I * tau) ** (steps + 1))
    real, imaginary = re(power), im(power)
    shorter = re(expand((1 + I * tau) ** steps))
    rise = expand(imaginary - tau)
    denominator = expand(rise**2 + real**2)
    student_loss = ((1 + tau**2) ** steps - shorter) ** 2 / (denominator * (1 + tau**2) ** (steps - 1))
    return TightChain(
        steps=steps,
        tau=tau,
        end=tan(pi / (2 * (steps + 1))),
        teacher_loss=factor(cancel(rise**2 / denominator)),
        student_loss=factor(cancel(student_loss)),
        teacher=(real**2 / denominator, real * rise / denominator),
        turn=(1 / (1 + tau**2), -tau / (1 + tau**2)),
    )


@dataclass(frozen=True)
class LearningRule:
    """A spectral learning rule: the student is h(K) f_TE, with h this filter of the kernel's eigenvalue."""

    name: str
    filter: Expr
    domain: str


STEP_TIMES_EIGENVALUE = letters.symbol("x", nonnegative=True)
ITERATIONS = letters.symbol("k", integer=True, nonnegative=True)
RIDGE = letters.symbol("alpha", positive=True)
FRICTION = letters.symbol("gamma", nonnegative=True)
FREQUENCY = letters.symbol("omega", positive=True)

GRADIENT_FLOW = LearningRule("gradient flow", 1 - exp(-TIME * EIGENVALUE), "t >= 0")
GRADIENT_DESCENT = LearningRule(
    "gradient descent",
    1 - (1 - STEP_TIMES_EIGENVALUE) ** ITERATIONS,
    "x = step size times eigenvalue in [0, 1], k >= 0 iterations",
)
RIDGE_REGRESSION = LearningRule("ridge regression", EIGENVALUE / (EIGENVALUE + RIDGE), "alpha > 0")
SPECTRAL_CUTOFF = LearningRule(
    "spectral cut-off", Piecewise((1, EIGENVALUE >= RIDGE), (0, True)), "threshold alpha > 0"
)
SHRINKAGE_OPTIMAL_RULES = (GRADIENT_FLOW, GRADIENT_DESCENT, RIDGE_REGRESSION, SPECTRAL_CUTOFF)

HEAVY_BALL = LearningRule(
    "heavy-ball flow",
    1
    - exp(-FRICTION * TIME / 2)
    * (cos(FREQUENCY * TIME) + FRICTION * sin(FREQUENCY * TIME) / (2 * FREQUENCY)),
    "friction gamma >= 0, eigenvalue omega^2 + gamma^2/4",
)
"""Underdamped momentum, h'' + gamma h' + lambda h = lambda from rest: it overshoots, so it is not among them."""
