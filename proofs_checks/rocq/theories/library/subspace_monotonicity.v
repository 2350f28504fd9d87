(** Weak-to-strong regression in two subspaces (Dong et al. 2025): how the student's risk moves with the correlation
    dimension and with its number of points, bias included.

    The student keeps a [share] of what the teacher's answer has off its span: d_s/(N - d_s - 1) in population, d_s/N on
    the points it was fitted on. [error] is the teacher's variance in each direction of its span. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import subspace_risks.
Open Scope R_scope.

Definition risk share error rho_s b_s b_w d_w d_sw :=
  rho_s + error_inside b_s error d_sw + share * answer_outside b_w error d_w d_sw.

Lemma moved_by_correlation share error rho_s b_s b_w d_w d_sw h :
  risk share error rho_s b_s b_w d_w (d_sw + h) - risk share error rho_s b_s b_w d_w d_sw = error * (h * (1 - share)).
Proof. unfold risk, error_inside, answer_outside. ring. Qed.

Lemma moved_by_share share share' error rho_s b_s b_w d_w d_sw :
  risk share error rho_s b_s b_w d_w d_sw - risk share' error rho_s b_s b_w d_w d_sw
  = (share - share') * answer_outside b_w error d_w d_sw.
Proof. unfold risk. ring. Qed.

Lemma outside_nonnegative b_w error d_w d_sw :
  b_w >= 0 -> error >= 0 -> d_sw <= d_w -> 0 <= answer_outside b_w error d_w d_sw.
Proof.
  intros biased variable correlated. assert (0 <= error * (d_w - d_sw)) by (apply Rmult_le_pos; lra).
  unfold answer_outside. lra.
Qed.

Lemma share_at_most_one x y : 0 < y -> x <= y -> x / y <= 1.
Proof.
  intros positive below. apply Rmult_le_reg_r with y; [exact positive|].
  replace (x / y * y) with x by (field; lra). lra.
Qed.

(** Discrepancies are virtue: where the student keeps at most all, its risk rises with the correlation dimension. *)
Theorem rises_with_correlation share error rho_s b_s b_w d_w d_sw h :
  error >= 0 -> share <= 1 -> h >= 0 ->
  risk share error rho_s b_s b_w d_w (d_sw + h) >= risk share error rho_s b_s b_w d_w d_sw.
Proof.
  intros variable kept more. pose proof (moved_by_correlation share error rho_s b_s b_w d_w d_sw h) as moved.
  assert (0 <= error * (h * (1 - share))) by (repeat apply Rmult_le_pos; lra). lra.
Qed.

Theorem strictly_rises_with_correlation share error rho_s b_s b_w d_w d_sw h :
  error > 0 -> share < 1 -> h > 0 ->
  risk share error rho_s b_s b_w d_w (d_sw + h) > risk share error rho_s b_s b_w d_w d_sw.
Proof.
  intros variable kept more. pose proof (moved_by_correlation share error rho_s b_s b_w d_w d_sw h) as moved.
  assert (0 < error * (h * (1 - share))) by (repeat apply Rmult_lt_0_compat; lra). lra.
Qed.

(** A share above one turns this around: here 2, of two features and, in population, four points. *)
Theorem correlation_helps_with_few_points : ~ forall share error rho_s b_s b_w d_w d_sw h,
  error >= 0 -> share <= 2 -> h >= 0 ->
  risk share error rho_s b_s b_w d_w (d_sw + h) >= risk share error rho_s b_s b_w d_w d_sw.
Proof.
  intros claimed. pose proof (claimed 2 1 0 0 0 2 0 1 ltac:(lra) ltac:(lra) ltac:(lra)) as wrong.
  unfold risk, error_inside, answer_outside in wrong. lra.
Qed.

(** [k] points more, at [u] points beyond the fewest. *)
Theorem falls_with_points d_s u k error rho_s b_s b_w d_w d_sw :
  d_s >= 0 -> u > 0 -> k >= 0 -> b_w >= 0 -> error >= 0 -> d_sw <= d_w ->
  risk (d_s / u) error rho_s b_s b_w d_w d_sw >= risk (d_s / (u + k)) error rho_s b_s b_w d_w d_sw.
Proof.
  intros features some more biased variable correlated.
  pose proof (moved_by_share (d_s / u) (d_s / (u + k)) error rho_s b_s b_w d_w d_sw) as moved.
  pose proof (outside_nonnegative b_w error d_w d_sw biased variable correlated) as outside.
  assert (smaller : d_s / (u + k) <= d_s / u) by (apply Rmult_le_compat_l; [lra | apply Rinv_le_contravar; lra]).
  assert (0 <= (d_s / u - d_s / (u + k)) * answer_outside b_w error d_w d_sw) by (apply Rmult_le_pos; lra).
  lra.
Qed.

Theorem strictly_falls_with_points d_s u k error rho_s b_s b_w d_w d_sw :
  d_s > 0 -> u > 0 -> k > 0 -> answer_outside b_w error d_w d_sw > 0 ->
  risk (d_s / u) error rho_s b_s b_w d_w d_sw > risk (d_s / (u + k)) error rho_s b_s b_w d_w d_sw.
Proof.
  intros features some more outside.
  pose proof (moved_by_share (d_s / u) (d_s / (u + k)) error rho_s b_s b_w d_w d_sw) as moved.
  assert (smaller : d_s / (u + k) < d_s / u).
  { apply Rmult_lt_compat_l, Rinv_lt_contravar; [| apply Rmult_lt_0_compat |]; lra. }
  assert (0 < (d_s / u - d_s / (u + k)) * answer_outside b_w error d_w d_sw) by (apply Rmult_lt_0_compat; lra).
  lra.
Qed.

Theorem does_not_rise_with_points : ~ forall d_s u k error rho_s b_s b_w d_w d_sw,
  d_s >= 0 -> u > 0 -> k >= 0 -> b_w >= 0 -> error >= 0 -> d_sw <= d_w ->
  risk (d_s / (u + k)) error rho_s b_s b_w d_w d_sw >= risk (d_s / u) error rho_s b_s b_w d_w d_sw.
Proof.
  unfold risk, error_inside, answer_outside. intros claimed. pose proof (claimed 2 1 1 1 0 0 0 2 0) as wrong. lra.
Qed.

(** However many points, what is inherited in the strong span remains. *)
Theorem inherited_error_remains share error rho_s b_s b_w d_w d_sw :
  share >= 0 -> b_w >= 0 -> error >= 0 -> d_sw <= d_w ->
  risk share error rho_s b_s b_w d_w d_sw >= rho_s + error_inside b_s error d_sw.
Proof.
  intros kept biased variable correlated.
  pose proof (outside_nonnegative b_w error d_w d_sw biased variable correlated) as outside.
  assert (0 <= share * answer_outside b_w error d_w d_sw) by (apply Rmult_le_pos; lra).
  unfold risk. lra.
Qed.
