"""Solvers for algebra over the reals: is there a point at which a formula holds? Two that know nothing of each other."""
