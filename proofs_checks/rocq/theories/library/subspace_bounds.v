(** Weak-to-strong regression in two subspaces (Dong et al. 2025): the published bounds, and where they peak.

    [d_kept] is the number of the teacher's dimensions whose variance the student keeps, d_sw + (d_w - d_sw) d_s/N, and
    [rho] what the two spans leave out of the target, rho_s + rho_w. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

Lemma nonnegative_quotient x y : 0 <= x -> 0 < y -> 0 <= x / y.
Proof. intros nonneg positive. apply Rmult_le_pos; [exact nonneg | now apply Rlt_le, Rinv_0_lt_compat]. Qed.

(** ** What an upper bound of the student's risk implies *)

(** The recovered part of the gap: a ceiling above 0 only helps, as do a student below [most] and a teacher
    above [least]. *)
Theorem recovered_gap_bound teacher student ceiling least most :
  0 <= ceiling < teacher -> student <= teacher -> student <= most -> 0 < least <= teacher -> 0 <= most ->
  1 - most / least <= (teacher - student) / (teacher - ceiling).
Proof.
  intros gap helps above below nonneg.
  assert (helped : 0 <= ceiling * (teacher - student) / (teacher * (teacher - ceiling)))
    by (apply nonnegative_quotient; [apply Rmult_le_pos | apply Rmult_lt_0_compat]; lra).
  assert (student_below : 0 <= (most - student) / teacher) by (apply nonnegative_quotient; lra).
  assert (teacher_above : 0 <= most * (teacher - least) / (least * teacher))
    by (apply nonnegative_quotient; [apply Rmult_le_pos | apply Rmult_lt_0_compat]; lra).
  replace ((teacher - student) / (teacher - ceiling))
    with (1 - most / least + most * (teacher - least) / (least * teacher) + (most - student) / teacher
          + ceiling * (teacher - student) / (teacher * (teacher - ceiling)))
    by (field; lra).
  lra.
Qed.

(** A student as good as the ceiling recovers all of the gap: here teacher, student and ceiling are 1, 1/2 and 1/2. *)
Theorem gap_not_sum : ~ forall teacher student ceiling least most,
  0 <= ceiling < teacher -> student <= teacher -> student <= most -> 0 < least <= teacher -> 0 <= most ->
  1 - most / least <= (teacher - student) / (teacher + ceiling).
Proof.
  intros claimed.
  pose proof (claimed 1 (1 / 2) (1 / 2) 1 (1 / 2) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)). lra.
Qed.

(** A ratio is at least that of a lower and an upper bound. *)
Theorem outperformance_bound baseline student least most :
  0 < student <= most -> 0 <= least <= baseline -> least / most <= baseline / student.
Proof.
  intros above below.
  assert (student_below : 0 <= least * (most - student) / (most * student))
    by (apply nonnegative_quotient; [apply Rmult_le_pos | apply Rmult_lt_0_compat]; lra).
  assert (baseline_above : 0 <= (baseline - least) / student) by (apply nonnegative_quotient; lra).
  replace (baseline / student)
    with (least / most + least * (most - student) / (most * student) + (baseline - least) / student)
    by (field; lra).
  lra.
Qed.

(** Upside down it fails: a baseline of 1 against a student of 1/2. *)
Theorem ratio_not_inverted : ~ forall baseline student least most,
  0 < student <= most -> 0 <= least <= baseline -> least / most <= student / baseline.
Proof. intros claimed. pose proof (claimed 1 (1 / 2) 1 (1 / 2) ltac:(lra) ltac:(lra)). lra. Qed.

(** ** The published bounds *)

Definition kept_by_share N d_s d_w d_sw := d_sw + (d_w - d_sw) * d_s / N.
Definition published_risk n d_w d_kept rho sigma2 := rho + sigma2 / (n - d_w - 1) * d_kept.
Definition cost n d_w d_kept rho sigma2 := n / (n - d_w - 1) * d_kept + n * rho / sigma2.

Lemma kept_nonnegative N d_s d_w d_sw : N > 0 -> d_s >= 0 -> 0 <= d_sw <= d_w -> 0 <= kept_by_share N d_s d_w d_sw.
Proof.
  intros points features correlated.
  assert (0 <= (d_w - d_sw) * d_s / N) by (apply nonnegative_quotient; [apply Rmult_le_pos |]; lra).
  unfold kept_by_share. lra.
Qed.

Lemma published_risk_nonnegative n d_w d_kept rho sigma2 :
  n > d_w + 1 -> sigma2 > 0 -> rho >= 0 -> 0 <= d_kept -> 0 <= published_risk n d_w d_kept rho sigma2.
Proof.
  intros labels noisy biased kept.
  assert (0 <= sigma2 / (n - d_w - 1) * d_kept)
    by (apply Rmult_le_pos; [apply nonnegative_quotient; lra | exact kept]).
  unfold published_risk. lra.
Qed.

Theorem published_recovered_gap n d_w d_kept rho sigma2 teacher student ceiling :
  n > d_w + 1 -> d_w > 0 -> sigma2 > 0 -> rho >= 0 -> 0 <= d_kept ->
  0 <= ceiling < teacher -> student <= teacher ->
  student <= published_risk n d_w d_kept rho sigma2 -> sigma2 * d_w / n <= teacher ->
  1 - cost n d_w d_kept rho sigma2 / d_w <= (teacher - student) / (teacher - ceiling).
Proof.
  intros labels features noisy biased kept gap helps above below.
  replace (cost n d_w d_kept rho sigma2 / d_w) with (published_risk n d_w d_kept rho sigma2 / (sigma2 * d_w / n))
    by (unfold cost, published_risk; field; lra).
  apply recovered_gap_bound; try assumption.
  - split; [| assumption]. apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra.
  - now apply published_risk_nonnegative.
Qed.

Theorem published_outperformance n d_s d_w d_kept rho sigma2 baseline student :
  n > d_w + 1 -> d_w > 0 -> d_s > 0 -> sigma2 > 0 ->
  0 < student <= published_risk n d_w d_kept rho sigma2 -> sigma2 * d_s / n <= baseline ->
  d_s / cost n d_w d_kept rho sigma2 <= baseline / student.
Proof.
  intros labels weak strong noisy above below.
  replace (cost n d_w d_kept rho sigma2) with (n / sigma2 * published_risk n d_w d_kept rho sigma2)
    by (unfold cost, published_risk; field; lra).
  replace (d_s / _) with (sigma2 * d_s / n / published_risk n d_w d_kept rho sigma2) by (field; lra).
  apply outperformance_bound; [exact above |].
  split; [apply nonnegative_quotient; [apply Rmult_le_pos |]; lra | exact below].
Qed.

(** The share of the discrepancy is not d_s/(2N), and what is inherited counts: at n = N = sigma2 = 4 and one feature
    each the student's variance is 1/2 without correlation, half a baseline of 1, and 2 with it, its teacher's. *)
Theorem share_counts_in_full : ~ forall n N d_s d_w d_sw sigma2 baseline student,
  n > d_w + 1 -> N > 0 -> d_s > 0 -> d_w > 0 -> 0 <= d_sw <= d_w -> sigma2 > 0 ->
  0 < student <= published_risk n d_w (kept_by_share N d_s d_w d_sw) 0 sigma2 -> sigma2 * d_s / n <= baseline ->
  d_s / cost n d_w (kept_by_share (2 * N) d_s d_w d_sw) 0 sigma2 <= baseline / student.
Proof.
  unfold cost, published_risk, kept_by_share. intros claimed.
  pose proof (claimed 4 4 1 1 0 4 1 (1 / 2)) as wrong. lra.
Qed.

Theorem inheritance_counts : ~ forall n N d_s d_w d_sw sigma2 teacher student ceiling,
  n > d_w + 1 -> N > 0 -> d_s > 0 -> d_w > 0 -> 0 <= d_sw <= d_w -> sigma2 > 0 ->
  0 <= ceiling < teacher -> student <= teacher ->
  student <= published_risk n d_w (kept_by_share N d_s d_w d_sw) 0 sigma2 -> sigma2 * d_w / n <= teacher ->
  1 - cost n d_w (kept_by_share N d_s d_w 0) 0 sigma2 / d_w <= (teacher - student) / (teacher - ceiling).
Proof.
  unfold cost, published_risk, kept_by_share. intros claimed.
  pose proof (claimed 4 4 1 1 1 4 2 2 0) as wrong. lra.
Qed.

(** ** The number of labels at which the bounds peak *)

Definition recovered_bound n d_w d_kept rho sigma2 := 1 - n / (n - d_w - 1) * d_kept / d_w - n * rho / (d_w * sigma2).
Definition best_labels d_w d_kept rho sigma2 := d_w + 1 + sqrt ((d_w + 1) * d_kept * sigma2 / rho).

Lemma best_labels_by_roots d_w d_kept rho sigma2 :
  d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 ->
  best_labels d_w d_kept rho sigma2 = d_w + 1 + sqrt d_kept * sqrt sigma2 * sqrt (d_w + 1) / sqrt rho.
Proof.
  intros features effective biased noisy.
  assert (0 <= (d_w + 1) * d_kept) by (apply Rmult_le_pos; lra).
  assert (0 <= (d_w + 1) * d_kept * sigma2) by (apply Rmult_le_pos; lra).
  unfold best_labels. rewrite sqrt_div, !sqrt_mult by lra. unfold Rdiv. ring.
Qed.

(** [name_root x root] calls the root of x > 0 in the goal [root]. *)
Ltac name_root x root :=
  let square := fresh "square" in
  let positive := fresh "positive" in
  assert (square : x = sqrt x * sqrt x) by (symmetry; apply sqrt_sqrt; lra);
  assert (positive : 0 < sqrt x) by (apply sqrt_lt_R0; lra);
  revert square positive; generalize (sqrt x) as root; intros root square positive.

(** Against its value at [best_labels] the bound loses a square. *)
Theorem loses_a_square n d_w d_kept rho sigma2 :
  n > d_w + 1 -> d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 ->
  let best := best_labels d_w d_kept rho sigma2 in
  recovered_bound best d_w d_kept rho sigma2 - recovered_bound n d_w d_kept rho sigma2
  = rho * (n - best) ^ 2 / (d_w * sigma2 * (n - d_w - 1)).
Proof.
  intros labels features effective biased noisy best.
  set (radicand := (d_w + 1) * d_kept * sigma2 / rho).
  assert (positive : 0 < radicand) by (apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat |]; lra).
  set (root := sqrt radicand).
  assert (root_positive : 0 < root) by now apply sqrt_lt_R0.
  assert (is_kept : d_kept = root * root * rho / ((d_w + 1) * sigma2)).
  { unfold root. rewrite sqrt_sqrt by lra. unfold radicand. field. lra. }
  change best with (d_w + 1 + root).
  unfold recovered_bound. rewrite is_kept. field. lra.
