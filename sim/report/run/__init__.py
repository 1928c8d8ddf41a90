"""What `sim run` says of one study."""
