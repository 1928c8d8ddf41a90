"""What `sim stances` says of reported answers."""
