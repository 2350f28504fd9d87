"""The notation, once: each symbol with its assumptions, its LaTeX and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol


@dataclass(frozen=True)
class Notation:
    """A symbol of the papers, how LaTeX prints it, and what it stands for in one line."""

    symbol: Symbol
    latex: str
    meaning: str


L_TE = Symbol("L_TE", nonnegative=True)
L_ST = Symbol("L_ST", nonnegative=True)
PGR = Symbol("PGR", real=True)
NORM_TE = Symbol("norm_TE", nonnegative=True)
NORM_ST = Symbol("norm_ST", nonnegative=True)
INNER_ST_TE = Symbol("inner_ST_TE", real=True)
INNER_ST_TARGET = Symbol("inner_ST_target", real=True)
INNER_TE_TARGET = Symbol("inner_TE_target", real=True)
EXCESS = Symbol("delta", positive=True)
SCALE = Symbol("a", nonnegative=True)
CONSTANT = Symbol("c", positive=True)
EIGENVALUE = Symbol("lambda", nonnegative=True)
TIME = Symbol("t", nonnegative=True)
STEPS = Symbol("n", integer=True, positive=True)
ER_W = Symbol("ER_w", nonnegative=True)
ER_W2S = Symbol("ER_w2s", nonnegative=True)
ER_IN_SAMPLE = Symbol("ER_w2s_in_sample", nonnegative=True)
ER_S = Symbol("ER_s", nonnegative=True)
ER_C = Symbol("ER_c", nonnegative=True)
VARIANCE = Symbol("Var_w2s", nonnegative=True)
CORRELATION_ANGLE = Symbol("Theta", nonnegative=True)
TURN = Symbol("psi", nonnegative=True)
GRADIENT = Symbol("grad", real=True)

NOTATION: tuple[Notation, ...] = (
    Notation(L_TE, r"\mathcal{L}_{\mathrm{TE}}", "teacher's loss E (f_TE - f*)^2, with E f*^2 = 1"),
    Notation(L_ST, r"\mathcal{L}_{\mathrm{ST}}", "student's loss E (f_ST - f*)^2"),
    Notation(PGR, r"\mathrm{PGR}", "performance gap recovered (L_TE - L_ST)/L_TE, ceiling loss 0"),
    Notation(NORM_TE, r"\|f_{\mathrm{TE}}\|", "teacher's norm (E f_TE^2)^(1/2)"),
    Notation(NORM_ST, r"\|f_{\mathrm{ST}}\|", "student's norm (E f_ST^2)^(1/2)"),
    Notation(INNER_ST_TE, r"\langle f_{\mathrm{ST}}, f_{\mathrm{TE}}\rangle", "E f_ST f_TE"),
    Notation(INNER_ST_TARGET, r"\langle f_{\mathrm{ST}}, f^*\rangle", "E f_ST f*"),
    Notation(INNER_TE_TARGET, r"\langle f_{\mathrm{TE}}, f^*\rangle", "E f_TE f*"),
    Notation(EXCESS, r"\delta", "excess over 2 of an exponent claimed for L_ST <= c L_TE^(2 + delta)"),
    Notation(SCALE, "a", "scale in [0, 1] by which a student is shrunk"),
    Notation(CONSTANT, "c", "a positive constant"),
    Notation(EIGENVALUE, r"\lambda", "eigenvalue of the student's kernel"),
    Notation(TIME, "t", "gradient-flow time"),
    Notation(STEPS, "n", "number of students in a bootstrapping chain"),
    Notation(ER_W, r"\mathrm{ER}_{\mathrm{w}}", "excess risk of the weak teacher"),
    Notation(ER_W2S, r"\mathrm{ER}_{\mathrm{w2s}}", "excess risk of the weak-to-strong student, population"),
    Notation(
        ER_IN_SAMPLE,
        r"\mathrm{ER}_{\mathrm{w2s}, \mathrm{in}}",
        "the same, on the points that the teacher labelled",
    ),
    Notation(ER_S, r"\mathrm{ER}_{\mathrm{s}}", "excess risk of the strong baseline, fine-tuned on n labels"),
    Notation(
        ER_C, r"\mathrm{ER}_{\mathrm{c}}", "excess risk of the strong ceiling, fine-tuned on n + N labels"
    ),
    Notation(VARIANCE, r"\mathrm{Var}_{\mathrm{w2s}}", "variance of the weak-to-strong student"),
    Notation(CORRELATION_ANGLE, r"\Theta", "angle between teacher and target: cos(Theta)^2 = 1 - L_TE"),
    Notation(TURN, r"\psi", "angle by which each student of a chain turns away from its teacher"),
    Notation(GRADIENT, r"\nabla", "gradient"),
)

MEANINGS: dict[Symbol, str] = {entry.symbol: entry.meaning for entry in NOTATION}
