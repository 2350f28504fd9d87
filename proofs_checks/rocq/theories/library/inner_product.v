(** Real inner-product spaces, without coordinates and without a dimension.

    The record holds what L^2 of the data is asked to satisfy. Definiteness (<x, x> = 0 only at x = 0) is not
    asked: no theorem needs it, so that functions which agree almost everywhere need not be identified.
    Proved: Cauchy-Schwarz, and what least squares says of a teacher. The [plane] is the instance in which
    witnesses live. *)

From Coq Require Export Reals Lra.
Open Scope R_scope.

Record InnerProductSpace := {
  vector :> Type;
  zero : vector;
  plus : vector -> vector -> vector;
  scale : R -> vector -> vector;
  inner : vector -> vector -> R;

  plus_comm : forall x y, plus x y = plus y x;
  plus_assoc : forall x y z, plus x (plus y z) = plus (plus x y) z;
  plus_zero : forall x, plus x zero = x;
  plus_opposite : forall x, plus x (scale (-1) x) = zero;
  scale_one : forall x, scale 1 x = x;
  scale_scale : forall a b x, scale a (scale b x) = scale (a * b) x;
  scale_plus : forall a x y, scale a (plus x y) = plus (scale a x) (scale a y);
  plus_scale : forall a b x, scale (a + b) x = plus (scale a x) (scale b x);

  inner_sym : forall x y, inner x y = inner y x;
  inner_plus : forall x y z, inner (plus x y) z = inner x z + inner y z;
  inner_scale : forall a x y, inner (scale a x) y = a * inner x y;
  inner_nonneg : forall x, 0 <= inner x x
}.

Arguments zero {_}.
Arguments plus {_}.
Arguments scale {_}.
Arguments inner {_}.

Declare Scope vector_scope.
Delimit Scope vector_scope with V.
Bind Scope vector_scope with vector.
Notation "x + y" := (plus x y) : vector_scope.
Notation "a * x" := (scale a%R x) : vector_scope.
Notation "x - y" := (plus x (scale (-1) y)) : vector_scope.

(** E f^2, its root, and the loss E (f - target)^2. *)
Definition norm2 {V : InnerProductSpace} (x : V) : R := inner x x.
Definition norm {V : InnerProductSpace} (x : V) : R := sqrt (norm2 x).
Definition loss {V : InnerProductSpace} (target f : V) : R := norm2 (f - target).

(** ** Expanding inner products *)

Section Expansion.
  Context {V : InnerProductSpace}.
  Implicit Types x y z : V.

  Lemma inner_plus_right x y z : inner x (y + z)%V = inner x y + inner x z.
  Proof. now rewrite inner_sym, inner_plus, (inner_sym _ y), (inner_sym _ z). Qed.

  Lemma inner_scale_right a x y : inner x (a * y)%V = a * inner x y.
  Proof. now rewrite inner_sym, inner_scale, inner_sym. Qed.

  Lemma inner_zero x : inner zero x = 0.
  Proof. rewrite <- (plus_opposite V zero), inner_plus, inner_scale. ring. Qed.

  Lemma inner_zero_right x : inner x zero = 0.
  Proof. rewrite inner_sym. apply inner_zero. Qed.
End Expansion.

(** [expand_inner] writes the goal in inner products of its vectors, and each of those in one order only. *)
Ltac expand_inner :=
  unfold loss, norm2 in *;
  repeat rewrite ?inner_plus, ?inner_plus_right, ?inner_scale, ?inner_scale_right, ?inner_zero, ?inner_zero_right;
  repeat match goal with
         | |- context [inner ?x ?y] =>
             match goal with
             | |- context [inner y x] => assert_fails (constr_eq x y); rewrite (inner_sym _ y x)
             end
         end.

(** Identities between inner products of sums. *)
Ltac inner_ring := expand_inner; ring.

(** ** Cauchy-Schwarz *)

