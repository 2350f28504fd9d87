"""Bounds as theorists type them, with what is true of them by known inequalities: "T", "F", or "N" for no such state."""

from __future__ import annotations

from collections.abc import Iterator

from .grammar import Bound

TRUE, FALSE, NO_STATE = "T", "F", "N"
Case = tuple[Bound, str]

ONE_VARIABLE = """
T sin(pi*L_TE) >= 0
T exp(-L_TE) >= 1 - L_TE
T L_TE**L_TE >= 0.69
F L_TE**L_TE >= 0.7
T 2**L_TE <= 1 + L_TE
F 2**L_TE < 1 + L_TE
F sqrt(abs(L_TE-1/2)) < sqrt(2)/2
T sqrt(abs(L_TE-1/2)) <= sqrt(2)/2
T cos(L_TE) >= 1 - L_TE**2/2
T sin(L_TE) <= L_TE
F sin(L_TE) < L_TE
T sin(L_TE) >= L_TE - L_TE**3/6
T log(1+L_TE) <= L_TE
T log(1+L_TE) >= L_TE - L_TE**2/2
T tan(L_TE) >= L_TE
T L_TE*log(L_TE) >= -exp(-1)
F L_TE*log(L_TE) > -exp(-1)
F L_TE*log(L_TE) >= -0.36
T L_TE*(1-L_TE) <= 1/4
F L_TE*(1-L_TE) < 1/4
T exp(L_TE) <= 1 + L_TE*(E-1)
F exp(L_TE) <= 1 + 1.7*L_TE
T sqrt(L_TE) >= L_TE
T sqrt(1-L_TE) <= 1 - L_TE/2
F sqrt(1-L_TE) <= 1 - 0.51*L_TE
T sqrt(1-L_TE) == norm_TE
T norm_TE**2 == 1 - L_TE
T norm_TE**2 + L_TE == 1
F norm_TE == 1 - L_TE
T norm_TE >= 1 - L_TE
T max(L_TE, 1-L_TE) >= 1/2
F max(L_TE, 1-L_TE) > 1/2
T min(L_TE, 1-L_TE) <= 1/2
T abs(2*L_TE-1) <= 1
T exp(log(L_TE)) > 0
T exp(log(L_TE)) == L_TE
T sin(L_TE)**2 + cos(L_TE)**2 == 1
F L_TE != 1/2
T L_TE >= 0 and L_TE <= 1
F L_TE > 0
F L_TE < 1
F L_TE == 1/2
T L_TE**2 != 2
T L_TE != 2/3 or L_TE**2 == 4/9
T sqrt(2-sqrt(3)) < 0.518 or L_TE >= 0
F sqrt(2-sqrt(3)) >= 0.518
T (1+L_TE)**3 >= 1 + 3*L_TE
T (1+L_TE)**(1/2) <= 1 + L_TE/2
T (1+L_TE)**sqrt(2) >= 1 + sqrt(2)*L_TE
F (1+L_TE)**sqrt(2) >= 1 + 1.5*L_TE + L_TE**2
T 1/(1+L_TE) >= 1 - L_TE
T L_TE/(1+L_TE) <= 1/2
F L_TE/(1+L_TE) < 1/2
T sin(L_TE)/L_TE <= 1
T sin(L_TE)/L_TE < 1
T (exp(L_TE)-1)/L_TE >= 1
T 1 - norm_TE >= L_TE/2
T 1 - norm_TE <= L_TE
T not (L_TE > 1)
F not (L_TE >= 1)
"""

