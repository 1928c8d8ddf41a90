"""What happens in a round of talks, in the order of its steps."""
