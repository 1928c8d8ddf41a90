"""Where the parties stand when talks open: what they have put forward, and what they expect from going on without a deal."""

from collections.abc import Iterator

from sim.scenario.names import joined
from sim.talks.transcript.entries import Transcript
from sim.talks.transcript.page_lines import PageLine, bold, line
from sim.talks.transcript.reasons import Outlook
from sim.talks.transcript.vocabulary import HARDLY, Words


def told_types(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    """Of which type the parties are that may be of either."""
    winning = [words.parties[p] for p, confident in enumerate(transcript.confident) if confident]
    others = [words.parties[p] for p, confident in enumerate(transcript.confident) if confident is False]
    if winning:
        verb = "thinks that it is winning" if len(winning) == 1 else "think that they are winning"
        yield line(f"Confident: {joined(winning)} {verb}.", form="item", indent=1)
    if others:
        yield line(f"Not of the confident type this time: {joined(others)}.", form="item", indent=1)


def told_positions(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    """What the parties have put forward, issue by issue and by label."""
    if not transcript.has_positions:
        return
    yield line("What they have put forward", form="head")
    everybody = [p for p, position in enumerate(transcript.positions) if max(position) >= 0]
    for i, options in enumerate(zip(*transcript.positions, strict=True)):
        by = {o: [p for p in everybody if options[p] == o] for o in dict.fromkeys(options) if o >= 0}
        told = "; ".join(f"{words.labels[i][o]} ({_by(parties, everybody, words)})" for o, parties in by.items())
        if by:
            yield line(bold(words.issues[i]), f": {told}", form="item", indent=1)


def _by(parties: list[int], everybody: list[int], words: Words) -> str:
    return "all" if parties == everybody and len(parties) > 1 else ", ".join(words.parties[p] for p in parties)


def told_outlooks(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    """What each party expects from going on."""
    outlook = transcript.rounds[0].outlook
    if not outlook:
        return
    yield line("What each expects without a deal", form="head")
    futures = [f"({k}) {future.says}" for k, future in enumerate(words.scenario.futures, 1)] if outlook[0].odds else []
    if futures:
        yield line(f"What it may lead to: {'; '.join(futures)}. Its odds as each sees them, and what no deal is worth:")
    for name, each in zip(words.parties, outlook, strict=True):
        odds = ", ".join(f"({k}) {share:.0%}" for k, share in enumerate(each.odds, 1))
        told = f": {odds}{'; ' if odds else ''}{each.total:z.2f}{made_of(each)}"
        yield line(bold(name), told, form="item", indent=1)


def made_of(outlook: Outlook) -> str:
    """Of what a no-deal value is made; nothing where it is all one."""
    parts = [
        _part(-outlook.cost, "cost of going on"),
        _part(outlook.levers, "by levers"),
        _part(outlook.threats, "by threats"),
        _part(outlook.premium, "for want of trust"),
    ]
    told = [part for part in parts if part]
    first = "over these futures" if outlook.odds else "by going on"
    return f" ({joined([f'{outlook.going_on:.2f} {first}', *told], last=', ')})" if told else ""


def _part(amount: float, why: str) -> str:
    return f"{amount:+.2f} {why}" if abs(amount) >= HARDLY else ""
