"""Rounds in words: a scenario says how long one is, as a noun."""

import re


def plural(noun: str) -> str:
    """Several of what the scenario calls a round."""
    if noun.endswith("s"):
        return noun
    return f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"


def at_round(noun: str, number: int) -> str:
    """`in week 3`, `on day 15`: of rounds as people count them, from 1."""
    return f"{'on' if noun.casefold().endswith('day') else 'in'} {noun} {number}"
