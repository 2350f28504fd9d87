"""The evidence for each claim: its checks, its wrong twins and its tie to theorems in Rocq.

A topic's evidence is at the same path as its statement in `w2s_theory.claims`; where one file is not enough, files
beside it add a word to its name (`limits.py`, `limits_rocq.py`). Importing this package registers all of it, and raises
InvalidInput, naming the files, where one cannot be loaded or lies elsewhere.
"""

from __future__ import annotations

import sys

from proofs_checks import placement
from proofs_checks.rocq.checks import register
from w2s_theory.claims import FOLDERS, all_claims, topics
from w2s_theory.discovery import found_in

all_claims()  # what is wrong with a statement is told before what that breaks here
_homes = placement.homes_of(topics())
_evidence = list(found_in(sys.modules[__name__], FOLDERS))
for _module in _evidence:
    placement.refuse_beside_nothing(_module, _homes)
    for _tie in getattr(_module, "TIES", ()):
        placement.refuse_elsewhere(_tie.claim.id, _module.__name__, _homes)
placement.refuse_checks_elsewhere(_homes)
for _module in _evidence:
    register(getattr(_module, "TIES", ()))
