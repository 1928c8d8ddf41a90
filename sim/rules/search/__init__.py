"""The search for a package: what is looked up, how far a change gets, and the best within declared lines."""
