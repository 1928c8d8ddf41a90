"""Words for figures, ends, reasons and red lines."""

from sim.analysis.shares.likelihood import FEW, Share
from sim.scenario import Scenario
from sim.scenario.names import spoken

CAVEAT = "All figures are conditional on the stated assumptions; they are not a forecast."

ENDS = {
    "agreement": "agreement",
    "ratification_failed": "signed, but failed at home",
    "refused": "settled text refused when put to a vote",
    "walked_away": "the mediator walked away and talks ended",
    "deadline": "time ran out",
    "interim_only": "an earlier phase settled, the last did not",
}

REASONS = {
    "no_zone": "no zone: no package finds the consent it needs",
    "bad_faith": "bad faith: a party never meant to agree",
    "not_conceded": "not conceded: a deal was possible, but claims stayed too high",
    "missed": "missed: a package met all claims, but nobody tabled it",
    "failed_at_home": "failed at home: signed, then not ratified",
}

BECAUSE = {
    "no_zone": "no package finds the consent that it needs",
    "bad_faith": "a party never meant to agree",
    "not_conceded": "claims stay too high",
    "missed": "nobody tables the package that would do",
    "failed_at_home": "what is signed fails at home",
}
"""The same as the end of a sentence."""

ENDS_SHORT = {
    "agreement": "agree-\nment",
    "ratification_failed": "failed\nat home",
    "refused": "refused\nin a vote",
    "walked_away": "walked\naway",
    "deadline": "time\nran out",
    "interim_only": "interim\nonly",
}
"""The same as heads of a table."""

REASONS_SHORT = {
    "no_zone": "no\nzone",
    "bad_faith": "bad\nfaith",
    "not_conceded": "not\nconceded",
    "missed": "\nmissed",
    "failed_at_home": "failed\nat home",
}

CEILING = "the structural ceiling: some deal finds every consent it needs, reached or not"
"""What the ceiling is, as the label of its figure."""

NUMBERS = {
    "no_deal.base": "no-deal value",
    "no_deal.plus": "no-deal value beside the present state",
    "no_deal.momentum": "effect of momentum",
    "no_deal.cost": "cost of a round of going on",
    "concession.exponent": "concession exponent",
    "concession.deadline": "own deadline",
    "insight": "insight",
    "good_faith": "probability of good faith",
    "good_faith.real": "means to agree at all",
    "patience": "patience",
    "opening": "how far beyond its position it opens",
    "reciprocity": "reciprocity",
    "optimism": "optimism about its fortunes",
    "confident.share": "probability that it thinks it is winning",
    "confident.share.real": "thinks that it is winning",
    "confident.optimism": "optimism if it thinks that it is winning",
    "trust": "trust that a deal lasts",
    "rearm": "what a pause would cost it",
    "loss_aversion": "loss aversion",
    "hope": "hope in later talks",
    "momentum.start": "momentum at the start",
    "momentum.drift": "drift of momentum",
    "momentum.sd": "noise of momentum",
    "momentum.ceasefire_drift": "drift of momentum in a pause",
    "momentum.sharpness": "how far fortunes decide the future",
    "walk_away.carried_out": "probability that the mediator leaves as announced",
    "walk_away.carried_out.real": "the mediator leaves on the date announced",
}


def percent(share: Share) -> str:
    """A share as a percentage with no more digits than its interval supports; of few, as a count."""
    return share.counted() if share.is_few() else _percent(share.estimate, share.high - share.low)


def as_precisely(value: float, share: Share) -> str:
    """A fraction as a percentage with as many digits as a share that it stands beside."""
    return _percent(value, share.high - share.low)


def part_beside(value: float, share: Share) -> str:
    """Another share of the same runs as a share that it stands beside, as precisely; of few, as a count."""
    return f"{round(value * share.n)} of {share.n}" if share.is_few() else as_precisely(value, share)


def interval(share: Share) -> str:
    """The interval of a share, in per cent."""
    width = share.high - share.low
    return f"{_percent(share.low, width)[:-2]} to {_percent(share.high, width)}"


def counted(n: int, noun: str) -> str:
    """How many there are of something: 1 claim, 2 claims."""
    return f"{n:,} {noun}{'s' * (n != 1)}"


def plain_percent(value: float) -> str:
    """A fraction as a whole percentage; small ones are not called nothing."""
    return "<1 %" if 0.0 < value < 0.005 else f"{100 * value:.0f} %"


def part(value: float, n: int) -> str:
    """A share of n as a whole percentage; of few, as a count."""
    return f"{round(value * n)} of {n}" if 0 < n < FEW else plain_percent(value)


def part_of(value: float, n: int, noun: str) -> str:
    """The same with what it is a share of: 23 % of runs, or 5 of 8 runs."""
    return f"{part(value, n)} {noun}" if 0 < n < FEW else f"{plain_percent(value)} of {noun}"


def _percent(value: float, width: float) -> str:
    digits = 0 if width > 0.01 else 1
    text = f"{100 * value:.{digits}f}"
    least = "<0.1 %" if digits else "<1 %"
    return least if value > 0 and float(text) == 0 else f"{text} %"


def line_says(scenario: Scenario, line_id: str) -> str:
    """A red line in words, with its owner."""
    for party in scenario.parties.values():
        for line in party.red_lines:
            if line.id == line_id:
                return f"{party.name}: {line.says}"
    return spoken(line_id)
