"""What ties a claim to hand-proved theorems: plain data from which the lemmas that a kernel checks are generated.

Of each part of a claim's statement, by its name, a tie names the theorem that says the same. From it comes

    Lemma part_1 : forall <tie.context> <part.given>, <the part, as the printer prints it>.
    Proof. exact <part.theorem>. Qed.

so that a claim that is changed no longer compiles. Of a wrong twin, the parts that differ from the claim's are refuted:

    Lemma refuted_1 : ~ (forall <tie.context> <part.given>, <the twin's part>).
    Proof. exact <refutation.theorem>. Qed.

A refutation also shows that the hypotheses can be met, so that no part is proved from a contradiction: every part has one,
or another part with the same binders has.

To add a tie: put it into `TIES` of the claim's module in `proofs_checks.claims`, naming theorems that do not exist yet.
`w2s show CLAIM --rocq` then prints what they have to say: copy it to `theories/claims/<paper>/<topic>.v` and prove it
there, from what `theories/library/` has or from a new theorem there. `w2s verify CLAIM --tier formal` tries the tie:
where coqc refuses a lemma, the row shows the message, the line and the generated file. `theories/library/restating.v`
has tactics for what is between a theorem of the library and the printed form: `restate fact` where the two differ as
rational functions do, `absurd_numbers wrong` for a refutation by numbers. Symbols of the claim that the context defines
instead of binding are given by `names`: with `L_TE: "loss target teacher"` the lemma speaks of the loss of a teacher
bound in `context`. A limit from above is printed as `right_limit` (`right_limit.v`), a sum from 1 as `sum_from_one`
(`finite_sums.v`), an indexed symbol as its base applied to a natural number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Basic, Symbol

from proofs_checks.registry import Falsifier
from w2s_theory.claim import Cited, Claim


@dataclass(frozen=True)
class Refutation:
    """The theorem that a wrong twin's part does not hold for all values.

    `twin`: one of the claim's falsifiers. `theorem`: its name, as in
    `random_features.limits.not_rf_thm4_1_with_constant_1`. `values`: the witness, what its proof puts in.
    """

    twin: Falsifier
    theorem: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Proved:
    """The theorem that states one part of a statement, as in `random_features.limits.rf_thm4_1_quadratic`.

    `given`: binders of this part beside the tie's own, hypotheses with their names: `(enough : n > d_w + 1)`.
    """

    theorem: str
    given: str = ""
    refutations: tuple[Refutation, ...] = ()


@dataclass(frozen=True)
class Open:
    """A part of a statement that is not proved formally, and what it says, in a few words."""

    says: str


@dataclass(frozen=True)
class Tie:
    """A claim with the theorems of its parts, by the parts' names.

    `context`: binders of all parts, `(n N : R)`. `theories`: those of the library whose words the binders and terms
    use, in the order in which they are imported. `names`: the Rocq term, of type R, of each symbol or whole expression.
    `naturals`: the Rocq term, of type nat, of symbols that count. `vectors`: the Rocq term of each named vector; their
    squared norms and inner products follow. `covers`: the cases that the context is restricted to, where the claim's
    assumptions are wider. `rests_on`: what hypotheses of the context take from other claims.
    """

    claim: Claim
    context: str
    parts: Mapping[str, Proved | Open]
    theories: tuple[str, ...] = ()
    names: Mapping[Basic, str] = field(default_factory=dict)
    naturals: Mapping[Symbol, str] = field(default_factory=dict)
    vectors: Mapping[str, str] = field(default_factory=dict)
    covers: str = ""
    rests_on: tuple[Cited, ...] = ()

    @property
    def theorems(self) -> tuple[str, ...]:
        """The theorems of all parts and refutations, each once, in order."""
        named = (
            (part.theorem, *(item.theorem for item in part.refutations)) for part in self.proved.values()
        )
        return tuple(dict.fromkeys(theorem for names in named for theorem in names))

    @property
    def proved(self) -> dict[str, Proved]:
        """The parts that theorems prove, by their names."""
        return {name: part for name, part in self.parts.items() if isinstance(part, Proved)}


def by_name(*symbols: Symbol) -> dict[Basic, str]:
    """Return the names under which symbols such as `d_w` are Rocq variables too."""
    return {symbol: symbol.name for symbol in symbols}


def theory_of(theorem: str) -> str:
    """Return the name of the theory that a theorem named by a tie is in, as `Sources` knows it."""
    return f"claims.{theorem.rpartition('.')[0]}"
