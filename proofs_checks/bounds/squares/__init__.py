"""Sums of squares: problems shown to be empty by identities, found in floating point and rounded to exact ones."""
