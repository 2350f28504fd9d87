"""Medvedev et al. 2025 under Gaussian universality: what a teacher and its stopped student lose.

rf.universality  deterministic equivalents of L_TE and L_ST(t), against exact simulations
"""

from __future__ import annotations

from sympy import Expr, Sum, exp, oo

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Source
from w2s_theory.claims.papers import RF
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE, TIME, Topic
from w2s_theory.relations import equal
from w2s_theory.spectra.universality import IDENTITIES

letters = Topic(__name__)

LEVEL = letters.symbol("i", integer=True, nonnegative=True)
EIGENVALUES = letters.indexed("lambda")
MULTIPLICITIES, MASSES = (letters.indexed(name, positive=True) for name in ("N", "m"))
eigenvalue, multiplicity, mass = EIGENVALUES[LEVEL], MULTIPLICITIES[LEVEL], MASSES[LEVEL]


def over_levels(term: Expr) -> Sum:
    """Return the sum of a term over all levels of the kernel's spectrum."""
    return Sum(term, (LEVEL, 0, oo))


missed = KAPPA / (eigenvalue + KAPPA)
learned = 1 - exp(-TIME * eigenvalue)
weight = multiplicity * eigenvalue / (eigenvalue + KAPPA) ** 2

TEACHER_LOSS = over_levels(mass * missed)
STUDENT_LOSS = over_levels(mass * (1 - learned * (1 - missed)) ** 2) + (
    over_levels(mass * missed * (1 - missed)) * over_levels(weight * learned**2) / over_levels(weight)
)

COPY_OF_TEACHER = IDENTITIES[1]
"""Overtraining returns the teacher: at h = 1 the two sums of L_ST add up to L_TE."""

UNIVERSALITY = Claim(
    id="rf.universality",
    title="Gaussian universality predicts the losses of random-feature teachers and students",
    source=Source(RF, "section 3, the assumption of Gaussian universality"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        Assumption("kernel eigenvalues lambda_i with multiplicities N_i, target masses m_i with sum 1"),
        Assumption("kappa > 0 solves sum N_i lambda_i / (lambda_i + kappa) = M, the teacher's width"),
        Assumption("features replaced by Gaussian vectors with the kernel's spectrum; M large"),
        Assumption("infinitely wide student, gradient flow from 0 stopped at time t"),
    ),
    states=(
        Part("teacher", equal(L_TE, TEACHER_LOSS)),
        Part("student", equal(L_ST, STUDENT_LOSS)),
        Part("overtraining", COPY_OF_TEACHER.relation),
    ),
    derivation=IDENTITIES,
    remarks=(
        "The equivalents are the assumption's consequence, not a theorem about ReLU features: "
        "simulations support them.",
    ),
)

CLAIMS = (UNIVERSALITY,)
