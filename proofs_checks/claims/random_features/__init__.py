"""Evidence for the claims of Medvedev et al. 2025."""
