"""Bregman divergences, formally and by generator, and the losses that come from them."""
