"""The folder of one result: manifest, chunks of runs, and what is read back from them."""
