"""Faults that only the whole scenario shows."""
