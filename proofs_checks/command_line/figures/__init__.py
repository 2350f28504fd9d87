"""What `w2s figure` draws: the options of each figure of `numeric.figures`, its table and its JSON."""