STUDENTS = {
    "shrinkage": """
T PGR <= 1
T PGR < 1
F PGR >= 0
F PGR >= -100
F L_ST <= L_TE
T L_ST <= 4/3
F L_ST < 4/3
F L_ST <= 1.333
T L_ST <= 2
T inner_ST_target >= -1/8
F inner_ST_target > -1/8
F inner_ST_target >= -0.12
T inner_ST_target <= 1
F inner_ST_target < 1
T inner_ST_target <= (norm_TE**2 + norm_TE)/2
T inner_ST_target >= (norm_TE**2 - norm_TE)/2
T norm_ST <= norm_TE
F norm_ST < norm_TE
F norm_ST == norm_TE
T norm_ST**2 <= inner_ST_TE
T inner_ST_TE <= norm_TE**2
T inner_ST_TE >= 0
T norm_ST**2 <= inner_ST_TE and inner_ST_TE <= norm_TE**2
F inner_ST_TE >= norm_TE**2/2
T L_ST == 1 - 2*inner_ST_target + norm_ST**2
T L_ST >= (1 - norm_ST)**2
T L_ST <= (1 + norm_ST)**2
T sqrt(L_ST) >= 1 - norm_ST
T L_ST >= ((sqrt(1+3*L_TE)-sqrt(1-L_TE))/2)**2
T L_ST <= ((sqrt(1+3*L_TE)+sqrt(1-L_TE))/2)**2
T sqrt(L_ST) >= (sqrt(1+3*L_TE)-sqrt(1-L_TE))/2
F sqrt(L_ST) > (sqrt(1+3*L_TE)-sqrt(1-L_TE))/2
T L_ST >= 1/2*L_TE*log(1+L_TE)
T PGR <= 1 - 3/4*sin(L_TE)
T L_ST >= 3/4*sin(L_TE)**2
T L_ST >= L_TE**2*exp(-L_TE)/2
F L_ST > L_TE**2*exp(-L_TE)/2
T L_ST >= 3/4*L_TE**2*cos(L_TE)
T L_ST >= 3/4*L_TE**(sqrt(2)+1)
T L_ST >= 3/4*L_TE**3
F L_ST >= 3/4*L_TE**1.9
F L_ST >= 5*L_TE*sqrt(1+sqrt(L_TE))
F PGR*L_TE + L_ST > 1/2
T PGR*L_TE + L_ST > 0
T PGR*L_TE + L_ST == L_TE
T (L_TE - L_ST)/L_TE == PGR
F L_ST >= L_TE and L_ST < L_TE
F L_ST >= L_TE or L_ST < L_TE/2
T L_ST >= L_TE or L_ST < L_TE
F L_ST >= L_TE**2
F L_ST >= L_TE**sqrt(5)
F L_ST >= L_TE**2*log(1/L_TE)
T L_TE - L_ST <= 1/3
F L_TE - L_ST < 1/3
F L_TE - L_ST <= 0.33
""",
    "bounded": """
T PGR < 1
T norm_ST <= norm_TE
F norm_ST**2 <= inner_ST_TE
T abs(inner_ST_TE) <= norm_TE**2
T inner_ST_TE >= -norm_TE**2
F inner_ST_TE >= 0
T L_ST >= (1-norm_TE)**2
T L_ST >= (1-sqrt(1-L_TE))**2
T L_ST <= (1+norm_TE)**2
T L_ST <= 4
F L_ST < 4
F L_ST <= 3.99
T inner_ST_target >= -1
T abs(inner_ST_target) <= norm_TE
T L_ST == 1 - 2*inner_ST_target + norm_ST**2
T sqrt(L_ST) + norm_TE >= 1
F sqrt(L_ST) + norm_TE > 1
""",
    "eigenfunction": """
T L_ST >= L_TE**2
F L_ST > L_TE**2
F L_ST >= 1.01*L_TE**2
T PGR <= 1 - L_TE
T L_ST <= 5/4
F L_ST < 5/4
F L_ST <= 1
T inner_ST_target >= 0
T norm_ST <= norm_TE
T inner_ST_TE >= 0
T inner_ST_target <= inner_TE_target
T norm_ST**2 <= inner_ST_TE
F L_ST <= L_TE
T exp(inner_TE_target) <= 3
F exp(inner_TE_target) <= 2
F L_ST > L_TE**2*cos(L_TE)/2
T L_ST >= L_TE**2*cos(L_TE)/2
T inner_ST_target*norm_TE <= norm_TE**3
""",
}

RATIOS = {
    ("shrinkage", 1): (
        ("1/10", "1/2", "0.7", "0.7499", "3/4", "0.75", "sqrt(9/16)"),
        ("0.7501", "0.76", "1", "pi/4", "3/4+1e-9"),
    ),
    ("bounded", 1): (("1/8", "0.2499", "1/4", "exp(-2)"), ("0.2501", "1/3", "1/4+1e-9", "1")),
    ("chain", 2): (("1/2", "0.5588", "9/17"), ("0.5589", "0.56", "9/16", "3/4")),
    ("chain", 3): (("0.4", "0.444", "4/9"), ("0.4445", "4/9+1e-6", "1/2")),
    ("chain", 4): (("0.39", "25/64"), ("0.391", "0.4")),
    ("chain", 5): (("0.3599", "9/25"), ("0.3601", "0.4")),
    ("chain", 8): (("0.3", "81/256"), ("0.317", "1/3")),
    ("chain", 12): (("1/4", "169/576"), ("0.294", "0.3")),
}

