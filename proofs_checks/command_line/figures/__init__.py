"""What `w2s figure` can draw: one module a kind; figure_2 is `w2s figure 2`."""
