"""Every exported equation, read back by sympy's LaTeX parser, is the equation that was exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sympy
from sympy import Basic, Function, Indexed, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.parsing.latex import parse_latex

from proofs_checks.export.claims import formulas, label
from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims
from w2s_theory.geometry.inner_products import SquaredNorm
from w2s_theory.latex import latex, macro_lines
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.sphere.integrals import HarmonicCount, KernelCoefficient, ReluCoefficient

NORM = Function("xNorm")
FUNCTIONS = {"Gamma": sympy.gamma, "loggamma": sympy.loggamma, "xNorm": NORM}
FUNCTION_NAMES = tuple("\\" + name for name in ["cos", "sin", "tan", "log", "arccos"])
SIGNS = {"=": sympy.Eq, r"\geq": sympy.Ge, r"\leq": sympy.Le, ">": sympy.Gt, "<": sympy.Lt}
DIALECT = (
    (r"\\limits", ""),
    (r"0\^\+", "0^{+}"),
    (r"\\partial", "d"),
    (r"\\frac\{d\^\{2\}\}\{d ((?:[^{}]|_\{\w\})+?)\^\{2\}\}", r"\\frac{\\dd}{\\dd \1} \\frac{\\dd}{\\dd \1}"),
    (r"\\frac\{d\}\{d ", r"\\frac{\\dd}{\\dd "),
    (r"\\, d", r"\\, \\dd "),
    (r"\\log\\Gamma", r"\\loggamma"),
    (r"\\left\\\|", r"\\xNorm\\left("),
    (r"\\right\\\|\^\{2\}", r"\\right)"),
)
UNREADABLE = re.compile(r"\\begin\{cases\}")
CASES = r"\begin{cases} %s \text{for}\: \alpha \leq \lambda %s \text{otherwise} \end{cases} \geq 0"
TRANSCRIBED: dict[str, Callable[[int, int], int]] = {
    CASES % (1, 0): lambda threshold, eigenvalue: int(eigenvalue >= threshold),
    f"1 - {CASES % (1, 0)}": lambda threshold, eigenvalue: 1 - int(eigenvalue >= threshold),
}
OPAQUE = (Symbol, Indexed, AppliedUndef, HarmonicCount, KernelCoefficient, ReluCoefficient)

LAYOUT = (
    (r"\\wfit\{(?=\s*\\begin)", ""),
    (r"(?<=\\end\{aligned\})\}", ""),
    (r"\\(begin|end)\{(equation|aligned|gathered)\}(\\label\{[^}]*\})?|&|\\quad", " "),
    (r"\\\\(?!\[)", " "),
    (r"\\bigg([lr])", r"\\BIG\1"),
    (r"\{\}(?=[+-])", ""),
)


def exported_parts(claim: Claim) -> Iterator[tuple[str, Basic, str]]:
    """Yield each exported relation: the equation's name, what was exported, and its text without the layout."""
    name = label(claim.id)
    originals: dict[str, tuple[Basic, ...]] = {name: claim.relations}
    originals |= {f"{name}.step-{n}": (step.relation,) for n, step in enumerate(claim.derivation, start=1)}
    for key, text in formulas(claim, macros=True).items():
        parts = originals[key]
        texts = without_layout(text).split(r"\\[4pt]")
        assert len(texts) == len(parts), key
        for part, plain in zip(parts, texts, strict=True):
            yield key, part, " ".join(plain.split())


def without_layout(text: str) -> str:
    for pattern, replacement in LAYOUT:
        text = re.sub(pattern, replacement, text)
    text = text.replace(r"\BIGl", r"\left").replace(r"\BIGr", r"\right")
    # Of bars the parser reads those without a size alone.
    text = text.replace(r"\left|", "|").replace(r"\right|", "|")
    definitions = [re.fullmatch(r"\\newcommand\{(.+?)\}\{(.*)\}", line) for line in macro_lines()]
    for definition in sorted(filter(None, definitions), key=lambda match: -len(match[1])):
        text = re.sub(re.escape(definition[1]) + r"(?![A-Za-z])", definition[2].replace("\\", r"\\"), text)
    return text


def opaque(expression: Basic) -> set[Basic]:
    """Return the names of an expression: what the parser is to take as one symbol."""
    found: set[Basic] = set()
    for node in sympy.preorder_traversal(expression):
        if isinstance(node, OPAQUE) and str(node) not in "+-":
            found.add(node)
        elif isinstance(node, SquaredNorm):
            found |= {Symbol(name) for name, _ in node.vector.terms}
    return found


