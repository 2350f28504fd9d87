"""Proofs that the kernel of Rocq (Coq) checks: theories, the ties of claims to their theorems, and the compiler."""
