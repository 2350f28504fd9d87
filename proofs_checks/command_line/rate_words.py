"""Reading the words of `w2s rate`: spectra, targets and scalings as the user writes them."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, Integer, Rational, S, Symbol

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import parse
from w2s_theory.notation.symbols import ALPHA, DIMENSION, FREE_CONSTANT, PSI, TOP_MULTIPLICITY, M
from w2s_theory.rates.observables import OBSERVABLES
from w2s_theory.rates.orders import sign
from w2s_theory.rates.width_scaling import (
    WideningTeacher,
    inverse_scaling,
    teacher_on_fixed_spectrum,
    teacher_on_growing_sphere,
    teacher_on_two_levels,
)
from w2s_theory.spectra.families import Exponential, PowerLaw, Sphere
from w2s_theory.sphere.activations import named_activation

SPECTRA = "two-level, power:ALPHA, exponential:RATE, sphere:ACTIVATION"
MAX_LEVEL = 60
MAX_DIMENSION = 100

Masses = Mapping[int, Expr]


def read_teacher(
    spectrum: str, target: str | None, scaling: str | None, dimension: str | None
) -> WideningTeacher:
    """Return the widening teacher that the options describe.

    Raises InvalidInput for an unknown spectrum or target, options that do not belong together, and
    whatever `w2s_theory.rates.width_scaling` refuses.
    """
    kind, _, parameters = spectrum.partition(":")
    if kind not in ("two-level", "power", "exponential", "sphere") or (kind == "two-level") == bool(
        parameters
    ):
        raise InvalidInput(f"unknown spectrum {spectrum!r}; write one of {SPECTRA}")
    if dimension is not None and kind != "sphere":
        raise InvalidInput(
            f"--dimension does not belong to the spectrum {spectrum}; it is for sphere:ACTIVATION"
        )
    if scaling is not None and kind in ("power", "exponential"):
        raise InvalidInput(f"--scaling does not belong to the spectrum {spectrum}; it does not change with M")
    masses = read_target(target, word="degree" if kind == "sphere" else "level")
    if kind == "two-level":
        return teacher_on_two_levels(read_scaling(scaling or ""), masses)
    if kind == "sphere":
        activation = named_activation(parameters)
        if scaling is None:
            return teacher_on_fixed_spectrum(Sphere(activation, _dimension(dimension)), masses)
        if dimension is not None:
            raise InvalidInput("--dimension fixes d and --scaling lets it grow; give one of the two")
        return teacher_on_growing_sphere(activation, read_scaling(scaling), masses)
    family = PowerLaw if kind == "power" else Exponential
    return teacher_on_fixed_spectrum(family(*_family_parameters(parameters, spectrum)), masses)


def expression_symbols(teacher: WideningTeacher, dimension: str | None) -> dict[str, Expr]:
    """Return the names that an expression about this teacher may use."""
    names: dict[str, Expr] = {symbol.name: symbol for symbol in OBSERVABLES}
    names |= {symbol.name: symbol for symbol in (*teacher.asymptotics.definitions, *teacher.symbols)}
    if dimension is not None:
        names["d"] = _dimension(dimension)
    return names


def read_target(text: str | None, word: str) -> Masses:
    """Return masses by level from 'degree:1' or 'degree:1=1/2,degree:2=1/2'; None is level 1.

    Without weights the mass is split evenly. Raises InvalidInput where it is not a distribution.
    """
    parts = [part.strip() for part in (text or f"{word}:1").split(",")]
    weights = [part.partition("=") for part in parts]
    levels = [_level(name.strip(), word) for name, _, _ in weights]
    if len(set(levels)) < len(levels):
        raise InvalidInput(f"the target {text!r} names a {word} twice; name each once")
    if any(equals for _, equals, _ in weights):
        masses = [parse(weight, {}) if equals else S.Zero for _, equals, weight in weights]
    else:
        masses = [Rational(1, len(levels))] * len(levels)
    if not all(mass.is_Rational and mass > 0 for mass in masses) or sum(masses) != 1:
        raise InvalidInput(
            f"the target {text!r} does not split mass 1; write {word}:1=1/2,{word}:2=1/2 with positive"
            " rationals that sum to 1"
        )
    return dict(zip(levels, masses, strict=True))


def _level(text: str, word: str) -> int:
    name, _, digits = text.partition(":")
    if name != word or not digits.isascii() or not digits.isdigit() or int(digits[:4]) > MAX_LEVEL:
        raise InvalidInput(f"unknown target {text!r}; write {word}:K, K an integer from 0 to {MAX_LEVEL}")
    return int(digits)


def read_scaling(text: str) -> dict[Symbol, Expr]:
    """Return d, psi and k as expressions, each in M and the earlier ones, from 'd = M**(3/2), psi = 1/M'.

    'M = d**g' is solved for d. Raises InvalidInput for other names and for names given twice.
    """
    known: dict[str, Expr] = {symbol.name: symbol for symbol in (M, FREE_CONSTANT)}
    allowed = {symbol.name: symbol for symbol in (DIMENSION, PSI, TOP_MULTIPLICITY)}
    scaling: dict[Symbol, Expr] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, formula = (piece.strip() for piece in part.partition("="))
        if name == "M" and equals and not scaling:
            name, value = "d", inverse_scaling(parse(formula, {"d": DIMENSION, "c": FREE_CONSTANT}))
        elif name in allowed and equals and allowed[name] not in scaling:
            value = parse(formula, known)
        else:
            raise InvalidInput(
                f"cannot use {part!r} in --scaling; write d, psi and k once each, in M, c and those before:"
                " 'd = M**(3/2), psi = d**(-2/3)'"
            )
        scaling[allowed[name]] = value
        known[name] = allowed[name]
    return scaling


def _dimension(text: str | None) -> Expr:
    if text is None or text == "d":
        return DIMENSION
    if not (text.isascii() and text.isdigit() and int(text[:4]) <= MAX_DIMENSION):
        raise InvalidInput(
            f"--dimension is {text!r}; write an integer d from 2 to {MAX_DIMENSION}, or d for all at once"
        )
    return Integer(text)


def _family_parameters(text: str, spectrum: str) -> list[Expr]:
    values = [
        parse(part, {"alpha": ALPHA} if spectrum.startswith("power") else {}) for part in text.split(",")
    ]
    exact = values[0] == ALPHA or values[0].is_Rational
    if len(values) > 2 or not exact or not all(value.is_Rational for value in values[1:]):
        raise InvalidInput(
            f"cannot use the parameters of {spectrum!r}; write power:alpha, power:5/2 or exponential:1,"
            " with an optional amplitude after a comma, all rational"
        )
    if len(values) == 2 and sign(values[1]) <= 0:
        raise InvalidInput(f"the amplitude is {values[1]}; it must be > 0")
    return values
