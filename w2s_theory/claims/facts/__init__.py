"""Facts of textbooks that derivations of other claims cite, each with its evidence."""
