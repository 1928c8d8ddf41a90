"""Plain data to models, and what is wrong with it in plain words."""
