"""Rates: how the observables of weak-to-strong learning grow or fall with the teacher's width."""
