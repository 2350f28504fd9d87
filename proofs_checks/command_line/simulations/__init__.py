"""What `w2s simulate` can simulate: one module a kind."""
