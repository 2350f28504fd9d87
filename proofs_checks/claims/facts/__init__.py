"""Evidence for the facts that derivations cite."""
