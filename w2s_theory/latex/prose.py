"""Sentences as LaTeX: names, powers and relations as mathematics, and everything else as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from w2s_theory.latex.escaping import escape
from w2s_theory.latex.names import (
    ATOM,
    EXPONENT,
    GREEK,
    NAMES,
    OPERATORS,
    typeset,
    typeset_atom,
    typeset_script,
)

Piece = tuple[str, Literal["text", "mathematics", "command"]]

_OPERATORS: Final = {
    "<=": r"\le",
    ">=": r"\ge",
    "->": r"\to",
    "<": "<",
    ">": ">",
    "=": "=",
    "~": r"\sim",
    "O~": r"\tilde{O}",
}
_ARTICLE = re.compile(r"A\b|a\b(?! =| in \[| f[_*)])")
"""The letter a, unless it stands where only a number can."""
_BETWEEN_NAMES = re.compile(r"[ ()\[\]+=/*0-9-]*")
_UNNAMED_ATOM = re.sub(r"\?P<[a-z]+>", "?:", ATOM.pattern)
_PART = re.compile(
    r"(?P<id>\b[a-z]+\.[a-z][\w.-]*\w)"
    r"|<(?P<left>[A-Za-z_*.() -]+), ?(?P<right>[A-Za-z_*.() -]+)>"
    r"|(?P<norm>\|\|)"
    r"|(?P<operator>\bO~|<=|>=|->|[<>~=])"
    r"|(?P<number>(?<![\w.])[0-9]+(?![\w.]))"
    rf"|(?P<power>\^(?:{EXPONENT}))"
    rf"|(?<![A-Za-z'\\])(?P<atom>{_UNNAMED_ATOM})(?![A-Za-z])"
)


def prose(text: str, labels: Mapping[str, str] | None = None) -> str:
    """Return a sentence as LaTeX in which nothing that it says is a command.

    `labels` maps claim ids that the sentence may mention to the labels by which \\cref refers to them.
    """
    pieces: list[Piece] = []
    end = 0
    for match in _PART.finditer(text):
        if match.start() > end:
            pieces.append((text[end : match.start()], "text"))
        pieces.append(_piece(match, labels or {}))
        end = match.end()
    return "".join(_as_latex(piece) for piece in _joined([*pieces, (text[end:], "text")]))


def _piece(match: re.Match[str], labels: Mapping[str, str]) -> Piece:
    if match["id"] in labels:
        return rf"\cref{{{labels[match['id']]}}}", "command"
    if match["left"]:
        left, right = typeset(match["left"].strip()), typeset(match["right"].strip())
        return rf"\langle {left}, {right}\rangle", "mathematics"
    if match["norm"]:
        return r"\|", "mathematics"
    if match["operator"]:
        return _OPERATORS[match["operator"]], "mathematics"
    if match["power"]:
        return f"^{{{typeset_script(match['power'][1:])}}}", "mathematics"
    if match["number"]:
        return match["number"], "mathematics"
    word = match["atom"]
    if word and not _ARTICLE.match(match.string, match.start()) and (len(word) == 1 or _is_name(word)):
        return typeset_atom(word), "mathematics"
    return match[0], "text"


def _is_name(word: str) -> bool:
    if any(mark in word for mark in "_*^"):
        return True
    return word in NAMES or word in GREEK or (word in OPERATORS and word != "sum")


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join mathematics with what stands between it, if that is mathematics too, such as ( or +."""
    joined: list[Piece] = []
    for text, kind in pieces:
        if kind == "mathematics" and joined and joined[-1][1] == kind:
            joined[-1] = (f"{joined[-1][0]} {text}", kind)
        elif kind == "mathematics" and len(joined) > 1 and _is_between(joined):
            between, _ = joined.pop()
            joined[-1] = (joined[-1][0] + between + text, kind)
        else:
            joined.append((text, kind))
    return joined


def _is_between(pieces: list[Piece]) -> bool:
    (_, before), (text, kind) = pieces[-2:]
    return before == "mathematics" and kind == "text" and bool(_BETWEEN_NAMES.fullmatch(text))


def _as_latex(piece: Piece) -> str:
    text, kind = piece
    return f"${text}$" if kind == "mathematics" else text if kind == "command" else escape(text)
