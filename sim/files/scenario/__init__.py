"""Scenario files and what they use, overrides, and what a sweep varies."""
