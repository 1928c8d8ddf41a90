"""What `sim sweep` and `sim show` say of a sweep."""
