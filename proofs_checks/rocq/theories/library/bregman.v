(** Bregman divergences (Xu et al. 2025): the gap between the teacher's and the student's risk is their misfit, up to a
    term that vanishes where the student is its posterior-mean teacher.

    The space is any inner-product space, the generator any function [phi] with any map [grad] in the place of its
    gradient: the identities need neither convexity nor derivatives. Expectations are over finitely many atoms. *)

From W2S.library Require Import expectations.
From Coq Require Import List.
Import ListNotations.

(** An input: its target, the student's answer there, and the law of the teacher's answer given these. *)
Record situation (V : InnerProductSpace) := { target : V; student : V; teacher : law V }.
Arguments target {V}.
Arguments student {V}.
Arguments teacher {V}.

(** Weights that sum to one; that none is negative is asked only where an inequality needs it. *)
Definition given_laws {V : InnerProductSpace} (inputs : law (situation V)) : Prop :=
  forall x, occurs x inputs -> total_one (teacher x).

(** The mean over inputs, and over the teacher's answer [w] to each. *)
Definition expect_teacher {V : InnerProductSpace} (inputs : law (situation V)) (f : situation V -> V -> R) : R :=
  expect inputs (fun x => expect (teacher x) (f x)).

Definition posterior_mean {V : InnerProductSpace} (x : situation V) : V := mean (teacher x) (fun w => w).

Section Divergence.
  Context {V : InnerProductSpace}.
  Variables (phi : V -> R) (grad : V -> V).
  Implicit Types g s w : V.

  Definition divergence (x y : V) : R := phi x - phi y - inner (grad y) (x - y)%V.

  (** From g to w by way of s; the last term is what Pythagoras would drop. *)
  Theorem three_point g s w :
    divergence g w = divergence g s + divergence s w + inner (grad s - grad w)%V (g - s)%V.
  Proof. unfold divergence. inner_ring. Qed.

  (** [centre] has the mean of the gradients for its gradient. *)
  Definition dual_mean (mu : law V) (centre : V) : Prop := grad centre = mean mu grad.

  (** ** Averaged over the teacher *)

  Lemma three_point_to_random (mu : law V) g s :
    total_one mu ->
    expect mu (fun w => divergence g w)
    = divergence g s + expect mu (fun w => divergence s w) + inner (grad s - mean mu grad)%V (g - s)%V.
  Proof.
    intros one. rewrite inner_plus, inner_scale, inner_mean.
    rewrite <- (expect_constant mu (divergence g s) one), <- (expect_constant mu (inner (grad s) _) one).
    rewrite <- expect_scale, <- !expect_plus.
    apply expect_ext. intros w _. rewrite (three_point g s w). inner_ring.
  Qed.

  Lemma three_point_from_random (mu : law V) g s :
    total_one mu ->
    expect mu (fun w => divergence w g)
    = divergence s g + expect mu (fun w => divergence w s)
      + inner (grad s - grad g)%V (mean mu (fun w => w) - s)%V.
  Proof.
    intros one. rewrite inner_plus_right, inner_scale_right, (inner_sym _ _ (mean mu _)), inner_mean.
    rewrite <- (expect_constant mu (divergence s g) one), <- (expect_constant mu (inner _ s) one).
    rewrite <- expect_scale, <- !expect_plus.
    apply expect_ext. intros w _. rewrite (three_point w s g). inner_ring.
  Qed.

  (** ** The gap *)

  Variable inputs : law (situation V).
  Hypothesis laws : given_laws inputs.

  Theorem gap_dual (centre : situation V -> V) :
    (forall x, occurs x inputs -> dual_mean (teacher x) (centre x)) ->
    expect_teacher inputs (fun x w => divergence (target x) w)
    - expect inputs (fun x => divergence (target x) (student x))
    = expect_teacher inputs (fun x w => divergence (student x) w)
      + expect inputs (fun x => inner (grad (student x) - grad (centre x))%V (target x - student x)%V).
  Proof.
    intros centred. unfold expect_teacher. rewrite <- expect_minus, <- expect_plus.
    apply expect_ext. intros x there.
    rewrite (three_point_to_random _ _ (student x)) by now apply laws.
    rewrite (centred x there). ring.
  Qed.

  Theorem gap_primal :
    expect_teacher inputs (fun x w => divergence w (target x))
    - expect inputs (fun x => divergence (student x) (target x))
    = expect_teacher inputs (fun x w => divergence w (student x))
      + expect inputs (fun x => inner (grad (student x) - grad (target x))%V (posterior_mean x - student x)%V).
  Proof.
    unfold expect_teacher. rewrite <- expect_minus, <- expect_plus.
    apply expect_ext. intros x there.
    rewrite (three_point_from_random _ _ (student x)) by now apply laws.
    unfold posterior_mean. ring.
  Qed.

  (** ** Splitting at a posterior mean

      The part that the cross term does not reach: [point] is anything that the input fixes, such as the target (bias
      and variance) or the student (its misfit). *)

  Theorem dual_split (point centre : situation V -> V) :
    (forall x, occurs x inputs -> dual_mean (teacher x) (centre x)) ->
    expect_teacher inputs (fun x w => divergence (point x) w)
    = expect inputs (fun x => divergence (point x) (centre x))
      + expect_teacher inputs (fun x w => divergence (centre x) w).
  Proof.
    intros centred. unfold expect_teacher. rewrite <- expect_plus.
    apply expect_ext. intros x there.
    rewrite (three_point_to_random _ _ (centre x)) by now apply laws.
    rewrite (centred x there). inner_ring.
  Qed.

  Theorem primal_split (point : situation V -> V) :
    expect_teacher inputs (fun x w => divergence w (point x))
    = expect inputs (fun x => divergence (posterior_mean x) (point x))
      + expect_teacher inputs (fun x w => divergence w (posterior_mean x)).
  Proof.
    unfold expect_teacher. rewrite <- expect_plus.
    apply expect_ext. intros x there.
    rewrite (three_point_from_random _ _ (posterior_mean x)) by now apply laws.
    unfold posterior_mean. inner_ring.
  Qed.

  (** A student that is its posterior-mean teacher gains its misfit. *)
  Corollary gap_is_misfit_dual (centre : situation V -> V) :
    (forall x, occurs x inputs -> dual_mean (teacher x) (centre x)) ->
    expect_teacher inputs (fun x w => divergence (target x) w)
    - expect inputs (fun x => divergence (target x) (centre x))
    = expect_teacher inputs (fun x w => divergence (centre x) w).
  Proof. intros centred. rewrite (dual_split target centre centred). ring. Qed.

  Corollary gap_is_misfit_primal :
    expect_teacher inputs (fun x w => divergence w (target x))
    - expect inputs (fun x => divergence (posterior_mean x) (target x))
    = expect_teacher inputs (fun x w => divergence w (posterior_mean x)).
  Proof. rewrite (primal_split target). ring. Qed.
End Divergence.

(** ** Which mean, and in which argument

    One input with target 2 and student 0, whose teacher answers 2 with probability 1/8 and else 0: with the quartic
    generator its dual mean is 1, its mean 1/4. *)

Definition quartic (z : plane) : R := fst z ^ 4 / 4.
Definition cube (z : plane) : plane := point (fst z ^ 3) 0.

Definition example : law (situation plane) :=
  [(1, {| target := point 2 0; student := point 0 0; teacher := [(1 / 8, point 2 0); (7 / 8, point 0 0)] |})].

Lemma example_laws : given_laws example.
Proof. intros x [<- | []]. unfold total_one. simpl. lra. Qed.

Lemma example_weights : nonnegative example.
Proof. repeat constructor. simpl. lra. Qed.

Lemma example_centre x : occurs x example -> dual_mean cube (teacher x) (point 1 0).
Proof. intros [<- | []]. unfold dual_mean, cube, point. simpl. f_equal; lra. Qed.

(** What an example's expectations are as numbers. *)
Ltac compute_example wrong :=
  unfold expect_teacher, divergence, posterior_mean, quartic, cube, point, norm2 in wrong; simpl in wrong.

(** Without the cross term the three-point identity is Pythagoras' theorem, which needs a right angle. *)
Theorem three_points_need_the_cross_term : ~ forall (V : InnerProductSpace) (phi : V -> R) grad g s w,
  divergence phi grad g w = divergence phi grad g s + divergence phi grad s w.
Proof.
  intros claimed. pose proof (claimed plane quartic cube (point 2 0) (point 0 0) (point 2 0)) as wrong.
  compute_example wrong. lra.
Qed.

Theorem dual_gap_needs_the_dual_mean :
  ~ forall (V : InnerProductSpace) (phi : V -> R) grad inputs,
    given_laws inputs ->
    expect_teacher inputs (fun x w => divergence phi grad (target x) w)
    - expect inputs (fun x => divergence phi grad (target x) (student x))
    = expect_teacher inputs (fun x w => divergence phi grad (student x) w)
      + expect inputs (fun x => inner (grad (student x) - grad (posterior_mean x))%V (target x - student x)%V).
Proof.
  intros claimed. pose proof (claimed plane quartic cube example example_laws) as wrong.
  compute_example wrong. lra.
Qed.

Theorem primal_gap_needs_the_mean :
  ~ forall (V : InnerProductSpace) (phi : V -> R) grad inputs (centre : situation V -> V),
    given_laws inputs -> (forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)) ->
    expect_teacher inputs (fun x w => divergence phi grad w (target x))
    - expect inputs (fun x => divergence phi grad (student x) (target x))
    = expect_teacher inputs (fun x w => divergence phi grad w (student x))
      + expect inputs (fun x => inner (grad (student x) - grad (target x))%V (centre x - student x)%V).
Proof.
  intros claimed.
  pose proof (claimed plane quartic cube example (fun _ => point 1 0) example_laws example_centre) as wrong.
  compute_example wrong. lra.
Qed.

Theorem dual_split_needs_the_dual_mean :
  ~ forall (V : InnerProductSpace) (phi : V -> R) grad inputs,
    given_laws inputs ->
    expect_teacher inputs (fun x w => divergence phi grad (target x) w)
    = expect inputs (fun x => divergence phi grad (target x) (posterior_mean x))
      + expect_teacher inputs (fun x w => divergence phi grad (posterior_mean x) w).
Proof.
  intros claimed. pose proof (claimed plane quartic cube example example_laws) as wrong.
  compute_example wrong. lra.
Qed.

Theorem primal_split_needs_the_mean :
  ~ forall (V : InnerProductSpace) (phi : V -> R) grad inputs (centre : situation V -> V),
    given_laws inputs -> (forall x, occurs x inputs -> dual_mean grad (teacher x) (centre x)) ->
    expect_teacher inputs (fun x w => divergence phi grad w (target x))
    = expect inputs (fun x => divergence phi grad (centre x) (target x))
      + expect_teacher inputs (fun x w => divergence phi grad w (centre x)).
Proof.
  intros claimed.
  pose proof (claimed plane quartic cube example (fun _ => point 1 0) example_laws example_centre) as wrong.
  compute_example wrong. lra.
Qed.
