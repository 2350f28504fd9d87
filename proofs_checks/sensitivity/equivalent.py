"""Twins that are true, though no machine here sees it, each with the reason; and what letters of the claims range over.

`w2s verify --sensitivity` counts none of them as a survivor. A row has patterns (as in `fnmatch`) of a part's id and of the
names of its twins, and the reason.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

RANGES: dict[str, tuple[float, float]] = {"L_TE": (0.0, 1.0), "kappa_S": (0.0, 1.0), "c_S": (0.0, 1.0)}
"""Letters of the shared notation whose range a claim's sentences give and their kind does not."""

TRUE_TWINS: tuple[tuple[str, str, str], ...] = (
    ("rf.universality#*", "0 -> -1: constant 0 smaller *", "levels are counted from 0: no term is added"),
    *(
        (f"{claim}#gradient-flow-left", "-1 -> *: coefficient -1 * at left.0", "an exponential is positive")
        for claim in ("rf.lem1", "sharp.learning-rules")
    ),
    *(
        ("fact.cauchy-schwarz#lengths", pattern, "U V >= |<u, v>|, so that U V >= c <u, v> for |c| <= 1")
        for pattern in ("1 -> *: coefficient 1 smaller at right", "-: sign of <u, v> at right")
    ),
    *(
        (
            "bv.rce-uncertainty#growing-odds",
            f"1/2 -> *: constant 1/2 larger at {place}",
            "the derivative keeps its sign where a logarithm has a larger argument",
        )
        for place in ("left.0.0.1.0.0", "left.0.1.0.0")
    ),
    *(
        (
            f"rf.thm3.1#{part}",
            "1 -> [!0]*: coefficient 1 * at left*",
            "a multiple of what tends to 0 does too",
        )
        for part in ("ratio", "exponent")
    ),
    ("rf.thm3.1#gap", "1 -> [!0]*: coefficient 1 * at left.0.0", "PGR tends to 1 at every multiple of M"),
    *(
        (f"rf.thm3.1#{part}", pattern, "L_ST falls as L_TE^2 does: every exponent below 2 has the limit 0")
        for part, pattern in (
            ("ratio", "-1 -> -99/100: exponent *"),
            ("ratio", "-1 -> -101/100: exponent *"),
            ("ratio", "-1 -> -19/20: exponent *"),
            ("ratio", "-1 -> -21/20: exponent *"),
            ("ratio", "-1 -> 0: exponent *"),
            ("exponent", "-149/100 -> *: exponent *"),
        )
    ),
    (
        "id.monotonicity#kept-falls",
        "1 -> *: coefficient 1 smaller at right.1.1.0.0",
        "D_N falls from N to N + c k, c >= 0",
    ),
    (
        "id.correlation-dimension#nonnegative",
        "1 -> *: coefficient 1 * at left.0.0.0",
        "squares of cosines of any angles",
    ),
    *(
        (
            "sharp.learning-rules#ridge-regression-learned",
            pattern,
            "what is positive stays so with a positive factor before alpha or lambda, and as a power",
        )
        for pattern in (
            "1 -> *: coefficient 1 larger at left.1.0.?",
            "-1 -> *: exponent -1 larger at left.1.1",
        )
    ),
    (
        "sharp.learning-rules#spectral-cut-off-learned",
        "1 -> *: coefficient 1 smaller at left",
        "a multiple of 0 and 1 by no less than 0",
    ),
    ("fact.hat-trace#trace", "H_0 -> p: argument H_0 at left", "p = p"),
)
"""Patterns of a part's id and of a twin's name, and the reason."""


def reason(part_id: str, name: str) -> str:
    """Return why a twin is as true as the part, by the table; empty where it is not there."""
    return next(
        (
            why
            for part, pattern, why in TRUE_TWINS
            if fnmatchcase(part_id, part) and fnmatchcase(name, pattern)
        ),
        "",
    )
