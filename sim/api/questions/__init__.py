"""What is asked of scenarios, by the command line and from Python alike: one function each, a report comes back."""
