"""The methods of the tiers: exact algebra, decision, enclosure, search."""
