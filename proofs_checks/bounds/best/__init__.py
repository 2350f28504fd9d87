"""Best constants: the largest or smallest value of a constant for which a bound holds, from both sides."""
