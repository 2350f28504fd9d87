(** bv.three-point, bv.gap-dual, bv.gap-primal, bv.posterior-mean, bv.bias-variance and bv.misfit-split as they are
    printed: the decompositions of gap and misfit by Bregman divergences.

    Each part follows from a theorem of bregman.v or squared_loss.v in the library; the wrong twins are false at the
    example there. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import expectations bregman squared_loss.
Open Scope R_scope.

(** [false_at_example claimed] closes a goal from a claim that is false at the example of library/bregman.v. *)
Ltac false_at_example claimed :=
  let wrong := fresh "wrong" in
  pose proof (claimed plane quartic cube example example_laws (fun _ => point 1 0) example_centre) as wrong;
  compute_example wrong; lra.

(** ** bv.three-point: The three-point identity of a Bregman divergence *)

Theorem bv_three_point_identity :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (g s w : V),
    ((divergence phi grad g w)
     = ((inner (grad s - grad w)%V (g - s)%V) + (divergence phi grad g s) + (divergence phi grad s w)))%R.
Proof. intros. pose proof (three_point phi grad g s w) as fact. lra. Qed.

Theorem not_bv_three_point_without_cross_term :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (g s w : V),
    ((divergence phi grad g w) = ((divergence phi grad g s) + (divergence phi grad s w)))%R).
Proof.
  intro claimed.
  pose proof (claimed plane quartic cube (point 2 0) (point 0 0) (point 1 0)) as wrong.
  compute_example wrong. lra.
Qed.

Theorem not_bv_three_point_with_other_sign :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (g s w : V),
    ((divergence phi grad g w)
     = ((divergence phi grad g s) + (divergence phi grad s w) - (inner (grad s - grad w)%V (g - s)%V)))%R).
Proof.
  intro claimed.
  pose proof (claimed plane quartic cube (point 2 0) (point 0 0) (point 1 0)) as wrong.
  compute_example wrong. lra.
Qed.

Theorem not_bv_three_point_with_misfit_exchanged :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (g s w : V),
    ((divergence phi grad g w)
     = ((inner (grad s - grad w)%V (g - s)%V) + (divergence phi grad g s) + (divergence phi grad w s)))%R).
Proof.
  intro claimed.
  pose proof (claimed plane quartic cube (point 2 0) (point 0 0) (point 1 0)) as wrong.
  compute_example wrong. lra.
Qed.

(** ** bv.gap-dual: The gap is the misfit plus what the student misses of its dual posterior mean *)

Theorem bv_gap_dual_decomposition :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad (target x) w)) -
       (expect inputs (fun x => divergence phi grad (target x) (student x))))
     = ((expect inputs
       (fun x => inner (grad (student x) - grad (centre x))%V ((target x) - (student x))%V)) +
       (expect_teacher inputs (fun x w => divergence phi grad (student x) w))))%R.
Proof. intros. pose proof (gap_dual phi grad inputs laws centre centred) as fact. lra. Qed.

Theorem not_bv_gap_dual_with_mean :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad (target x) w)) -
       (expect inputs (fun x => divergence phi grad (target x) (student x))))
     = ((expect inputs
       (fun x => inner (grad (student x) - grad (posterior_mean x))%V ((target x) - (student x))%V)) +
       (expect_teacher inputs (fun x w => divergence phi grad (student x) w))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem not_bv_gap_dual_without_slope_mismatch :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad (target x) w)) -
       (expect inputs (fun x => divergence phi grad (target x) (student x))))
     = (expect_teacher inputs (fun x w => divergence phi grad (student x) w)))%R).
Proof. intro claimed. false_at_example claimed. Qed.

(** ** bv.gap-primal: The gap of the reversed risks is the misfit plus what the student misses of its posterior mean *)

Theorem bv_gap_primal_decomposition :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad w (target x))) -
       (expect inputs (fun x => divergence phi grad (student x) (target x))))
     = ((expect inputs
       (fun x => inner (grad (student x) - grad (target x))%V ((posterior_mean x) - (student x))%V)) +
       (expect_teacher inputs (fun x w => divergence phi grad w (student x)))))%R.
Proof. intros. pose proof (gap_primal phi grad inputs laws) as fact. lra. Qed.

Theorem not_bv_gap_primal_with_dual_mean :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad w (target x))) -
       (expect inputs (fun x => divergence phi grad (student x) (target x))))
     = ((expect inputs
       (fun x => inner (grad (student x) - grad (target x))%V ((centre x) - (student x))%V)) +
       (expect_teacher inputs (fun x w => divergence phi grad w (student x)))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem not_bv_gap_primal_without_slope_mismatch :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad w (target x))) -
       (expect inputs (fun x => divergence phi grad (student x) (target x))))
     = (expect_teacher inputs (fun x w => divergence phi grad w (student x))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem not_bv_gap_primal_with_misfit_exchanged :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad w (target x))) -
       (expect inputs (fun x => divergence phi grad (student x) (target x))))
     = ((expect inputs
       (fun x => inner (grad (student x) - grad (target x))%V ((posterior_mean x) - (student x))%V)) +
       (expect_teacher inputs (fun x w => divergence phi grad (student x) w))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

(** ** bv.posterior-mean: The gap is the misfit where the student is its posterior-mean teacher *)

Theorem bv_posterior_mean_dual_gap_is_misfit :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad (target x) w)) -
       (expect inputs (fun x => divergence phi grad (target x) (centre x))))
     = (expect_teacher inputs (fun x w => divergence phi grad (centre x) w)))%R.
