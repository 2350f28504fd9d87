"""Problems in one variable: complete for rational functions, germs and ball covers for the rest."""
