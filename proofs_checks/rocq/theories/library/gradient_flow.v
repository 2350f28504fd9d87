(** Gradient flow obeys the limit at every stopping time (rf.cor1).

    With K the student's kernel, gradient flow from 0 leaves exp(-t K) g of the teacher g at time t. All that is used of
    exp(-t K) is that it is a semigroup of symmetric contractions, as it is for every positive semidefinite K, of
    finite or infinite rank. Proved: 1 - exp(-t K) is a filter between 0 and 1, so that Theorem 4.1 applies; and its
    constant 3/4 is the best for gradient flow too. *)

From W2S.library Require Import inner_product shrinkage filters limits best_constants.

Local Obligation Tactic := cbv beta.

Record GradientFlow (V : InnerProductSpace) := {
  left_at : R -> V -> V;
  left_symmetric : forall t x y, 0 <= t -> inner (left_at t x) y = inner x (left_at t y);
  left_later : forall s t x, 0 <= s -> 0 <= t -> left_at (s + t) x = left_at s (left_at t x);
  left_shrinks : forall t x, 0 <= t -> norm2 (left_at t x) <= norm2 x
}.
Arguments left_at {_}.

Section Flow.
  Context {V : InnerProductSpace} (flow : GradientFlow V) (t : R).
  Hypothesis forward : 0 <= t.

  (** <exp(-t K) x, x> = ||exp(-t K / 2) x||^2. *)
  Lemma left_over x : inner (left_at flow t x) x = norm2 (left_at flow (t / 2) x).
  Proof.
    replace t with (t / 2 + t / 2) at 1 by field. rewrite left_later by lra. apply left_symmetric. lra.
  Qed.

  Program Definition flow_to : SpectralFilter V := {| filtered_by x := (x - left_at flow t x)%V |}.
  Next Obligation.
    intros x y. now rewrite inner_plus, inner_scale, inner_plus_right, inner_scale_right, left_symmetric.
  Qed.
  Next Obligation.
    intros x. rewrite inner_plus, inner_scale, left_over. pose proof (left_shrinks _ flow (t / 2) x ltac:(lra)).
    unfold norm2 in *. lra.
  Qed.
  Next Obligation.
    intros x. rewrite inner_plus, inner_scale, left_over. pose proof (norm2_nonneg (left_at flow (t / 2) x)).
    unfold norm2 in *. lra.
  Qed.

  Theorem gradient_flow_is_shrinkage_optimal (teacher : V) : shrinkage_optimal teacher (flow_to teacher).
  Proof. apply filters_are_shrinkage_optimal. Qed.

  Theorem gradient_flow_limitation (target teacher : V) :
    norm2 target = 1 -> least_squares target teacher ->
    3 / 4 * loss target teacher ^ 2 <= loss target (flow_to teacher).
  Proof.
    intros unit fit. apply general_limitation_quadratic; try assumption. apply gradient_flow_is_shrinkage_optimal.
  Qed.
End Flow.

(** ** The constant is the best

    In the plane, the kernel with eigenvalue lambda on the direction of p and 0 across it. *)

