"""What a claim is: plain data that names its source, its assumptions, its statement and its derivation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape

from sympy import Basic, Expr, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from w2s_theory.latex import latex
from w2s_theory.latex.html import html_formula, html_list
from w2s_theory.relations import as_text

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Ids and names are typed on command lines, and are parts of file names, of addresses and of theorems' names."""


class Provenance(StrEnum):
    """Where a statement comes from: the paper's words, our reconstruction of them, or this project."""

    PUBLISHED = "published"
    RECONSTRUCTED = "reconstructed"
    NEW = "new"


@dataclass(frozen=True)
class Paper:
    """A paper: `key` is the prefix of its claims' ids and its BibTeX key."""

    key: str
    authors: str
    title: str
    venue: str
    year: int
    arxiv: str


@dataclass(frozen=True)
class Source:
    """A place in a paper, such as RF, Theorem 4.1."""

    paper: Paper
    place: str

    def __str__(self) -> str:
        return f"{self.paper.authors.split(',')[0]} et al. {self.paper.year}, {self.place}"


class Rule(StrEnum):
    """How a derivation step is re-checked by exact algebra."""

    IDENTITY = "identity"
    """Both sides are equal, modulo the equalities in `given`."""
    NONNEGATIVE = "nonnegative"
    """Left minus right is the sum of `certificate`: products of squares and of what `given` says is nonnegative."""
    LIMIT = "limit"
    """The limit on the left exists and equals the right-hand side."""
    UNIVARIATE = "univariate"
    """A relation in one variable on an interval in `given`: Sturm sequences count the sign changes."""
    CHAIN = "chain"
    """The inequality follows from earlier steps (or from `given`) by transitivity."""


@dataclass(frozen=True)
class Step:
    """One line of a derivation: a sentence, a relation, and the rule that re-checks it."""

    text: str
    relation: Boolean
    by: Rule
    given: tuple[Boolean, ...] = ()
    certificate: tuple[Expr, ...] = ()

    def replacing(self, old_to_new: Mapping[Basic, Basic]) -> Step:
        """Return this step with expressions exchanged in its relation."""
        return replace(self, relation=self.relation.xreplace(old_to_new))


@dataclass(frozen=True)
class Part:
    """One relation of a statement, as it is written there, under a name of its own in its claim: `quadratic`.

    Raises ValueError for a name that is not small letters and digits in words with hyphens between them.
    """

    name: str
    relation: Relational

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(
                f"a part has the name {self.name!r}; allowed: small letters and digits, with hyphens between words"
            )

    def replacing(self, old_to_new: Mapping[Basic, Basic]) -> Part:
        """Return this part with expressions exchanged in its relation."""
        return replace(self, relation=self.relation.xreplace(old_to_new))


@dataclass(frozen=True)
class Claim:
    """A statement with its source, assumptions and derivation; it does no work when imported.

    The statement is that all the parts in `states` hold. A claim with `expects_refutation` records a statement known
    to be false: it holds when the checks refute it. Raises ValueError where two parts have one name, and for an id
    that is not small letters and digits in words with dots or hyphens between them.
    """

    id: str
    title: str
    source: Source
    provenance: Provenance
    assumptions: tuple[str, ...]
    states: tuple[Part, ...]
    derivation: tuple[Step, ...]
    expects_refutation: bool = False
    remarks: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(
                f"a claim has the id {self.id!r}; allowed: small letters and digits, with dots or hyphens between words"
            )
        names = [part.name for part in self.states]
        if not names or len(set(names)) < len(names):
            raise ValueError(
                f"{self.id} needs parts with names of their own, not {', '.join(names) or 'none'}"
            )

    @property
    def relations(self) -> tuple[Relational, ...]:
        """Return the relations of all parts, in the order of the statement."""
        return tuple(part.relation for part in self.states)

    def relation(self, name: str) -> Relational:
        """Return the relation of the part with this name; raises ValueError where there is none."""
        for part in self.states:
            if part.name == name:
                return part.relation
        raise ValueError(f"{self.id} has no part {name!r}; its parts: {', '.join(self.names)}")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts, in the order of the statement."""
        return tuple(part.name for part in self.states)

    @property
    def free_symbols(self) -> set[Symbol]:
        """Return the symbols that the statement is about."""
        return set().union(*(relation.free_symbols for relation in self.relations))

    def part_id(self, name: str) -> str:
        """Return the id of the part with this name, such as `rf.thm4.1#quadratic`."""
        return f"{self.id}#{name}"

    def ids(self, *names: str) -> tuple[str, ...]:
        """Return the ids of the parts with these names, of all parts where none is given."""
        return tuple(map(self.part_id, names or self.names))

    @property
    def statement(self) -> str:
        """Return the statement as one line of text."""
        relations = list(map(as_text, self.relations))
        return relations[0] if len(relations) == 1 else " & ".join(f"({text})" for text in relations)

    def _repr_html_(self) -> str:
        """Return title, source, assumptions, statement and derivation, as a notebook shows them."""
        steps = (f"{escape(step.text)} {html_formula(latex(step.relation))}" for step in self.derivation)
        return "\n".join(
            [
                f"<p><b>{escape(self.title)}</b> <code>{escape(self.id)}</code><br>",
                f"{escape(str(self.source))} ({self.provenance})</p>",
                html_list(map(escape, self.assumptions)),
                *(html_formula(latex(relation)) for relation in self.relations),
                "<details><summary>Derivation</summary>",
                html_list(steps, numbered=True),
                "</details>",
            ]
        )

    def replacing(self, old_to_new: Mapping[Basic, Basic]) -> Claim:
        """Return the claim with expressions exchanged in its statement and in its steps' relations.

        What a step is given, and its certificate, stay as they are.
        """
        return replace(
            self,
            states=tuple(part.replacing(old_to_new) for part in self.states),
            derivation=tuple(step.replacing(old_to_new) for step in self.derivation),
        )
