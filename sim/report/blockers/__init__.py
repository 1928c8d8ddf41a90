"""What `sim blockers` says of what stands in the way."""