Section FlowInThePlane.
  Variables (lambda : R) (p : plane).
  Hypothesis nonneg : 0 <= lambda.
  Hypothesis nonzero : 0 < norm2 p.

  Let along (x : plane) : R := inner x p / norm2 p.

  Program Definition plane_flow : GradientFlow plane := {|
    left_at t x := (x - (flow_filter t lambda * along x) * p)%V
  |}.
  Next Obligation. intros t x y _. unfold along. expand_inner. unfold Rdiv. ring. Qed.
  Next Obligation.
    intros s t x _ _.
    assert (rest : 1 - flow_filter (s + t) lambda = (1 - flow_filter s lambda) * (1 - flow_filter t lambda)).
    { unfold flow_filter. replace (- (lambda * (s + t))) with (- (lambda * s) + - (lambda * t)) by ring.
      rewrite exp_plus. ring. }
    replace (flow_filter (s + t) lambda)
      with (1 - (1 - flow_filter s lambda) * (1 - flow_filter t lambda)) by lra.
    replace (along (x - flow_filter t lambda * along x * p)%V) with ((1 - flow_filter t lambda) * along x).
    - apply injective_projections; simpl; ring.
    - unfold along. rewrite inner_plus, !inner_scale. fold (norm2 p). field. lra.
  Qed.
  Next Obligation.
    intros t x forward. pose proof (flow_filter_range t lambda forward nonneg) as range.
    set (h := flow_filter t lambda) in *.
    assert (gain : norm2 (x - (h * along x) * p)%V = norm2 x - h * (2 - h) * (along x) ^ 2 * norm2 p).
    { rewrite norm2_minus, norm2_scale, inner_scale_right. unfold along. field. lra. }
    rewrite gain. assert (0 <= h * (2 - h) * along x ^ 2 * norm2 p); [|lra].
    apply Rmult_le_pos; [|lra]. apply Rmult_le_pos; [|apply pow2_ge_0]. apply Rmult_le_pos; lra.
  Qed.

  (** Of a teacher whose part along p is p itself, the flow keeps a multiple of p. *)
  Lemma plane_flow_student t (forward : 0 <= t) teacher :
    norm2 p = inner p teacher -> flow_to plane_flow t forward teacher = (flow_filter t lambda * p)%V.
  Proof.
    intros boundary. assert (whole : along teacher = 1).
    { unfold along. rewrite inner_sym, <- boundary. field. lra. }
    apply injective_projections; simpl; rewrite whole; ring.
  Qed.
End FlowInThePlane.

(** What the flow leaves of a student p costs at most twice that. *)
Lemma loss_of_shortened (p : plane) h :
  0 <= h <= 1 -> loss tight_target (h * p)%V <= loss tight_target p + 2 * (1 - h) * inner tight_target p.
Proof.
  intros range. unfold loss. rewrite !norm2_minus, norm2_scale, inner_scale, (inner_sym _ p).
  assert (0 <= (1 - h) * (1 + h) * norm2 p); [|lra].
  apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply norm2_nonneg].
Qed.

Theorem best_flow_constant c :
  (forall (V : InnerProductSpace) (flow : GradientFlow V) t (forward : 0 <= t) (target teacher : V),
     norm2 target = 1 -> least_squares target teacher ->
     c * loss target teacher ^ 2 <= loss target (flow_to flow t forward teacher))
  <-> c <= 3 / 4.
Proof.
  split.
  - intros bound. apply Rnot_lt_le. intros large. set (gap := c - 3 / 4).
    set (tau := sqrt (1 / 2)). assert (tau_squared : tau ^ 2 = 1 / 2) by (apply pow2_sqrt; lra).
    set (lambda := 2 / gap).
    assert (nonneg : 0 <= lambda) by (apply Rlt_le, Rdiv_lt_0_compat; unfold gap; lra).
    assert (left : 1 - flow_filter 1 lambda <= gap / (gap + 2)).
    { replace (gap / (gap + 2)) with (/ (1 + lambda * 1)) by (unfold lambda; field; unfold gap; lra).
      apply flow_leaves; lra. }
    assert (overlap : inner tight_target (tight_student tau) = 4 / 9).
    { unfold tight_target, tight_student, size. rewrite inner_points, tau_squared. field. }
    assert (nonzero : 0 < norm2 (tight_student tau)).
    { pose proof (cauchy_schwarz tight_target (tight_student tau)) as cauchy.
      rewrite overlap, tight_unit in cauchy. lra. }
    specialize (bound plane (plane_flow lambda _ nonneg nonzero) 1 Rle_0_1 tight_target (tight_teacher tau)
                  tight_unit (tight_fit tau)).
    rewrite plane_flow_student in bound by apply tight_on_boundary.
    pose proof (loss_of_shortened (tight_student tau) _ (flow_filter_range 1 lambda Rle_0_1 nonneg)) as near.
    rewrite tight_ratio, tight_teacher_loss, overlap in near. rewrite tight_teacher_loss in bound.
    unfold size in near, bound. rewrite tau_squared in near, bound.
    assert (gap / (gap + 2) < gap / 2); [|unfold gap in *; lra].
    apply Rmult_lt_compat_l; [|apply Rinv_lt_contravar]; unfold gap; lra.
  - intros small V flow t forward target teacher unit fit.
    apply Rle_trans with (3 / 4 * loss target teacher ^ 2).
    + apply Rmult_le_compat_r; [apply pow2_ge_0|assumption].
    + now apply gradient_flow_limitation.
Qed.
