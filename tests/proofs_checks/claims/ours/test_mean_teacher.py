"""The symmetric ensemble of teachers in a case done by hand."""

from __future__ import annotations

from flint import fmpq

from proofs_checks.claims.ours.mean_teacher import SymmetricEnsemble

# The symmetries turn e_1 into e_1 or e_2, each with probability 1/2.
ENSEMBLE = SymmetricEnsemble(features=((1, 0, 0),), target=(3, 4, 0))


def test_each_mode_of_the_plane_is_missed_half_the_time_and_the_other_always() -> None:
    assert ENSEMBLE.missed == [fmpq(1, 2), fmpq(1, 2), fmpq(1)]


def test_the_mean_teacher_halves_a_target_in_the_plane() -> None:
    assert ENSEMBLE.mean_loss(ENSEMBLE.target) == fmpq(1, 2)
    assert ENSEMBLE.mean_teacher_risk(ENSEMBLE.target) == fmpq(1, 4)


def test_across_both_eigenspaces_the_risk_exceeds_the_square_of_the_mean_loss() -> None:
    # q = 1/2 and q = 1 with equal masses: risk (1/4 + 1)/2, mean loss 3/4.
    assert ENSEMBLE.mean_loss((1, 0, 1)) == fmpq(3, 4)
    assert ENSEMBLE.mean_teacher_risk((1, 0, 1)) == fmpq(5, 8)
