(** Weak-to-strong regression in two subspaces (Dong et al. 2025): who beats whom.

    A teacher with [d_w] features is fitted to [n] labelled points with noise variance [sigma2]; a student with [d_s]
    features is fitted to [N] points which the teacher labels; [d_sw] is the correlation dimension of the two spans,
    which hold the target. The risks are those of [subspace_risks] without bias, for real numbers of points and
    dimensions. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

(** ** The risks of a target that lies in both spans *)

(** The teacher's error in each direction of its span. *)
Definition direction_error n d_w sigma2 := sigma2 / (n - d_w - 1).

Definition teacher_risk n d_w sigma2 := direction_error n d_w sigma2 * d_w.
Definition baseline_risk n d_s sigma2 := direction_error n d_s sigma2 * d_s.

(** The student inherits [d_sw] of the teacher's [d_w] dimensions and keeps a [share] of the rest. *)
Definition kept_dimension share d_w d_sw := d_sw + share * (d_w - d_sw).
Definition student_risk share n d_w d_sw sigma2 := direction_error n d_w sigma2 * kept_dimension share d_w d_sw.

Definition population_share N d_s := d_s / (N - d_s - 1).
Definition in_sample_share N d_s := d_s / N.

Lemma direction_error_positive n d_w sigma2 : sigma2 > 0 -> n > d_w + 1 -> 0 < direction_error n d_w sigma2.
Proof. intros noisy labels. apply Rdiv_lt_0_compat; lra. Qed.

(** ** The student against its teacher *)

(** Of what lies off its span the student removes all but its share. *)
Lemma removed share n d_w d_sw sigma2 :
  teacher_risk n d_w sigma2 - student_risk share n d_w d_sw sigma2
  = direction_error n d_w sigma2 * ((d_w - d_sw) * (1 - share)).
Proof. unfold teacher_risk, student_risk, kept_dimension. ring. Qed.

Theorem advantage_over_teacher n N d_s d_w d_sw sigma2 :
  n > d_w + 1 -> N > d_s + 1 ->
  teacher_risk n d_w sigma2 - student_risk (population_share N d_s) n d_w d_sw sigma2
  = sigma2 * (d_w - d_sw) * (N - 2 * d_s - 1) / ((N - d_s - 1) * (n - d_w - 1)).
Proof.
  intros labels points. rewrite removed. unfold direction_error, population_share. field. lra.
Qed.

Theorem advantage_in_sample n N d_s d_w d_sw sigma2 :
  n > d_w + 1 -> N > 0 ->
  teacher_risk n d_w sigma2 - student_risk (in_sample_share N d_s) n d_w d_sw sigma2
  = sigma2 * (d_w - d_sw) * (N - d_s) / (N * (n - d_w - 1)).
Proof.
  intros labels points. rewrite removed. unfold direction_error, in_sample_share. field. lra.
Qed.

(** With n = 10, N = 5, d_s = d_w = 2, d_sw = 1 and sigma2 = 1 the student has no advantage: N = 2 d_s + 1, although
    N > d_s + 2. *)
Theorem more_points_are_needed :
  teacher_risk 10 2 1 - student_risk (population_share 5 2) 10 2 1 1 = 0.
Proof. rewrite advantage_over_teacher by lra. field. Qed.

(** Whatever its share, the student wins if and only if there is something to remove and it removes some of it. *)
Lemma student_wins_iff share n d_w d_sw sigma2 :
  sigma2 > 0 -> n > d_w + 1 -> d_sw <= d_w ->
  student_risk share n d_w d_sw sigma2 < teacher_risk n d_w sigma2 <-> d_sw < d_w /\ share < 1.
Proof.
  intros noisy labels correlated.
  pose proof (removed share n d_w d_sw sigma2) as gap.
  pose proof (direction_error_positive n d_w sigma2 noisy labels) as error.
  split.
  - intros wins.
    assert (product : 0 < (d_w - d_sw) * (1 - share)) by (apply Rmult_lt_reg_l with (1 := error); lra).
    assert (apart : d_w <> d_sw) by (intros same; rewrite same in product; lra).
    assert (removes : 0 < 1 - share) by (apply Rmult_lt_reg_l with (d_w - d_sw); lra).
    split; lra.
  - intros [apart removes].
    assert (product : 0 < (d_w - d_sw) * (1 - share)) by (apply Rmult_lt_0_compat; lra).
    pose proof (Rmult_lt_0_compat _ _ error product). lra.
Qed.

Lemma quotient_below_one x y : y > 0 -> x / y < 1 <-> x < y.
Proof.
  intros positive. split; intros smaller.
  - apply Rmult_lt_reg_r with (/ y); [now apply Rinv_0_lt_compat |]. rewrite Rinv_r by lra. exact smaller.
  - apply Rmult_lt_reg_r with y; [exact positive |]. replace (x / y * y) with x by (field; lra). lra.
Qed.

(** The exact condition: the student beats its teacher if and only if part of the teacher's span is off its own and it
    has more than 2 d_s + 1 points. *)
Theorem student_beats_teacher_iff n N d_s d_w d_sw sigma2 :
  sigma2 > 0 -> n > d_w + 1 -> N > d_s + 1 -> d_sw <= d_w ->
  student_risk (population_share N d_s) n d_w d_sw sigma2 < teacher_risk n d_w sigma2
  <-> d_sw < d_w /\ N > 2 * d_s + 1.
Proof.
  intros noisy labels points correlated.
  rewrite student_wins_iff by assumption.
  unfold population_share. rewrite quotient_below_one by lra.
  split; intros [apart enough]; split; lra.
Qed.

Theorem more_points_than_features_do_not_suffice : ~ forall n N d_s d_w d_sw sigma2,
  sigma2 > 0 -> n > d_w + 1 -> N > d_s + 1 -> d_sw <= d_w ->
  student_risk (population_share N d_s) n d_w d_sw sigma2 < teacher_risk n d_w sigma2 <-> d_sw < d_w /\ N > d_s.
Proof.
  intros claimed. destruct (claimed 10 5 2 2 1 1) as [_ wins]; [lra .. |].
  pose proof more_points_are_needed. specialize (wins ltac:(lra)). lra.
Qed.

(** On the points it was fitted on, more points than features are enough. *)
Theorem student_beats_teacher_in_sample_iff n N d_s d_w d_sw sigma2 :
  sigma2 > 0 -> n > d_w + 1 -> N > 0 -> d_sw <= d_w ->
  student_risk (in_sample_share N d_s) n d_w d_sw sigma2 < teacher_risk n d_w sigma2 <-> d_sw < d_w /\ N > d_s.
Proof.
  intros noisy labels points correlated.
  rewrite student_wins_iff by assumption.
  unfold in_sample_share. now rewrite quotient_below_one by lra.
Qed.

(** A filter that is 1 in the student's span and [A] off it keeps [A^2] of what is off it. *)
Theorem filtered_share A d_w d_sw :
  d_w > 0 -> kept_dimension (A ^ 2) d_w d_sw / d_w = d_sw / d_w + A ^ 2 * (1 - d_sw / d_w).
Proof. intros features. unfold kept_dimension. field. lra. Qed.

(** A filter of 1/2 keeps a quarter. *)
Theorem filter_is_squared : ~ forall A d_w d_sw,
  d_w > 0 -> kept_dimension (A ^ 2) d_w d_sw / d_w = d_sw / d_w + A * (1 - d_sw / d_w).
Proof. intros claimed. pose proof (claimed (1 / 2) 1 0 ltac:(lra)) as wrong. unfold kept_dimension in wrong. lra. Qed.

(** What the student removes of its teacher's variance. *)
Theorem removed_share N d_s d_w d_sw :
  N > d_s + 1 -> d_w > 0 ->
  1 - kept_dimension (population_share N d_s) d_w d_sw / d_w
  = (1 - d_sw / d_w) * (N - 2 * d_s - 1) / (N - d_s - 1).
Proof. intros points features. unfold kept_dimension, population_share. field. lra. Qed.

(** With N - d_s as in sample it would be more than all: at four points and one feature it is half. *)
Theorem removed_share_is_not_in_sample : ~ forall N d_s d_w d_sw,
  N > d_s + 1 -> d_w > 0 ->
  1 - kept_dimension (population_share N d_s) d_w d_sw / d_w = (1 - d_sw / d_w) * (N - d_s) / (N - d_s - 1).
Proof.
  intros claimed. pose proof (claimed 4 1 1 0 ltac:(lra) ltac:(lra)) as wrong.
  unfold kept_dimension, population_share in wrong. lra.
Qed.

(** There no point more is needed: with two points and one feature each, uncorrelated, the advantage is 1/2. *)
Theorem no_point_more_in_sample : ~ forall n N d_s d_w d_sw sigma2,
  n > d_w + 1 -> N > 0 ->
  teacher_risk n d_w sigma2 - student_risk (in_sample_share N d_s) n d_w d_sw sigma2
  = sigma2 * (d_w - d_sw) * (N - d_s - 1) / (N * (n - d_w - 1)).
Proof.
  intros claimed. pose proof (claimed 3 2 1 1 0 1 ltac:(lra) ltac:(lra)) as wrong.
  rewrite advantage_in_sample in wrong; lra.
Qed.

(** ** The student against the strong features fitted on the labels *)

(** Positive where there are labels enough for the student to win. *)
Definition label_surplus n d_s d_w kept := n * (d_s - kept) - d_s * (d_w + 1) + kept * (d_s + 1).

Lemma over_baseline share n d_s d_w d_sw sigma2 :
  n > d_w + 1 -> n > d_s + 1 ->
  baseline_risk n d_s sigma2 - student_risk share n d_w d_sw sigma2
  = sigma2 / ((n - d_w - 1) * (n - d_s - 1)) * label_surplus n d_s d_w (kept_dimension share d_w d_sw).
Proof.
  intros weak strong. unfold baseline_risk, student_risk, direction_error, label_surplus. field. lra.
Qed.

Theorem advantage_over_baseline n N d_s d_w d_sw sigma2 :
  n > d_w + 1 -> n > d_s + 1 -> N > d_s + 1 ->
  let kept := d_sw + population_share N d_s * (d_w - d_sw) in
  baseline_risk n d_s sigma2 - student_risk (population_share N d_s) n d_w d_sw sigma2
  = sigma2 * (n * (d_s - kept) - d_s * (d_w + 1) + kept * (d_s + 1)) / ((n - d_w - 1) * (n - d_s - 1)).
Proof.
  intros weak strong points kept. rewrite over_baseline by assumption.
  unfold label_surplus, kept_dimension. fold kept. field. lra.
Qed.

Theorem student_beats_baseline_iff share n d_s d_w d_sw sigma2 :
  sigma2 > 0 -> n > d_w + 1 -> n > d_s + 1 ->
  student_risk share n d_w d_sw sigma2 < baseline_risk n d_s sigma2
  <-> label_surplus n d_s d_w (kept_dimension share d_w d_sw) > 0.
Proof.
  intros noisy weak strong.
  pose proof (over_baseline share n d_s d_w d_sw sigma2 weak strong) as gap.
  set (surplus := label_surplus _ _ _ _) in *.
  set (factor := sigma2 / _) in gap.
  assert (positive : 0 < factor) by (apply Rdiv_lt_0_compat; [lra | apply Rmult_lt_0_compat; lra]).
  split; intros wins.
  - apply Rmult_lt_reg_l with (1 := positive). lra.
  - pose proof (Rmult_lt_0_compat _ _ positive wins). lra.
Qed.

(** What the student keeps counts with d_s + 1: with d_s = 1 and all of a teacher's two dimensions kept, at n = 5 the
    baseline is better by 2/3. *)
Theorem kept_counts_with_one_more : ~ forall n N d_s d_w d_sw sigma2,
  n > d_w + 1 -> n > d_s + 1 -> N > d_s + 1 ->
  let kept := d_sw + population_share N d_s * (d_w - d_sw) in
  baseline_risk n d_s sigma2 - student_risk (population_share N d_s) n d_w d_sw sigma2
  = sigma2 * (n * (d_s - kept) - d_s * (d_w + 1) + kept * d_s) / ((n - d_w - 1) * (n - d_s - 1)).
Proof.
  intros claimed. pose proof (claimed 5 3 1 2 2 1 ltac:(lra) ltac:(lra) ltac:(lra)) as wrong.
  cbv zeta in wrong. rewrite advantage_over_baseline in wrong by lra.
  unfold population_share in wrong. lra.
Qed.
