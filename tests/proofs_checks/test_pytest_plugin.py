from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

# The plugin may also be installed as the entry point w2s: load it once, by its module.
DOCS = Path(__file__).parents[2] / "docs" / "export.md"
OPTIONS = ("-p", "no:w2s", "-p", "proofs_checks.pytest_plugin", "-p", "no:cacheprovider")


def outcomes(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    pytester.makepyfile(source)
    return pytester.runpytest_inprocess(*OPTIONS)


def test_bounds_that_hold_and_bounds_that_do_not(pytester: pytest.Pytester) -> None:
    result = outcomes(
        pytester,
        """
        def test_limit(assert_bound):
            result = assert_bound("L_ST >= 3/4*L_TE**2")
            assert result.verdict == "proved"

        def test_chain(assert_bound):
            assert_bound("L_ST >= 0.2*L_TE**2", model="chain", steps=2)

        def test_constant_is_best(assert_refuted):
            result = assert_refuted("L_ST >= 0.76*L_TE**2")
            assert result.witness["f*"]

        def test_where(assert_bound, assert_refuted):
            assert_refuted("L_ST >= 5*L_TE**2.5")
            assert_bound("L_ST >= 5*L_TE**2.5", where="L_TE <= 1/50")
        """,
    )
    result.assert_outcomes(passed=4)


def test_a_failure_shows_the_counterexample(pytester: pytest.Pytester) -> None:
    result = outcomes(pytester, 'def test_wrong(assert_bound): assert_bound("L_ST >= 4/5*L_TE**2")')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*L_ST >= 4/5?L_TE??2 is refuted on the model 'shrinkage' by *",
            "*domain: any teacher*",
            "*f_TE = (*",
            "*right: *",
        ]
    )
    result.stdout.no_fnmatch_line("*__tracebackhide__*")


def test_a_bound_that_holds_is_not_refuted(pytester: pytest.Pytester) -> None:
    result = outcomes(pytester, 'def test_wrong(assert_refuted): assert_refuted("L_ST >= L_TE**2/2")')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*L_ST >= L_TE??2/2 is proved on the model 'shrinkage'*"])


def test_bad_input_is_an_error_with_what_is_allowed(pytester: pytest.Pytester) -> None:
    result = outcomes(pytester, 'def test_wrong(assert_bound): assert_bound("L_ST >= 0", model="none")')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*InvalidInput: unknown model 'none'; allowed: shrinkage*"])


def test_the_examples_in_the_docs_pass(pytester: pytest.Pytester) -> None:
    examples = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    outcomes(pytester, "\n".join(reversed(examples))).assert_outcomes(passed=4)


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    code = "import sys, proofs_checks.pytest_plugin; print([m for m in ('sympy', 'z3', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
