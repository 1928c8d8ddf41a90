"""What `sim zopa` says of exact answers."""
