"""What a second coder makes of a scenario, as words and data."""
