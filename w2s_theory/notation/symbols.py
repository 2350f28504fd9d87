"""The notation, once: each symbol with its assumptions, its LaTeX and its meaning.

A name of the shared notation stands for one symbol in all of the toolkit. Letters that different papers use for different
things belong to topics, the modules that state something and the evidence for it: within one, a name is one symbol.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sympy import IndexedBase, Symbol

_SHARED: Final[dict[str, Symbol]] = {}
_TOPICS: Final[dict[str, dict[str, Symbol]]] = {}
_GIVEN: Final[dict[Symbol, Mapping[str, bool]]] = {}
"""What was assumed when a symbol was made; sympy's own list has all that follows."""


def symbol(name: str, **assumptions: bool) -> Symbol:
    """Return the symbol of the shared notation that has this name.

    Assumptions may be left out. Raises ValueError where they are others than those known, and for a name that is not
    shared.
    """
    if name not in _SHARED:
        raise ValueError(
            f"{name!r} is no shared notation; make it with Topic(__name__).symbol, or take one of: {', '.join(_SHARED)}"
        )
    return _checked(_SHARED[name], assumptions, "everywhere")


def is_shared(name: str) -> bool:
    """Return whether a name stands for one symbol in all of the toolkit."""
    return name in _SHARED


@dataclass(frozen=True)
class Topic:
    """The letters of one topic, named by its module; evidence, ties and statements of a topic share them."""

    module: str

    @property
    def name(self) -> str:
        """Return the module's path below its package, which is that of the module it gives evidence for."""
        return self.module.partition(".")[2].removesuffix("_rocq")

    def symbol(self, name: str, **assumptions: bool) -> Symbol:
        """Return this topic's symbol of that name, new where the topic has none, or the one of the shared notation.

        Assumptions may be left out for a name that is known; raises ValueError where they are others than those known.
        """
        if name in _SHARED:
            return symbol(name, **assumptions)
        known = _TOPICS.setdefault(self.name, {})
        if name not in known:
            known[name] = _new(name, assumptions)
        return _checked(known[name], assumptions, f"in {self.name}")

    def symbols(self, *names: str, **assumptions: bool) -> tuple[Symbol, ...]:
        """Return one symbol a name, all with the same assumptions; raises ValueError as `symbol` does."""
        return tuple(self.symbol(name, **assumptions) for name in names)

    def indexed(self, name: str, **assumptions: bool) -> IndexedBase:
        """Return a family of numbers that each has the assumptions; raises ValueError as `symbol` does."""
        return IndexedBase(self.symbol(name, **assumptions))


def _checked(known: Symbol, assumptions: Mapping[str, bool], where: str) -> Symbol:
    if assumptions and Symbol(known.name, **assumptions) != known:
        raise ValueError(f"{known.name} is {_listed(_GIVEN[known])} {where}, not {_listed(assumptions)}")
    return known


def _listed(assumptions: Mapping[str, bool]) -> str:
    return ", ".join(fact if value else f"not {fact}" for fact, value in assumptions.items()) or "any number"


def _new(name: str, assumptions: Mapping[str, bool]) -> Symbol:
    made = Symbol(name, **assumptions)
    _GIVEN[made] = assumptions
    return made


@dataclass(frozen=True)
class Notation:
    """A symbol of the papers, how LaTeX prints it, and what it stands for in one line."""

    symbol: Symbol
    latex: str
    meaning: str


def _shared(name: str, **assumptions: bool) -> Symbol:
    return _SHARED.setdefault(name, _new(name, assumptions))


L_TE: Final = _shared("L_TE", nonnegative=True)
L_ST: Final = _shared("L_ST", nonnegative=True)
PGR: Final = _shared("PGR", real=True)
NORM_TE: Final = _shared("norm_TE", nonnegative=True)
NORM_ST: Final = _shared("norm_ST", nonnegative=True)
INNER_ST_TE: Final = _shared("inner_ST_TE", real=True)
INNER_ST_TARGET: Final = _shared("inner_ST_target", real=True)
INNER_TE_TARGET: Final = _shared("inner_TE_target", real=True)
EIGENVALUE: Final = _shared("lambda", nonnegative=True)
TIME: Final = _shared("t", nonnegative=True)
ER_W: Final = _shared("ER_w", nonnegative=True)
ER_W2S: Final = _shared("ER_w2s", nonnegative=True)
ER_IN_SAMPLE: Final = _shared("ER_w2s_in_sample", nonnegative=True)
ER_S: Final = _shared("ER_s", nonnegative=True)
ER_C: Final = _shared("ER_c", nonnegative=True)
VARIANCE: Final = _shared("Var_w2s", nonnegative=True)
CORRELATION_ANGLE: Final = _shared("Theta", nonnegative=True)
GRADIENT: Final = _shared("grad", real=True)

M: Final = _shared("M", positive=True)
"""The teacher's width M_TE."""
KAPPA: Final = _shared("kappa", positive=True)
"""The solution of df1(kappa) = M."""
KAPPA_S: Final = _shared("kappa_S", positive=True)
"""Misalignment of the target's eigenspaces with the teacher's span."""
OPTIMAL_TIME: Final = _shared("optimal_time", positive=True)
"""The stopping time that minimizes L_ST."""
DIMENSION: Final = _shared("d", integer=True, positive=True)
"""Input dimension; fixed, or a power of M."""
ALPHA: Final = _shared("alpha", positive=True)
"""Exponent of a power-law spectrum."""

_students = Topic(f"{__name__}.students")
EXCESS: Final = _students.symbol("delta", positive=True)
SCALE: Final = _students.symbol("a", nonnegative=True)
CONSTANT: Final = _students.symbol("c", positive=True)
STEPS: Final = _students.symbol("n", integer=True, positive=True)
TURN: Final = _students.symbol("psi", nonnegative=True)

_rates = Topic(f"{__name__}.rates")
PSI: Final = _rates.symbol("psi", positive=True)
"""The lower eigenvalue of a two-level spectrum."""
TOP_MULTIPLICITY: Final = _rates.symbol("k", positive=True)
"""How often the upper eigenvalue of a two-level spectrum occurs."""
FREE_CONSTANT: Final = _rates.symbol("c", positive=True)
"""A positive constant in a scaling."""

UNLABELLED: Final = _shared("N", positive=True)
"""How many points the weak teacher labels."""
D_S: Final = _shared("d_s", positive=True)
D_W: Final = _shared("d_w", positive=True)
D_SW: Final = _shared("d_sw", nonnegative=True)
NOISE: Final = _shared("sigma2", positive=True)
RHO_S: Final = _shared("rho_s", nonnegative=True)
RHO_W: Final = _shared("rho_w", nonnegative=True)
SEEN: Final = _shared("b_s", nonnegative=True)
UNSEEN: Final = _shared("b_w", nonnegative=True)
OVERLAP: Final = _shared("b_sw", real=True)
LABELLED: Final = Topic(f"{__name__}.subspaces").symbol("n", positive=True)
"""How many labels the weak teacher has."""

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
