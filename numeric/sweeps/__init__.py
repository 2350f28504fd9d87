"""Sweeps over parameters, in processes or on a cluster, with a store that resumes."""
