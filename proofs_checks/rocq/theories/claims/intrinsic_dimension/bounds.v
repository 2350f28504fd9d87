(** id.pgr-bound, id.opr-bound and id.optimal-n as they are printed: the published bounds in two subspaces, and their best
    number of labels.

    Each follows from a theorem of subspace_bounds.v in the library; each wrong twin is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import restating subspace_bounds.
Open Scope R_scope.

(** ** id.pgr-bound: The published lower bound of the recovered gap *)

Theorem id_pgr_bound_recovered_gap :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w ER_w ER_w2s ER_c : R) (labels : n > d_w + 1)
      (points : N > 0) (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w)
      (noisy : sigma2 > 0) (left_out : rho_s >= 0 /\ rho_w >= 0) (gap : 0 <= ER_c < ER_w)
      (helps : ER_w2s <= ER_w) (main_theorem : ER_w2s <= published_risk n d_w
      (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) (teacher : sigma2 * d_w / n <= ER_w),
    (((ER_w - ER_w2s) / (ER_w - ER_c))
     >= (1 - (((n * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w - 1)) + (n * (rho_s + rho_w) / sigma2))
       / d_w)))%R.
Proof.
  intros. assert (kept : 0 <= (kept_by_share N d_s d_w d_sw)) by (apply kept_nonnegative; lra).
  pose proof (Rle_ge _ _ (published_recovered_gap n d_w (kept_by_share N d_s d_w d_sw) (rho_s + rho_w)
    sigma2 ER_w ER_w2s ER_c labels weak noisy ltac:(lra) kept gap helps main_theorem teacher)) as fact.
  unfold cost, kept_by_share in fact. restate fact.
Qed.

Theorem not_id_pgr_bound_against_the_sum_of_risks :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w ER_w ER_w2s ER_c : R) (labels : n > d_w + 1)
      (points : N > 0) (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w)
      (noisy : sigma2 > 0) (left_out : rho_s >= 0 /\ rho_w >= 0) (gap : 0 <= ER_c < ER_w)
      (helps : ER_w2s <= ER_w) (main_theorem : ER_w2s <= published_risk n d_w
      (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) (teacher : sigma2 * d_w / n <= ER_w),
    (((ER_w - ER_w2s) / (ER_c + ER_w))
     >= (1 - (((n * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w - 1)) + (n * (rho_s + rho_w) / sigma2))
       / d_w)))%R).
Proof.
  intro claimed. unfold published_risk, kept_by_share in claimed.
  pose proof (claimed 4 4 1 1 0 4 0 0 1 (1 / 2) (1 / 2)) as wrong. absurd_numbers wrong.
Qed.

Theorem not_id_pgr_bound_without_inherited_variance :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w ER_w ER_w2s ER_c : R) (labels : n > d_w + 1)
      (points : N > 0) (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w)
      (noisy : sigma2 > 0) (left_out : rho_s >= 0 /\ rho_w >= 0) (gap : 0 <= ER_c < ER_w)
      (helps : ER_w2s <= ER_w) (main_theorem : ER_w2s <= published_risk n d_w
      (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) (teacher : sigma2 * d_w / n <= ER_w),
    (((ER_w - ER_w2s) / (ER_w - ER_c))
     >= (1 - (((n * (rho_s + rho_w) / sigma2) + (d_s * d_w * n / N / (n - d_w - 1))) / d_w)))%R).
Proof.
  intro claimed. unfold published_risk, kept_by_share in claimed.
  pose proof (claimed 4 4 1 1 1 4 0 0 2 2 0) as wrong. absurd_numbers wrong.
Qed.

(** ** id.opr-bound: The published lower bound of the ratio to the baseline *)

Theorem id_opr_bound_outperformance :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w ER_s ER_w2s : R) (labels : n > d_w + 1) (points : N > 0)
      (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (left_out : rho_s >= 0 /\ rho_w >= 0) (main_theorem : 0 < ER_w2s <= published_risk n d_w
      (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) (baseline : sigma2 * d_s / n <= ER_s),
    ((ER_s / ER_w2s)
     >= (d_s /
       ((n * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w - 1)) + (n * (rho_s + rho_w) / sigma2))))%R.
Proof.
  intros.
  pose proof (Rle_ge _ _ (published_outperformance n d_s d_w (kept_by_share N d_s d_w d_sw)
    (rho_s + rho_w) sigma2 ER_s ER_w2s labels weak strong noisy main_theorem baseline)) as fact.
  match goal with |- _ >= _ / ?printed => replace printed with
    (cost n d_w (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) by
    (unfold cost, kept_by_share; field; lra) end.
  exact fact.
Qed.

Theorem not_id_opr_bound_upside_down :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w ER_s ER_w2s : R) (labels : n > d_w + 1) (points : N > 0)
      (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (left_out : rho_s >= 0 /\ rho_w >= 0) (main_theorem : 0 < ER_w2s <= published_risk n d_w
      (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) (baseline : sigma2 * d_s / n <= ER_s),
    ((ER_w2s / ER_s)
     >= (d_s /
       ((n * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w - 1)) + (n * (rho_s + rho_w) / sigma2))))%R).
Proof.
  intro claimed. unfold published_risk, kept_by_share in claimed.
  pose proof (claimed 4 4 1 1 0 4 0 0 1 (1 / 2)) as wrong. absurd_numbers wrong.
Qed.

Theorem not_id_opr_bound_with_half_the_share :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w ER_s ER_w2s : R) (labels : n > d_w + 1) (points : N > 0)
      (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (left_out : rho_s >= 0 /\ rho_w >= 0) (main_theorem : 0 < ER_w2s <= published_risk n d_w
      (kept_by_share N d_s d_w d_sw) (rho_s + rho_w) sigma2) (baseline : sigma2 * d_s / n <= ER_s),
    ((ER_s / ER_w2s)
     >= (d_s / ((n * (d_sw + ((1 / 2) * d_s * (d_w - d_sw) / N)) / (n - d_w - 1)) +
       (n * (rho_s + rho_w) / sigma2))))%R).
