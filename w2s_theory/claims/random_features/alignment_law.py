"""Medvedev et al. 2025: the law of the feature alignment kappa_S for isotropic linear features.

rf.kappa-beta  1 - kappa_S has a Beta law
"""

from __future__ import annotations

from sympy import Expr, Integer, Integral, exp, gamma, oo

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.notation.symbols import DIMENSION, M, Topic
from w2s_theory.relations import equal
from w2s_theory.spectra.fixed_point import exact_kappa
from w2s_theory.spectra.universality import Level, misalignment

letters = Topic(__name__)

CAPTURED = letters.symbol("b", positive=True)
"""A value in (0, 1) of 1 - kappa_S, the share of f* that the teacher captures."""
total = letters.symbol("r", positive=True)


def gamma_density(value: Expr, shape: Expr) -> Expr:
    """Return the density at `value` > 0 of the Gamma law with this shape and scale 1."""
    return value ** (shape - 1) * exp(-value) / gamma(shape)


def beta_density(first: Expr, second: Expr) -> Expr:
    """Return the density at b of the Beta law with these parameters."""
    constant = gamma(first + second) / (gamma(first) * gamma(second))
    return constant * CAPTURED ** (first - 1) * (1 - CAPTURED) ** (second - 1)


fitted_half, missed_half = M / 2, (DIMENSION - M) / 2
BETA_DENSITY = beta_density(fitted_half, missed_half)
joint_density = (
    gamma_density(total * CAPTURED, fitted_half) * gamma_density(total * (1 - CAPTURED), missed_half) * total
)
CAPTURED_DENSITY = Integral(joint_density, (total, 0, oo))
"""The density of X/(X + Y) at b: X ~ Gamma(M/2) of the span, Y ~ Gamma((d-M)/2) of its complement, X + Y = r."""
isotropic_level = Level(Integer(1), DIMENSION, Integer(1))
ISOTROPIC_MISALIGNMENT = misalignment((Integer(1),), exact_kappa((isotropic_level,), M))
MEAN_MISALIGNMENT = 1 - M / DIMENSION
moment_ratio = gamma(M / 2 + 1) * gamma(DIMENSION / 2) / (gamma(M / 2) * gamma(DIMENSION / 2 + 1))

BETA_LAW = Claim(
    id="rf.kappa-beta",
    title="The alignment's law for isotropic linear features",
    source=Source(RF, "linear networks, isotropic case"),
    provenance=Provenance.NEW,
    assumptions=(
        Assumption("features <u, x> with u ~ N(0, I_d), x ~ N(0, I_d), M < d of them"),
        Assumption("S spanned by one unit f*: kappa_S = L_TE, b a value of 1 - kappa_S in (0, 1)"),
        Assumption(
            "by rotation, 1 - kappa_S = X/(X + Y), X and Y half the squared lengths of a Gaussian vector's first M and "
            "last d - M coordinates, which have Gamma laws"
        ),
    ),
    states=(
        Part("density", equal(CAPTURED_DENSITY, BETA_DENSITY)),
        Part("mean", equal(ISOTROPIC_MISALIGNMENT, MEAN_MISALIGNMENT)),
    ),
    derivation=(
        Step(
            "Integrate over X + Y = r the joint density of X = r b and Y = r (1 - b), of Jacobian r: "
            "1 - kappa_S has the law Beta(M/2, (d - M)/2).",
            equal(CAPTURED_DENSITY, BETA_DENSITY),
            Rule.IDENTITY,
        ),
        Step(
            "Its mean is M/d, so that L_TE has mean 1 - M/d.",
            equal(1 - moment_ratio, MEAN_MISALIGNMENT),
            Rule.IDENTITY,
        ),
        Step(
            "Gaussian universality gives the same mean: one level of multiplicity d, where kappa = (d - M)/M.",
            equal(ISOTROPIC_MISALIGNMENT, MEAN_MISALIGNMENT),
            Rule.IDENTITY,
        ),
    ),
)

CLAIMS = (BETA_LAW,)
