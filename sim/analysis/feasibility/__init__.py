"""Whether some package could have been agreed in a run, exactly, and why none was."""
