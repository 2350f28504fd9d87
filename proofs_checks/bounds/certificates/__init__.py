"""Certificates and their checkers: exact rationals, Arb and the expression tree only, no solver and no sympy."""
