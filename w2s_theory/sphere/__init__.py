"""Kernels on the sphere: harmonics, activations, and the coefficients and eigenvalues they lead to."""
