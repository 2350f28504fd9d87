"""The evidence for each claim: its checks, its wrong twins and its tie to theorems in Rocq.

A topic's evidence is at the same path as its statement in `w2s_theory.claims`; where one file is not enough, files
beside it add a word to its name (`limits.py`, `limits_rocq.py`). Importing this package registers all of it.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from proofs_checks.rocq.checks import register

for _found in pkgutil.walk_packages(__path__, f"{__name__}."):
    register(getattr(import_module(_found.name), "TIES", ()))
