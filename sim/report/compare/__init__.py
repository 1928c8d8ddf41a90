"""What `sim compare` says of scenarios side by side."""
