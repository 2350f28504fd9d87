"""What a claim is: plain data that names its source, its assumptions, its statement and its derivation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape

from sympy import Basic, Expr
from sympy.logic.boolalg import And, Boolean

from w2s_theory.latex import latex
from w2s_theory.latex.html import html_formula, html_list


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
class Claim:
    """A statement with its source, assumptions and derivation; it does no work when imported.

    `statement` is a sympy relation or a conjunction of relations. A claim with `expects_refutation`
    records a statement known to be false: it holds when the checks refute it.
    """

    id: str
    title: str
    source: Source
    provenance: Provenance
    assumptions: tuple[str, ...]
    statement: Boolean
    derivation: tuple[Step, ...]
    expects_refutation: bool = False
    remarks: tuple[str, ...] = field(default=())

    @property
    def parts(self) -> tuple[Boolean, ...]:
        """Return the relations that the statement is the conjunction of, in the order the derivation reaches them."""
        relations = self.statement.args if isinstance(self.statement, And) else (self.statement,)
        reached = [step.relation for step in self.derivation]
        last = len(reached)
        return tuple(sorted(relations, key=lambda item: reached.index(item) if item in reached else last))

    def _repr_html_(self) -> str:
        """Return title, source, assumptions, statement and derivation, as a notebook shows them."""
        steps = (f"{escape(step.text)} {html_formula(latex(step.relation))}" for step in self.derivation)
        return "\n".join(
            [
                f"<p><b>{escape(self.title)}</b> <code>{escape(self.id)}</code><br>",
                f"{escape(str(self.source))} ({self.provenance})</p>",
                html_list(map(escape, self.assumptions)),
                *(html_formula(latex(part)) for part in self.parts),
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
            statement=self.statement.xreplace(old_to_new),
            derivation=tuple(step.replacing(old_to_new) for step in self.derivation),
        )
