"""Files: the only code that opens a path."""
