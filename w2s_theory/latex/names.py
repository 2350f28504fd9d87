"""The papers' notation by name, and the LaTeX commands that stand for it."""

from __future__ import annotations

import re
from typing import Final

from sympy.printing.latex import greek_letters_set

from w2s_theory.latex.escaping import escape
from w2s_theory.notation.symbols import NOTATION

NAMES: Final[dict[str, str]] = {
    **{entry.symbol.name: entry.latex for entry in NOTATION},
    "f*": "f^{*}",
    "f_TE": r"f_{\mathrm{TE}}",
    "f_ST": r"f_{\mathrm{ST}}",
    "M": r"M_{\mathrm{TE}}",
    "kappa_S": r"\kappa_S",
    "optimal_time": r"t_{\star}",
    "E": r"\mathbb{E}",
    "sigma2": r"\sigma^{2}",
}
"""LaTeX by name: symbols of one name print alike, whatever is assumed of them."""

_CAPITALS: Final = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega")
GREEK: Final = {name: f"\\{name}" for name in (*greek_letters_set, *_CAPITALS)}
OPERATORS: Final = {name: f"\\{name}" for name in ("cos", "exp", "log", "max", "min", "sin", "sum", "tan")}

_TERM = r"[A-Za-z0-9+*/ -]"
_BRACED = r"\{[A-Za-z0-9+*/ ,-]*\}"
EXPONENT: Final = rf"\*|-?(?:[0-9]+\.[0-9]+|[A-Za-z0-9]+)|{_BRACED}|\((?:{_TERM}|\({_TERM}*\))*\)"
ATOM: Final = re.compile(
    rf"(?P<base>[A-Za-z]+)(?:_(?P<sub>[A-Za-z0-9]+|{_BRACED}|\({_TERM}*\)))?"
    rf"(?P<star>\*(?![*A-Za-z0-9(]))?(?:\^(?P<sup>{EXPONENT}))?"
)
"""A letter or a word with a subscript, a star and an exponent, such as f_{i+1}, f*^2 or Phi_S^T."""
_PLAIN: Final = frozenset("0123456789 +-/=.,()|")


def macro_name(name: str) -> str:
    """Return the LaTeX command that stands for a name of `NAMES`, such as \\wLTE for L_TE."""
    return "\\w" + "".join(filter(str.isalpha, name.replace("*", "star")))


def macro_lines() -> list[str]:
    """Return the definitions of the commands, one for each name whose LaTeX is more than a letter."""
    names = filter(_has_macro, NAMES)
    return [rf"\newcommand{{{macro_name(name)}}}{{{NAMES[name]}}}" for name in names]


def _has_macro(name: str) -> bool:
    return not (len(NAMES[name]) == 1 or NAMES[name].lstrip("\\").isalpha())


def typeset(name: str, *, macros: bool = False) -> str:
    """Return a symbol's or a vector's name, such as (I - P) f_TE, as LaTeX mathematics.

    With `macros`, names of the papers become the commands of `macro_lines`. Characters that are neither
    letters, digits nor ordinary operators print as they are.
    """
    if name in NAMES:
        return _known(name, macros)
    pieces: list[str] = []
    position = 0
    while position < len(name):
        if match := ATOM.match(name, position):
            pieces.append(typeset_atom(match[0], macros=macros))
            position = match.end()
        else:
            character = name[position]
            pieces.append(character if character in _PLAIN else rf"\text{{{escape(character)}}}")
            position += 1
    return "".join(pieces)


def typeset_atom(text: str, *, macros: bool = False) -> str:
    """Return what `ATOM` matches as LaTeX mathematics; raises ValueError for what it does not match."""
    match = ATOM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no name")
    base, subscript, star, power = match.group("base", "sub", "star", "sup")
    exponent = f"^{{{typeset_script(power)}}}" if power else ""
    whole = base + (f"_{subscript}" if subscript else "") + (star or "")
    if whole in NAMES:
        known = _known(whole, macros)
        return f"{{{known}}}{exponent}" if star and exponent else known + exponent
    plain = GREEK.get(base) or OPERATORS.get(base) or (base if len(base) == 1 else rf"\mathrm{{{base}}}")
    plain = plain if subscript else NAMES.get(base, plain)
    plain += f"_{{{typeset_script(subscript)}}}" if subscript else ""
    return plain + ("^{*}" if star else "") + exponent


def _known(name: str, macros: bool) -> str:
    return macro_name(name) if macros and _has_macro(name) else NAMES[name]


def typeset_script(text: str) -> str:
    """Return a subscript or an exponent, in brackets or not, as LaTeX mathematics without brackets."""
    if text.startswith(("{", "(")):
        return typeset(text[1:-1])
    return text if len(text) == 1 else typeset(text)
