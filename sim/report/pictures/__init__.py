"""Results as pictures: which is drawn, from which figures, with which words."""
