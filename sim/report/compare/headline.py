"""What a comparison comes to, in plain words."""

from collections.abc import Sequence

from sim.analysis.shares.difference import Difference
from sim.report import Report
from sim.report.wording.fractions import joined, roughly


def plain_words(reports: Sequence[Report], differences: Sequence[Difference]) -> list[str]:
    """Which scenario is likeliest, which least, and which differ from the first by more than luck."""
    shares = [report.summary.likelihood for report in reports]
    order = sorted(range(len(shares)), key=lambda k: -shares[k].estimate)
    most, least = (f"{reports[k].name} ({roughly(shares[k])})" for k in (order[0], order[-1]))
    first, *others = reports
    apart = [
        other.name
        for other, difference in zip(others, differences, strict=True)
        if difference.low > 0 or difference.high < 0
    ]
    told = f"{joined(apart)} {'differ' if len(apart) > 1 else 'differs'}" if apart else "No other scenario differs"
    return [
        f"Agreement is likeliest in {most} and least likely in {least}.",
        f"{told} from {first.name} by more than luck.",
    ]
