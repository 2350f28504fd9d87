"""What ties a claim to hand-proved theorems: plain data from which the lemmas that a kernel checks are generated.

Of each part of a claim's statement, in the order of `claim.parts`, a tie says which theorem implies it. From it comes

    Lemma part_1 : forall <tie.context> <part.given>, <the part, as the printer prints it>.
    Proof. intros. <part.proof> Qed.

so that a claim that is changed no longer compiles. Of a wrong twin, the parts that differ from the claim's are refuted:

    Lemma refuted : ~ (forall <tie.context> <part.given>, <the twin's part>).
    Proof. intro claimed. <refutation.proof> Qed.

A refutation also shows that the hypotheses can be met, so that no part is proved from a contradiction: every part has one,
or another part with the same binders has.

To add a tie: write the theorem and the negation of a wrong statement in `theories/<topic>.v`, then the tie in a module of
this package, as `subspace_ties.py` does, and list that module in `catalogue.py`. `w2s verify CLAIM --tier formal` tries it:
where coqc refuses a lemma, the row shows the message, the line and the generated file. `theories/restating.v` has tactics
for what is between a theorem and the printed form: `restate fact` where the two differ as rational functions do,
`absurd_numbers wrong` for a refutation by numbers. Symbols of the claim that the context defines instead of binding are
given by `names`: with `L_TE: "loss target teacher"` the lemma speaks of the loss of a teacher bound in `context`. A limit
from above is printed as `right_limit` (`theories/right_limit.v`), a sum from 1 as `sum_from_one` (`finite_sums.v`), an
indexed symbol as its base applied to a natural number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Basic, Symbol

from w2s_theory.claim import Claim


@dataclass(frozen=True)
class Refutation:
    """A theorem that denies a wrong twin's part.

    `falsifier`: name of the twin, one of the claim's falsifiers or, with `replacing`, a new one. `theorem`: its name, as
    in `subspaces.population_points_needed`. `proof`: tactics that follow `intro claimed.`, where `claimed` is the twin's
    part for all values. `values`: the witness, what the theorem puts in.
    """

    falsifier: str
    theorem: str
    proof: str
    values: Mapping[str, str]
    replacing: Mapping[Basic, Any] | None = None


@dataclass(frozen=True)
class Part:
    """The theorem that implies one part of a statement.

    `proof`: tactics that follow `intros.`; binders keep the names of the context. `given`: binders of this part
    beside the tie's own, hypotheses with their names: `(enough : n > d_w + 1)`.
    """

    theorem: str
    proof: str
    given: str = ""
    refutations: tuple[Refutation, ...] = ()


@dataclass(frozen=True)
class Open:
    """A part of a statement that is not proved formally, and what it says, in a few words."""

    says: str


@dataclass(frozen=True)
class Tie:
    """A claim with its theorems.

    `theories`: the files to load, in this order. `context`: binders of all parts, `(n N : R)`. `names`: the Rocq term,
    of type R, of each symbol or whole expression. `naturals`: the Rocq term, of type nat, of symbols that count.
    `vectors`: the Rocq term of each named vector; their squared norms and inner products follow. `preamble`: Rocq
    commands before the lemmas, such as an import of a library. `covers`: the cases that the context is restricted to, where
    the claim's assumptions are wider.
    """

    claim: Claim
    theories: tuple[str, ...]
    context: str
    parts: tuple[Part | Open, ...]
    names: Mapping[Basic, str] = field(default_factory=dict)
    naturals: Mapping[Symbol, str] = field(default_factory=dict)
    vectors: Mapping[str, str] = field(default_factory=dict)
    preamble: str = ""
    covers: str = ""


def by_name(*symbols: Symbol) -> dict[Basic, str]:
    """Return the names under which symbols such as `d_w` are Rocq variables too."""
    return {symbol: symbol.name for symbol in symbols}
