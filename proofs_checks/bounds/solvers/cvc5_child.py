"""The process that asks cvc5: one question a line on standard input, one answer a line on standard output, as JSON.

It is a script of its own, so that it starts without the package. cvc5 does not keep its limits in nonlinear search, so the
operating system ends the process when a question has used its CPU time; its parent sees that and starts another.
"""

from __future__ import annotations

import json
import signal
import sys
from fractions import Fraction
from itertools import zip_longest
from typing import Any

import cvc5


def answer(text: str, names: list[str]) -> dict[str, Any]:
    """Return cvc5's answer to a script and, if that is sat, the values of the named constants."""
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("produce-models", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "problem")
    symbols = parser.getSymbolManager()
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said = str(command.invoke(solver, symbols)).strip() or said
    if said != "sat":
        return {"said": said}
    declared = {str(item): item for item in symbols.getDeclaredTerms()}
    return {"said": said, "values": [value(solver, solver.getValue(declared[name])) for name in names]}


def value(solver: cvc5.Solver, item: Any) -> dict[str, Any] | None:
    """Return a number as text, or as the coefficients of a polynomial, constant first, with the ends of an interval."""
    if item.isRealAlgebraicNumber():
        terms = solver.getTermManager()
        x = terms.mkVar(terms.getRealSort(), "x")
        ends = item.getRealAlgebraicNumberLowerBound(), item.getRealAlgebraicNumberUpperBound()
        return {
            "coefficients": [str(c) for c in coefficients(item.getRealAlgebraicNumberDefiningPolynomial(x))],
            "ends": [str(end.getRealValue()) for end in ends],
        }
    if item.isIntegerValue():
        return {"number": str(item.getIntegerValue())}
    return {"number": str(item.getRealValue())} if item.isRealValue() else None


def coefficients(item: Any) -> list[Fraction]:
    """Return the coefficients of a polynomial in one variable, constant first. Raises RuntimeError for any other."""
    if item.isRealValue():
        return [item.getRealValue()]
    if item.getKind() == cvc5.Kind.VARIABLE:
        return [Fraction(0), Fraction(1)]
    parts = list(map(coefficients, item))
    total = parts[0]
    for part in parts[1:]:
        if item.getKind() == cvc5.Kind.ADD:
            total = [a + b for a, b in zip_longest(total, part, fillvalue=Fraction(0))]
        elif item.getKind() == cvc5.Kind.MULT:
            product = [Fraction(0)] * (len(total) + len(part) - 1)
            for i, a in enumerate(total):
                for j, b in enumerate(part):
                    product[i + j] += a * b
            total = product
        else:
            raise RuntimeError(f"not a polynomial: {item}")
    return total


def main() -> None:
    """Answer until standard input ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, asked["seconds"])
        try:
            found = answer(asked["text"], asked["names"])
        except RuntimeError as error:
            found = {"said": f"error: {error}"}
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
