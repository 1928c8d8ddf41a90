"""Pictures of one design point and of one of its runs."""
