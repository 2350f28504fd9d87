(** id.teacher, id.sft, id.ceiling, id.variance, id.exact-risk and id.in-sample as they are printed: the closed forms of
    the risks in two subspaces.

    How the risks are made of squared norms follows from subspace_fits.v in the library, and their closed forms from
    subspace_risks.v. Each wrong twin is denied by vectors of the plane. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import inner_product subspace_risks subspace_fits restating.
Open Scope R_scope.

Ltac absurd_example wrong :=
  unfold norm2, residual, mean_trace, teacher_error, student_fit, student_values, point in wrong; cbn in wrong;
  repeat (lapply wrong; [clear wrong; intro wrong | repeat split; lra]); lra.

(** ** id.teacher: The weak teacher's risk *)

Theorem id_teacher_closed_form :
  forall (V W : InnerProductSpace) (error left_out : V) (at_point noise : W) (n d_w sigma2 rho_w T F K ER_w : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (answered : ER_w = norm2 (error - left_out)%V)
      (left : norm2 left_out = rho_w) (in_span : inner left_out error = 0)
      (label : residual at_point noise rho_w sigma2) (white : norm2 error = norm2 (at_point + noise)%V * F)
      (trace : mean_trace F d_w T K),
    (ER_w
     = ((d_w * (rho_w + sigma2) / (n - d_w - 1)) + rho_w))%R.
Proof.
  intros. rewrite (fitted_split _ _ _ _ _ _ _ _ _ _ _ answered left in_span label white trace).
  pose proof (fitted_risk (n) d_w sigma2 rho_w T labels moment) as fact. restate fact.
Qed.

Theorem not_id_teacher_with_the_number_of_points :
  ~ (forall (V W : InnerProductSpace) (error left_out : V) (at_point noise : W)
      (n d_w sigma2 rho_w T F K ER_w : R) (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)
      (answered : ER_w = norm2 (error - left_out)%V) (left : norm2 left_out = rho_w)
      (in_span : inner left_out error = 0) (label : residual at_point noise rho_w sigma2)
      (white : norm2 error = norm2 (at_point + noise)%V * F) (trace : mean_trace F d_w T K),
    (ER_w
     = ((d_w * (rho_w + sigma2) / n) + rho_w))%R).
Proof.
  intro claimed.
  pose proof (claimed plane plane (point 1 0) (point 0 0) (point 0 0) (point 1 0) 3 1 1 0 1 1 0 1) as wrong.
  absurd_example wrong.
Qed.

(** ** id.sft: The strong baseline's risk *)

Theorem id_sft_closed_form :
  forall (V W : InnerProductSpace) (error left_out : V) (at_point noise : W) (n d_s sigma2 rho_s T F K ER_s : R)
      (labels : n > d_s + 1) (moment : T * (n - d_s - 1) = 1) (answered : ER_s = norm2 (error - left_out)%V)
      (left : norm2 left_out = rho_s) (in_span : inner left_out error = 0)
      (label : residual at_point noise rho_s sigma2) (white : norm2 error = norm2 (at_point + noise)%V * F)
      (trace : mean_trace F d_s T K),
    (ER_s
     = ((d_s * (rho_s + sigma2) / (n - d_s - 1)) + rho_s))%R.
Proof.
  intros. rewrite (fitted_split _ _ _ _ _ _ _ _ _ _ _ answered left in_span label white trace).
  pose proof (fitted_risk (n) d_s sigma2 rho_s T labels moment) as fact. restate fact.
Qed.

Theorem not_id_sft_with_the_number_of_points :
  ~ (forall (V W : InnerProductSpace) (error left_out : V) (at_point noise : W)
      (n d_s sigma2 rho_s T F K ER_s : R) (labels : n > d_s + 1) (moment : T * (n - d_s - 1) = 1)
      (answered : ER_s = norm2 (error - left_out)%V) (left : norm2 left_out = rho_s)
      (in_span : inner left_out error = 0) (label : residual at_point noise rho_s sigma2)
      (white : norm2 error = norm2 (at_point + noise)%V * F) (trace : mean_trace F d_s T K),
    (ER_s
     = ((d_s * (rho_s + sigma2) / n) + rho_s))%R).
Proof.
  intro claimed.
  pose proof (claimed plane plane (point 1 0) (point 0 0) (point 0 0) (point 1 0) 3 1 1 0 1 1 0 1) as wrong.
  absurd_example wrong.
Qed.

(** ** id.ceiling: The strong ceiling's risk *)

Theorem id_ceiling_closed_form :
  forall (V W : InnerProductSpace) (error left_out : V) (at_point noise : W)
      (n N d_s sigma2 rho_s T F K ER_c : R) (labels : n + N > d_s + 1) (moment : T * (n + N - d_s - 1) = 1)
      (answered : ER_c = norm2 (error - left_out)%V) (left : norm2 left_out = rho_s)
      (in_span : inner left_out error = 0) (label : residual at_point noise rho_s sigma2)
      (white : norm2 error = norm2 (at_point + noise)%V * F) (trace : mean_trace F d_s T K),
    (ER_c
     = ((d_s * (rho_s + sigma2) / (N + n - d_s - 1)) + rho_s))%R.
Proof.
  intros. rewrite (fitted_split _ _ _ _ _ _ _ _ _ _ _ answered left in_span label white trace).
  pose proof (fitted_risk (n + N) d_s sigma2 rho_s T labels moment) as fact. restate fact.
Qed.

Theorem not_id_ceiling_with_the_number_of_points :
  ~ (forall (V W : InnerProductSpace) (error left_out : V) (at_point noise : W)
      (n N d_s sigma2 rho_s T F K ER_c : R) (labels : n + N > d_s + 1) (moment : T * (n + N - d_s - 1) = 1)
      (answered : ER_c = norm2 (error - left_out)%V) (left : norm2 left_out = rho_s)
      (in_span : inner left_out error = 0) (label : residual at_point noise rho_s sigma2)
      (white : norm2 error = norm2 (at_point + noise)%V * F) (trace : mean_trace F d_s T K),
    (ER_c
     = ((d_s * (rho_s + sigma2) / (N + n)) + rho_s))%R).
Proof.
  intro claimed.
  pose proof (claimed plane plane (point 1 0) (point 0 0) (point 0 0) (point 1 0) 2 1 1 1 0 1 1 0 1) as wrong.
  absurd_example wrong.
Qed.

(** ** id.variance: The student inherits the teacher's variance in V_s and keeps d_s/N of the rest *)

Theorem id_variance_closed_form :
  forall (V : InnerProductSpace) (error_in error_off said kept : V)
      (n N d_s d_w d_sw sigma2 T F_in F_off K_in K_off h Var_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (white : norm2 error_in = sigma2 * F_in /\ norm2 error_off = sigma2 * F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off)
      (answered : Var_w2s = norm2 (said + kept)%V) (rows : norm2 said = norm2 error_in)
      (apart : inner said kept = 0) (share : norm2 kept = h * norm2 error_off),
    (Var_w2s
     = (sigma2 * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w - 1)))%R.
Proof.
  intros. destruct white as [is_in is_off], traces as [trace_in trace_off].
  rewrite (variance_split _ _ _ _ _ _ _ _ _ _ _ _ _ _ is_in is_off trace_in trace_off answered rows apart share).
  pose proof (student_variance n N d_s d_w d_sw sigma2 T h labels points moment hat) as fact. restate fact.
Qed.

Theorem not_id_variance_with_half_the_share :
  ~ (forall (V : InnerProductSpace) (error_in error_off said kept : V)
      (n N d_s d_w d_sw sigma2 T F_in F_off K_in K_off h Var_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (white : norm2 error_in = sigma2 * F_in /\ norm2 error_off = sigma2 * F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off)
      (answered : Var_w2s = norm2 (said + kept)%V) (rows : norm2 said = norm2 error_in)
      (apart : inner said kept = 0) (share : norm2 kept = h * norm2 error_off),
    (Var_w2s
     = (sigma2 * (d_sw + ((1 / 2) * d_s * (d_w - d_sw) / N)) / (n - d_w - 1)))%R).
Proof.
  intro claimed.
  pose proof (claimed plane (point 0 0) (point (1 / 2) (1 / 2)) (point 0 0) (point (1 / 2) 0)
    4 2 1 1 0 1 (1 / 2) 0 (1 / 2) 0 0 (1 / 2) (1 / 4)) as wrong.
  absurd_example wrong.
Qed.

Theorem not_id_variance_with_n_minus_d_w :
  ~ (forall (V : InnerProductSpace) (error_in error_off said kept : V)
      (n N d_s d_w d_sw sigma2 T F_in F_off K_in K_off h Var_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (white : norm2 error_in = sigma2 * F_in /\ norm2 error_off = sigma2 * F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off)
      (answered : Var_w2s = norm2 (said + kept)%V) (rows : norm2 said = norm2 error_in)
      (apart : inner said kept = 0) (share : norm2 kept = h * norm2 error_off),
    (Var_w2s
     = (sigma2 * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w)))%R).
Proof.
  intro claimed.
  pose proof (claimed plane (point 0 0) (point (1 / 2) (1 / 2)) (point 0 0) (point (1 / 2) 0)
    4 2 1 1 0 1 (1 / 2) 0 (1 / 2) 0 0 (1 / 2) (1 / 4)) as wrong.
  absurd_example wrong.
Qed.

(** ** id.exact-risk: The student's population risk, bias included *)

Theorem id_exact_risk_closed_form :
  forall (V W : InnerProductSpace) (left_out missed foreign error_in error_off : V) (at_point noise : W)
      (own : V) (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T F_in F_off K_in K_off T_s F_s K_s ER_w2s : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (points : N > d_s + 1)
      (student_moment : T_s * (N - d_s - 1) = 1)
      (biases : norm2 left_out = rho_s /\ norm2 missed = b_s /\ norm2 foreign = b_w)
      (label : residual at_point noise rho_w sigma2)
      (teacher : teacher_error missed foreign error_in error_off (norm2 (at_point + noise)%V) F_in F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off /\ mean_trace F_s d_s T_s
      K_s) (answered : ER_w2s = norm2 (error_in - missed + own - left_out)%V)
      (student : student_fit left_out missed foreign error_in error_off own F_s),
    (ER_w2s
     = (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (N - d_s - 1)) + (d_sw * (rho_w
         + sigma2) / (n - d_w - 1)) + rho_s))%R.
Proof.
  intros. destruct biases as (left & seen & unseen), traces as (trace_in & trace_off & trace_s).
  rewrite (population_split _ _ _ _ _ _ _ _ _ _ _ _ answered left student trace_s).
  rewrite (inside_split _ _ _ _ _ _ _ _ _ _ _ teacher seen trace_in).
  rewrite (outside_split _ _ _ _ _ _ _ _ _ _ _ _ teacher unseen trace_off).
  rewrite (residual_variance _ _ _ _ label).
  pose proof (population_risk n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s labels points moment
    student_moment) as fact.
  unfold error_inside, answer_outside in fact. restate fact.
Qed.

Theorem not_id_exact_risk_with_half_the_share :
  ~ (forall (V W : InnerProductSpace) (left_out missed foreign error_in error_off : V) (at_point noise : W)
      (own : V) (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T F_in F_off K_in K_off T_s F_s K_s ER_w2s : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (points : N > d_s + 1)
      (student_moment : T_s * (N - d_s - 1) = 1)
      (biases : norm2 left_out = rho_s /\ norm2 missed = b_s /\ norm2 foreign = b_w)
      (label : residual at_point noise rho_w sigma2)
      (teacher : teacher_error missed foreign error_in error_off (norm2 (at_point + noise)%V) F_in F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off /\ mean_trace F_s d_s T_s
      K_s) (answered : ER_w2s = norm2 (error_in - missed + own - left_out)%V)
      (student : student_fit left_out missed foreign error_in error_off own F_s),
    (ER_w2s
     = (b_s + ((1 / 2) * d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (N - d_s - 1)) +
         (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R).
Proof.
  intro claimed.
  pose proof (claimed plane plane (point 0 0) (point 0 0) (point 0 0) (point 0 0) (point (1 / 2) (1 / 2)) (point 0 0)
    (point 1 0) (point (1 / 2) 0) 4 4 1 1 0 1 0 0 0 0 (1 / 2) 0 (1 / 2) 0 0 (1 / 2) (1 / 2) 0 (1 / 4)) as wrong.
  absurd_example wrong.
Qed.

(** ** id.in-sample: The student's risk on the points it was fitted on *)

Theorem id_in_sample_closed_form :
  forall (V W : InnerProductSpace) (left_out missed foreign error_in error_off : V) (at_point noise : W)
      (said kept unsaid : V)
      (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T F_in F_off K_in K_off h ER_w2s_in_sample : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (biases : norm2 left_out = rho_s /\ norm2 missed = b_s /\ norm2 foreign = b_w)
      (meets : inner left_out foreign = b_sw) (label : residual at_point noise rho_w sigma2)
      (teacher : teacher_error missed foreign error_in error_off (norm2 (at_point + noise)%V) F_in F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off)
      (answered : ER_w2s_in_sample = norm2 (said + kept - unsaid)%V)
      (student : student_values left_out missed foreign error_in error_off said kept unsaid h),
    (ER_w2s_in_sample
     = (b_s + (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw)
         / (n - d_w - 1)) - (2 * b_sw)) / N)))%R.
Proof.
  intros. destruct biases as (left & seen & unseen), traces as (trace_in & trace_off).
  rewrite (in_sample_split _ _ _ _ _ _ _ _ _ _ _ _ answered left meets student).
  rewrite (inside_split _ _ _ _ _ _ _ _ _ _ _ teacher seen trace_in).
  rewrite (outside_split _ _ _ _ _ _ _ _ _ _ _ _ teacher unseen trace_off).
  rewrite (residual_variance _ _ _ _ label).
  pose proof
    (in_sample_risk n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h labels points moment hat) as
    fact.
  unfold error_inside, answer_outside in fact. restate fact.
Qed.

Theorem not_id_in_sample_with_population_risk :
  ~ (forall (V W : InnerProductSpace) (left_out missed foreign error_in error_off : V) (at_point noise : W)
      (said kept unsaid : V)
      (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T F_in F_off K_in K_off h ER_w2s_in_sample : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (biases : norm2 left_out = rho_s /\ norm2 missed = b_s /\ norm2 foreign = b_w)
      (meets : inner left_out foreign = b_sw) (label : residual at_point noise rho_w sigma2)
      (teacher : teacher_error missed foreign error_in error_off (norm2 (at_point + noise)%V) F_in F_off)
      (traces : mean_trace F_in d_sw T K_in /\ mean_trace F_off (d_w - d_sw) T K_off)
      (answered : ER_w2s_in_sample = norm2 (said + kept - unsaid)%V)
      (student : student_values left_out missed foreign error_in error_off said kept unsaid h),
    (ER_w2s_in_sample
     = (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (N - d_s - 1)) + (d_sw * (rho_w
         + sigma2) / (n - d_w - 1)) + rho_s))%R).
Proof.
  intro claimed.
  pose proof (claimed plane plane (point 0 0) (point 0 0) (point 0 0) (point 0 0) (point (1 / 2) (1 / 2)) (point 0 0)
    (point 1 0) (point 0 0) (point (1 / 4) (1 / 4)) (point 0 0) 4 4 1 1 0 1 0 0 0 0 0 (1 / 2) 0 (1 / 2) 0 0 (1 / 4) (1 / 8)) as wrong.
  absurd_example wrong.
Qed.
