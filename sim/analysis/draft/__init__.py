"""A draft asked of parties: who says no to it and why, and the least amendments that would turn them."""
