"""Claims of Medvedev et al. 2025: random-feature teachers and early-stopped students."""
