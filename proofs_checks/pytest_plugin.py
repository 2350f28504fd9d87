"""A pytest plugin: assert bounds on teachers and students in the tests of your own repository.

The fixtures `assert_bound` and `assert_refuted` decide a bound on one of the toolkit's models
(`w2s check --models` lists them), and fail with the verdict and the counterexample.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from w2s_theory.verdict import Verdict

if TYPE_CHECKING:
    from proofs_checks.bounds.check_bound import BoundResult


@pytest.fixture
def assert_bound() -> Callable[..., BoundResult]:
    """Return the function `check_that_bound_holds`."""
    return check_that_bound_holds


@pytest.fixture
def assert_refuted() -> Callable[..., BoundResult]:
    """Return the function `check_that_bound_is_refuted`."""
    return check_that_bound_is_refuted


def check_that_bound_holds(
    bound: str, model: str = "shrinkage", where: str = "", *, seconds: float = 20.0, **parameters: int
) -> BoundResult:
    """Fail the test unless `bound` is proved or certified for every state of `model` that satisfies `where`.

    Returns the result, whose `method` says how. `seconds` limits the time; `parameters` select a member of a
    family of models, such as steps=3 for "chain". Raises InvalidInput for a bound or a model that cannot be read.
    """
    __tracebackhide__ = True
    result = _decide(bound, model, where, seconds, parameters)
    if result.verdict not in (Verdict.PROVED, Verdict.CERTIFIED):
        pytest.fail(_describe(bound, model, result))
    return result


def check_that_bound_is_refuted(
    bound: str, model: str = "shrinkage", where: str = "", *, seconds: float = 20.0, **parameters: int
) -> BoundResult:
    """Fail the test unless a state of `model` that satisfies `where` breaks `bound`; see `check_that_bound_holds`.

    Returns the result, whose `witness` is such a state, exact.
    """
    __tracebackhide__ = True
    result = _decide(bound, model, where, seconds, parameters)
    if result.verdict is not Verdict.REFUTED:
        pytest.fail(_describe(bound, model, result))
    return result


def _decide(bound: str, model: str, where: str, seconds: float, parameters: dict[str, int]) -> BoundResult:
    # pytest loads this plugin in every run: sympy and z3 are imported by the tests that need them.
    from proofs_checks.bounds.check_bound import check_bound

    return check_bound(bound, model, where, seconds=seconds, **parameters)


def _describe(bound: str, model: str, result: BoundResult) -> str:
    lines = [
        f"{bound} is {result.verdict} on the model {model!r} by {result.method} in {result.seconds:.2f} s",
        f"domain: {result.domain}",
        *(f"  {name} = {value}" for name, value in (result.witness or {}).items()),
        *(f"  {name}: {value}" for name, value in (result.values or {}).items()),
    ]
    return "\n".join(lines)
