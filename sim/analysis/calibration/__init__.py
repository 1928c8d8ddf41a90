"""What a record teaches about the uncertain numbers: draws weighted by how well they fit it."""
