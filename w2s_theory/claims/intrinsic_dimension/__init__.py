"""Claims of Dong et al. 2025: risks of least squares in two subspaces of low dimension."""
