"""Evidence for the claims of Dong et al. 2025."""
