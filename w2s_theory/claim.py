"""What a claim is: plain data that names its source, its assumptions, its statement and its derivation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape

from sympy import Basic, Expr, Symbol, nan, oo, sympify, zoo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from w2s_theory.geometry.inner_products import Vector, factors, replace_vectors
from w2s_theory.latex import latex
from w2s_theory.latex.html import html_formula, html_list
from w2s_theory.relations import as_text, with_sides

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Ids and names are typed on command lines, and are parts of file names, of addresses and of theorems' names."""


class Provenance(StrEnum):
    """Where a statement comes from: the paper's words, our reconstruction of them, this project, or a textbook."""

    PUBLISHED = "published"
    RECONSTRUCTED = "reconstructed"
    NEW = "new"
    TEXTBOOK = "textbook"


@dataclass(frozen=True)
class Paper:
    """A paper: `key` is the prefix of its claims' ids and its BibTeX key; `arxiv` is empty for textbooks."""

    key: str
    authors: str
    title: str
    venue: str
    year: int
    arxiv: str

    @property
    def reference(self) -> str:
        """Return authors, venue and year as one line."""
        return f"{self.authors}, {self.venue} {self.year}" if self.arxiv else self.authors


@dataclass(frozen=True)
class Source:
    """A place in a paper, such as RF, Theorem 4.1, or in a textbook, which the place names itself."""

    paper: Paper
    place: str

    def __str__(self) -> str:
        if not self.paper.arxiv:
            return f"{self.paper.authors.split(',')[0]} ({self.place})"
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
class Assumption:
    """What a claim assumes: a sentence, and the relations that it says, where a derivation uses any."""

    text: str
    says: tuple[Relational, ...] = ()


@dataclass(frozen=True)
class Cited:
    """A part of another claim at particular values of its symbols and of its formal vectors: `cited` makes one.

    Its relation is computed from that part, so that it says what the other claim states and nothing else. What that
    claim assumes has to hold at these values: see `w2s_theory/origins.py`. Raises ValueError as `cited` does.
    """

    claim: Claim
    part: str
    at: tuple[tuple[Symbol, Expr], ...] = ()
    vectors: tuple[tuple[str, Vector], ...] = ()

    def __post_init__(self) -> None:
        self.claim.relation(self.part)
        for symbol, value in self.at:
            if value.has(oo, -oo, zoo, nan):
                raise ValueError(f"{self.id} is cited at {symbol} = {value}; allowed: finite values")
            if factors(symbol):
                raise ValueError(f"{self.id} is cited at an inner product, {symbol}; give vectors")
            relations = (self.claim.relation(self.part), *self.claim.premises)
            bound = {name for each in relations for name in each.atoms(Symbol) - each.free_symbols}
            if {symbol, *value.free_symbols} & bound:
                raise ValueError(
                    f"{self.id} is cited at {symbol} = {value}, and has a bound variable of this name"
                )
        if any(each.has(zoo, nan) for each in (self.relation, *self.premises)):
            raise ValueError(f"{self.id} has no value where it is cited: {self.relation}")

    @property
    def id(self) -> str:
        """The id of the part that is cited, such as `rf.thm4.1#quadratic`."""
        return self.claim.part_id(self.part)

    @property
    def relation(self) -> Relational:
        """The part at these values."""
        return self._at_values(self.claim.relation(self.part))

    @property
    def premises(self) -> tuple[Relational, ...]:
        """What the cited claim assumes, as far as it is data, at these values."""
        return tuple(map(self._at_values, self.claim.premises))

    def _at_values(self, relation: Relational) -> Relational:
        left, right = (
            replace_vectors(side, dict(self.at), dict(self.vectors)) for side in (relation.lhs, relation.rhs)
        )
        return with_sides(relation, left, right)


def cited(
    claim: Claim,
    part: str,
    at: Mapping[Symbol, Expr | int] | None = None,
    vectors: Mapping[str, Vector] | None = None,
) -> Cited:
    """Return a citation of a claim's part with its symbols at these values and its named vectors at these.

    Raises ValueError where the part is unknown, where a value is given for an inner product of vectors, and where a name
    is that of a bound variable.
    """
    values = tuple((symbol, sympify(value)) for symbol, value in (at or {}).items())
    return Cited(claim, part, values, tuple((vectors or {}).items()))


@dataclass(frozen=True)
class Step:
    """One line of a derivation: a sentence, a relation, and the rule that re-checks it.

    What it is `given` are relations of the claim's assumptions, earlier steps, or citations of other claims.
    """

    text: str
    relation: Boolean
    by: Rule
    given: tuple[Boolean | Cited, ...] = ()
    certificate: tuple[Expr, ...] = ()

    @property
    def premises(self) -> tuple[Boolean, ...]:
        """The relations that the step is given, those of citations included."""
        return tuple(item.relation if isinstance(item, Cited) else item for item in self.given)

    @property
    def citations(self) -> tuple[Cited, ...]:
        """The parts of other claims that the step is given."""
        return tuple(item for item in self.given if isinstance(item, Cited))


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
    assumptions: tuple[Assumption, ...]
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
    def premises(self) -> tuple[Relational, ...]:
        """Return the relations that the assumptions say."""
        return tuple(relation for assumption in self.assumptions for relation in assumption.says)

    @property
    def domain(self) -> str:
        """Return the sentences of the assumptions as one line: where the statement is to hold."""
        return "; ".join(assumption.text for assumption in self.assumptions)

    @property
    def cites(self) -> tuple[Cited, ...]:
        """Return the parts of other claims that the derivation is given, in the order of its steps."""
        return tuple(citation for step in self.derivation for citation in step.citations)

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
                html_list(map(_assumption_html, self.assumptions)),
                *(html_formula(latex(relation)) for relation in self.relations),
                "<details><summary>Derivation</summary>",
                html_list(steps, numbered=True),
                "</details>",
            ]
        )

    def replacing(self, old_to_new: Mapping[Basic, Basic]) -> Claim:
        """Return the claim with expressions exchanged in its statement and in its steps' relations.

        Where a step is given the relation of an earlier step, that changes alike. What is assumed or cited, and
        certificates, stay as they are.
        """
        exchanged: dict[Boolean, Boolean] = {}
        steps = []
        for step in self.derivation:
            given = tuple(exchanged.get(item, item) for item in step.given)
            relation = step.relation.xreplace(old_to_new)
            steps.append(replace(step, relation=relation, given=given))
            if step.relation not in self.premises:
                exchanged[step.relation] = relation
        states = tuple(part.replacing(old_to_new) for part in self.states)
        return replace(self, states=states, derivation=tuple(steps))


def _assumption_html(assumption: Assumption) -> str:
    return " ".join([escape(assumption.text), *(html_formula(latex(each)) for each in assumption.says)])