Proof.
  intros. pose proof (gap_is_misfit_dual phi grad inputs laws centre centred) as fact. lra.
Qed.

Theorem not_bv_posterior_mean_dual_gap_with_mean :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad (target x) w)) -
       (expect inputs (fun x => divergence phi grad (target x) (posterior_mean x))))
     = (expect_teacher inputs (fun x w => divergence phi grad (posterior_mean x) w)))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem not_bv_posterior_mean_dual_gap_of_any_student :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad (target x) w)) -
       (expect inputs (fun x => divergence phi grad (target x) (student x))))
     = (expect_teacher inputs (fun x w => divergence phi grad (student x) w)))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem bv_posterior_mean_primal_gap_is_misfit :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad w (target x))) -
       (expect inputs (fun x => divergence phi grad (posterior_mean x) (target x))))
     = (expect_teacher inputs (fun x w => divergence phi grad w (posterior_mean x))))%R.
Proof. intros. pose proof (gap_is_misfit_primal phi grad inputs laws) as fact. lra. Qed.

Theorem not_bv_posterior_mean_primal_gap_with_dual_mean :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    (((expect_teacher inputs (fun x w => divergence phi grad w (target x))) -
       (expect inputs (fun x => divergence phi grad (centre x) (target x))))
     = (expect_teacher inputs (fun x w => divergence phi grad w (centre x))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

(** ** bv.bias-variance: The generalized decomposition into bias and variance *)

Theorem bv_bias_variance_dual :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad (target x) w))
     = ((expect inputs (fun x => divergence phi grad (target x) (centre x))) +
       (expect_teacher inputs (fun x w => divergence phi grad (centre x) w))))%R.
Proof. intros. pose proof (dual_split phi grad inputs laws target centre centred) as fact. lra. Qed.

Theorem not_bv_bias_variance_dual_with_mean :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad (target x) w))
     = ((expect inputs (fun x => divergence phi grad (target x) (posterior_mean x))) +
       (expect_teacher inputs (fun x w => divergence phi grad (posterior_mean x) w))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem not_bv_bias_variance_dual_with_variance_exchanged :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad (target x) w))
     = ((expect inputs (fun x => divergence phi grad (target x) (centre x))) +
       (expect_teacher inputs (fun x w => divergence phi grad w (centre x)))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

Theorem bv_bias_variance_primal :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad w (target x)))
     = ((expect_teacher inputs (fun x w => divergence phi grad w (posterior_mean x))) +
       (expect inputs (fun x => divergence phi grad (posterior_mean x) (target x)))))%R.
Proof. intros. pose proof (primal_split phi grad inputs laws target) as fact. lra. Qed.

Theorem not_bv_bias_variance_primal_with_dual_mean :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad w (target x)))
     = ((expect_teacher inputs (fun x w => divergence phi grad w (centre x))) +
       (expect inputs (fun x => divergence phi grad (centre x) (target x)))))%R).
Proof. intro claimed. false_at_example claimed. Qed.

(** ** bv.misfit-split: The misfit is the student's distance from its posterior mean plus the teacher's spread around it *)

Theorem bv_misfit_split_dual :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad (student x) w))
     = ((expect inputs (fun x => divergence phi grad (student x) (centre x))) +
       (expect_teacher inputs (fun x w => divergence phi grad (centre x) w))))%R.
Proof.
  intros. pose proof (dual_split phi grad inputs laws student centre centred) as fact. lra.
Qed.

Theorem bv_misfit_split_primal :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => divergence phi grad w (student x)))
     = ((expect_teacher inputs (fun x w => divergence phi grad w (posterior_mean x))) +
       (expect inputs (fun x => divergence phi grad (posterior_mean x) (student x)))))%R.
Proof. intros. pose proof (primal_split phi grad inputs laws student) as fact. lra. Qed.

Theorem bv_misfit_split_squared_loss :
  forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => norm2 ((student x) - w)%V))
     = ((expect inputs (fun x => norm2 ((student x) - (posterior_mean x))%V)) +
       (expect_teacher inputs (fun x w => norm2 (w - (posterior_mean x))%V))))%R.
Proof. intros. pose proof (squared_misfit_split inputs laws) as fact. lra. Qed.

Theorem not_bv_misfit_split_squared_loss_with_half_the_spread :
  ~ (forall (V : InnerProductSpace) (phi : V -> R) (grad : V -> V) (inputs : law (situation V))
      (laws : given_laws inputs) (centre : situation V -> V)
      (centred : forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)),
    ((expect_teacher inputs (fun x w => norm2 ((student x) - w)%V))
     = ((expect inputs (fun x => norm2 ((student x) - (posterior_mean x))%V)) +
       ((1 / 2) * (expect_teacher inputs (fun x w => norm2 (w - (posterior_mean x))%V)))))%R).
Proof. intro claimed. false_at_example claimed. Qed.
