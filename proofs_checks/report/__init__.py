"""The report of a verification: collected from its JSON and the claims, rendered as a page, text, data or JUnit."""
