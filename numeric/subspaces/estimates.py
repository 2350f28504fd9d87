"""The numbers that the theory of two subspaces needs, estimated from two feature matrices of the same examples.

A feature map's intrinsic subspace is spanned by its leading principal components. All that least squares sees of two
such subspaces are functions on the examples, so their angles are taken there: the cosines are the canonical
correlations of the two sets of components. For phi_w = Sigma_w^(1/2) z and phi_s = Sigma_s^(1/2) z with one Gaussian
z, as in the theory, these are the principal angles of V_w and V_s; for other features no common coordinates are needed,
and the widths may differ.

In a sample of m examples, spans look closer and fits look better than they are. Estimates here undo this to first
order in features/examples; those of rho_w, rho_s and the noise are unbiased for Gaussian features.

Source: Dong et al. 2025 for the intrinsic dimension; the corrections are derived here, to first order in
features/examples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.linalg

from numeric.subspaces.pairs import Floats, check_points
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.subspaces import TwoSubspaces

SHARE = 0.99
_DEPENDENT = 1e-6
"""A singular value of both bases together, of norm 1 each, below which a direction is in both spans."""

_LARGEST = 1e100
"""The largest label; squares are summed."""


@dataclass(frozen=True)
class IntrinsicFeatures:
    """The leading principal components of a feature matrix.

    `components` (examples, d) are orthonormal in the mean over examples, `directions` (width, d) span them in the
    features' own coordinates. `rank` counts the columns that are linearly independent, `idle` those that are zero
    throughout. With `intercept` the first component is the constant 1, which has no direction.
    """

    components: Floats
    directions: Floats
    rank: int
    idle: int
    intercept: bool

    @property
    def dimension(self) -> int:
        """The intrinsic dimension, the constant included if there is one."""
        return int(self.components.shape[1])


def intrinsic_features(
    name: str, features: Floats, share: float = SHARE, intercept: bool = False, allow_dependent: bool = False
) -> IntrinsicFeatures:
    """Return the fewest principal components with this share of the trace of the second moment.

    `features` is (examples, width); `name` is for messages. `share` is in (0, 1]; 1 keeps all independent columns.
    With `intercept` the features are centred, and the constant function joins their span. Columns that are (then) zero
    throughout, such as units that never fire, are left out. Raises InvalidInput for another shape or share, numbers
    that are not finite, features that are all zero, or linearly dependent columns unless `allow_dependent`.
    """
    if features.ndim != 2 or 0 in features.shape:
        raise InvalidInput(
            f"{name} features have shape {features.shape}; use one row an example, one column a feature"
        )
    if not np.all(np.isfinite(features)):
        raise InvalidInput(f"{name} features are not all finite; remove NaN and infinite entries")
    if not 0 < share <= 1:
        raise InvalidInput(f"share of the trace is {share:g}; it must be in (0, 1]")
    examples, width = features.shape
    # Components and directions do not depend on the scale, and squares of very large numbers overflow.
    features = features / (np.max(np.abs(features)) or 1.0)
    # Relative to the size before centring: all that centring leaves of a constant column is rounding.
    negligible = float(np.linalg.norm(features)) * max(examples, width) * np.finfo(float).eps
    if intercept:
        features = features - features.mean(axis=0)
    working = np.flatnonzero(np.linalg.norm(features, axis=0) > negligible)
    if not len(working):
        raise InvalidInput(
            f"{name} features are all {'constant' if intercept else 'zero'}; give features that vary"
        )
    left, singular, right = scipy.linalg.svd(features[:, working], full_matrices=False, check_finite=False)
    rank = int(np.sum(singular > negligible))
    if rank < len(working) and not allow_dependent:
        raise InvalidInput(
            f"{name} features are rank-deficient: {rank} of {len(working)} columns are linearly independent in "
            f"{examples} examples; drop columns or add examples, or allow dependent columns (--allow-dependent)"
        )
    traces = np.cumsum(singular[:rank] ** 2)
    kept = rank if share == 1 else int(np.searchsorted(traces, share * traces[-1])) + 1
    components = left[:, :kept] * np.sqrt(examples)
    if intercept:
        components = np.column_stack([np.ones(examples), components])
    directions = np.zeros((width, kept))
    directions[working] = right[:kept].T
    return IntrinsicFeatures(components, directions, rank, width - len(working), intercept)


@dataclass(frozen=True)
class FeatureEstimates:
    """Estimates from two feature matrices: `numbers` holds dimensions, noise and misfits, but no points.

    `cosines` are the sample's canonical correlations, in decreasing order. `ambient_d_sw` is the correlation
    dimension in the features' own coordinates: ||V_s^T V_w||_F^2 for equal widths, and otherwise its mean d_s d_w/width
    after the narrower features are embedded at random. `labelled_columns` is 0 without labels; then the noise is in
    units of its own and the target is taken to lie in both spans.
    """

    numbers: TwoSubspaces
    examples: int
    cosines: Floats
    ambient_d_sw: float
    labelled_columns: int
    notes: tuple[str, ...]

    def at(self, labelled: int, unlabelled: int) -> TwoSubspaces:
        """Return the numbers at n labelled and N unlabelled points; raises InvalidInput where a risk is infinite."""
        check_points(labelled, unlabelled, self.numbers.d_s, self.numbers.d_w)
        return replace(self.numbers, labelled=labelled, unlabelled=unlabelled)

    def default_points(self) -> tuple[int, int]:
        """Return n and N: a fifth of the examples labelled and the rest not, and at least twice the fewest."""
        d_s, d_w = self.numbers.d_s, self.numbers.d_w
        labelled = max(self.examples // 5, 2 * (max(d_s, d_w) + 1))
        return labelled, max(self.examples - labelled, 2 * (d_s + 1))


def estimate_features(
    weak: IntrinsicFeatures,
    strong: IntrinsicFeatures,
    labels: Floats | None = None,
    noise: float | None = None,
) -> FeatureEstimates:
    """Return the estimates for intrinsic features of the same examples, and labels (examples,) or (examples, columns).

    Squares are summed over the columns of the labels. Without `noise`, all that neither span explains counts as label
    noise; with it, the rest of that counts as target that neither span reaches. Raises InvalidInput for different
    numbers of examples, fewer than d_s + d_w + 2 of them, labels of another shape or not finite, or a noise that is
    not a finite number >= 0.
    """
    examples = len(weak.components)
    if len(strong.components) != examples:
        raise InvalidInput(
            f"weak features have {examples} rows and strong features {len(strong.components)}; use the same examples"
        )
    least = weak.dimension + strong.dimension + 2
    if examples < least:
        raise InvalidInput(
            f"{examples} examples are too few for intrinsic dimensions d_w = {weak.dimension} and d_s = "
            f"{strong.dimension}; give at least d_s + d_w + 2 = {least}, or a smaller share of the trace"
        )
    if noise is not None and not (np.isfinite(noise) and noise >= 0):
        raise InvalidInput(f"label noise sigma2 is {noise}; it must be a finite number >= 0")
    overlap = strong.components.T @ weak.components / examples
    cosines = np.clip(scipy.linalg.svdvals(overlap), 0, 1)
    numbers = TwoSubspaces(d_s=strong.dimension, d_w=weak.dimension)
    numbers = replace(numbers, d_sw=correlation_dimension(cosines, numbers.d_s, numbers.d_w, examples))
    notes = [
        f"left out {features.idle} of the {name} features' columns: "
        f"{'constant' if features.intercept else 'zero'} throughout"
        for name, features in (("weak", weak), ("strong", strong))
        if features.idle
    ]
    if labels is None:
        numbers = replace(numbers, noise=1.0 if noise is None else noise, **dict.fromkeys(_MISFITS, 0.0))
    else:
        table = _as_table(labels, examples)
        numbers, found = _with_misfits(numbers, weak.components, strong.components, overlap, table, noise)
        notes += found
    columns = 0 if labels is None else table.shape[1]
    return FeatureEstimates(numbers, examples, cosines, _ambient(weak, strong), columns, tuple(notes))


def correlation_dimension(cosines: Floats, d_s: int, d_w: int, examples: int) -> float:
    """Return the estimate of the sum of squared canonical correlations, from those of a sample.

    The sample's sum has the mean d_sw + (d_s - d_sw)(d_w - d_sw)/examples to first order for Gaussian features,
    exactly d_s d_w/examples for independent ones; this is solved for d_sw, within [0, min(d_s, d_w)].
    """
    # The least angles are rounded: a cosine this close to 1 is 1, and its direction lies in both spans.
    shared = int(np.sum(cosines > 1 - _DEPENDENT**2))
    rest_s, rest_w = d_s - shared, d_w - shared
    sample = float(np.sum(cosines[shared:] ** 2))
    half = (examples - rest_s - rest_w) / 2
    root = np.sqrt(max(half**2 - (rest_s * rest_w - sample * examples), 0.0)) - half
    return shared + float(np.clip(root, 0, min(rest_s, rest_w)))


_MISFITS = ("rho_s", "rho_w", "seen", "unseen", "overlap")


def _with_misfits(
    numbers: TwoSubspaces, weak: Floats, strong: Floats, overlap: Floats, labels: Floats, noise: float | None
) -> tuple[TwoSubspaces, list[str]]:
    """Return the numbers with noise and misfits from regressions on either span and on both."""
    examples = len(labels)
    d_s, d_w = numbers.d_s, numbers.d_w
    total = float(np.sum(labels**2))
    by_weak, by_strong = (basis.T @ labels / examples for basis in (weak, strong))
    beyond_weak = total - examples * float(np.sum(by_weak**2))
    beyond_strong = total - examples * float(np.sum(by_strong**2))
    beyond_both, dimension = _residual(np.hstack([weak, strong]), labels)
    outside = beyond_both / (examples - dimension)
    left_by_weak, left_by_strong = beyond_weak / (examples - d_w), beyond_strong / (examples - d_s)
    notes = []
    if noise is None:
        noise = outside
    elif noise > outside:
        notes.append(
            f"sigma2 = {noise:g} is above the residual variance {outside:.6g} of the labels on both spans"
        )
    rho_w, rho_s = max(left_by_weak - noise, 0.0), max(left_by_strong - noise, 0.0)
    # Of the teacher's residual, what the strong features explain; the trace is that of both projections' complements.
    then_by_strong = by_strong - overlap @ by_weak
    trace = float(np.sum(overlap**2))
    left = beyond_weak - examples * float(np.sum(then_by_strong**2))
    seen = (left_by_weak - left / (examples - d_w - d_s + trace)) * examples / (examples - d_w)
    # Of the teacher itself, what they do not explain, beside the teacher's own error off V_s.
    missed = float(np.sum(by_weak**2) - np.sum((overlap @ by_weak) ** 2))
    unseen = (missed - left_by_weak * (d_w - trace) / examples) * examples / (examples - d_s)
    seen, unseen = float(np.clip(seen, 0, rho_w)), max(unseen, 0.0)
    # <(I - P_s) theta, P_w theta>, by expanding the four squared norms.
    cross = (rho_s - rho_w + seen + unseen) / 2
    found = replace(numbers, noise=noise, rho_s=rho_s, rho_w=rho_w, seen=seen, unseen=unseen, overlap=cross)
    return found, notes


def _residual(basis: Floats, labels: Floats) -> tuple[float, int]:
    """Return the residual sum of squares of the labels on the basis, and the dimension of its span."""
    left, singular, _ = scipy.linalg.svd(basis, full_matrices=False, check_finite=False)
    span = left[:, singular > _DEPENDENT * singular[0]]
    return float(np.sum(labels**2) - np.sum((span.T @ labels) ** 2)), span.shape[1]


def _as_table(labels: Floats, examples: int) -> Floats:
    table = labels[:, None] if labels.ndim == 1 else labels
    if table.ndim != 2 or len(table) != examples or 0 in table.shape:
        raise InvalidInput(
            f"labels have shape {labels.shape}; use one row for each of the {examples} examples"
        )
    if not np.all(np.isfinite(table)):
        raise InvalidInput("labels are not all finite; remove NaN and infinite entries")
    if np.max(np.abs(table)) > _LARGEST:
        raise InvalidInput(f"labels go up to {np.max(np.abs(table)):.1e}; use numbers up to {_LARGEST:.0e}")
    return table


def _ambient(weak: IntrinsicFeatures, strong: IntrinsicFeatures) -> float:
    """Return the correlation dimension in the features' coordinates; the constant, if any, is shared."""
    widths = [features.directions.shape for features in (weak, strong)]
    shared = int(weak.intercept and strong.intercept)
    if widths[0][0] != widths[1][0]:
        return float(shared + widths[0][1] * widths[1][1] / max(widths[0][0], widths[1][0]))
    return shared + float(np.sum((strong.directions.T @ weak.directions) ** 2))