Section CauchySchwarz.
  Context {V : InnerProductSpace}.
  Implicit Types x y z : V.

  Lemma norm2_nonneg x : 0 <= norm2 x.
  Proof. apply inner_nonneg. Qed.

  Lemma norm2_scale a x : norm2 (a * x)%V = a ^ 2 * norm2 x.
  Proof. inner_ring. Qed.

  Lemma norm2_minus x y : norm2 (x - y)%V = norm2 x - 2 * inner x y + norm2 y.
  Proof. inner_ring. Qed.

  Lemma norm2_plus x y : norm2 (x + y)%V = norm2 x + 2 * inner x y + norm2 y.
  Proof. inner_ring. Qed.

  (** A vector of norm 0 is orthogonal to all others: else going along it would make some squared norm -1. *)
  Lemma inner_of_null x y : norm2 y = 0 -> inner x y = 0.
  Proof.
    intros null. destruct (Req_dec (inner x y) 0) as [|nonzero]; [assumption|].
    pose proof (norm2_nonneg (x + (- (norm2 x + 1) / (2 * inner x y)) * y)%V) as nonneg.
    rewrite norm2_plus, inner_scale_right, norm2_scale, null in nonneg.
    replace (norm2 x + 2 * (- (norm2 x + 1) / (2 * inner x y) * inner x y) + _) with (-1) in nonneg by now field.
    lra.
  Qed.

  Theorem cauchy_schwarz x y : inner x y ^ 2 <= norm2 x * norm2 y.
  Proof.
    destruct (Req_dec (norm2 y) 0) as [null|nonzero].
    { rewrite (inner_of_null x y null), null. lra. }
    assert (positive : 0 < norm2 y) by (pose proof (norm2_nonneg y); lra).
    pose proof (norm2_nonneg (norm2 y * x - inner x y * y)%V) as residue.
    replace (norm2 _) with (norm2 y * (norm2 x * norm2 y - inner x y ^ 2)) in residue by inner_ring.
    apply Rmult_le_reg_l with (norm2 y); lra.
  Qed.

  Lemma norm_nonneg x : 0 <= norm x.
  Proof. apply sqrt_pos. Qed.

  Lemma norm_squared x : norm x ^ 2 = norm2 x.
  Proof. apply pow2_sqrt, norm2_nonneg. Qed.

  Theorem inner_le_norms x y : inner x y <= norm x * norm y.
  Proof.
    unfold norm. rewrite <- sqrt_mult by apply norm2_nonneg.
    apply Rle_trans with (Rabs (inner x y)); [apply Rle_abs|].
    rewrite <- sqrt_Rsqr_abs, Rsqr_pow2. apply sqrt_le_1_alt, cauchy_schwarz.
  Qed.
End CauchySchwarz.

(** ** Teachers

    All that the theorems use of a least-squares teacher is E f* f_TE = E f_TE^2, which a fit has that no
    rescaling improves. *)

Definition least_squares {V : InnerProductSpace} (target teacher : V) : Prop :=
  inner target teacher = norm2 teacher.

Section Teachers.
  Context {V : InnerProductSpace}.
  Implicit Types target teacher : V.

  (** A teacher that fits best among its own multiples, as the best fit in any linear span does. *)
  Theorem best_fit_is_least_squares target teacher :
    (forall a, loss target teacher <= loss target (a * teacher)%V) -> least_squares target teacher.
  Proof.
    unfold loss, least_squares. intros best.
    destruct (Req_dec (norm2 teacher) 0) as [null|nonzero].
    { now rewrite inner_of_null, null. }
    assert (positive : 0 < norm2 teacher) by (pose proof (norm2_nonneg teacher); lra).
    specialize (best (inner target teacher / norm2 teacher)).
    rewrite !norm2_minus, norm2_scale, inner_scale, (inner_sym _ teacher target) in best.
    assert (square : (inner target teacher - norm2 teacher) ^ 2 / norm2 teacher <= 0).
    { replace (_ / _) with (norm2 teacher - 2 * inner target teacher + inner target teacher ^ 2 / norm2 teacher)
        by (field; lra).
      replace ((_ / _) ^ 2 * _) with (inner target teacher ^ 2 / norm2 teacher) in best by (field; lra).
      replace (_ / _ * inner target teacher) with (inner target teacher ^ 2 / norm2 teacher) in best
        by (field; lra).
      lra. }
    assert (zero_square : (inner target teacher - norm2 teacher) ^ 2 <= 0).
    { apply Rmult_le_reg_r with (/ norm2 teacher); [now apply Rinv_0_lt_compat|]. lra. }
    pose proof (pow2_ge_0 (inner target teacher - norm2 teacher)) as nonneg.
    assert (gap : inner target teacher - norm2 teacher = 0); [|lra].
    apply Rsqr_0_uniq. rewrite Rsqr_pow2. lra.
  Qed.

  Lemma teacher_loss target teacher :
    norm2 target = 1 -> least_squares target teacher -> loss target teacher = 1 - norm2 teacher.
  Proof.
    unfold loss, least_squares. intros unit fit. rewrite norm2_minus, inner_sym, fit, unit. ring.
  Qed.

  Lemma teacher_loss_range target teacher :
    norm2 target = 1 -> least_squares target teacher -> 0 <= loss target teacher <= 1.
  Proof.
    intros unit fit. pose proof (teacher_loss target teacher unit fit) as is.
    pose proof (norm2_nonneg teacher). split; [apply norm2_nonneg|lra].
  Qed.
End Teachers.

(** ** The plane *)

Program Definition plane : InnerProductSpace := {|
  vector := R * R;
  zero := (0, 0);
  plus x y := (fst x + fst y, snd x + snd y);
  scale a x := (a * fst x, a * snd x);
  inner x y := fst x * fst y + snd x * snd y
|}.
Solve All Obligations with
  intros; repeat match goal with x : (R * R)%type |- _ => destruct x end;
  simpl; first [f_equal; ring | ring | nra].

(** The vector with coordinates x and y. *)
Definition point (x y : R) : plane := (x, y).

Lemma inner_points x y u v : inner (point x y) (point u v) = x * u + y * v.
Proof. reflexivity. Qed.

Lemma norm2_point x y : norm2 (point x y) = x ^ 2 + y ^ 2.
Proof. unfold norm2. rewrite inner_points. ring. Qed.

Lemma loss_points x y u v : loss (point x y) (point u v) = (u - x) ^ 2 + (v - y) ^ 2.
Proof. unfold loss, norm2, point. simpl. ring. Qed.
