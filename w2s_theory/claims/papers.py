"""The papers that the claims come from, and the textbooks of the facts that they cite."""

from __future__ import annotations

from w2s_theory.claim import Paper

RF = Paper(
    key="rf",
    authors="Medvedev, Lyu, Yu, Arora, Li and Srebro",
    title="Weak-to-Strong Generalization Even in Random Feature Networks, Provably",
    venue="ICML",
    year=2025,
    arxiv="2503.02877",
)
ID = Paper(
    key="id",
    authors="Dong, Li, Li, Lee and Lei",
    title="Discrepancies are Virtue: Weak-to-Strong Generalization through Lens of Intrinsic Dimension",
    venue="ICML",
    year=2025,
    arxiv="2502.05075",
)
# At ICML 2026 its title is Weak-to-Strong Generalization via Bregman Bias-Variance Decomposition.
BV = Paper(
    key="bv",
    authors="Xu, Yao, Wang and Liu",
    title="On the Emergence of Weak-to-Strong Generalization: A Bias-Variance Perspective",
    venue="arXiv",
    year=2025,
    arxiv="2505.24313",
)
FACT = Paper(
    key="fact",
    authors="textbooks, named at each fact",
    title="Facts of textbooks that derivations cite",
    venue="textbooks",
    year=0,
    arxiv="",
)
PAPERS = (RF, ID, BV, FACT)
