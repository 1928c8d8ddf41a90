"""What `sim discover` says of regions of the assumptions."""
