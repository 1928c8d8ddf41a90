"""Words for figures, paths and values, and the layout of a page."""
