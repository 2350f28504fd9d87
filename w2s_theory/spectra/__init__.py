"""Spectra of a student's kernel, and what Gaussian universality makes of them at a finite width."""
