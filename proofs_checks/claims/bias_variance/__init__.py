"""Evidence for the claims of Xu et al. 2025."""
