"""How small a change of a statement its checks notice: twins made by rule, sent through the checks."""
