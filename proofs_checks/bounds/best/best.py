"""The best constant of a bound, proved from both sides: it holds at one value, and a state breaks it at the next."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs_checks.bounds import witness
from proofs_checks.bounds.best.bisection import Bracket, bracket, narrowed
from proofs_checks.bounds.best.ratio import Extreme, extreme, limit
from proofs_checks.bounds.best.sought import Sought, read_sought
from proofs_checks.bounds.check_bound import BoundResult
from proofs_checks.bounds.simple_numbers import simple_rational
from w2s_theory.errors import InvalidInput
from w2s_theory.terms import exact, tree
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.conversion import expression_of
from w2s_theory.terms.tree import Atom, Formula, Sign, Term

DIGITS = 30
NEAR = Fraction(1, 10**DIGITS)
"""How far beyond the best constant the bound is refuted, as a share of it."""
IN_THE_LIMIT = Fraction(1, 10**6)
"""How near the best constant in a limit is shown to be, where the observable is at most `NEAREST` from its limit."""
NEAREST = Fraction(1, 10**9)


@dataclass(frozen=True)
class Best:
    """The best constant, from both sides.

    `best` is exact ("3/4"), or empty where only the enclosure from `low` to `high` is known. `attained` says whether a
    state makes the two sides equal: `at` is such a state, or says what is approached. `holds` and `fails` are the
    decided bounds on either side.
    """

    unknown: str
    largest: bool
    best: str
    decimal: str
    low: Fraction
    high: Fraction
    attained: bool | None
    at: Mapping[str, str]
    holds: BoundResult
    fails: BoundResult | None
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the best constant as plain data."""
        return {
            "unknown": self.unknown,
            "which": "largest" if self.largest else "smallest",
            "best": self.best or None,
            "decimal": self.decimal,
            "low": str(self.low),
            "high": str(self.high),
            "attained": self.attained,
            "at": dict(self.at),
            "holds": self.holds.as_json(),
            "fails": self.fails.as_json() if self.fails is not None else None,
            "seconds": round(self.seconds, 3),
        }


def best_constant(
    bound: str,
    model: str = "shrinkage",
    where: str = "",
    *,
    limit_at: str = "",
    whole: bool = False,
    seconds: float = 60.0,
    **parameters: int,
) -> Best:
    """Return the largest or smallest value of the one unknown name for which a bound holds.

    `limit_at`, such as "L_TE -> 0", asks for the best constant in that limit; `whole` for the best whole number.
    Raises InvalidInput where there is not one unknown, where every constant will do, or none that was tried.
    """
    begin = time.monotonic()
    given = {name: value for name, value in parameters.items() if value is not None}
    sought = read_sought(bound, model, where, given)
    name, target = _read_limit(limit_at, sought)
    near = _near_limit(name, target) if name else ()
    deadline = begin + seconds
    found = None if whole else (limit(sought, name, target) if name else extreme(sought))
    sides = None if found is None else _around(sought, found, near, bool(name), deadline)
    if sides is None:
        start = bracket(sought, near, whole, deadline)
        sides = narrowed(sought, start, near, whole, deadline)
        found = None
    return _reported(sought, sides, found, name, begin)


def _around(
    sought: Sought, found: Extreme, near: tuple[Formula, ...], in_limit: bool, deadline: float
) -> Bracket | None:
    """Return the decided bounds just on either side of an exact candidate; None where they do not confirm it."""
    middle = _enclosed(found.value)
    share = IN_THE_LIMIT if in_limit else NEAR
    step = share * max(abs(middle), Fraction(1))
    exactly = simple_rational(found.value)
    inner = [exactly] if exactly is not None and not in_limit else []
    for largest in (True, False):
        side = -1 if largest else 1
        for good in (*inner, middle + side * step):
            bad = middle - side * step
            seconds = max(1.0, (deadline - time.monotonic()) / 4)
            fails = sought.decided_or_none(bad, seconds, *near)
            if fails is None or not fails.is_refuted:
                break
            holds = sought.decided_or_none(good, seconds, *near)
            if holds is not None and holds.is_shown:
                return Bracket(largest, good, bad, holds, fails)
    return None


def _enclosed(value: Term) -> Fraction:
    """Return a rational number within 10^-60 of a constant term, about."""
    return fraction_of(exact.ball(value, 512).mid())


def _read_limit(text: str, sought: Sought) -> tuple[str, Fraction]:
    if not text.strip():
        return "", Fraction(0)
    name, arrow, target = text.partition("->")
    name = name.strip()
    if not arrow or name not in sought.model.names:
        allowed = ", ".join(sorted(sought.model.names))
        raise InvalidInput(
            f"--limit {text!r}; allowed: an observable -> a number, as 'L_TE -> 0' ({allowed})"
        )
    try:
        return name, Fraction(target.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise InvalidInput(f"--limit {text!r}: {target.strip()!r} is not a number") from error


def _near_limit(name: str, target: Fraction) -> tuple[Formula, ...]:
    distance = tree.apply("abs", tree.variable(name) - target)
    return (
        Atom(distance, Sign.LE, tree.number(NEAREST)),
        Atom(distance, Sign.GT, tree.ZERO),
    )


def _reported(sought: Sought, sides: Bracket, found: Extreme | None, name: str, begin: float) -> Best:
    low, high = sorted((sides.good, sides.bad))
    exactly = _exact_text(sides, found)
    decimal = witness.decimal_of(found.value, DIGITS) if found is not None else _shared_digits(low, high)
    attained = None if found is None else found.attained and not name
    at: Mapping[str, str] = {}
    if found is not None:
        curve = found.curve
        (variable,) = curve.box
        point = {variable: found.point}
        names = sought.model.names
        shown = frozenset().union(*(tree.variables(names[each]) for each in sought.mentioned))
        at = {
            x: witness.exact_and_decimal(tree.substitute(value, point))
            for x, value in curve.terms.items()
            if x in shown
        }
    elif sides.fails is not None and sides.fails.values:
        at = {key: value for key, value in sides.fails.values.items() if key not in ("left", "right")}
    return Best(
        sought.unknown,
        sides.largest,
        exactly,
        decimal,
        low,
        high,
        attained,
        at,
        sides.holds,
        sides.fails,
        time.monotonic() - begin,
    )


def _exact_text(sides: Bracket, found: Extreme | None) -> str:
    if found is None:
        return str(sides.good) if sides.whole else ""
    exactly = simple_rational(found.value)
    if exactly is not None:
        return str(exactly)
    text = str(expression_of(exact.settled(found.value)))
    return text if len(text) <= 80 and "CRootOf" not in text else ""


SHOWN = 34
"""Characters of the two ends of an enclosure that share few digits, as 0.999... and 1 do."""


def _shared_digits(low: Fraction, high: Fraction) -> str:
    """Return the decimal digits that both ends share, or both ends where that is few."""
    first, last = (witness.decimal_of(tree.number(end), DIGITS) for end in (low, high))
    shared = "".join(_shared(first, last))
    return shared if len(shared) > 4 else f"{first[:SHOWN]} to {last[:SHOWN]}"


def _shared(first: str, last: str) -> Iterator[str]:
    for a, b in zip(first, last, strict=False):
        if a != b:
            return
        yield a
