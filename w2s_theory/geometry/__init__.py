"""Geometry in function space: inner products, shrinkage-optimal students, pairs of subspaces."""
