"""Shares of runs with honest intervals: of one study, along a sweep, and paired between scenarios."""
