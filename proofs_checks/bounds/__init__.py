"""A user's own bound: models of weak-to-strong learning, and the engines that decide a bound on them."""
