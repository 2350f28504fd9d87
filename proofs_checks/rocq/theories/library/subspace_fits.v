(** Weak-to-strong regression in two subspaces (Dong et al. 2025): how the risks are made of squared norms.

    Vectors are means over labels and points, as in the claims: of an answer's error, what its span leaves out and what the
    fit gets wrong in it. What is assumed of them has names of its own here: [residual], of one label; [mean_trace], of
    the mean of tr(K (Z^T Z)^-1); [teacher_error], [student_fit] and [student_values], of the fits. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import inner_product.
Open Scope R_scope.

(** [F] is [trace] times the mean [T] of a diagonal entry, and [off] from the entries off the diagonal, whose signs turn. *)
Definition mean_trace (F trace T off : R) : Prop := F = trace * T + off /\ off = - off.

Lemma mean_trace_value F trace T off : mean_trace F trace T off -> F = trace * T.
Proof. intros [entries opposite]. lra. Qed.

Section Fits.
  Context {V W : InnerProductSpace}.

  (** What the features leave out of the target at a point, and the label's noise: independent. *)
  Definition residual (at_point noise : W) (misfit sigma2 : R) : Prop :=
    norm2 at_point = misfit /\ norm2 noise = sigma2 /\ inner at_point noise = 0.

  Lemma residual_variance at_point noise misfit sigma2 :
    residual at_point noise misfit sigma2 -> norm2 (at_point + noise)%V = sigma2 + misfit.
  Proof. intros (left & label & independent). rewrite norm2_plus. lra. Qed.

  Theorem fitted_split (error left_out : V) (at_point noise : W) risk misfit sigma2 features F T off :
    risk = norm2 (error - left_out)%V -> norm2 left_out = misfit -> inner left_out error = 0 ->
    residual at_point noise misfit sigma2 -> norm2 error = norm2 (at_point + noise)%V * F ->
    mean_trace F features T off ->
    risk = misfit + (sigma2 + misfit) * T * features.
  Proof.
    intros answered left off_span label white trace.
    rewrite answered, norm2_minus, (inner_sym V error left_out), off_span, left, white.
    rewrite (residual_variance _ _ _ _ label), (mean_trace_value _ _ _ _ trace). ring.
  Qed.

  (** The teacher's error in and off the student's span, against what it [missed] there and what is [foreign] to it. *)
  Definition teacher_error (missed foreign error_in error_off : V) (variance F_in F_off : R) : Prop :=
    norm2 error_in = variance * F_in /\ norm2 error_off = variance * F_off /\
    inner missed error_in = 0 /\ inner foreign error_off = 0.

  Lemma inside_split missed foreign error_in error_off variance F_in F_off b_s d_sw T off :
    teacher_error missed foreign error_in error_off variance F_in F_off -> norm2 missed = b_s ->
    mean_trace F_in d_sw T off -> norm2 (error_in - missed)%V = b_s + variance * T * d_sw.
  Proof.
    intros (is_in & _ & mean_zero & _) bias trace.
    rewrite norm2_minus, (inner_sym V error_in missed), mean_zero, is_in, bias, (mean_trace_value _ _ _ _ trace).
    ring.
  Qed.

  Lemma outside_split missed foreign error_in error_off variance F_in F_off b_w d_w d_sw T off :
    teacher_error missed foreign error_in error_off variance F_in F_off -> norm2 foreign = b_w ->
    mean_trace F_off (d_w - d_sw) T off -> norm2 (error_off + foreign)%V = b_w + variance * T * (d_w - d_sw).
  Proof.
    intros (_ & is_off & _ & mean_zero) bias trace.
    rewrite norm2_plus, (inner_sym V error_off foreign), mean_zero, is_off, bias, (mean_trace_value _ _ _ _ trace).
    ring.
  Qed.

  (** What the student leaves out is off its span, its own error in it and of mean 0. *)
  Definition student_fit (left_out missed foreign error_in error_off own : V) (F_s : R) : Prop :=
    inner left_out missed = 0 /\ inner left_out error_in = 0 /\ inner left_out own = 0 /\
    inner missed own = 0 /\ inner error_in own = 0 /\ norm2 own = norm2 (error_off + foreign)%V * F_s.

  Theorem population_split left_out missed foreign error_in error_off own risk rho_s F_s d_s T_s off :
    risk = norm2 (error_in - missed + own - left_out)%V -> norm2 left_out = rho_s ->
    student_fit left_out missed foreign error_in error_off own F_s -> mean_trace F_s d_s T_s off ->
    risk = rho_s + norm2 (error_in - missed)%V + T_s * d_s * norm2 (error_off + foreign)%V.
  Proof.
    intros answered left (m & i & o & mo & io & white) trace.
    rewrite (mean_trace_value _ _ _ _ trace) in white.
    assert (own_size : T_s * d_s * norm2 (error_off + foreign)%V = norm2 own) by (rewrite white; ring).
    rewrite own_size, answered, norm2_minus, norm2_plus, !inner_plus, !inner_scale, left.
    rewrite (inner_sym V error_in left_out), (inner_sym V missed left_out), (inner_sym V own left_out).
    rewrite m, i, o, mo, io. ring.
  Qed.

  (** At the student's points: what it says in its span, what its hat matrix kept, and what it leaves out, [h] the share. *)
  Definition student_values (left_out missed foreign error_in error_off said kept unsaid : V) (h : R) : Prop :=
    norm2 said = norm2 (error_in - missed)%V /\ norm2 unsaid = norm2 left_out /\
    inner said unsaid = inner (error_in - missed)%V left_out /\ inner said kept = 0 /\
    norm2 kept = h * norm2 (error_off + foreign)%V /\
    inner unsaid kept = h * inner (error_off + foreign)%V left_out /\
    inner left_out missed = 0 /\ inner left_out error_in = 0 /\ inner left_out error_off = 0.

  Theorem in_sample_split left_out missed foreign error_in error_off said kept unsaid risk rho_s b_sw h :
    risk = norm2 (said + kept - unsaid)%V -> norm2 left_out = rho_s -> inner left_out foreign = b_sw ->
    student_values left_out missed foreign error_in error_off said kept unsaid h ->
    risk = rho_s + norm2 (error_in - missed)%V + h * (norm2 (error_off + foreign)%V - 2 * b_sw).
  Proof.
    intros answered left meets (rows & rows_out & across & apart & share & share_across & m & i & o).
    assert (no_product : inner said unsaid = 0).
    { rewrite across, inner_plus, inner_scale, (inner_sym V error_in), (inner_sym V missed), m, i. ring. }
    assert (product : inner unsaid kept = h * b_sw).
    { rewrite share_across, inner_plus, (inner_sym V error_off), (inner_sym V foreign), o, meets. ring. }
    rewrite answered, norm2_minus, norm2_plus, inner_plus, apart, no_product, (inner_sym V kept unsaid), product,
      rows, rows_out, share, left. ring.
  Qed.

  (** Without misfit. *)
  Theorem variance_split (error_in error_off said kept : V) variance F_in F_off risk d_w d_sw T off_in off_off h :
    norm2 error_in = variance * F_in -> norm2 error_off = variance * F_off ->
    mean_trace F_in d_sw T off_in -> mean_trace F_off (d_w - d_sw) T off_off ->
    risk = norm2 (said + kept)%V -> norm2 said = norm2 error_in -> inner said kept = 0 ->
    norm2 kept = h * norm2 error_off ->
    risk = variance * T * (d_sw + h * (d_w - d_sw)).
  Proof.
    intros is_in is_off trace_in trace_off answered rows apart share.
    rewrite answered, norm2_plus, apart, share, rows, is_in, is_off.
    rewrite (mean_trace_value _ _ _ _ trace_in), (mean_trace_value _ _ _ _ trace_off). ring.
  Qed.
End Fits.
