"""Least squares in two subspaces: simulated risks, sweeps of sample sizes, and estimates from features."""