CONDITIONED = """
shrinkage|T L_ST > 0.7*L_TE**2|L_TE > 0
shrinkage|F L_ST > 3/4*L_TE**2|L_TE > 0
shrinkage|T L_ST > 3/4*L_TE**2|L_TE > 0 and L_TE < 2/3
shrinkage|T L_ST >= 5*L_TE**2.5|L_TE <= 1/50
shrinkage|T L_TE >= 1/2|sqrt(L_TE*(2*L_TE-1)) <= 1 and L_TE > 0
shrinkage|F L_TE >= 1/2|sqrt(L_TE*(2*L_TE-1)) <= 1
shrinkage|F L_TE <= 1/2|L_TE**3 + L_TE == 1
shrinkage|T L_TE <= 0.69|L_TE**3 + L_TE == 1
shrinkage|T L_TE >= 0.68|L_TE**3 + L_TE == 1
shrinkage|F L_TE == 0|sqrt(1+sqrt(L_TE)) >= 1
shrinkage|T L_TE == 1|sqrt(L_TE-1) >= 0
shrinkage|T L_ST >= 1/3|L_TE >= 2/3
shrinkage|F L_ST > 1/3|L_TE >= 2/3
shrinkage|F L_ST >= 0.34|L_TE >= 2/3
shrinkage|T L_ST >= 1|L_TE == 1
shrinkage|T L_ST == 1|L_TE == 1
shrinkage|T norm_ST == 0|L_TE == 1
shrinkage|T L_ST == 0 or L_TE > 0|norm_ST == 1
shrinkage|T PGR <= 1/2|L_TE == 2/3
shrinkage|F PGR < 1/2|L_TE == 2/3
shrinkage|F PGR <= 0.49|L_TE == 2/3
shrinkage|N L_ST >= 0|L_TE > 1
shrinkage|N L_ST >= 0|L_ST < 0
shrinkage|N L_ST >= 0|L_TE**2 == 2
shrinkage|N L_ST >= 0|L_TE > 1/2 and L_TE <= 1/2
shrinkage|N L_ST >= 0|L_ST < L_TE**2/2
shrinkage|N L_ST >= 0|PGR > 1
shrinkage|N L_ST >= 0|L_TE == 1/3 and L_TE == 1/2
shrinkage|N L_ST >= 0|norm_ST > norm_TE
shrinkage|N L_ST >= 0|log(L_TE) > 0
shrinkage|N L_ST >= 0|exp(L_TE) < 1
bounded|T L_ST > L_TE**2/4|L_TE > 0
bounded|F L_ST >= 0.26*L_TE**2|L_TE <= 1/10
bounded|T L_ST >= 1/4|L_TE >= 3/4
bounded|F L_ST > 1/4|L_TE >= 3/4
bounded|N L_ST >= 0|norm_ST > norm_TE
eigenfunction|T L_ST > L_TE**2/2|L_TE > 0
eigenfunction|T L_ST >= 1/4|L_TE >= 1/2
eigenfunction|F L_ST >= 0.26|L_TE >= 1/2
eigenfunction|N L_ST >= 0|L_ST > 1.3
eigenfunction|N L_ST >= 0|norm_ST > norm_TE
chain|N L_ST >= 0|L_TE < 0
squared|T risk_s <= risk_w|cross_term >= 0
squared|T misfit <= risk_w|cross_term >= 0
squared|F risk_s < risk_w|cross_term >= 0
squared|T risk_s < risk_w|cross_term >= 0 and variance > 0
squared|T risk_w == risk_s + misfit|cross_term == 0
squared|T risk_s <= risk_w|cross_term == 0
squared|F risk_s < risk_w|cross_term == 0
squared|T cross_term == 0|projection_error == 0
squared|T gap == misfit|projection_error == 0
squared|T risk_s == risk_mean|projection_error == 0
squared|T risk_w == misfit|risk_s == 0
squared|T risk_w == risk_s|misfit == 0
squared|T risk_w == risk_mean|variance == 0
squared|F risk_s <= 1|risk_s**2 == 2
squared|T risk_s <= 3/2|risk_s**2 == 2
squared|T gap <= misfit|cross_term <= 0
squared|T risk_w <= 4|risk_s == 1 and misfit == 1
squared|F risk_w < 4|risk_s == 1 and misfit == 1
squared|N risk_w >= 0|risk_w < 0
squared|N risk_w >= 0|misfit < variance
squared|N risk_w >= 0|cross_term**2 > 4*projection_error*risk_s
squared|N risk_w >= 0|risk_mean > risk_w
squared|N risk_w >= 0|misfit == 0 and risk_w != risk_s
bregman-binary|T risk_s <= risk_w|cross_term >= 0
bregman-binary|F risk_s < risk_w|cross_term >= 0
bregman-binary|T risk_s == 0|target == student
bregman-binary|T risk_w == misfit|target == student
bregman-binary|T cross_term == 0|target == student
bregman-binary|T entropy_s == log(2)|student == 1/2
bregman-binary|T risk_w == risk_mean|variance == 0
bregman-binary|F variance > 0|student**2 + target**2 == 1/3
bregman-binary|T risk_s <= log(2)|student == 1/2
bregman-binary|F risk_s <= 0.6|student == 1/2
bregman-binary|N risk_w >= 0|risk_s > 7
bregman-binary|N risk_w >= 0|entropy_s > 1
bregman-binary|N risk_w >= 0|student == 2
bregman-binary|N risk_w >= 0|student > 0.9995
bregman-binary|N risk_w >= 0|misfit < variance
subspace|T ER_w2s == sigma2/(n-d_w-1)*(d_sw + (d_w-d_sw)*d_s/(N-d_s-1))|rho_s == 0 and rho_w == 0
subspace|T ER_w2s <= ER_w|rho_s == 0 and rho_w == 0 and N > 2*d_s + 1
subspace|T ER_w2s <= ER_w|rho_s == 0 and rho_w == 0 and N >= 2*d_s + 1
subspace|F ER_w2s < ER_w|rho_s == 0 and rho_w == 0 and N >= 2*d_s + 1
subspace|F ER_w2s <= ER_w|rho_s == 0 and rho_w == 0 and N == 2*d_s
subspace|F ER_w2s <= ER_w|rho_s == 0 and rho_w == 0
subspace|F ER_w2s <= ER_w|N > 2*d_s + 1
subspace|T ER_w2s >= ER_w|d_s == d_w and d_sw == d_s
subspace|T b_s == 0 and b_w == 0|rho_w == 0 and rho_s == 0
subspace|T b_s == 0|rho_w == 0
subspace|T b_w == rho_s|rho_w == 0
subspace|T d_sw == 0 or d_sw > 0|d_sw == 0
subspace|T ER_w2s >= rho_s + b_s|d_sw == 0
subspace|T d_s >= 2|d_sw > 1
subspace|T d_s + d_w >= 2|d_sw >= 0
subspace|F d_s >= 2|d_sw >= 1
subspace|T N >= 3|d_s == 3
subspace|T ER_s <= rho_s + sigma2 + rho_s|n == 2*d_s + 1
subspace|T ER_s == 2*rho_s + sigma2|n == 2*d_s + 1
subspace|N N >= 1|d_s**2 == 2
subspace|N N >= 1|N**2 == 3*d_s**2 and d_s < 4 and N < 8
subspace|N N >= 1|2*d_s == 2*d_w + 1
subspace|N N >= 1|N < d_s
subspace|N N >= 1|d_sw > d_s
subspace|N N >= 1|n == d_w + 1
subspace|N N >= 1|sigma2 == 0
subspace|N N >= 1|b_s > rho_w
subspace|N N >= 1|d_s == 1 and d_sw > 1
subspace|N N >= 1|d_s > 3 and d_s < 4
"""

