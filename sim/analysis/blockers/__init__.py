"""What stands in the way: red lines that refusals name, lines taken away, and minimal sets that open a zone."""
