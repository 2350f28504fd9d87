"""Notation: the symbols of the papers, their parameters, and reading expressions that a user types."""
