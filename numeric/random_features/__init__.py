"""Random-feature teachers and gradient-flow students, simulated exactly on the population."""