Qed.

(** One label later is another number: at d_w = 3 and d_kept = rho = sigma2 = 1 the bound peaks at 6, not 7. *)
Lemma best_labels_of_three : best_labels 3 1 1 1 = 6.
Proof. unfold best_labels. replace (sqrt _) with 2 by (symmetry; apply sqrt_lem_1; lra). ring. Qed.

Theorem not_one_label_later : ~ forall n d_w d_kept rho sigma2,
  n > d_w + 1 -> d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 ->
  let later := best_labels d_w d_kept rho sigma2 + 1 in
  recovered_bound later d_w d_kept rho sigma2 - recovered_bound n d_w d_kept rho sigma2
  = rho * (n - later) ^ 2 / (d_w * sigma2 * (n - d_w - 1)).
Proof.
  intros claimed. pose proof (claimed 6 3 1 1 1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as wrong.
  rewrite best_labels_of_three in wrong. unfold recovered_bound in wrong. lra.
Qed.

(** So the bound is largest there, and only there. *)
Theorem best_labels_are_best n d_w d_kept rho sigma2 :
  n > d_w + 1 -> d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 ->
  let best := best_labels d_w d_kept rho sigma2 in
  n <> best -> recovered_bound n d_w d_kept rho sigma2 < recovered_bound best d_w d_kept rho sigma2.
Proof.
  intros labels features effective biased noisy best other.
  pose proof (loses_a_square n d_w d_kept rho sigma2 labels features effective biased noisy) as loss.
  assert (square : 0 < (n - best) ^ 2) by (rewrite <- Rsqr_pow2; apply Rsqr_pos_lt; lra).
  assert (0 < rho * (n - best) ^ 2 / (d_w * sigma2 * (n - d_w - 1))).
  { apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat | repeat apply Rmult_lt_0_compat; lra]. }
  cbv zeta in loss. fold best in loss. lra.
