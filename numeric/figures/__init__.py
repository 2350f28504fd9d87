"""The papers' figures, drawn from fresh simulations: what each shows, its options, and its quick setting.

Importing this package and its modules loads nothing heavy: a command line lists the figures without drawing one.
"""
