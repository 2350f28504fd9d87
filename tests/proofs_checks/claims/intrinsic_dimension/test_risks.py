"""What the risks in two subspaces assume of formal vectors holds of those of drawn fits, mean by mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from sympy import Expr, Symbol
from sympy.core.relational import Relational

from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.risks import (
    BASELINE_RISK,
    CEILING_RISK,
    IN_SAMPLE_RISK,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
)
from w2s_theory.geometry.inner_products import expand_norms, factors
from w2s_theory.relations import STRICT, as_text, equal, margin

Array = NDArray[np.float64]

DIMENSION, D_W, D_S, LABELLED, POINTS, NOISE, DRAWS = 7, 3, 2, 16, 14, 0.5, 40_000
generator = np.random.default_rng(3)
WEAK, STRONG = (np.linalg.qr(generator.standard_normal((DIMENSION, columns)))[0] for columns in (D_W, D_S))
THETA = generator.standard_normal(DIMENSION) / 2


@dataclass(frozen=True)
class Means:
    """Named vectors, draw by draw and with what their inner products are divided by, and the values of symbols."""

    vectors: Mapping[str, tuple[Array, int]]
    values: Mapping[str, float]

    def of(self, expression: Expr) -> float:
        """Return an expression at the means of inner products and the values of other symbols."""
        expanded = expand_norms(expression)
        return float(expanded.subs({each: self._of(each) for each in expanded.free_symbols}).doit().evalf())

    def _of(self, symbol: Symbol) -> float:
        names = factors(symbol)
        if names is None or str(symbol) in self.values:
            return self.values[str(symbol)]
        (left, size), (right, _) = (self.vectors[name] for name in names)
        return float(np.mean(np.sum(left * right, axis=-1)) / size)

    def hold(self, relation: Relational) -> bool:
        """Return whether a relation holds, an equality up to 3% of its larger side, or .006 where that is small."""
        if isinstance(relation, STRICT):
            return self.of(margin(relation)) > 0
        left, right = map(self.of, relation.args)
        return abs(left - right) <= 0.03 * max(abs(left), abs(right), 0.2)


def off(basis: Array, vectors: Array) -> Array:
    """Return (I - P) x for vectors x, one a row."""
    return np.asarray(vectors - vectors @ basis @ basis.T)


def fit(basis: Array, targets: Array, points: int, noise: float) -> tuple[Array, Array, Array, Array]:
    """Fit labels <target, z> + noise at Gaussian points: the error A r, (Z^T Z)^-1, the points, and the noise."""
    inputs = generator.standard_normal((DRAWS, points, DIMENSION))
    errors = np.sqrt(noise) * generator.standard_normal((DRAWS, points))
    residuals = np.einsum("kpi,ki->kp", inputs, off(basis, targets)) + errors
    design = inputs @ basis
    inverse = np.linalg.inv(np.swapaxes(design, 1, 2) @ design)
    return np.einsum("kij,kpj,kp->ki", inverse, design, residuals) @ basis.T, inverse, inputs, errors


def traces(name: str, fixed: Array, inverse: Array) -> dict[str, float]:
    """Return the means of tr(K (Z^T Z)^-1) and of what entries off the diagonal contribute to it."""
    mean = inverse.mean(axis=0)
    return {
        f"F_{name}": float(np.sum(fixed * mean)),
        f"K_{name}": float(np.sum(fixed * mean) - np.sum(np.diag(fixed) * np.diag(mean))),
    }


def drawn(claim: Claim) -> Means:
    """Return what a claim assumes something of, from drawn fits."""
    theta = np.tile(THETA * (claim is not STUDENT_VARIANCE), (DRAWS, 1))
    basis = STRONG if claim in (BASELINE_RISK, CEILING_RISK) else WEAK
    name, points = "s" if basis is STRONG else "w", LABELLED + POINTS * (claim is CEILING_RISK)
    error, inverse, inputs, noise = fit(basis, theta, points, NOISE)
    answers = theta - off(basis, theta) + error
    own, student_inverse, student_inputs, _ = fit(STRONG, answers, POINTS, 0)
    missed, foreign, unsaid = (theta - answers + error, answers - error, theta)
    missed, foreign, unsaid = missed - off(STRONG, missed), off(STRONG, foreign), off(STRONG, unsaid)
    said = np.einsum("kpi,ki->kp", student_inputs, answers - off(STRONG, answers) - theta + unsaid)
    vectors = {
        "A r": error,
        "P_s A r": error - off(STRONG, error),
        "(I - P_s) A r": off(STRONG, error),
        "(I - P_w) theta": off(WEAK, theta),
        "(I - P_s) theta": unsaid,
        "P_s (I - P_w) theta": missed,
        "(I - P_s) P_w theta": foreign,
        "B q": own,
    }
    residuals = {
        f"z^T (I - P_{name}) theta": np.einsum("kpi,ki->kp", inputs, off(basis, theta)),
        "epsilon": noise,
    }
    at_points = {
        "X P_s (w - theta)": said,
        "X P_s A r": np.einsum("kpi,ki->kp", student_inputs, vectors["P_s A r"]),
        "H q": np.einsum("kpi,ki->kp", student_inputs, own),
        "X (I - P_s) theta": np.einsum("kpi,ki->kp", student_inputs, unsaid),
    }
    overlap = WEAK.T @ STRONG @ STRONG.T @ WEAK
    student_error = answers - off(STRONG, answers) + own - theta
    risks = {
        f"ER_{'w' if basis is WEAK else 's' if claim is BASELINE_RISK else 'c'}": answers - theta,
        "ER_w2s": student_error,
    }
    in_sample = np.mean(np.einsum("kpi,ki->kp", student_inputs, student_error) ** 2)
    products = {"b_s": (missed, missed), "b_w": (foreign, foreign), "b_sw": (unsaid, foreign)}
    sizes = {"rho_w": off(WEAK, theta), "rho_s": unsaid}
    return Means(
        {key: (value, 1) for key, value in vectors.items()}
        | {key: (value, points) for key, value in residuals.items()}
        | {key: (value, POINTS) for key, value in at_points.items()},
        {"n": LABELLED, "N": POINTS, "d_w": D_W, "d_s": D_S, "d_sw": np.trace(overlap), "sigma2": NOISE}
        | {"H_s": D_S, "h": D_S / POINTS, "||u||^2": 1, "ER_w2s_in_sample": in_sample, "Var_w2s": in_sample}
        | {f"T_{name}": float(np.trace(inverse.mean(axis=0))) / len(inverse[0])}
        | traces(name, np.eye(len(inverse[0])), inverse)
        | (
            {}
            if basis is STRONG
            else traces("in", overlap, inverse) | traces("off", np.eye(D_W) - overlap, inverse)
        )
        | ({} if basis is STRONG else traces("s", np.eye(D_S), student_inverse))
        | ({} if basis is STRONG else {"T_s": float(np.trace(student_inverse.mean(axis=0))) / D_S})
        | {key: float(left[0] @ right[0]) for key, (left, right) in products.items()}
        | {key: float(value[0] @ value[0]) for key, value in sizes.items()}
        | {key: float(np.mean(np.sum(value**2, axis=1))) for key, value in risks.items()},
    )


CLAIMS = (TEACHER_RISK, BASELINE_RISK, CEILING_RISK, STUDENT_VARIANCE, STUDENT_RISK, IN_SAMPLE_RISK)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_what_a_risk_assumes_holds_of_drawn_fits(claim: Claim) -> None:
    means = drawn(claim)
    assert len(claim.premises) > 5
    assert [as_text(relation) for relation in claim.premises if not means.hold(relation)] == []
    assert [as_text(step.relation) for step in claim.derivation[2:] if not means.hold(step.relation)] == []


def test_a_wrong_assumption_does_not_hold() -> None:
    means = drawn(STUDENT_RISK)
    equalities = [each for each in STUDENT_RISK.premises if not isinstance(each, STRICT)]
    assert [each for each in equalities if means.hold(equal(each.lhs, each.rhs + 0.2))] == []