Qed.

Lemma bound_by_cost n d_w d_kept rho sigma2 :
  n > d_w + 1 -> d_w > 0 -> sigma2 > 0 ->
  recovered_bound n d_w d_kept rho sigma2 = 1 - cost n d_w d_kept rho sigma2 / d_w.
Proof. intros labels features noisy. unfold recovered_bound, cost. field. lra. Qed.

Theorem best_labels_peak n d_w d_kept rho sigma2 :
  n > d_w + 1 -> d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 ->
  recovered_bound (best_labels d_w d_kept rho sigma2) d_w d_kept rho sigma2 >= recovered_bound n d_w d_kept rho sigma2.
Proof.
  intros labels features effective biased noisy.
  destruct (Req_dec n (best_labels d_w d_kept rho sigma2)) as [->|other]; [lra|].
  pose proof (best_labels_are_best n d_w d_kept rho sigma2 labels features effective biased noisy other). lra.
Qed.

Lemma cost_positive n d_w d_kept rho sigma2 :
  n > d_w + 1 -> d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 -> 0 < cost n d_w d_kept rho sigma2.
Proof.
  intros labels features effective biased noisy. unfold cost.
  apply Rplus_lt_0_compat; repeat first [apply Rdiv_lt_0_compat | apply Rmult_lt_0_compat]; lra.
