"""Terms and formulas: the project's own expression tree, which says what a bound means before any engine reads it."""
