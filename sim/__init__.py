"""A negotiation scenario simulator: agents with red lines, offers and counter-offers, honest likelihoods."""

__version__ = "0.2.0"
