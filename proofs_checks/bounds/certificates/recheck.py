"""The checkers of certificates, by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from proofs_checks.bounds.certificates import coefficients, cover, line_cover, numbers, sign_table, squares
from proofs_checks.bounds.certificates.reduced import Reduced, remaining, steps_from
from proofs_checks.bounds.certificates.solvers_word import UNCHECKED, SolversWord, Word
from proofs_checks.bounds.problem import Certificate, Problem

_CHECKERS: dict[str, tuple[Callable[[Problem, Any], bool], Callable[[dict[str, Any]], Certificate]]] = {
    "cover": (cover.check, cover.from_json),
    "coefficients": (coefficients.check, coefficients.from_json),
    "squares": (squares.check, squares.Squares.from_json),
    "line cover": (line_cover.check, line_cover.LineCover.from_json),
    "numbers": (numbers.check, numbers.Numbers.from_json),
    "sign table": (sign_table.check, sign_table.SignTable.from_json),
}


def check(problem: Problem, certificate: Certificate) -> bool:
    """Return whether a certificate shows that no point satisfies the problem's formula.

    The word of two solvers is taken where it is their own, or a file's, which is said to be no more than that.
    """
    if isinstance(certificate, Reduced):
        rest = remaining(problem, certificate)
        return rest is not None and check(rest, certificate.inner)
    if certificate.kind == UNCHECKED:
        return type(certificate) in (SolversWord, Word)
    checker, _ = _CHECKERS[certificate.kind]
    return checker(problem, certificate)


def from_json(data: dict[str, Any]) -> Certificate:
    """Return the certificate that its `as_json` wrote. Raises ValueError for an unknown kind or other data."""
    kind = data.get("kind")
    if kind == Reduced.kind:
        places = tuple(int(place) for place in data["places"])
        return Reduced(steps_from(data["steps"]), places, from_json(data["inner"]))
    if kind == UNCHECKED:
        return Word(tuple((key, value) for key, value in data.items() if key != "kind"))
    if kind not in _CHECKERS:
        raise ValueError(f"unknown kind of certificate {kind!r}; allowed: {', '.join(_CHECKERS)}")
    return _CHECKERS[kind][1](data)
