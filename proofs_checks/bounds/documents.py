"""Certificate files: a verdict with all that re-checks it, written as JSON and re-checked without the engines.

A file holds the bound as it was typed, and for each conjunct the chart, the conjuncts of the chart's problem that were
used, and the certificate; for a refutation, the point. Re-checking reads the bound again, poses the problem again, and
asks the certificate's checker or evaluates the point: it runs no engine, no solver and no search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proofs_checks.bounds.adversary.attack import families_of
from proofs_checks.bounds.adversary.families import ExactState
from proofs_checks.bounds.certificates.recheck import check, from_json
from proofs_checks.bounds.certificates.solvers_word import UNCHECKED
from proofs_checks.bounds.certificates.terms_as_data import term_from, term_to
from proofs_checks.bounds.check_bound import BoundResult, read_bound
from proofs_checks.bounds.problem import Found, satisfies
from proofs_checks.bounds.question import Posed, Question, broken, states, violations
from proofs_checks.bounds.rulings import Ruling, against_state, essential
from w2s_theory.errors import InvalidInput
from w2s_theory.terms import exact
from w2s_theory.terms.tree import Formula, Term, rational
from w2s_theory.verdict import Verdict

SCHEMA = 1
NOT_RECHECKED = "rests on the word of z3 and cvc5, no certificate to re-check"


def document(
    result: BoundResult, bound: str, model: str, where: str, parameters: Mapping[str, int]
) -> dict[str, Any]:
    """Return a decided bound as data that `recheck` re-checks."""
    return {
        "schema": SCHEMA,
        "bound": bound,
        "model": model,
        "where": where,
        "parameters": dict(parameters),
        "verdict": str(result.verdict),
        "parts": [_part(number, ruling) for number, ruling in enumerate(result.rulings)],
    }


def _part(number: int, ruling: Ruling) -> dict[str, Any]:
    data: dict[str, Any] = {"conjunct": number, "verdict": str(ruling.verdict)}
    if (
        ruling.verdict is Verdict.REFUTED
        and ruling.attack is not None
        and ruling.attack.violation is not None
    ):
        data["drawn"] = _drawn_to(ruling.attack.violation)
        return data
    if ruling.posed is None or ruling.answer is None or ruling.verdict is Verdict.UNDECIDED:
        return data
    data["chart"] = _place(violations(ruling.question), ruling.posed)
    answer = ruling.answer
    if isinstance(answer, Found):
        data["point"] = _point_to(answer.point)
        return data
    data["certificate"] = answer.certificate.as_json()
    if isinstance(ruling.state, ExactState):
        data["state"] = {"drawn": _drawn_to(ruling.state)}
    elif ruling.state is not None:
        posed, point = ruling.state
        data["state"] = {"chart": _place(states(ruling.question), posed), "point": _point_to(point)}
    return data


def _place(problems: Any, posed: Posed) -> int:
    return list(problems).index(posed)


def _drawn_to(drawn: ExactState) -> dict[str, Any]:
    return {"family": drawn.family, "knobs": [term_to(knob) for knob in drawn.knobs]}


def _point_to(point: Mapping[str, Term]) -> dict[str, Any]:
    return {name: term_to(value) for name, value in point.items()}


@dataclass(frozen=True)
class Recheck:
    """What re-checking a file comes to: whether it stands, and a sentence a part.

    `is_word` says that a part rests on the word of two solvers, which is not re-checked.
    """

    stands: bool
    lines: tuple[str, ...]
    is_word: bool = False


def recheck(data: Any) -> Recheck:
    """Re-check a certificate file's data. Raises InvalidInput where it is not one."""
    try:
        return _recheck(data)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise InvalidInput(
            f"not a certificate of `w2s check --certificate`: {type(error).__name__} {error}"
        ) from error


def _recheck(data: Any) -> Recheck:
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']!r}; allowed: {SCHEMA}")
    asked, _ = read_bound(data["bound"], data["model"], data["where"], data["parameters"])
    verdicts = [Verdict(part["verdict"]) for part in data["parts"]]
    found = [_recheck_part(asked[part["conjunct"]], part) for part in data["parts"]]
    whole = sorted(part["conjunct"] for part in data["parts"]) == list(range(len(asked)))
    lines = [line for _, line in found]
    claimed = Verdict(data["verdict"])
    if claimed is Verdict.REFUTED:
        follows = Verdict.REFUTED in verdicts
    elif claimed is Verdict.UNDECIDED:
        follows, lines = False, [*lines, "the file claims nothing: undecided"]
    else:
        allowed = {Verdict.PROVED, Verdict.CERTIFIED} if claimed is Verdict.CERTIFIED else {Verdict.PROVED}
        follows = whole and set(verdicts) <= allowed
    if not follows and claimed is not Verdict.UNDECIDED:
        lines.append(f"{claimed} does not follow from the parts")
    is_word = any(line.endswith(NOT_RECHECKED) for line in lines)
    return Recheck(follows and all(stands for stands, _ in found), tuple(lines), is_word)


def _recheck_part(question: Question, part: Mapping[str, Any]) -> tuple[bool, str]:
    name = f"conjunct {part['conjunct'] + 1}"
    verdict = Verdict(part["verdict"])
    if verdict is Verdict.UNDECIDED:
        return True, f"{name}: undecided, nothing to re-check"
    if "drawn" in part:
        stands = _drawn_satisfies(question, part["drawn"], broken(question))
        return stands, f"{name}: the state {'breaks' if stands else 'DOES NOT break'} it"
    posed = list(violations(question))[part["chart"]]
    if verdict is Verdict.REFUTED:
        point = _point_from(part["point"])
        stands = not posed.proves_only and satisfies(posed.problem, point)
        if stands and (against := against_state(question, posed, point, broken(question))):
            return False, f"{name}: by the model's definition {against}"
        return stands, f"{name}: the state {'breaks' if stands else 'DOES NOT break'} it"
    certificate = from_json(part["certificate"])
    kind = essential(certificate).kind
    if not check(posed.problem, certificate):
        return False, f"{name}: the certificate ({kind}) DOES NOT stand"
    if against := _against_example(question, part["state"]):
        return False, f"{name}: {against}"
    if kind == UNCHECKED:
        return True, f"{name}: {NOT_RECHECKED}"
    return True, f"{name}: the certificate ({kind}) stands"


def _against_example(question: Question, state: Mapping[str, Any]) -> str:
    """Return what speaks against a state that should satisfy the premises, or nothing."""
    wrong = "the state DOES NOT satisfy the conditions"
    if "drawn" in state:
        stands = _drawn_satisfies(question, state["drawn"], question.premises)
        return "" if stands else wrong
    shown = list(states(question))[state["chart"]]
    point = _point_from(state["point"])
    if shown.proves_only or not satisfies(shown.problem, point):
        return wrong
    against = against_state(question, shown, point, question.premises)
    return f"by the model's definition {against}" if against else ""


def _drawn_satisfies(question: Question, drawn: Mapping[str, Any], wanted: Formula) -> bool:
    """Return whether a drawn state, built again from its knobs, is legal and satisfies a formula."""
    (family,) = (
        item
        for item in families_of(question.model.name, question.model.setting)
        if item.name == drawn["family"]
    )
    knobs = [term_from(knob) for knob in drawn["knobs"]]
    if not family.allows(knobs):
        return False
    state = family.exact([knob if (value := rational(knob)) is None else value for knob in knobs])
    return state is not None and bool(exact.holds(wanted, state.observables))


def _point_from(data: Mapping[str, Any]) -> dict[str, Term]:
    return {name: term_from(value) for name, value in data.items()}