Qed.

(** The bound of the ratio is a number of dimensions over the cost, so that it peaks there too. *)
Theorem best_labels_peak_ratio n d_s d_w d_kept rho sigma2 :
  n > d_w + 1 -> d_s > 0 -> d_w > 0 -> d_kept > 0 -> rho > 0 -> sigma2 > 0 ->
  d_s / cost (best_labels d_w d_kept rho sigma2) d_w d_kept rho sigma2 >= d_s / cost n d_w d_kept rho sigma2.
Proof.
  intros labels strong features effective biased noisy.
  assert (enough : best_labels d_w d_kept rho sigma2 > d_w + 1).
  { unfold best_labels. enough (0 < sqrt ((d_w + 1) * d_kept * sigma2 / rho)) by lra. apply sqrt_lt_R0.
    apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat|]; lra. }
  pose proof (best_labels_peak n d_w d_kept rho sigma2 labels features effective biased noisy) as peak.
  rewrite !bound_by_cost in peak by assumption.
  pose proof (cost_positive _ d_w d_kept rho sigma2 enough features effective biased noisy) as least.
  apply Rle_ge, Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; [exact least|].
  apply Rmult_le_reg_r with (/ d_w); [apply Rinv_0_lt_compat; lra|]. unfold Rdiv in peak. lra.
Qed.
