"""An adversary of bounds: states drawn from a model's definition, not from its charts, and steered to the bound."""

from proofs_checks.bounds.adversary.attack import Attack, attack, families_of
from proofs_checks.bounds.adversary.families import ExactState, Family

__all__ = ["Attack", "ExactState", "Family", "attack", "families_of"]
