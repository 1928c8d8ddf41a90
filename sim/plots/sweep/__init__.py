"""Pictures of what a sweep varies."""
