"""Random bounds over all models from a seeded grammar: about half of them true, many of them nearly tight."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from . import states
from .evaluation import STUDENTS, Floats, read
from .second_route import with_derived

MODELS = ("shrinkage", "bounded", "chain", "eigenfunction", "subspace", "squared", "bregman-binary")
SHARES = (5, 3, 4, 3, 2, 3, 3)
LOSSES, GEOMETRY = (
    ("L_TE", "L_ST", "PGR"),
    ("norm_TE", "norm_ST", "inner_ST_TE", "inner_ST_target", "inner_TE_target"),
)
SQUARED = ("risk_w", "risk_s", "misfit", "gap", "projection_error", "variance", "risk_mean", "cross_term")
BINARY = (*SQUARED, "entropy_s", "RCE", "CE_w", "CE_s", "target", "student", "mean_teacher")
RISKS = ("ER_w", "ER_w2s", "ER_w2s_in_sample", "ER_s", "ER_c", "PGR", "OPR")
NUMBERS = ("n", "N", "d_s", "d_w", "d_sw", "sigma2", "rho_w", "rho_s", "b_s", "b_w", "b_sw")
NAMES = {
    **dict.fromkeys(STUDENTS, (*LOSSES, *LOSSES[:2] * 3, *GEOMETRY)),
    "squared": SQUARED,
    "bregman-binary": (*BINARY, "target", "student", "mean_teacher"),
    "subspace": (*RISKS, *NUMBERS),
}
COMPARISONS = (">=", ">=", ">=", "<=", "<=", ">", "<", "==", "!=")
CONSTANTS = (
    *("0", "1", "2", "3", "1/2", "3/4", "1/4", "2/3", "1/3", "9/16", "4/9", "5/2", "0.1", "10", "100"),
    *(
        "sqrt(2)",
        "sqrt(3)",
        "sqrt(2+sqrt(3))",
        "pi",
        "E",
        "log(2)",
        "exp(-1)",
        "2**(1/3)",
        "1e-6",
        "1e9",
        "10**12",
        "1e-15",
    ),
)
LARGEST = 1e9
PERTURBED = (
    "",
    "",
    "",
    "*(1-1e-9)",
    "*(1+1e-9)",
    "*0.999",
    "*1.001",
    "*0.9",
    "*1.1",
    " + 1e-12",
    " - 1e-12",
    "*1/2",
    "*2",
)


@dataclass(frozen=True)
class Bound:
    """A bound as a user types it."""

    text: str
    model: str
    where: str = ""
    parameters: dict[str, int] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        return self.parameters.get("steps", 2) if self.model == "chain" else 1

    @property
    def command(self) -> str:
        where = f' --where "{self.where}"' if self.where else ""
        steps = "".join(f" --{name} {value}" for name, value in self.parameters.items())
        return f'w2s check "{self.text}" --model {self.model}{where}{steps}'


def generated(seed: int, index: int) -> Bound:
    """Return one bound; the same numbers give the same bound."""
    return _Grammar(random.Random(f"{seed}:{index}")).bound()


class _Grammar:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        (self.model,) = rng.choices(MODELS, SHARES)
        self.parameters = {}
        if self.model == "chain":
            # Long chains are slow: most are short.
            self.parameters = {"steps": rng.choice((1, 2, 2, 2, 2, 3, 3, 3, 4, rng.randint(1, 12)))}
        self.steps = self.parameters.get("steps", 1)
        self.names = NAMES[self.model]

    def bound(self) -> Bound:
        text = self.claim()
        where = self.where() if self.rng.random() < 0.35 else ""
        return Bound(text, self.model, where, self.parameters)

    def claim(self) -> str:
        kind = self.rng.random()
        if kind < 0.8:
            return self.comparison()
        one, two = self.comparison(), self.comparison()
        return self.rng.choice(
            (f"{one} and {two}", f"{one} or {two}", f"not ({one})", f"not ({one} and {two})")
        )

    def comparison(self) -> str:
        pick = self.rng.random()
        if pick < 0.35:
            return self.tight()
        if pick < 0.5:
            return self.identity()
        if pick < 0.65 and self.model in STUDENTS:
            return self.one_variable()
        if pick < 0.9:
            return self.calibrated()
        return f"{self.term(2)} {self.sign()} {self.term(1)}"

    def sign(self) -> str:
        return self.rng.choice(COMPARISONS)

    def constant(self) -> str:
        rng = self.rng
        roll = rng.random()
        if roll < 0.5:
            return rng.choice(CONSTANTS)
        if roll < 0.8:
            return f"{rng.randint(1, 12)}/{rng.randint(1, 12)}"
        return str(round(rng.uniform(0.01, 3), rng.randint(1, 4)))

    def exponent(self) -> str:
        return self.rng.choice(
            (
                "2",
                "2",
                "2",
                "3",
                "4",
                "(1/2)",
                "(3/2)",
                "2.5",
                "(1/3)",
                "sqrt(2)",
                "1.9",
                "pi",
                "-1",
                "(sqrt(2)+1)",
            )
        )

    def term(self, depth: int) -> str:
        rng = self.rng
        if depth == 0 or rng.random() < 0.2:
            return rng.choice(self.names) if rng.random() < 0.75 else self.constant()
        roll = rng.random()
        inner = self.term(depth - 1)
        if roll < 0.22:
            return f"({inner} {rng.choice('+-')} {self.term(depth - 1)})"
        if roll < 0.42:
            return f"{self.constant()}*{rng.choice(self.names)}"
        if roll < 0.52:
            return f"{inner}*{self.term(depth - 1)}"
        if roll < 0.6:
            return f"({inner})/({self.term(depth - 1)})"
        if roll < 0.78:
            return f"({inner})**{self.exponent()}"
        if roll < 0.84:
            return f"sqrt({inner})"
        if roll < 0.88:
            return f"{rng.choice(('min', 'max'))}({inner}, {self.term(depth - 1)})"
        return f"{rng.choice(('exp', 'log', 'sin', 'cos', 'tan', 'abs', 'abs', 'exp'))}({inner})"

    def tight(self) -> str:
        """Return a bound that is known to be true, or one like it with another constant."""
        rng, n = self.rng, self.steps
        limit = f"{(n + 1) ** 2}/{(2 * n) ** 2}"
        change = rng.choice(PERTURBED)
        options: tuple[str, ...]
        match self.model:
            case "shrinkage":
                options = (
                    f"L_ST >= 3/4*L_TE**2{change}",
                    f"PGR <= 1 - 3/4*L_TE{change}",
                    f"L_ST >= ((sqrt(1+3*L_TE)-sqrt(1-L_TE))/2)**2{change}",
                    f"L_ST > 3/4*L_TE**2{change}",
                    f"norm_ST**2 <= inner_ST_TE{change}",
                    f"L_ST <= (sqrt(1+3*L_TE)+sqrt(1-L_TE))**2/4{change}",
                    f"inner_ST_target >= -1/8{change}",
                    f"L_ST >= 3/4*L_TE**{rng.choice(('2', '2.1', '1.9', 'sqrt(5)', '(9/4)', '3'))}{change}",
                )
            case "bounded":
                options = (
                    f"L_ST >= 1/4*L_TE**2{change}",
                    f"L_ST >= (1-sqrt(1-L_TE))**2{change}",
                    f"PGR <= 1 - L_TE/4{change}",
                    f"norm_ST <= norm_TE{change}",
                    f"L_ST <= (1+norm_TE)**2{change}",
                    f"inner_ST_TE >= -norm_TE**2{change}",
                )
            case "chain":
                options = (
                    f"L_ST >= {limit}*L_TE**2{change}",
                    f"L_ST >= ({n}+1)**2/(4*{n}**2)*L_TE**2*{rng.choice(('0.9', '0.7', '1.0001', '0.99'))}",
                    f"PGR <= 1 - 0.55*L_TE{change}",
                    f"L_ST >= L_TE**2/4{change}",
                    f"norm_ST <= norm_TE{change}",
                    f"L_ST <= 2{change}",
                )
            case "eigenfunction":
                options = (
                    f"L_ST >= L_TE**2{change}",
                    f"PGR <= 1 - L_TE{change}",
                    f"L_ST <= 1{change}",
                    f"inner_ST_target <= inner_TE_target{change}",
                    f"norm_ST**2 <= inner_ST_TE{change}",
                    f"L_ST > L_TE**2*{rng.choice(('cos(L_TE)', 'exp(-L_TE)', 'sqrt(1-L_TE)'))}/2{change}",
                )
            case "squared":
                c = rng.choice(("1", "2", "sqrt(2+sqrt(3))", "1/3", "0.1"))
                options = (
                    f"risk_w <= (1+{c})*risk_s + (1+1/({c}))*misfit{change}",
                    f"sqrt(risk_s) <= sqrt(risk_w) + sqrt(misfit){change}",
                    f"abs(gap) <= misfit + 2*sqrt(misfit*risk_s){change}",
                    f"cross_term**2 <= 4*projection_error*risk_s{change}",
                    f"risk_mean <= risk_w{change}",
                    f"risk_s <= 2*risk_w + 2*misfit{change}",
                    f"gap >= -2*sqrt(risk_w*misfit) - misfit{change}",
                )
            case "bregman-binary":
                options = (
                    f"risk_s >= 2*(target-student)**2{change}",
                    f"risk_mean >= 2*(target-mean_teacher)**2{change}",
                    f"risk_s <= (target-student)**2/(student*(1-student)){change}",
                    f"entropy_s <= log(2){change}",
                    f"entropy_s >= 4*log(2)*student*(1-student){change}",
                    f"risk_w >= risk_mean{change}",
                    f"RCE >= entropy_s{change}",
                    f"CE_w >= risk_w{change}",
                    f"projection_error <= misfit{change}",
                    f"risk_s <= 7{change}",
                )
            case _:
                options = (
                    f"ER_w >= rho_w{change}",
                    f"ER_w2s >= rho_s + b_s{change}",
                    f"ER_c >= rho_s{change}",
                    f"ER_c <= ER_s{change}",
                    f"d_sw <= d_s{change}",
                    f"b_s <= rho_w{change}",
                    f"ER_w >= d_w*sigma2/(n-d_w-1){change}",
                    f"ER_w2s >= ER_w2s_in_sample{change}",
                    f"PGR <= 1 - d_sw/d_w{change}",
                    f"b_sw <= sqrt(rho_s*(rho_s+b_w+rho_w)){change}",
                    f"n >= d_w + 2{change}",
                )
        return rng.choice(options)

    def identity(self) -> str:
        """Return an equation that holds, or one that does not, or that it does not hold."""
        rng = self.rng
        known = {
            **dict.fromkeys(
                STUDENTS,
                (
                    "norm_TE**2 == 1 - L_TE",
                    "inner_TE_target == norm_TE**2",
                    "L_ST == 1 - 2*inner_ST_target + norm_ST**2",
                    "L_TE + inner_TE_target == 1",
                    "PGR*L_TE == L_TE - L_ST",
                    "sqrt(1-L_TE) == norm_TE",
                    "sin(L_TE)**2 + cos(L_TE)**2 == 1",
                    "exp(log(L_ST)) == L_ST",
                ),
            ),
            "squared": (
                "gap == risk_w - risk_s",
                "risk_w == risk_mean + variance",
                "misfit == projection_error + variance",
                "gap - misfit == cross_term",
                "risk_mean == risk_s + projection_error + cross_term",
            ),
            "bregman-binary": (
                "gap == risk_w - risk_s",
                "risk_w == risk_mean + variance",
                "misfit == projection_error + variance",
                "CE_s - risk_s == CE_w - risk_w",
                "RCE == entropy_s + misfit",
                "gap - misfit == cross_term",
                "risk_mean == risk_s + projection_error + cross_term",
            ),
            "subspace": (
                "b_sw == (rho_s + b_w - rho_w + b_s)/2",
                "ER_w - rho_w == d_w*(sigma2+rho_w)/(n-d_w-1)",
                "ER_c - rho_s == d_s*(sigma2+rho_s)/(n+N-d_s-1)",
                "OPR*ER_w2s == ER_s",
            ),
        }[self.model]
        text = rng.choice(known)
        roll = rng.random()
        if roll < 0.5:
            return text
        if roll < 0.75:
            return text.replace("==", rng.choice((">=", "<=", "!=", ">")))
        return text + rng.choice((" + 1e-9", "*1.01", " - 1/1000", "*2"))

    def one_variable(self) -> str:
        """Return a bound of the teacher's loss alone, or of the student's by functions of it."""
        rng = self.rng
        x = rng.choice(("L_TE", "L_TE", "norm_TE", "L_ST"))
        c = self.constant()
        left = rng.choice(
            (
                f"sin(pi*{x})",
                f"exp(-{x})",
                f"{x}**{x}",
                f"2**{x}",
                f"log(1+{x})",
                f"sqrt(1-{x})",
                f"cos({x})",
                f"{x}*log({x})",
                f"sqrt({x}*(2*{x}-1))",
                f"abs({x}-1/2)",
                f"max({x}, 1-{x})",
                f"tan({x})",
                f"{x}**{self.exponent()}",
                f"sqrt(1+sqrt({x}))",
                f"exp({x})-1",
                f"sin({x})/{x}",
                f"1/(1+{x})",
                "L_ST",
                f"L_ST/{x}",
            )
        )
        right = rng.choice(
            (
                f"1 - {x}",
                f"{x}",
                f"1 + {x}",
                f"{c}*{x}",
                f"{x}**2/2",
                f"{x} - {x}**2/2",
                f"1-{x}**2/2",
                "0",
                "0.69",
                f"{c}",
                f"{x} - {x}**3/6",
                f"1 + {x} + {x}**2/2",
                f"{c}*L_TE*log(1+L_TE)",
                f"{c}*L_TE**{self.exponent()}",
                f"{c}*sin(L_TE)**2",
                f"L_TE**2*exp(-L_TE)*{c}",
            )
        )
        return f"{left} {self.sign()} {right}"

    def calibrated(self) -> str:
        """Return a bound of a random term by a constant near the least or largest value among drawn states."""
        rng = self.rng
        for _ in range(5):
            text = self.term(rng.choice((1, 2, 2, 3)))
            _, drawn = states.pool(self.model, self.steps, 3_000)
            with np.errstate(all="ignore"):
                values = Floats(with_derived(self.model, drawn)).value(read(f"{text} >= 0")[1])[0]
            values = np.broadcast_to(values, (1,)) if np.ndim(values) == 0 else values
            finite = values[np.isfinite(values)]
            # A constant of many digits is no bound that anyone types.
            if len(finite) > 20 and finite.min() < finite.max() and np.abs(finite).max() < LARGEST:
                break
        else:
            return self.tight()
        is_below = rng.random() < 0.5
        end = float(finite.min() if is_below else finite.max())
        spread = min(float(finite.max() - finite.min()), 10 + abs(end))
        shift = rng.choice((0.0, 0.3, 0.05, 0.002, -0.002, -0.05, -0.3)) * spread
        constant = Fraction(end - shift if is_below else end + shift)
        simple = constant.limit_denominator(rng.choice((10, 100, 10_000)))
        if is_below:
            sign = rng.choice((">=", ">=", ">"))
            return f"{text} {sign} {simple}"
        return f"{text} {rng.choice(('<=', '<=', '<'))} {simple}"

    def where(self) -> str:
        rng = self.rng
        x = rng.choice(self.names)
        options = [
            f"{x} <= {self.constant()}",
            f"{x} >= {self.constant()}",
            f"{x} > 0",
            f"{self.term(1)} {self.sign()} {self.term(1)}",
            f"{x}**2 == {self.constant()}",
            f"{x} != 0",
            f"{rng.choice(self.names)} == {self.constant()}*{x}",
            f"{x} > 1/2 or {rng.choice(self.names)} < 1/3",
            self.tight(),
        ]
        if self.model in STUDENTS:
            a, b = sorted((rng.randint(0, 10), rng.randint(0, 10)))
            options += [
                f"L_TE <= {rng.choice(('1/2', '1/50', '2/3', '0.9', '1e-6'))}",
                f"{a}/10 <= L_TE and L_TE <= {b}/10",
                "L_TE**3 + L_TE == 1",
                f"L_TE == {rng.randint(0, 9)}/9",
                "PGR >= 0",
                "L_ST <= L_TE",
                f"L_TE**{rng.randint(2, 5)} + {rng.randint(1, 3)}*L_TE == {rng.randint(1, 3)}",
                "L_TE > 1/2 and L_TE <= 1/2",
            ]
        elif self.model == "subspace":
            options += [
                "rho_s == 0",
                "rho_s == 0 and rho_w == 0",
                f"N >= {rng.randint(1, 5)}*d_s + {rng.randint(0, 5)}",
                f"d_s**2 == {rng.randint(1, 9)}",
                f"N**2 == {rng.randint(2, 4)}*d_s**2 and d_s < 4 and N < 8",
                "d_sw == 0",
                f"n == {rng.randint(1, 3)}*d_w + {rng.randint(0, 4)}",
                "d_w < d_s",
            ]
        elif self.model == "squared":
            options += [
                "risk_s**2 == 2",
                "cross_term >= 0",
                "cross_term == 0",
                "variance == 0",
                "misfit < risk_w",
                "risk_w == 1",
            ]
        else:
            options += [
                "target == 1/2",
                "student**2 + target**2 == 1/3",
                "variance == 0",
                f"student >= 1/{rng.randint(2, 20)} and student <= 1 - 1/{rng.randint(2, 20)}",
                "target <= student",
                "risk_s > 7",
                "cross_term >= 0",
            ]
        text = rng.choice(options)
        if rng.random() < 0.15:
            text = f"({text}) and {rng.choice(options)}"
        return text
