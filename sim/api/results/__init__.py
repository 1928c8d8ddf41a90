"""What comes back to Python: small frozen results, each the same figures as on a page of the command line."""