Proof.
  intro claimed. unfold published_risk, kept_by_share in claimed.
  pose proof (claimed 4 4 1 1 0 4 0 0 1 (1 / 2)) as wrong. absurd_numbers wrong.
Qed.

(** ** id.optimal-n: The number of labels at which both published bounds peak *)

Theorem id_optimal_n_loses_a_square :
  forall (n d_s d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (strong : d_s > 0) (weak : d_w > 0)
      (kept : D_N > 0) (left_out : rho > 0) (noisy : sigma2 > 0),
    (((D_N * n / d_w / (n - d_w - 1)) + (n * rho / d_w / sigma2) - ((sqrt D_N) * (sqrt rho) * (((sqrt D_N) *
        (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) + d_w + 1) / d_w / (sqrt sigma2) / (sqrt (d_w + 1))) -
        (rho * (((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) + d_w + 1) / d_w / sigma2))
     = (rho * ((n - ((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) - d_w - 1) ^ 2) / d_w / sigma2
         / (n - d_w - 1)))%R.
Proof.
  intros. pose proof (loses_a_square n d_w D_N rho sigma2 labels weak kept left_out noisy) as fact.
  cbv zeta in fact. rewrite best_labels_by_roots in fact by assumption.
  unfold recovered_bound in fact. revert fact.
  name_root D_N a; name_root rho r; name_root sigma2 s; name_root (d_w + 1) e. intros fact.
  assert (0 < a * s * e) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (d_w = e * e - 1) by lra. clear square2. subst. restate fact.
Qed.

Theorem id_optimal_n_is_best :
  forall (n d_s d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (strong : d_s > 0) (weak : d_w > 0)
      (kept : D_N > 0) (left_out : rho > 0) (noisy : sigma2 > 0),
    ((1 - ((sqrt D_N) * (sqrt rho) * (((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) + d_w + 1) /
        d_w / (sqrt sigma2) / (sqrt (d_w + 1))) - (rho * (((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt
        rho)) + d_w + 1) / d_w / sigma2))
     >= (1 - (D_N * n / d_w / (n - d_w - 1)) - (n * rho / d_w / sigma2)))%R.
Proof.
  intros. pose proof (best_labels_peak n d_w D_N rho sigma2 labels weak kept left_out noisy) as fact.
  rewrite best_labels_by_roots in fact by assumption. unfold recovered_bound in fact. revert fact.
  name_root D_N a; name_root rho r; name_root sigma2 s; name_root (d_w + 1) e. intros fact.
  assert (0 < a * s * e) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (d_w = e * e - 1) by lra. clear square2. subst. restate fact.
Qed.

Theorem id_optimal_n_is_best_for_the_ratio :
  forall (n d_s d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (strong : d_s > 0) (weak : d_w > 0)
      (kept : D_N > 0) (left_out : rho > 0) (noisy : sigma2 > 0),
    ((d_s / (((sqrt D_N) * (sqrt rho) * (((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) + d_w + 1)
        / (sqrt sigma2) / (sqrt (d_w + 1))) + (rho * (((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt
        rho)) + d_w + 1) / sigma2)))
     >= (d_s / ((D_N * n / (n - d_w - 1)) + (n * rho / sigma2))))%R.
Proof.
  intros. pose proof (best_labels_peak_ratio n d_s d_w D_N rho sigma2 labels strong weak kept left_out noisy) as fact.
  rewrite best_labels_by_roots in fact by assumption. unfold cost in fact. revert fact.
  name_root D_N a; name_root rho r; name_root sigma2 s; name_root (d_w + 1) e. intros fact.
  assert (0 < a * s * e) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (d_w = e * e - 1) by lra. clear square2. subst. 
  match goal with |- _ / ?printed >= _ / ?printed' =>
    match type of fact with _ / ?stated >= _ / ?stated' =>
      replace printed with stated by same_fraction; replace printed' with stated' by same_fraction; exact fact
    end
  end.
Qed.

Theorem not_id_optimal_n_one_label_later :
  ~ (forall (n d_s d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (strong : d_s > 0) (weak : d_w > 0)
      (kept : D_N > 0) (left_out : rho > 0) (noisy : sigma2 > 0),
    (((D_N * n / d_w / (n - d_w - 1)) + (n * rho / d_w / sigma2) - ((sqrt D_N) * (sqrt rho) * (((sqrt D_N) *
        (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) + d_w + 2) / d_w / (sqrt sigma2) / (sqrt (d_w + 1))) -
        (rho * (((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) + d_w + 2) / d_w / sigma2))
     = (rho * ((n - ((sqrt D_N) * (sqrt sigma2) * (sqrt (d_w + 1)) / (sqrt rho)) - d_w - 1) ^ 2) / d_w / sigma2
         / (n - d_w - 1)))%R).
Proof.
  intro claimed. pose proof (claimed 6 1 3 1 1 1) as wrong.
  replace (3 + 1) with (2 * 2) in wrong by ring. rewrite sqrt_square, sqrt_1 in wrong by lra.
  absurd_numbers wrong.
Qed.
