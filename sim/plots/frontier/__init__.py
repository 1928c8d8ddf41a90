"""Pictures of the frontier of a zone."""
