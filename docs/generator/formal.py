"""The generated parts of "Formal proofs": which claims the kernel checks, from what, and what each theory proves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from textwrap import dedent

import proofs_checks.claims  # noqa: F401  (registers the falsifiers)
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.lemmas import statement_file
from proofs_checks.rocq.sources import Sources, theory_names, without_comments
from proofs_checks.rocq.ties import Open, Tie
from w2s_theory.claims import all_claims

TABLE, LEMMAS, THEORY_LIST = "<!-- formal: claims -->", "<!-- formal: lemmas -->", "<!-- formal: theories -->"

_OPENING = re.compile(r"\(\*\*(.*?)\*\)", re.DOTALL)
_THEOREM = re.compile(r"\bTheorem\s+(\w+)")


def fill(markdown: str) -> str:
    """Return the page with its marks replaced by what is made from the ties and the theories."""
    return (
        markdown.replace(TABLE, "\n".join(claims()))
        .replace(LEMMAS, "\n".join(lemmas()))
        .replace(THEORY_LIST, "\n".join(theories()))
    )


def claims() -> Iterator[str]:
    """Yield a table: every claim, the theorems that its parts follow from, and the wrong statements that are denied."""
    ties = all_ties()
    yield "| claim | theorems, part by part | wrong statements denied |"
    yield "| --- | --- | --- |"
    for claim in all_claims():
        if claim.id in ties:
            yield _row(ties[claim.id])
    rest = [claim.id for claim in all_claims() if claim.id not in ties]
    yield ""
    yield f"Not proved formally: {', '.join(_link(claim_id) for claim_id in rest)}."


def _row(tie: Tie) -> str:
    proved = [
        f"*open: {escape(p.says)}*" if isinstance(p, Open) else f"`{p.theorem}`" for p in tie.parts.values()
    ]
    proved += [f"*for {tie.covers}*"] if tie.covers else []
    denied = [item for part in tie.proved.values() for item in part.refutations]
    wrong = [f"{escape(item.twin.name)}: `{item.theorem}`" for item in denied]
    cells = (_link(tie.claim.id), *("<br>".join(dict.fromkeys(cell)) for cell in (proved, wrong)))
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _link(claim_id: str) -> str:
    return f"[`{claim_id}`](../claims.md#{claim_id})"


def lemmas() -> Iterator[str]:
    """Yield, claim by claim, the generated file that the kernel checks."""
    for claim_id, tie in all_ties().items():
        text = escape(statement_file(tie, tie.claim))
        yield f'<details class="quote" markdown="0"><summary>{claim_id}</summary><pre><code>{text}</code></pre></details>'


def theories() -> Iterator[str]:
    """Yield each theory with the comment that it opens with and the names of its theorems."""
    sources = Sources()
    for name in sources.closure(theory_names()):
        text = sources[name]
        opening = _OPENING.match(text)
        says = _markdown(opening[1]) if opening else ""
        theorems = ", ".join(f"`{found}`" for found in _THEOREM.findall(without_comments(text)))
        path = name.replace(".", "/")
        yield f"### {path}.v {{ #{name.replace('.', '-')} }}\n\n{says}\n"
        yield f"Theorems: {theorems}.\n" if theorems else ""


def _markdown(comment: str) -> str:
    """Return a comment of a theory as Markdown: lists stay lists, what is in brackets there is code."""
    text = "".join(f"&#{ord(x)};" if x in r"\`*_{}<>#|&$~^" else x for x in dedent(f"    {comment.strip()}"))
    text = re.sub(r"\[([A-Za-z]\w*(?:&#95;\w+)*)\]", r"<code>\1</code>", text)
    return re.sub(r"(?<!\n)\n(?=- )", "\n\n", text, count=1)
