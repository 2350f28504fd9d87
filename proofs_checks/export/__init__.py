"""Claims for papers: a LaTeX document with one file a formula, and single formulas in other notations."""