OTHERS = {
    "squared": """
T sqrt(risk_w) <= sqrt(risk_s) + sqrt(misfit)
F sqrt(risk_w) < sqrt(risk_s) + sqrt(misfit)
T sqrt(risk_s) <= sqrt(risk_w) + sqrt(misfit)
T sqrt(misfit) <= sqrt(risk_w) + sqrt(risk_s)
F risk_w <= risk_s + misfit
F risk_s <= risk_w
T risk_w <= 2*risk_s + 2*misfit
F risk_w <= 1.99*risk_s + 1.99*misfit
T risk_s <= 2*risk_w + 2*misfit
T risk_w <= 3*risk_s + 3/2*misfit
F risk_w <= 3*risk_s + 1.49*misfit
T risk_w <= (1+sqrt(2+sqrt(3)))*risk_s + (1+sqrt(2-sqrt(3)))*misfit
F risk_w <= (1+sqrt(2+sqrt(3)))*risk_s + (1+sqrt(2-sqrt(3)))*(1-1e-9)*misfit
T risk_w == risk_mean + variance
T misfit == projection_error + variance
T gap == risk_w - risk_s
T gap - misfit == cross_term
T gap == misfit + cross_term
F gap == misfit
T abs(cross_term) <= 2*sqrt(projection_error*risk_s)
T cross_term**2 <= 4*projection_error*risk_s
F cross_term**2 <= 3.99*projection_error*risk_s
T cross_term <= projection_error + risk_s
T cross_term >= -projection_error - risk_s
F cross_term < projection_error + risk_s
T risk_mean <= risk_w
F risk_mean < risk_w
T variance <= risk_w and variance <= misfit
T risk_mean == risk_s + projection_error + cross_term
T abs(gap) <= misfit + 2*sqrt(misfit*risk_s)
F abs(gap) <= misfit
F risk_w <= 10**12
F risk_w <= 10**60*10**60
T risk_w >= 0 and risk_s >= 0 and misfit >= 0
F risk_w > 0
T misfit >= variance
F misfit <= 2*variance
T (risk_w - risk_s)**2 <= misfit*(sqrt(risk_w)+sqrt(risk_s))**2
""",
    "bregman-binary": """
T gap == risk_w - risk_s
T risk_w == risk_mean + variance
T misfit == projection_error + variance
T gap == misfit + cross_term
T RCE == entropy_s + misfit
T RCE >= entropy_s
T CE_w >= risk_w
T CE_s >= risk_s
T CE_s - risk_s <= log(2)
T CE_s - risk_s == CE_w - risk_w
T risk_s >= 0
F risk_s > 0
T risk_s >= 2*(target-student)**2
F risk_s >= 2.1*(target-student)**2
T risk_mean >= 2*(target-mean_teacher)**2
T misfit >= 2*(student-mean_teacher)**2
T risk_w >= 2*(target-mean_teacher)**2
T risk_s <= (target-student)**2/(student*(1-student))
F risk_s <= 0.9*(target-student)**2/(student*(1-student))
T entropy_s <= log(2)
F entropy_s < log(2)
F entropy_s <= 0.69
T entropy_s >= 4*log(2)*student*(1-student)
T entropy_s <= log(2) - 2*(student-1/2)**2
T entropy_s > 0
T risk_s <= 7
F risk_s <= 6
T risk_w >= risk_mean
T risk_w >= variance
F risk_w >= risk_s
T projection_error <= misfit
T risk_s == target*log(target/student) + (1-target)*log((1-target)/(1-student))
T entropy_s == -student*log(student) - (1-student)*log(1-student)
T CE_s == -target*log(student) - (1-target)*log(1-student)
F risk_s <= abs(target-student)
T sqrt(risk_s/2) >= abs(target-student)
T student*(1-student) <= 1/4
F misfit <= 100
T cross_term == gap - misfit
""",
    "subspace": """
T ER_w >= rho_w
T ER_w > rho_w
T ER_w == rho_w + d_w*(sigma2+rho_w)/(n-d_w-1)
T ER_s == rho_s + d_s*(sigma2+rho_s)/(n-d_s-1)
T ER_c == rho_s + d_s*(sigma2+rho_s)/(n+N-d_s-1)
T ER_c <= ER_s
T ER_c < ER_s
T ER_w2s >= rho_s
T ER_w2s >= rho_s + b_s
F ER_w2s >= ER_c
F ER_w2s <= ER_w
F ER_w2s <= ER_s
T OPR > 0
F OPR >= 1
F PGR >= 0
F PGR <= 1
T OPR*ER_w2s == ER_s
T d_sw <= d_s
T d_sw <= d_w
T d_sw <= min(d_s, d_w)
F d_sw < d_s
T N >= d_s
F N > d_s
T n >= d_w + 2
F n > d_w + 2
T n + N >= 4
F n + N >= 5
T b_s <= rho_w
F b_w <= rho_s
T sigma2 > 0
F sigma2 >= 1e-6
T b_sw == (rho_s + b_w - rho_w + b_s)/2
T ER_w*(n-d_w-1) == rho_w*(n-1) + d_w*sigma2
F n <= 10**9
T d_s >= 1 and d_w >= 1
""",
}


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def cases() -> Iterator[Case]:
    """Yield every bound with its truth."""
    for line in _lines(ONE_VARIABLE):
        yield Bound(line[2:], "shrinkage"), line[0]
    for model, text in (*STUDENTS.items(), *OTHERS.items()):
        for line in _lines(text):
            yield Bound(line[2:], model), line[0]
    for (model, steps), both in RATIOS.items():
        parameters = {"steps": steps} if model == "chain" else {}
        for truth, constants in zip((TRUE, FALSE), both, strict=True):
            for constant in constants:
                yield Bound(f"L_ST >= ({constant})*L_TE**2", model, "", parameters), truth
                if constant in ("3/4", "1/4", "0.76", "1/2"):
                    yield Bound(f"PGR <= 1 - ({constant})*L_TE", model, "", parameters), truth
    for line in _lines(CONDITIONED):
        model, claim, where = line.split("|")
        yield Bound(claim[2:], model, where), claim[0]
