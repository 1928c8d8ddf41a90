"""What `sim calibrate` says of a record and of what it moves."""
