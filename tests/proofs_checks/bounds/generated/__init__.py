"""Random bounds over all models, and a second route to what is true of them."""
