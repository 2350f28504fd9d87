"""Evidence for the claims of this project."""
