"""LaTeX as people paste it from a paper, brought into the plain grammar by the parser of pylatexenc."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from w2s_theory.errors import InvalidInput

_MACROS = {
    "ge": ">=",
    "geq": ">=",
    "geqslant": ">=",
    "le": "<=",
    "leq": "<=",
    "leqslant": "<=",
    "ne": "!=",
    "neq": "!=",
    "gt": ">",
    "lt": "<",
    "cdot": "*",
    "times": "*",
    "land": " and ",
    "wedge": " and ",
    "lor": " or ",
    "vee": " or ",
    "neg": " not ",
    "lnot": " not ",
    "langle": "⟨",
    "rangle": "⟩",
    "|": "‖",
    "Vert": "‖",
    "lVert": "‖",
    "rVert": "‖",
    "star": "*",
    "ast": "*",
    "ln": "log",
}
_SPACES = frozenset({"left", "right", "quad", "qquad", ",", ";", "!", ":", " ", "big", "Big", "displaystyle"})
_FONTS = frozenset({"mathcal", "mathrm", "text", "mathit", "mathbf", "operatorname", "mathsf", "textrm"})
_FRACTIONS = re.compile(r"\\[dt]frac(?![A-Za-z])")
_VECTOR = re.compile(r"f_?(\w+)")


def plain(text: str, names: Collection[str]) -> str:
    r"""Return LaTeX as plain text, such as L_ST >= ((3)/(4))*L_TE**2 for \mathcal L_{ST} \ge \frac34 \mathcal L_{TE}^2.

    Norms and inner products of f_TE, f_ST and f^* become the names norm_TE, inner_ST_TE, inner_ST_target. Raises
    InvalidInput for what cannot be read.
    """
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    try:
        plainer = _FRACTIONS.sub(r"\\frac", text.replace("$", " "))
        nodes, _, _ = LatexWalker(plainer, tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerError as error:
        raise InvalidInput(f"cannot read the LaTeX: {' '.join(str(error).split())[:120]}") from error
    written = _text(nodes)
    written = re.sub(r"f(?:\^|\*\*)\(?\*\)?", "f_target", written)
    written = re.sub(r"‖\s*f_(\w+?)\s*‖", r" norm_\1", written)
    written = re.sub(r"⟨\s*f_(\w+?)\s*,\s*f_(\w+?)\s*⟩", _inner(names), written)
    if "sigma2" in names:
        written = re.sub(r"\bsigma\^\(?2\)?", "sigma2", written)
    return written.replace("^", "**")


def _inner(names: Collection[str]) -> Any:
    def written(found: re.Match[str]) -> str:
        first, second = found.groups()
        return (
            f" inner_{first}_{second}" if f"inner_{first}_{second}" in names else f" inner_{second}_{first}"
        )

    return written


def _text(nodes: Sequence[Any]) -> str:
    pieces: list[str] = []
    for node in nodes:
        piece = _one(node)
        if pieces and pieces[-1].endswith("_"):
            # A subscript joins its name.
            pieces[-1] += re.sub(r"[\s,]", "", piece)
            pieces.append(" ")
        elif pieces and pieces[-1].endswith("^") and type(node).__name__ == "LatexGroupNode":
            pieces.append(f"({piece})")
        else:
            pieces.append(piece)
    return "".join(pieces)


def _one(node: Any) -> str:
    kind = type(node).__name__
    if kind == "LatexCharsNode":
        # Only the next character is raised.
        return re.sub(r"\^(\d)(?=\d)", r"^\1 ", str(node.chars))
    if kind == "LatexGroupNode":
        return _text(node.nodelist)
    if kind != "LatexMacroNode":
        raise InvalidInput(
            f"cannot read {node.latex_verbatim()!r} in LaTeX; write it like L_ST >= 3/4*L_TE**2"
        )
    name = node.macroname
    arguments = [item for item in (node.nodeargd.argnlist if node.nodeargd else []) if item is not None]
    if name in _SPACES:
        return " "
    if name in _MACROS:
        return _MACROS[name]
    if name in _FONTS:
        return _text(arguments)
    if name == "frac" and len(arguments) == 2:
        top, bottom = (_text([item]) for item in arguments)
        return f"(({top})/({bottom}))"
    if name == "sqrt" and arguments:
        inside = _text(arguments[-1:])
        order = _text(arguments[0].nodelist) if len(arguments) > 1 else "2"
        return f"sqrt({inside})" if order == "2" else f"(({inside})**(1/{order}))"
    return str(name) if not arguments else f"{name}({_text(arguments)})"
