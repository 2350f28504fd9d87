(** Angles between vectors, and their triangle inequality.

    An angle is a number a in [0, PI] with <u, v> = ||u|| ||v|| cos a. Any two vectors have one, by the intermediate
    value theorem. Proved: from u over v to w one turns by at most the sum of the two angles. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import inner_product.
Open Scope R_scope.

Definition angle {V : InnerProductSpace} (u v : V) (a : R) : Prop :=
  0 <= a <= PI /\ inner u v = norm u * norm v * cos a.

Lemma cosine_exists y : -1 <= y <= 1 -> exists a, 0 <= a <= PI /\ cos a = y.
Proof.
  intros range. pose proof PI_RGT_0.
  assert (continuous : continuity (fun a => y - cos a)).
  { apply continuity_minus; [apply continuity_const; now intros ? ?|apply continuity_cos]. }
  destruct (IVT_cor _ 0 PI continuous ltac:(lra)) as [a [a_range root]].
  - rewrite cos_0, cos_PI. nra.
  - exists a. split; [assumption|lra].
Qed.

Section Angles.
  Context {V : InnerProductSpace}.
  Implicit Types u v w : V.

  Lemma angle_sym u v a : angle u v a -> angle v u a.
  Proof. intros [range cosine]. split; [assumption|]. rewrite inner_sym, cosine. ring. Qed.

  Lemma inner_between_norms u v : - (norm u * norm v) <= inner u v <= norm u * norm v.
  Proof.
    split; [|apply inner_le_norms]. pose proof (inner_le_norms (-1 * u)%V v) as opposite.
    replace (norm (-1 * u)%V) with (norm u) in opposite by (unfold norm; f_equal; inner_ring).
    rewrite inner_scale in opposite. lra.
  Qed.

  Lemma angle_exists u v : exists a, angle u v a.
  Proof.
    pose proof (inner_between_norms u v) as between.
    set (product := norm u * norm v) in *.
    destruct (Rle_lt_or_eq_dec 0 product ltac:(lra)) as [positive|null].
    - destruct (cosine_exists (inner u v / product)) as [a [range cosine]].
      + split; apply Rmult_le_reg_r with product; try assumption; unfold Rdiv;
          rewrite ?Rmult_assoc, Rinv_l; lra.
      + exists a. split; [assumption|]. fold product. rewrite cosine. field. lra.
    - exists 0. pose proof PI_RGT_0. split; [lra|]. fold product. rewrite cos_0. lra.
  Qed.

  (** Among vectors that are not 0, less overlap means a larger angle. *)
  Lemma angle_at_most u v a phi :
    0 < norm u -> 0 < norm v -> angle u v a -> 0 <= phi <= PI ->
    norm u * norm v * cos phi <= inner u v -> a <= phi.
  Proof.
    intros u_positive v_positive [range cosine] phi_range turned. apply Rnot_lt_le. intros above.
    rewrite cosine in turned. apply Rmult_le_reg_l in turned; [|now apply Rmult_lt_0_compat].
    pose proof (cos_decreasing_1 phi a). lra.
  Qed.

  (** The part of u across v has length ||u|| sin a; here both are multiplied by ||v||^2. *)
  Lemma norm_across u v a :
    angle u v a -> norm (norm2 v * u - inner u v * v)%V = norm v ^ 2 * norm u * sin a.
  Proof.
    intros [range cosine]. unfold norm at 1.
    replace (norm2 _) with ((norm v ^ 2 * norm u * sin a) ^ 2).
    - apply sqrt_pow2. repeat apply Rmult_le_pos; try apply norm_nonneg; [lra|]. now apply sin_ge_0.
    - transitivity (norm2 v * (norm2 u * norm2 v - inner u v ^ 2)); [|inner_ring].
      rewrite cosine, <- !norm_squared.
      replace ((norm v ^ 2 * norm u * sin a) ^ 2) with (norm v ^ 4 * norm u ^ 2 * Rsqr (sin a))
        by (unfold Rsqr; ring).
      rewrite sin2. unfold Rsqr. ring.
  Qed.

  (** Split u and w along and across v: Cauchy-Schwarz bounds what the parts across take away. *)
  Theorem turn_at_most u v w a b :
    0 < norm v -> angle u v a -> angle v w b -> norm u * norm w * cos (a + b) <= inner u w.
  Proof.
    intros positive first second%angle_sym.
    pose proof (inner_between_norms (norm2 v * u - inner u v * v)%V (norm2 v * w - inner w v * v)%V) as [across _].
    rewrite (norm_across u v a first), (norm_across w v b second) in across.
    destruct first as [_ first]. destruct second as [_ second].
    replace (inner _ _) with (norm2 v * (norm2 v * inner u w - inner u v * inner w v)) in across by inner_ring.
    rewrite first, second, <- norm_squared in across.
    rewrite cos_plus. apply Rmult_le_reg_l with (norm v ^ 4); [now apply pow_lt|]. lra.
  Qed.
End Angles.
