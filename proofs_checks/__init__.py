"""How we know: checks, verdicts and the front end."""
