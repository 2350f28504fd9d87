"""Limits in the teacher's width, as claims state them: derived by the calculus of orders, and read off a ladder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mpmath import nstr
from sympy import Eq, Expr, Limit, S, Symbol, oo
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from proofs_checks.evidence import Finding
from proofs_checks.methods.algebra import broken_derivation, is_zero
from proofs_checks.methods.gamma_identities import identity_holds
from w2s_theory.balls import sign
from w2s_theory.claim import Claim
from w2s_theory.notation.symbols import L_ST, L_TE, PGR, M
from w2s_theory.rates.corroboration import Corroboration, Observation, corroborate, observe
from w2s_theory.rates.fixed_spectrum import Basis
from w2s_theory.rates.observables import derive
from w2s_theory.rates.orders import Order
from w2s_theory.rates.width_scaling import WideningTeacher
from w2s_theory.relations import as_text, equal
from w2s_theory.verdict import Verdict

OBSERVABLES = {symbol.name: symbol for symbol in (L_TE, L_ST, PGR)}
WIDTH_COUNT = 6
POWER_RESOLUTION = 1e-3
SETTLED = 10
"""A quantity that keeps this multiple of its last change has a limit other than 0."""
HEURISTICS_UNUSED = "its limit theorems are cited, not re-proved; no heuristic step enters"


@dataclass(frozen=True)
class RateLimit:
    """A conjunct "the limit of this expression in the observables and M is this value".

    `arguments` are what the observables depend on: M, or M, d and psi. `elsewhere` are observables that depend on others.
    """

    expression: Expr
    value: Expr
    arguments: tuple[Expr, ...]
    elsewhere: tuple[tuple[Symbol, tuple[Expr, ...]], ...] = ()

    @property
    def only_here(self) -> RateLimit:
        """The limit, where all its observables have one width; raises ValueError where they have not."""
        if self.elsewhere:
            raise ValueError(f"{self}: observables at different widths or scalings")
        return self

    def at(self, values: Mapping[Symbol, Expr]) -> RateLimit:
        """Return the limit with numbers for some of its symbols."""
        expression, value, *arguments = (
            part.xreplace(dict(values)) for part in (self.expression, self.value, *self.arguments)
        )
        return RateLimit(expression, value, tuple(arguments), self.elsewhere)

    def __str__(self) -> str:
        return f"{self.expression} -> {self.value}"


def rate_limits(claim: Claim) -> list[RateLimit]:
    """Return the limits in M that the claim's statement has, observables as symbols, also a number times a limit.

    Raises ValueError for another relation in the observables: none is left out without a word.
    """
    return [_rate_limit(part) for part in claim.relations if part.has(AppliedUndef)]


def _rate_limit(part: Relational) -> RateLimit:
    factor, limit = part.lhs.as_coeff_Mul()
    is_read = isinstance(part, Eq) and isinstance(limit, Limit) and not part.rhs.has(AppliedUndef)
    if not is_read or factor == 0 or limit.args[1:3] != (M, oo):
        raise ValueError(f"no limit in M: {as_text(part)}")
    inside = _at_width_m(limit.args[0])
    functions = sorted(inside.atoms(AppliedUndef), key=str)
    if any(each.args[0] != M for each in functions):
        raise ValueError(f"losses at different widths, or not at a multiple of M: {as_text(part)}")
    observables = {each: OBSERVABLES[each.func.__name__] for each in functions}
    if len(set(observables.values())) < len(functions):
        raise ValueError(f"one observable at different widths or scalings: {as_text(part)}")
    arguments = functions[0].args
    elsewhere = tuple((observables[each], each.args) for each in functions if each.args != arguments)
    return RateLimit(inside.xreplace(observables), part.rhs / factor, arguments, elsewhere)


def _at_width_m(inside: Expr) -> Expr:
    """Return an expression of which all losses are at one multiple of M, with that in the place of M."""
    widths = {each.args[0] for each in inside.atoms(AppliedUndef)}
    factor = next(iter(widths)) / M
    return inside.subs(M, M / factor) if len(widths) == 1 and factor.is_positive else inside


@dataclass(frozen=True)
class Case:
    """Numbers for the symbols of a statement (or none of them), and the widening teacher that they make."""

    label: str
    values: Mapping[Symbol, Expr]
    teacher: WideningTeacher


Cases = Callable[[Sequence[RateLimit]], Sequence[Case]]
"""The cases on which limits are examined; scalings are read from the limits' arguments."""


def derive_limits(claim: Claim, cases: Cases) -> Finding:
    """Derive every limit by dominant balance, powers, logarithms and constants exactly, in every case."""
    limits = rate_limits(claim)
    examined = cases(limits)
    domain = "; ".join(dict.fromkeys(case.label for limit in limits for case in cases([limit])))
    for each in limits:
        others = [cases([replace(each, arguments=arguments)]) for _, arguments in each.elsewhere]
        for case, *apart in zip(cases([each]), *others, strict=True):
            limit = each.at(case.values)
            rates = derive(case.teacher.asymptotics)
            moved = {
                symbol: derive(other.teacher.asymptotics).orders[symbol]
                for (symbol, _), other in zip(each.elsewhere, apart, strict=True)
            }
            order = replace(rates, orders={**rates.orders, **moved}).order(limit.expression)
            if agrees(order, limit.value):
                continue
            witness = {
                "case": case.label,
                "derived": f"{limit.expression} ~ {order}",
                "claimed": str(limit.value),
            }
            verdict = Verdict.REFUTED if differs(order, limit.value) else Verdict.UNDECIDED
            return Finding(verdict, f"not derived: {limit}", domain, witness)
    bases = heuristics_used(examined, limits)
    summary = f"derived by dominant balance in {len(examined)} cases, limit by limit; {bases}"
    return Finding(Verdict.SUPPORTED, summary, domain)


