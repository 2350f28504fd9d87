"""The README's table of claims, made from the claims: `python docs/generator/readme.py` rewrites it."""

from __future__ import annotations

from pathlib import Path

from w2s_theory.claims import all_claims

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- claims: begin -->", "<!-- claims: end -->"


def claim_table() -> str:
    """Return every claim with its title and provenance, as a Markdown table."""
    rows = ["| claim | what it says | provenance |", "| --- | --- | --- |"]
    for claim in all_claims():
        note = ", false: expected to be refuted" if claim.expects_refutation else ""
        rows.append(
            f"| `{claim.id}` | {claim.title.replace('|', chr(92) + '|')} | {claim.provenance}{note} |"
        )
    return "\n".join(rows)


def with_table(text: str) -> str:
    """Return the README's text with the table between its marks made anew."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{claim_table()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
