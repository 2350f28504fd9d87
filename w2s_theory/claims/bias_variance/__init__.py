"""Claims of Xu et al. 2025: gap, misfit, and the bias-variance decomposition of Bregman divergences."""
