"""The spectrum of ReLU random features on the sphere S^{d-1}.

rf.spectrum  the coefficients s_k of ReLU, and how many harmonics have degree k
rf.kernel    the kernel in closed form, with eigenvalues s_k^2
"""

from __future__ import annotations

from sympy import (
    Eq,
    Integral,
    Rational,
    S,
    binomial,
    cos,
    gamma,
    pi,
    sin,
)

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.relations import at_least, equal
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.dual_kernels import PHI, THETA, kernel_derivation
from w2s_theory.sphere.funk_hecke import D, K, M, integration_steps, relu_even_form, rodrigues_steps
from w2s_theory.sphere.integrals import HarmonicCount, KernelCoefficient, ReluCoefficient, even_integral

UNIFORM = Assumption(
    "x and u uniform on the unit sphere S^{d-1}, d >= 2; act(z) = max(z, 0)", (at_least(D, 2),)
)
KERNEL_EXPANSION = Assumption(
    "lambda_k = E K(<u,x>) P_k(<u,x>) for the kernel K(<u,v>) = E act(<u,x>) act(<v,x>)"
)
HALF = Rational(1, 2)


def identity(text: str, relation: Eq) -> Step:
    """Return a step that concludes an equation by exact algebra."""
    return Step(text, relation, Rule.IDENTITY)


DEGREE = K
HARMONICS = (2 * DEGREE + D - 2) / DEGREE * binomial(DEGREE + D - 3, DEGREE - 1)
even_coefficient, odd_coefficient = ReluCoefficient(D, 2 * M + 2), ReluCoefficient(D, 2 * M + 3)
even_value = relu_even_form(D, M + 1)
coefficient_conclusions = {
    "degree-0": identity("Degree 0.", equal(ReluCoefficient(D, S.Zero), relu_even_form(D, S.Zero))),
    "degree-1": identity("Degree 1.", equal(ReluCoefficient(D, S.One), 1 / (2 * D))),
    "even": identity(
        "Even degrees, by the reflection formula of Gamma.", equal(even_coefficient, even_value)
    ),
    "odd": identity(
        "Odd degrees from 3 on: an odd derivative of an even function at 0.", equal(odd_coefficient, 0)
    ),
    "harmonics": identity(
        "A form of degree k is a harmonic one plus r^2 times a form of degree k - 2: the dimensions subtract.",
        equal(HarmonicCount(D, DEGREE), HARMONICS),
    ),
}

SPECTRUM = Claim(
    id="rf.spectrum",
    title="The coefficients of ReLU on the sphere",
    source=Source(RF, "the spectrum of the ReLU kernel"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        UNIFORM,
        Assumption(
            "s_k = E act(<u,x>) P_k(<u,x>), P_k the Legendre polynomial in dimension d; N(d, k) harmonics of degree k"
        ),
        Assumption("m >= 0 and k >= 1 integers"),
    ),
    states=tuple(Part(name, step.relation) for name, step in coefficient_conclusions.items()),
    derivation=(*rodrigues_steps(), *integration_steps(), *coefficient_conclusions.values()),
    remarks=("One formula serves every even degree, 0 included.",),
)

angular_kernel = (sin(THETA) + (pi - THETA) * cos(THETA)) / (2 * pi * D)
even_eigenvalue, odd_eigenvalue = KernelCoefficient(D, 2 * M + 2), KernelCoefficient(D, 2 * M + 3)
kernel_conclusions = {
    "closed-form": identity(
        "For a Gaussian x the radius contributes E |x|^2 = d and, in the plane of u and v, E r^2 = 2: "
        "what is left is an integral over the angles at which both features are active.",
        equal(
            Integral(cos(PHI) * cos(THETA - PHI), (PHI, THETA - pi / 2, pi / 2)) / (pi * D), angular_kernel
        ),
    ),
    **{
        f"degree-{degree}": identity(
            f"Degree {degree}.",
            equal(KernelCoefficient(D, degree), ReluCoefficient(D, degree) ** 2),
        )
        for degree in (S.Zero, S.One)
    },
    "even": identity("Even degrees: start and recursion agree.", equal(even_eigenvalue, even_coefficient**2)),
    "odd": identity("Odd degrees from 3 on: both vanish.", equal(odd_eigenvalue, odd_coefficient**2)),
}

KERNEL = Claim(
    id="rf.kernel",
    title="The ReLU kernel in closed form, with eigenvalues s_k^2",
    source=Source(RF, "the ReLU kernel; arc-cosine kernel of order 1 (Cho and Saul 2009)"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        UNIFORM,
        KERNEL_EXPANSION,
        Assumption("<u,v> = cos(theta), 0 < theta < pi"),
        Assumption("m >= 0 an integer"),
    ),
    states=tuple(Part(name, step.relation) for name, step in kernel_conclusions.items()),
    derivation=(
        *kernel_derivation(RELU.order),
        identity(
            "The recursion two degrees up, solved from n = 0 on.",
            equal(even_integral(D, M + 1), ((2 * M + 1) / (2 * M + D - 1)) ** 2 * even_integral(D, M)),
        ),
        *kernel_conclusions.values(),
        identity(
            "The even degrees' share of the trace 1/(2d) is 1/(4d): Dougall's sum of the very-well-poised "
            "series of N(d, 2m) s_2m^2.",
            equal(
                relu_even_form(D, S.Zero) ** 2
                * gamma(HALF)
                * gamma((D + 1) / 2) ** 2
                * gamma(3 * HALF)
                / (gamma(D / 2) * gamma(D / 2 + 1)),
                1 / (4 * D),
            ),
        ),
    ),
    remarks=(
        "Legendre polynomials are complete, so K(rho) = sum_k N(d, k) s_k^2 P_k(rho); rho = 1 gives the trace.",
    ),
)

CLAIMS = (SPECTRUM, KERNEL)
