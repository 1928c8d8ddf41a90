"""Exact answers by visiting packages: the zone, its frontier and solutions, what opens it, what holds in most worlds."""
