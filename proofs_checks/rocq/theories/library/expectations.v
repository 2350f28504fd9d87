(** Expectations over finitely many atoms, of numbers and of vectors.

    The identities ask at most that the weights sum to one; inequalities that none is negative. *)

From W2S.library Require Export inner_product.
From Coq Require Import List FunctionalExtensionality.

(** Finitely many atoms, each after its weight. *)
Definition law (A : Type) : Type := list (R * A).

Definition expect {A : Type} (mu : law A) (f : A -> R) : R :=
  fold_right (fun atom total => fst atom * f (snd atom) + total) 0 mu.

Definition mean {A : Type} {V : InnerProductSpace} (mu : law A) (f : A -> V) : V :=
  fold_right (fun atom total => fst atom * f (snd atom) + total)%V zero mu.

Definition nonnegative {A : Type} (mu : law A) : Prop := Forall (fun atom => 0 <= fst atom) mu.
Definition total_one {A : Type} (mu : law A) : Prop := expect mu (fun _ => 1) = 1.
Definition occurs {A : Type} (a : A) (mu : law A) : Prop := In a (map snd mu).

Section Expectation.
  Context {A : Type}.
  Implicit Types (mu : law A) (f g : A -> R).

  Lemma expect_plus mu f g : expect mu (fun a => f a + g a) = expect mu f + expect mu g.
  Proof. induction mu as [| atom mu step]; simpl; [|rewrite step]; ring. Qed.

  Lemma expect_minus mu f g : expect mu (fun a => f a - g a) = expect mu f - expect mu g.
  Proof. induction mu as [| atom mu step]; simpl; [|rewrite step]; ring. Qed.

  Lemma expect_scale mu c f : expect mu (fun a => c * f a) = c * expect mu f.
  Proof. induction mu as [| atom mu step]; simpl; [|rewrite step]; ring. Qed.

  Lemma expect_ext mu f g : (forall a, occurs a mu -> f a = g a) -> expect mu f = expect mu g.
  Proof.
    induction mu as [| [weight a] mu step]; simpl; intros same; [reflexivity|].
    rewrite step by (intros b there; apply same; now right).
    now rewrite (same a) by now left.
  Qed.

  Lemma expect_zero mu f : (forall a, occurs a mu -> f a = 0) -> expect mu f = 0.
  Proof.
    intros null. rewrite (expect_ext mu f (fun _ => 0 * 0)) by (intros a there; rewrite null by exact there; ring).
    rewrite expect_scale. ring.
  Qed.

  Lemma expect_constant mu c : total_one mu -> expect mu (fun _ => c) = c.
  Proof.
    intros one. rewrite (expect_ext mu _ (fun _ => c * 1)) by (intros; ring).
    rewrite expect_scale, one. ring.
  Qed.

  Lemma expect_le mu f g : nonnegative mu -> (forall a, occurs a mu -> f a <= g a) -> expect mu f <= expect mu g.
  Proof.
    induction 1 as [| [weight a] mu positive _ step]; simpl; intros below; [lra|].
    apply Rplus_le_compat.
    - apply Rmult_le_compat_l; [exact positive|]. apply below. now left.
    - apply step. intros b there. apply below. now right.
  Qed.

  Lemma expect_nonneg mu f : nonnegative mu -> (forall a, 0 <= f a) -> 0 <= expect mu f.
  Proof.
    intros positive nonneg. rewrite <- (expect_zero mu (fun _ => 0)) by reflexivity.
    apply expect_le; [exact positive|]. intros a _. apply nonneg.
  Qed.

  Lemma inner_mean {V : InnerProductSpace} mu (f : A -> V) v : inner (mean mu f) v = expect mu (fun a => inner (f a) v).
  Proof.
    induction mu as [| [weight a] mu step]; simpl; [apply inner_zero|].
    now rewrite inner_plus, inner_scale, step.
  Qed.
End Expectation.

(** Vectors that depend on an atom, with the mean of their inner products. *)
Program Definition mean_square {A : Type} (mu : law A) (weights : nonnegative mu) (V : InnerProductSpace) :
  InnerProductSpace := {|
  vector := A -> V;
  zero := fun _ => zero;
  plus x y := fun a => (x a + y a)%V;
  scale c x := fun a => (c * x a)%V;
  inner x y := expect mu (fun a => inner (x a) (y a))
|}.
Next Obligation. apply functional_extensionality. intro. apply plus_comm. Qed.
Next Obligation. apply functional_extensionality. intro. apply plus_assoc. Qed.
Next Obligation. apply functional_extensionality. intro. apply plus_zero. Qed.
Next Obligation. apply functional_extensionality. intro. apply plus_opposite. Qed.
Next Obligation. apply functional_extensionality. intro. apply scale_one. Qed.
Next Obligation. apply functional_extensionality. intro. apply scale_scale. Qed.
Next Obligation. apply functional_extensionality. intro. apply scale_plus. Qed.
Next Obligation. apply functional_extensionality. intro. apply plus_scale. Qed.
Next Obligation. apply expect_ext. intros. apply inner_sym. Qed.
Next Obligation. rewrite <- expect_plus. apply expect_ext. intros. apply inner_plus. Qed.
Next Obligation. rewrite <- expect_scale. apply expect_ext. intros. apply inner_scale. Qed.
Next Obligation. apply expect_nonneg; [exact weights|]. intro. apply inner_nonneg. Qed.

(** Cauchy-Schwarz under the expectation. *)
Theorem expected_cauchy_schwarz {A : Type} {V : InnerProductSpace} (mu : law A) (x y : A -> V) :
  nonnegative mu ->
  expect mu (fun a => inner (x a) (y a)) ^ 2 <= expect mu (fun a => norm2 (x a)) * expect mu (fun a => norm2 (y a)).
Proof. intros weights. exact (@cauchy_schwarz (mean_square mu weights V) x y). Qed.