def read_back(text: str, original: Basic) -> Any:
    """Return what sympy's parser reads, given how the names of `original` are written."""
    names: dict[str, Basic] = {"e": sympy.E, "pi": sympy.pi}
    for pattern, replacement in DIALECT:
        text = re.sub(pattern, replacement, text)
    text = without_braces_of_arguments(text)
    for number, name in enumerate(sorted(opaque(original), key=lambda item: (-len(latex(item)), str(item)))):
        token = f"x{chr(65 + number)}"
        names[token] = name
        written = re.escape(without_braces_of_arguments(latex(name))) + r"(?![A-Za-z])"
        text = re.sub(rf"(?<![A-Za-z\\]){written}", lambda _, t=token: rf"\{t} ", text)
    text = re.sub(r"(\\x[A-Z]|\\pi)\s*(?=\\left)", r"\1 \\cdot ", text)
    text = re.sub(r"\\dd(?![A-Za-z])\s*", "d", text)
    if not isinstance(original, Relational):
        return rebuilt(parse_latex(text, backend="antlr"), names)
    left, sign, right = sides(text)
    read = (rebuilt(parse_latex(side, backend="antlr"), names) for side in (left, right))
    return SIGNS[sign](*read, evaluate=False)


def sides(text: str) -> tuple[str, str, str]:
    """Return the left-hand side, the sign and the right-hand side: the sign is the only one outside braces."""
    depth = 0
    found = []
    for match in re.finditer(r"[{}]|=|\\geq|\\leq|>|<", text):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] in SIGNS and depth == 0:
            found.append(match)
    (sign,) = found
    return text[: sign.start()], sign[0], text[sign.end() :]


def without_braces_of_arguments(text: str) -> str:
    """Return the text with f{\\left(x \right)} as f\\left(x \right), which the parser takes for an application."""
    start = text.find(r"{\left(")
    while start >= 0:
        depth, end = 1, start + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if text[: end - 1].endswith(r"\right)") and text[:start].endswith(FUNCTION_NAMES):
            text = text[:start] + text[start + 1 : end - 1] + text[end:]
        start = text.find(r"{\left(", start + 1)
    return text


def rebuilt(node: Any, names: dict[str, Basic]) -> Any:
    """Return the expression evaluated afresh, with names and functions put in."""
    if isinstance(node, Symbol) and node.name in names:
        return names[node.name]
    if isinstance(node, AppliedUndef) and node.func.__name__ in FUNCTIONS:
        return FUNCTIONS[node.func.__name__](*(rebuilt(argument, names) for argument in node.args))
    if isinstance(node, SquaredNorm):
        return NORM(sum(value * Symbol(name) for name, value in node.vector.terms))
    if not node.args or isinstance(node, OPAQUE):
        return node
    unevaluated = {"evaluate": False} if isinstance(node, Relational) else {}
    return node.func(*(rebuilt(argument, names) for argument in node.args), **unevaluated)


def same(left: Any, right: Any) -> bool:
    if isinstance(right, Relational):
        return type(left) is type(right) and same(left.lhs, right.lhs) and same(left.rhs, right.rhs)
    return bool(left == right or sympy.expand(left - right) == 0)


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_every_exported_equation_reads_back_as_the_original(claim: Claim) -> None:
    wrong = [
        name
        for name, original, text in exported_parts(claim)
        if not UNREADABLE.search(text) and not same(read_back(text, original), rebuilt(original, {}))
    ]
    assert wrong == []


def test_what_the_parser_cannot_read_evaluates_to_the_original() -> None:
    low, high = Symbol("alpha", positive=True), Symbol("lambda", nonnegative=True)
    seen = set()
    for claim in all_claims():
        for name, original, text in exported_parts(claim):
            if UNREADABLE.search(text):
                assert text in TRANSCRIBED, f"{name} needs a transcription: {text}"
                seen.add(text)
                for threshold, value in ((1, 2), (2, 1), (3, 3)):
                    exported = original.lhs.subs({low: threshold, high: value})
                    assert exported == TRANSCRIBED[text](threshold, value), name
    assert seen == set(TRANSCRIBED)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (L_ST >= 3 * L_TE**2 / 4, r"\wLST \geq \frac{4 \wLTE^{2}}{3}"),
        (L_ST >= 3 * L_TE**2 / 4, r"\wLST \leq \frac{3 \wLTE^{2}}{4}"),
        (L_ST >= (1 - L_TE) ** 2, r"\wLST \geq 1 - \wLTE^{2}"),
        (sympy.Eq(sympy.gamma(L_TE), L_ST), r"\Gamma\left(\wLST\right) = \wLTE"),
    ],
)
def test_a_wrong_formula_does_not_read_back(right: Relational, wrong: str) -> None:
    assert same(read_back(without_layout(latex(right, macros=True)), right), rebuilt(right, {}))
    assert not same(read_back(without_layout(wrong), right), rebuilt(right, {}))
