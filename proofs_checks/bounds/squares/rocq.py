"""Certificates by sums of squares as files that coqc accepts: the identity by `ring`, the signs by lemmas of Reals.

What is proved is that the polynomial constraints which a certificate uses have no common solution. Its terms are scaled so
that all numbers are integers.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd, lcm

from flint import fmpq, fmpq_mpoly

from proofs_checks.bounds.certificates.constraints import Constraints, constraints_of
from proofs_checks.bounds.certificates.squares import (
    Multiple,
    Reduction,
    Squares,
    as_polynomial,
    certified_sum,
    check,
    is_above_zero,
)
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms.writing import formula_as_text

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = frozenset(
    {
        "R",
        "IZR",
        "Prop",
        "SProp",
        "Set",
        "Type",
        "IF",
        "as",
        "at",
        "by",
        "cofix",
        "do",
        "else",
        "end",
        "exists",
    }
    | {"exists2", "fix", "for", "forall", "fun", "if", "in", "let", "match", "mod", "return", "then", "using"}
    | {"where", "with"}
)
_OURS = ("given_", "equation_", "term_", "total_", "identity_", "value_")


def as_rocq(problem: Problem, certificate: Squares) -> str:
    """Return a Rocq file whose theorem says that the constraints that a certificate uses have no common solution.

    Raises ValueError where the certificate does not check.
    """
    if not check(problem, certificate):
        raise ValueError("the certificate does not check")
    return _File(problem, constraints_of(problem), certificate).text()


class _File:
    def __init__(self, problem: Problem, constraints: Constraints, certificate: Squares) -> None:
        self._problem, self._constraints, self._certificate = problem, constraints, certificate
        count = constraints.context.nvars()
        self._names = [
            name if _is_free(name) else f"value_{number}" for number, name in enumerate(constraints.names)
        ]
        self._names += [f"value_{number}" for number in range(len(self._names), count)]
        self._givens = sorted({number for multiple in certificate.multiples for number in multiple.factors})
        self._scales = {number: _scale(constraints.positive[number].polynomial) for number in self._givens}
        self._equations = sorted({rule.equation for rule in certificate.rules})
        self._terms = list(self._weighted())
        self._quotients = self._subtracted()
        numbers = [weight for weight, *_ in self._terms] + [
            _fraction(c) for quotient in self._quotients.values() for c in quotient.to_dict().values()
        ]
        self._common = lcm(*(number.denominator for number in numbers))

    def text(self) -> str:
        """Return the file."""
        lines = [
            f"(* No solution: {self._comment()} *)",
            "Require Import Reals Lra.",
            "Open Scope R_scope.",
            "",
            f"Theorem no_solution : forall {' '.join(self._names) or 'value_0'} : R,",
        ]
        lines += [
            f"  0 {'<' if self._constraints.positive[number].strict else '<='} {self._given(number)} ->"
            for number in self._givens
        ]
        lines += [f"  {self._equation(number)} = 0 ->" for number in self._equations]
        hypotheses = [
            *(f"given_{number}" for number in self._givens),
            *(f"equation_{number}" for number in self._equations),
        ]
        lines += ["  False.", "Proof.", f"  intros {' '.join([*(self._names or ['value_0']), *hypotheses])}."]
        lines += [
            f"  assert (term_{place} : {claim}) by ({proof})."
            for place, (claim, proof) in enumerate(self._claims())
        ]
        total = "term_0"
        for place in range(1, len(self._terms)):
            lines.append(f"  pose proof (Rplus_lt_le_0_compat _ _ {total} term_{place}) as total_{place}.")
            total = f"total_{place}"
        sums = " + ".join(self._written(place) for place in range(len(self._terms)))
        rest = " + ".join(
            f"({self._polynomial(quotient, self._common)}) * {self._equation(number)}"
            for number, quotient in self._quotients.items()
        )
        lines += [
            f"  assert (identity_ : {sums} = {rest or '0'}) by ring.",
            f"  rewrite identity_ in {total}.",
        ]
        lines += [f"  rewrite equation_{number} in {total}." for number in self._quotients]
        lines += ["  lra.", "Qed.", "", "Print Assumptions no_solution.", ""]
        return "\n".join(lines)

    def _comment(self) -> str:
        return formula_as_text(self._problem.formula).replace("(*", "( *").replace("*)", "* )")

    def _weighted(self) -> list[tuple[Fraction, Multiple, fmpq_mpoly, bool]]:
        """Return every square with its weight, once its polynomial and the constraints have integer coefficients.

        The one that is above 0 comes first; the last entry says whether it is that one.
        """
        found = []
        for multiple in self._certificate.multiples:
            factor = Fraction(1)
            for number in multiple.factors:
                factor *= self._scales[number]
            above = is_above_zero(self._constraints, multiple)
            for square in multiple.squares:
                root = as_polynomial(self._constraints, square.polynomial)
                if square.weight == 0 or root.is_zero():
                    continue
                scale = _scale(root)
                weight = square.weight / factor / scale**2
                found.append((weight, multiple, root * _fmpq(scale), above and root.is_constant()))
        found.sort(key=lambda item: not item[3])
        return found

    def _subtracted(self) -> dict[int, fmpq_mpoly]:
        """Return the multiples of equations to which the sum is equal."""
        total = certified_sum(self._constraints, self._certificate)
        _, multiples = Reduction(self._constraints, self._certificate.rules).division(total)
        found: dict[int, fmpq_mpoly] = {}
        for rule, multiple in zip(self._certificate.rules, multiples, strict=True):
            if not multiple.is_zero():
                scale = _scale(self._constraints.zero[rule.equation])
                found[rule.equation] = found.get(rule.equation, 0 * multiple) + multiple / _fmpq(scale)
        return {number: multiple for number, multiple in found.items() if not multiple.is_zero()}

    def _claims(self) -> list[tuple[str, str]]:
        """Return for each term that it is at least 0, the first above 0, and how that is proved."""
        found = []
        for place, (_, multiple, _, _) in enumerate(self._terms):
            is_first = place == 0
            proof = "lra"
            parts = [f"given_{number}" for number in multiple.factors]
            lemma = "Rmult_lt_0_compat" if is_first else "Rmult_le_pos"
            steps = [f"exact {part}" if is_first else f"({_WEAK.format(part)})" for part in parts]
            if not is_first:
                steps.append("apply pow2_ge_0")
            for step in steps:
                proof = f"apply {lemma}; [{proof} | {step}]"
            found.append((f"0 {'<' if is_first else '<='} {self._written(place)}", proof))
        return found

    def _written(self, place: int) -> str:
        weight, multiple, root, _ = self._terms[place]
        # The first, which is above 0, is a square of 1.
        factors = [str(int(weight * self._common)), *map(self._given, multiple.factors)]
        if place:
            factors.append(f"({self._polynomial(root)}) ^ 2")
        return " * ".join(factors)

    def _given(self, number: int) -> str:
        polynomial = self._constraints.positive[number].polynomial
        return f"({self._polynomial(polynomial, self._scales[number])})"

    def _equation(self, number: int) -> str:
        polynomial = self._constraints.zero[number]
        return f"({self._polynomial(polynomial, _scale(polynomial))})"

    def _polynomial(self, polynomial: fmpq_mpoly, scale: Fraction | int = 1) -> str:
        terms = []
        for powers, c in polynomial.to_dict().items():
            value = _fraction(c) * scale
            if value.denominator != 1:
                raise ValueError(f"{value} is no integer")
            variables = [
                name if power == 1 else f"{name} ^ {power}"
                for name, power in zip(self._names, powers, strict=True)
                if power
            ]
            size = abs(value.numerator)
            factors = [str(size), *variables] if size != 1 or not variables else variables
            terms.append(("- " if value < 0 else "+ ") + " * ".join(factors))
        return (" ".join(terms) or "0").removeprefix("+ ")


_WEAK = "first [exact {0} | apply Rlt_le; exact {0}]"


def _is_free(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name not in _RESERVED and not name.startswith(_OURS)


def _scale(polynomial: fmpq_mpoly) -> Fraction:
    """Return the positive number that makes all coefficients integers without a common divisor."""
    coefficients = [_fraction(c) for c in polynomial.to_dict().values()]
    below = lcm(*(c.denominator for c in coefficients))
    common = gcd(*(int(c * below) for c in coefficients))
    return Fraction(below, common or 1)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
