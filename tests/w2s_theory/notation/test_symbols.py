"""One name, one symbol: in the shared notation everywhere, in a topic within it, and in every claim."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import sympy
from sympy import Basic, Dummy, Symbol

import proofs_checks
import w2s_theory
from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims
from w2s_theory.notation.symbols import L_TE, NOTATION, TIME, Topic, is_shared, symbol

MAKERS = {"Symbol", "symbols", "IndexedBase"}
HOMES = ("w2s_theory/notation/", "proofs_checks/bounds/")
"""Where symbols are made: the table, and the coordinates of the models that bounds are checked on."""


def test_a_name_of_the_shared_notation_has_one_symbol() -> None:
    assert symbol("t") is TIME
    assert symbol("t", nonnegative=True) is TIME
    assert Topic("w2s_theory.anything").symbol("L_TE") is L_TE


def test_other_assumptions_than_those_known_are_refused() -> None:
    with pytest.raises(ValueError, match="t is nonnegative everywhere, not real"):
        symbol("t", real=True)
    with pytest.raises(ValueError, match="t is nonnegative everywhere, not positive"):
        Topic("w2s_theory.anything").symbol("t", positive=True)
    with pytest.raises(ValueError, match="d is integer, positive everywhere, not real"):
        Topic("w2s_theory.anything").indexed("d", real=True)


def test_a_name_that_is_not_shared_belongs_to_a_topic() -> None:
    with pytest.raises(ValueError, match="no shared notation"):
        symbol("x")


def test_a_topic_has_one_symbol_of_a_name() -> None:
    statement, evidence = Topic("w2s_theory.claims.test.one"), Topic("proofs_checks.claims.test.one_rocq")
    x, y = statement.symbols("x", "y", positive=True)
    assert evidence.symbol("x") is x
    assert evidence.symbol("y", positive=True) is y
    with pytest.raises(ValueError, match=r"x is positive in claims\.test\.one, not real, not zero"):
        evidence.symbol("x", real=True, zero=False)


def test_topics_use_a_letter_for_different_things() -> None:
    real = Topic("w2s_theory.claims.test.two").symbol("x", real=True)
    assert real != Topic("w2s_theory.claims.test.three").symbol("x", positive=True)


def test_an_indexed_family_shares_its_letter() -> None:
    topic = Topic("w2s_theory.claims.test.four")
    assert topic.indexed("p", positive=True).label is topic.symbol("p")
    assert topic.indexed("p")[1].is_positive


def symbols_of(claim: Claim) -> Iterator[Symbol]:
    """Yield the symbols of the statement and of the whole derivation, bound variables too."""
    expressions: list[Basic] = [*claim.relations, *claim.premises]
    for step in claim.derivation:
        expressions += [step.relation, *step.premises, *step.certificate]
    for expression in expressions:
        for part in sympy.preorder_traversal(expression):
            if isinstance(part, Symbol) and not isinstance(part, Dummy):
                yield part


def test_within_a_claim_a_name_is_one_symbol() -> None:
    offenders = []
    for claim in all_claims():
        found: dict[str, set[Symbol]] = defaultdict(set)
        for each in symbols_of(claim):
            found[each.name].add(each)
        offenders += [(claim.id, name) for name, several in found.items() if len(several) > 1]
    assert offenders == []


def test_a_name_of_the_shared_notation_is_that_symbol_in_every_claim() -> None:
    offenders = [
        (claim.id, each.name)
        for claim in all_claims()
        for each in symbols_of(claim)
        if is_shared(each.name) and each != symbol(each.name)
    ]
    assert offenders == []


def test_the_notation_prints_each_name_in_one_way() -> None:
    names = [entry.symbol.name for entry in NOTATION]
    assert len(names) == len(set(names))


def test_named_symbols_are_made_by_the_notation_only() -> None:
    """Symbols whose name is computed are terms, not notation: D(x, y), <u, v>."""
    offenders = []
    for package in (w2s_theory, proofs_checks):
        root = Path(package.__file__).parent
        for path in sorted(root.rglob("*.py")):
            where = path.relative_to(root.parent).as_posix()
            if not where.startswith(HOMES):
                offenders += [f"{where}:{line}" for line in _literal_symbols(ast.parse(path.read_text()))]
    assert offenders == []


def _literal_symbols(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = node.func
            on_sympy = isinstance(function, ast.Attribute) and ast.unparse(function.value) == "sympy"
            name = function.attr if on_sympy else getattr(function, "id", None)
            if name in MAKERS:
                yield node.lineno
