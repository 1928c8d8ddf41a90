"""What was said and what happened in one negotiation: taken down, and put in words."""
