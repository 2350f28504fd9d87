from __future__ import annotations

from w2s_theory.verdict import SUPPORTING, Verdict


def test_exit_codes_say_holds_failed_or_open() -> None:
    codes = {verdict: verdict.exit_code for verdict in Verdict}
    assert {verdict for verdict, code in codes.items() if code == 0} == set(SUPPORTING)
    assert {verdict for verdict, code in codes.items() if code == 1} == {Verdict.REFUTED, Verdict.CRASHED}
    assert {codes[verdict] for verdict in (Verdict.UNDECIDED, Verdict.TIMED_OUT, Verdict.NOT_RUN)} == {3}