def heuristics_used(cases: Sequence[Case], limits: Sequence[RateLimit]) -> str:
    """Name the heuristic steps behind the quantities in the limits."""
    steps = [step for case in cases for step in derive(case.teacher.asymptotics).steps]
    named = {step.relation.lhs for step in steps if step.basis is Basis.HEURISTIC}
    used = set().union(*(limit.expression.free_symbols for limit in limits)) & named
    return f"heuristic: {', '.join(map(str, used))}" if used else HEURISTICS_UNUSED


def agrees(order: Order, value: Expr) -> bool:
    """Return whether an order says that the limit is `value`, shown by exact algebra."""
    if value == 0:
        return order.trend < 0
    return order.trend == 0 and (
        is_zero(order.constant - value) or identity_holds(equal(order.constant, value))
    )


def differs(order: Order, value: Expr) -> bool:
    """Return whether an order certainly contradicts the limit `value`; ball arithmetic compares constants."""
    if order.trend == 0:
        return sign(order.constant - value) in (-1, 1)
    return order.trend > 0 or value != 0


def climb(claim: Claim, cases: Cases) -> Finding:
    """Compare every limit in M of a claim with its expression on a ladder of widths."""
    alike: dict[tuple[Expr, ...], list[RateLimit]] = {}
    for limit in rate_limits(claim):
        alike.setdefault(limit.only_here.arguments, []).append(limit)
    findings = [climb_limits(limits, cases(limits)) for limits in alike.values()]
    return next((found for found in findings if found.verdict is not Verdict.SUPPORTED), findings[0])


def climb_limits(limits: Sequence[RateLimit], examined: Sequence[Case]) -> Finding:
    """Compare limits with their expressions on a ladder of widths, where each best time is searched afresh."""
    domain = "; ".join(case.label for case in examined) + "; widths from 10^5 to 10^170 and beyond"
    undecided = ""
    gaps = [(0.0, 0.0)]
    for case in examined:
        widths = case.teacher.log_parameters[:WIDTH_COUNT]
        observations = [observe(case.teacher.levels(case.values, log)) for log in widths]
        for limit in (each.at(case.values) for each in limits):
            found = read_limit(limit, observations)
            if found.verdict is Verdict.REFUTED:
                last = found.readings[-1]
                witness = {
                    "case": case.label,
                    "M": nstr(last.width, 6),
                    str(limit.expression): nstr(last.value, 12),
                    "extrapolated power of M": f"{found.power.value:.6g}",
                }
                return Finding(Verdict.REFUTED, f"false on the ladder: {limit}", domain, witness)
            if found.verdict is Verdict.UNDECIDED:
                undecided = undecided or f"{limit}, {case.label}"
            if limit.value != 0:
                first, last = found.readings[0], found.readings[-1]
                gaps.append((float(abs(first.ratio - 1)), float(abs(last.ratio - 1))))
    if undecided:
        return Finding(Verdict.UNDECIDED, f"the ladder has not settled: {undecided}", domain)
    first_gap, last_gap = (max(column) for column in zip(*gaps, strict=True))
    summary = (
        f"every limit on {WIDTH_COUNT} widths in {len(examined)} cases; constants off by at most {first_gap:.1e} "
        f"at the first width and {last_gap:.1e} at the last"
    )
    return Finding(Verdict.SUPPORTED, summary, domain)


def read_limit(limit: RateLimit, observations: Sequence[Observation]) -> Corroboration:
    """Return what the ladder extrapolates to, with its verdict on the limit; a limit 0 is a negative power of M."""
    found = corroborate(limit.expression, None, Order(limit.value or S.One), observations, 0.0)
    margin = 2 * found.power.change + POWER_RESOLUTION
    falls, grows = found.power.value < -margin, found.power.value > margin
    if limit.value == 0:
        settled = abs(found.ratio.value) > SETTLED * found.ratio.change
        otherwise = Verdict.REFUTED if grows or settled else Verdict.UNDECIDED
        return replace(found, verdict=Verdict.SUPPORTED if falls else otherwise)
    return replace(found, verdict=Verdict.REFUTED) if falls or grows else found


def recheck_bounds(claim: Claim, covers: str) -> Finding:
    """Re-check the derivation of the bounds between which the limits are squeezed."""
    broken = broken_derivation(claim)
    if broken is not None:
        return broken
    summary = f"{len(claim.derivation)} steps re-checked by exact algebra"
    return Finding(Verdict.PROVED, summary, claim.domain, covers=covers)
