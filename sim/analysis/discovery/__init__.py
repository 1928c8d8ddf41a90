"""Regions of the assumptions in which an outcome is much more frequent than elsewhere."""
