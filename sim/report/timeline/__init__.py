"""Positions over time, as words, data and a picture."""
