"""Domains of the negotiation platforms GENIUS (XML) and GeniusWeb (JSON): read, written, and turned into scenarios.

Both describe issues with discrete values, and for each party a linear additive utility (Keeney & Raiffa 1976). What one
side can say and the other cannot is listed, never dropped in silence.
"""
