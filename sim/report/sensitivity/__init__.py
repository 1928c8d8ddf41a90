"""What `sim sensitivity` says."""
