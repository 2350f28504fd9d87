"""A second opinion on a verdict: a witness evaluated again from its own vectors or law, and states drawn anew."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

import mpmath
import numpy as np
import sympy

from . import states
from .evaluation import (
    EXACTLY,
    STUDENTS,
    Floats,
    Undefined,
    conjuncts,
    float_truth,
    names_in,
    near_truth,
    read,
    truth_at,
    value_at,
)

Values = dict[str, Any]
CHECKED = 3
"""States that look like violations and are evaluated in many digits, for each conjunct."""


def with_derived(model: str, values: Values) -> Values:
    """Return the observables with PGR and OPR, nan where they do not exist."""
    values = dict(values)
    if model in STUDENTS:
        values["PGR"] = _ratio(values["L_TE"] - values["L_ST"], values["L_TE"])
    elif model == "subspace":
        gap = values["ER_w"] - values["ER_c"]
        exists = gap > (0 if not isinstance(gap, np.ndarray) else 1e-9 * values["ER_w"])
        values["PGR"] = _ratio(values["ER_w"] - values["ER_w2s"], np.where(exists, gap, 0))
        values["OPR"] = _ratio(values["ER_s"], values["ER_w2s"])
    return values


def _ratio(above: Any, below: Any) -> Any:
    if isinstance(above, np.ndarray):
        with np.errstate(all="ignore"):
            return np.where(below == 0, np.nan, above / below)
    below = mpmath.mpf(below.item() if isinstance(below, np.ndarray) else below)
    return mpmath.nan if abs(below) < EXACTLY else above / below


def refutes(bound: str, where: str, model: str, at: Values) -> bool | None:
    """Return whether a state in many digits breaks a conjunct of the bound; None where nothing is said of it."""
    at = with_derived(model, at)
    if model == "subspace" and any(
        mpmath.isnan(at[x]) for x in names_in(f"({bound})") | names_in(where) if x in at
    ):
        return None
    try:
        if not truth_at(read(where), at):
            return None
    except Undefined:
        return None
    answers = []
    for part in conjuncts(read(bound)):
        try:
            answers.append(not truth_at(part, at))
        except Undefined:
            continue
    return any(answers) if answers else None


def violation(bound: str, where: str, model: str, steps: int) -> Values | None:
    """Return a drawn state that breaks the bound for certain, None if none of them does."""
    rows, floats, here = _conditioned(bound, where, model, steps)
    for part in conjuncts(read(bound)):
        _, false, defined = float_truth(part, floats)
        for index in np.flatnonzero(here & false & defined)[:CHECKED]:
            at = states.exact_state(model, rows[index], steps)
            if refutes(bound, where, model, at):
                return at
    return None


def met(bound: str, where: str, model: str, steps: int) -> Values | None:
    """Return a drawn state of which the bound speaks, None if there is none."""
    rows, floats, here = _conditioned(bound, where, model, steps)
    parts = conjuncts(read(bound))
    for part in parts:
        _, _, defined = float_truth(part, floats)
        for index in np.flatnonzero(here & defined)[:CHECKED]:
            at = states.exact_state(model, rows[index], steps)
            if refutes(bound, where, model, at) is not None:
                return at
    return None


def share_true(bound: str, where: str, model: str, steps: int) -> float:
    """Return the share of drawn states, among those that are spoken of, at which the bound is not surely false."""
    _, floats, here = _conditioned(bound, where, model, steps)
    _, false, defined = float_truth(read(bound), floats)
    told = here & defined
    return 1 - float((told & false).sum() / max(1, told.sum()))


def _conditioned(bound: str, where: str, model: str, steps: int) -> tuple[Any, Floats, Any]:
    rows, drawn = states.pool(model, steps)
    values = with_derived(model, drawn)
    floats = Floats(values)
    conditions = read(where)
    here = near_truth(conditions, floats) & np.ones(len(rows), bool)
    if model == "subspace":
        for name in (names_in(f"({bound})") | names_in(where)) & set(values):
            here &= ~np.isnan(values[name])
    return rows, floats, here


class Illegal(Exception):
    """A witness is no state of its model, or cannot be read."""


DECIMAL = re.compile(r"-?\d+(\.\d*)?(e[+-]?\d+)?")


def number(text: str) -> Any:
    """Return a number as a witness writes it, in many digits."""
    if "CRootOf" in text or "RootOf" in text:
        return mpmath.mpf(str(sympy.N(sympy.sympify(text), states.DIGITS)))
    if DECIMAL.fullmatch(text.strip()):
        return mpmath.mpf(text.strip())
    try:
        return value_at(ast.parse(text.strip(), mode="eval").body, {})
    except (SyntaxError, ValueError, Undefined, RecursionError) as error:
        raise Illegal(f"unreadable number {text[:80]!r}: {error}") from error


def vector(text: str) -> list[Any]:
    text = text.strip()
    if not (text.startswith("(") and text.endswith(")")):
        raise Illegal(f"no vector: {text[:80]!r}")
    parts, depth = [""], 0
    for character in text[1:-1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [number(part) for part in parts if part.strip()]


def tuples(text: str) -> list[tuple[str, str]]:
    """Return the outermost parentheses of a text, each with what stands between it and the next."""
    found, depth, start, last = [], 0, 0, 0
    spans = []
    for place, character in enumerate(text):
        if character == "(":
            if depth == 0:
                start = place
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                spans.append((start, place + 1))
    for index, (start, last) in enumerate(spans):
        end = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        found.append((text[start:last], text[last:end]))
    return found


ROOT = re.compile(r"the root of (.+) near (\S+)")


def spelled_out(witness: Mapping[str, str]) -> dict[str, str]:
    """Return a witness with every named root written out where it is used."""
    found = dict(witness)
    for name, told in witness.items():
        if (named := ROOT.fullmatch(told)) is None:
            continue
        polynomial = sympy.Poly(sympy.sympify(named[1]))
        near = sympy.Float(named[2], 30)
        index = min(
            range(polynomial.count_roots()),
            key=lambda k: abs(sympy.N(sympy.CRootOf(polynomial, k), 30) - near),
        )
        value = f"(CRootOf({named[1]}, {index}))"
        del found[name]
        found = {key: re.sub(rf"\b{name}\b", value, text) for key, text in found.items()}
    return found


def witness_state(model: str, witness: Mapping[str, str], steps: int) -> Values:
    """Return the observables of a witness, from its own vectors, law or numbers. Raises Illegal if it is no state."""
    witness = spelled_out(witness)
    if model in STUDENTS:
        return _students(model, witness, steps)
    if model == "squared":
        return _law(witness)
    if model == "bregman-binary":
        return _binary(witness)
    return _subspace(witness)


def _arrays(*lists: list[Any]) -> list[Any]:
    return [np.array([item], dtype=object) for item in lists]


def _single(values: Values) -> Values:
    return {name: mpmath.mpf(value[0]) for name, value in values.items()}


def _require(condition: Any, text: str) -> None:
    if not condition:
        raise Illegal(text)


SLACK = mpmath.mpf(10) ** -90


def _students(model: str, witness: Mapping[str, str], steps: int) -> Values:
    if "f*" not in witness:
        raise Illegal(f"the state does not show teacher and student: {dict(witness)}")
    names = ["f*", "f_TE", *(f"f_{i}" for i in range(1, steps)), "f_ST"]
    vectors = [vector(witness[name]) for name in names if name in witness]
    _require(len(vectors) == len(names), f"no state: {dict(witness)}")
    masses = (
        vector(witness["masses of inputs"])
        if "masses of inputs" in witness
        else [mpmath.mpf(1)] * len(vectors[0])
    )
    if len(masses) == 1:
        masses = masses * len(vectors[0])
    _require(all(mass >= 0 for mass in masses), "negative mass")
    size = max(map(len, vectors))
    roots = [mpmath.sqrt(mass) for mass in masses] + [mpmath.mpf(1)] * (size - len(masses))
    scaled = [
        np.array(
            [x * r for x, r in zip([*v, *[mpmath.mpf(0)] * (size - len(v))], roots, strict=True)],
            dtype=object,
        )
        for v in vectors
    ]
    target, teacher, *students = scaled
    _require(abs(target @ target - 1) < SLACK, "the target's norm is not 1")
    _require(abs(target @ teacher - teacher @ teacher) < SLACK, "the teacher is no projection of the target")
    student = students[-1]
    if model == "bounded":
        _require(student @ student <= teacher @ teacher + SLACK, "the student is longer than the teacher")
    elif model == "eigenfunction":
        # A filter that keeps the target: <f*, s> = h t_1, and the rest of s is a filter of the rest of t.
        t, s = teacher - (target @ teacher) * target, student - (target @ student) * target
        h = (target @ student) / (target @ teacher) if abs(target @ teacher) > SLACK else mpmath.mpf(0)
        _require(-SLACK <= h <= 1 + SLACK, f"a filter's value is {mpmath.nstr(h, 8)}")
        _require(s @ s <= s @ t + SLACK and s @ t <= t @ t + SLACK, "no filter between 0 and 1")
        if "filter" in witness:
            values = vector(witness["filter"])
            _require(all(-SLACK <= x <= 1 + SLACK for x in values), "a filter's value is not between 0 and 1")
            off = [abs(f * x - y) for f, x, y in zip(values, vectors[1], vectors[-1], strict=True)]
            _require(max(off) < SLACK, "the student is not the filtered teacher")
    else:
        for before, after in zip([teacher, *students], students, strict=False):
            _require(after @ after <= after @ before + SLACK, "a student is not shrinkage optimal")
    return _single(states.losses(*_arrays(list(target), list(teacher), list(student))))


def _law(witness: Mapping[str, str]) -> Values:
    scale = mpmath.mpf(1)
    if "(g, w, s), equally likely" in witness:
        atoms = [vector(item) for item, _ in tuples(witness["(g, w, s), equally likely"])]
        weights = [mpmath.mpf(1) / len(atoms)] * len(atoms)
    else:
        text, _, scale_text = witness["(g, w, s)"].partition("; all values times sqrt(")
        scale = mpmath.sqrt(number(scale_text[:-1]))
        parts = tuples(text)
        atoms = [vector(item) for item, _ in parts]
        weights = [number(after.strip().removeprefix("with ").rstrip(", ")) for _, after in parts]
    _require(all(x > 0 for x in weights) and abs(sum(weights) - 1) < SLACK, "weights are no law")
    g, w, s = ([scale * atom[i] for atom in atoms] for i in range(3))
    g, w, s = (_merged(values) for values in (g, w, s))
    probability, *others = _arrays(weights, g, w, s)
    return _single(states.law(probability, *others))


def _merged(values: list[Any]) -> list[Any]:
    """Return values with those that are equal but for the last digits made equal."""
    found: list[Any] = []
    return [next((y for y in found if abs(x - y) < SLACK), None) or found.append(x) or x for x in values]


def _binary(witness: Mapping[str, str]) -> Values:
    target, student = number(witness["target"]), number(witness["student"])
    if "teacher, equally likely" in witness:
        teacher = [number(item) for item in witness["teacher, equally likely"].split(", ")]
        weights = [mpmath.mpf(1)] * len(teacher)
    else:
        pairs = [item.split(" with ") for item in witness["teacher"].split(", ")]
        teacher, weights = [number(x) for x, _ in pairs], [number(y) for _, y in pairs]
    low = mpmath.mpf(1) / 1000
    _require(low <= target <= 1 - low and low <= student <= 1 - low, "out of range")
    _require(all(0 < x < 1 for x in teacher) and all(x > 0 for x in weights), "no law")
    logit = sum(p * mpmath.log(x / (1 - x)) for p, x in zip(weights, teacher, strict=True)) / sum(weights)
    mean = 1 / (1 + mpmath.exp(-logit))
    _require(low - SLACK <= mean <= 1 - low + SLACK, "dual mean out of range")
    total = sum(weights)
    law, shares = _arrays(teacher, [weight / total for weight in weights])
    found = states.binary(*(np.array([x], dtype=object) for x in (target, student)), law, shares)
    if mpmath.isnan(found["target"][0]):
        raise Illegal("at the end of the range: digits cannot tell")
    return _single(found)


COPIES = re.compile(r"and (\d+) more like it")


def _subspace(witness: Mapping[str, str]) -> Values:
    if "theta" not in witness:
        return _numbers({name: number(text) for name, text in witness.items()})
    masses = [mpmath.sqrt(x) for x in vector(witness["inner product"].partition("m = ")[2])]
    size = len(masses)

    def basis(text: str) -> tuple[Any, list[int]]:
        found, copies = [], []
        for item, after in tuples(text):
            found.append([x * m for x, m in zip(vector(item), masses, strict=True)])
            more = COPIES.search(after)
            copies.append(1 + (int(more[1]) if more else 0))
        return states.frames(np.array([found], dtype=object)), copies

    factor, direction = re.fullmatch(r"(sqrt\(.*\)) (\(.*\))", witness["theta"]).groups()  # type: ignore[union-attr]
    theta = np.array(
        [[number(factor) * x * m for x, m in zip(vector(direction), masses, strict=True)]], dtype=object
    )
    (strong, s_copies), (weak, w_copies) = basis(witness["V_s"]), basis(witness["V_w"])
    ones = [np.ones((1, item.shape[1]), dtype=object) for item in (strong, weak)]
    _require(theta.shape[1] == size, "sizes")
    by_weak = states.projected(theta, weak, ones[1]).sum(axis=1)
    by_strong = states.projected(theta, strong, ones[0]).sum(axis=1)
    learned = states.projected(by_weak, strong, ones[0]).sum(axis=1)
    missed, beyond = theta - by_weak, theta - by_strong
    seen = states.projected(missed, strong, ones[0]).sum(axis=1)
    d_sw = mpmath.mpf(0)
    for i, copies in enumerate(s_copies):
        for j, others in enumerate(w_copies):
            squared = (strong[0, i] @ weak[0, j]) ** 2
            if squared > SLACK:
                _require(copies == others, "copies of directions that meet differ in number")
                d_sw += copies * squared
    dot = states.dot
    values = {
        "n": number(witness["n"]),
        "N": number(witness["N"]),
        "d_s": mpmath.mpf(sum(s_copies)),
        "d_w": mpmath.mpf(sum(w_copies)),
        "d_sw": d_sw,
        "sigma2": number(witness["sigma2"]),
        "rho_w": dot(missed, missed)[0],
        "rho_s": dot(beyond, beyond)[0],
        "b_s": dot(seen, seen)[0],
        "b_w": dot(by_weak - learned, by_weak - learned)[0],
        "b_sw": dot(beyond, by_weak)[0],
    }
    return _numbers(values)


def _numbers(at: Values) -> Values:
    for name in ("n", "N", "d_s", "d_w"):
        _require(at[name] == int(at[name]), f"{name} is not whole")
        at[name] = mpmath.mpf(at[name])
    rest = {name: at[name] for name in ("d_sw", "rho_w", "rho_s", "b_s", "b_w")}
    _require(all(x >= -SLACK for x in rest.values()), "a negative length")
    _require(at["d_s"] >= 1 and at["d_w"] >= 1 and at["sigma2"] > 0, "an empty span, or no noise")
    _require(at["n"] >= at["d_w"] + 2 and at["N"] >= at["d_s"], "too few points")
    _require(at["d_sw"] <= min(at["d_s"], at["d_w"]) + SLACK, "d_sw too large")
    big = max(1, *rest.values())
    slack = SLACK * big * big
    limit = at["rho_w"] * min(1, at["d_s"] - at["d_sw"])
    _require(at["b_s"] <= limit + slack, "b_s too large")
    product = (at["rho_s"] - at["b_w"] - at["rho_w"] + at["b_s"]) / 2
    _require(abs(at["b_sw"] - at["b_w"] - product) <= slack, "b_sw is not what it must be")
    _require(product**2 <= at["b_w"] * (at["rho_w"] - at["b_s"]) + slack, "Cauchy and Schwarz")
    known = {name: np.array([value], dtype=object) for name, value in at.items()}
    return {**at, **_single(states.risks(known))}
