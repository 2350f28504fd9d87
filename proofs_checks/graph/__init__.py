"""What rests on what: the claims as a graph, and its drawing."""
