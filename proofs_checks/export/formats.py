"""Single formulas as text: LaTeX, MathML, Markdown, sympy and Python."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from sympy import Eq, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.printing.codeprinter import PrintMethodNotImplementedError
from sympy.printing.pycode import pycode
from sympy.printing.repr import ReprPrinter

from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.inner_products import expand_norms
from w2s_theory.latex import latex


class _Builder(ReprPrinter):  # type: ignore[misc]
    """sympy's code printer, which also names what is assumed of an undefined function."""

    def _print_FunctionClass(self, function: Any) -> str:
        if not issubclass(function, AppliedUndef):
            return str(function.__name__)
        assumptions = "".join(f", {name}={value}" for name, value in function._kwargs.items())
        return f"Function({function.__name__!r}{assumptions})"


_BUILDER: Final = _Builder()


def as_latex(statement: Sequence[Any]) -> str:
    """Return each relation of the statement as one line of LaTeX, without delimiters."""
    return "\n".join(latex(part) for part in statement)


def as_mathml(statement: Sequence[Any]) -> str:
    """Return each relation of the statement as one `<math>` element."""
    from proofs_checks.report.mathml import mathml

    return "\n".join(mathml(part) for part in statement)


def as_markdown(statement: Sequence[Any]) -> str:
    """Return each relation of the statement as a display between double dollar signs."""
    return "\n\n".join(f"$$\n{latex(part)}\n$$" for part in statement)


def as_sympy(statement: Sequence[Any]) -> str:
    """Return the expression that builds the statement, with the assumptions on its symbols, unevaluated."""
    parts = [_built(part) for part in statement]
    return f"And({', '.join(parts)}, evaluate=False)" if len(parts) > 1 else parts[0]


def _built(part: Any) -> str:
    if not isinstance(part, Relational):
        return str(_BUILDER.doprint(part))
    return (
        f"{type(part).__name__}({_BUILDER.doprint(part.lhs)}, {_BUILDER.doprint(part.rhs)}, evaluate=False)"
    )


def as_python(statement: Sequence[Any]) -> str:
    """Return a function of the statement's variables that says whether it holds, equalities up to rounding.

    An expression becomes a function that returns its value. Raises InvalidInput where the statement mentions
    what Python's math module does not have.
    """
    parts = [expand_norms(part) for part in statement]
    names = _identifiers(set().union(*(part.free_symbols for part in parts)))
    plain = {old: Symbol(name) for old, name in names.items()}
    body = " and ".join(_python(part.xreplace(plain)) for part in parts)
    return f"import math\n\n\ndef formula({', '.join(sorted(names.values()))}):\n    return {body}"


def _python(part: Any) -> str:
    if not isinstance(part, Relational):
        return _code(part)
    left, right = _code(part.lhs), _code(part.rhs)
    if isinstance(part, Eq):
        return f"math.isclose({left}, {right}, rel_tol=1e-9, abs_tol=1e-12)"
    return f"({left}) {part.rel_op} ({right})"


def _code(expression: Any) -> str:
    try:
        return str(pycode(expression, strict=True))
    except PrintMethodNotImplementedError as error:
        raise InvalidInput(
            f"no Python form for {type(expression).__name__} ({' '.join(str(error).split())}); "
            f"allowed: {', '.join(name for name in FORMATS if name != 'python')}"
        ) from error


def _identifiers(symbols: set[Symbol]) -> dict[Symbol, str]:
    names = {symbol: _identifier(symbol.name) for symbol in symbols}
    if len(set(names.values())) < len(names):
        raise InvalidInput("two variables would have the same Python name; allowed: --format sympy")
    return names


def _identifier(name: str) -> str:
    spelled = (
        name.replace("||^2", "_squared").replace("||", "norm_").replace("<", "inner_").replace("*", "_star")
    )
    plain = re.sub(r"[^A-Za-z0-9_]+", "_", spelled).strip("_")
    return f"{plain}_" if keyword.iskeyword(plain) else plain


FORMATS: Final[dict[str, Callable[[Sequence[Any]], str]]] = {
    "latex": as_latex,
    "mathml": as_mathml,
    "markdown": as_markdown,
    "sympy": as_sympy,
    "python": as_python,
}
