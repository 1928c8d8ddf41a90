"""A negotiation scenario simulator: agents with red lines, offers and counter-offers, honest likelihoods."""
