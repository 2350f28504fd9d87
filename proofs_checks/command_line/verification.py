"""What `w2s verify` and `w2s report` share: which claims, how thoroughly, and the run with its progress bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proofs_checks.evidence import Tier
    from proofs_checks.run import Run
    from w2s_theory.claim import Claim


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare claims, budget, seed and processes."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="claim ids; all claims if none is given")
    parser.add_argument(
        "--budget", choices=("quick", "full"), default="quick", help="time and cases per claim"
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of all that is drawn at random (default 0)")
    parser.add_argument("--jobs", type=int, help="worker processes (default: one per core)")


def verified(
    names: Sequence[str],
    budget: str,
    seed: int,
    jobs: int | None,
    tiers: Sequence[str] | None = None,
    instead_of_file: str = "--json FILE writes results, and w2s report --from FILE shows them",
) -> Run:
    """Verify the claims with these ids, or all, in these tiers, or in all whose tools are installed.

    Where tiers are asked for and no claims, those without a check in them are left out, and counted in a line on standard
    error; claims that are named each have their result. Raises InvalidInput for an unknown id, which says what takes a
    file where it is one, and for fewer than one process.
    """
    from proofs_checks import claims as evidence  # noqa: F401
    from proofs_checks.command_line.claim_names import claims_named
    from proofs_checks.command_line.progress import bar
    from proofs_checks.evidence import Tier
    from proofs_checks.verify import verify
    from w2s_theory.errors import InvalidInput

    if jobs is not None and jobs < 1:
        raise InvalidInput(f"--jobs {jobs}; allowed: 1 or more")
    chosen = claims_named(names, instead_of_file)
    if tiers and not names:
        chosen = _with_checks_in(chosen, tiers)
    with bar("starting") as update:
        return verify(
            chosen,
            tiers=[Tier(name) for name in tiers] if tiers else tiers_with_tools(),
            budget=budget,
            seed=seed,
            jobs=jobs,
            on_progress=lambda label, done, total: update(description=label, completed=done, total=total),
        )


def _with_checks_in(claims: Sequence[Claim], tiers: Sequence[str]) -> list[Claim]:
    """Return the claims with a check in these tiers, and those with none in any; say how many are left out."""
    from proofs_checks.registry import checks_of

    kept = [
        claim
        for claim in claims
        if not checks_of(claim.id) or any(check.tier in tiers for check in checks_of(claim.id))
    ]
    if left_out := len(claims) - len(kept):
        words = "claim has" if left_out == 1 else "claims have"
        print(f"{left_out} {words} no check in these tiers: {', '.join(tiers)}", file=sys.stderr)
    return kept


def tiers_with_tools() -> list[Tier]:
    """Return the tiers that can run here, and say which cannot."""
    from proofs_checks.evidence import Tier
    from proofs_checks.rocq.compiler import check_tools
    from proofs_checks.rocq.installation import Unavailable

    try:
        check_tools()
    except Unavailable as missing:
        print(f"formal tier not run: {missing}", file=sys.stderr)
        return [tier for tier in Tier if tier is not Tier.FORMAL]
    return list(Tier)
