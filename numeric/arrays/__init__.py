"""Arrays: backends, threads, files and drawings, which every simulation shares."""
