"""How a negotiation ended, in words."""

from collections.abc import Iterator, Sequence

from sim.records import End
from sim.scenario.names import joined
from sim.talks.transcript.entries import Ending, Transcript
from sim.talks.transcript.openings import made_of
from sim.talks.transcript.page_lines import PageLine, bold, line
from sim.talks.transcript.reasons import Outlook
from sim.talks.transcript.vocabulary import WORTH_SAYING, Words

MOST_NAMED = 3


def told_ending(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    """The last section of a transcript."""
    ending = transcript.ending
    yield line("How it ended", form="head")
    yield line(bold(_headline(ending, words)))
    signed = ending.end in (End.AGREEMENT, End.RATIFICATION_FAILED)
    if _changed(ending):
        if not signed:
            yield line("What an earlier phase settled, or is given:")
        yield from _told_package(ending, words)
    outlook = transcript.rounds[-1].outlook
    if outlook and signed:
        yield from _told_bargains(ending, outlook, words)
    elif outlook:
        yield from _told_outlooks(outlook, transcript.rounds[-1].present, words)
    if ending.end == End.AGREEMENT:
        yield from _told_worth(ending, words, bare=not outlook)
    elif not outlook:
        yield line(f"Worth of no deal: {words.levels(ending.no_deal)}.")
    if not signed:
        yield from _told_gaps(transcript, words)


def _headline(ending: Ending, words: Words) -> str:
    when = words.at(ending.round)
    return {
        End.AGREEMENT: f"Agreement {when}.",
        End.RATIFICATION_FAILED: f"Signed {when}, but it fails at home.",
        End.REFUSED: f"No agreement: the settled text is voted down {when}.",
        End.WALKED_AWAY: f"No agreement: the talks end {when} with the mediator's departure.",
        End.DEADLINE: f"No agreement: time is up after {words.rounds(ending.round)}.",
        End.INTERIM_ONLY: f"No final agreement, only {_half_way(words)}: time is up after {words.rounds(ending.round)}.",
        End.RUNNING: "Still under way.",
    }[ending.end]


def _half_way(words: Words) -> str:
    binding = any(not phase.provisional for phase in words.scenario.phases[:-1])
    return "the interim one" if binding else "a framework that binds nobody"


def _told_package(ending: Ending, words: Words) -> Iterator[PageLine]:
    changed = _changed(ending)
    for i in changed:
        yield line(bold(words.issues[i]), f": {words.options[i][ending.package[i]]}", form="item", indent=1)
    same = [issue for i, issue in enumerate(words.issues) if i not in changed and ending.status_quo[i] >= 0]
    if same and words.is_brief:
        yield line("Everything else stays as it was.")
    elif same:
        yield line(f"As it was: {', '.join(same)}.")


def _changed(ending: Ending) -> list[int]:
    """Issues on which something is settled other than what held before."""
    pairs = enumerate(zip(ending.package, ending.status_quo, strict=True))
    return [i for i, (option, before) in pairs if ending.settled[i] and option != before]


def _told_bargains(ending: Ending, outlook: Sequence[Outlook], words: Words) -> Iterator[PageLine]:
    """What was signed against going on, party by party, and whose terms it is on."""
    yield line("What it is worth, against no deal:")
    for p, (name, each) in enumerate(zip(words.parties, outlook, strict=True)):
        added = ending.worth[p] - ending.values[p]
        protected = f" with {added:.2f} by protections" if added >= WORTH_SAYING else ""
        told = f": {ending.worth[p]:.2f}{protected} against {each.total:z.2f}{made_of(each)}"
        yield line(bold(name), told, form="item", indent=1)
    terms = words.known(ending.terms)
    if terms:
        yield line(f"Terms, from the other side's position (0) to its own (1): {terms}.")


def _told_outlooks(outlook: Sequence[Outlook], present: Sequence[bool], words: Words) -> Iterator[PageLine]:
    yield line("Worth of no deal by then:")
    for name, each, there in zip(words.parties, outlook, present, strict=True):
        if there:
            yield line(bold(name), f": {each.total:z.2f}{made_of(each)}", form="item", indent=1)


def _told_worth(ending: Ending, words: Words, bare: bool) -> Iterator[PageLine]:
    if bare:
        yield line(f"Worth: {words.levels(ending.values)}. Worth of no deal: {words.levels(ending.no_deal)}.")
    proposal = words.scenario.proposal
    if proposal is not None and proposal.core:
        kept = "are kept" if ending.core_kept else "are not kept: " + joined(_dropped(ending, words))
        yield line(f"The core terms of the proposal {kept}.")
    if words.scenario.tells_lasting():
        yield line(f"Chance that it still holds after a year, as each sees it: {words.known(ending.holding)}.")


def _dropped(ending: Ending, words: Words) -> list[str]:
    proposal = words.scenario.proposal
    assert proposal is not None
    found = []
    for i, (name, issue) in enumerate(words.scenario.issues.items()):
        if name in proposal.core and list(issue.options)[ending.package[i]] != proposal.terms[name]:
            found.append(issue.title)
    return found


def _told_gaps(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    last = {author: tabled.package for _, author, tabled in transcript.offers()}
    if len(last) > 1:
        apart = [title for i, title in enumerate(words.issues) if len({package[i] for package in last.values()}) > 1]
        names = joined([words.parties[author] for author in sorted(last)])
        difference = (
            f"differ on {len(apart)} of {len(words.issues)} issues: {', '.join(apart)}" if apart else "are the same"
        )
        yield line(f"The last offers by {names} {difference}.")
    named = _most(transcript.ending.cited)
    if named:
        yield line("Red lines named most often:")
        for r in named:
            times = transcript.ending.cited[r]
            yield line(f"{words.owners[r]}, {_times(times)}: {words.line(r)}", form="item", indent=1)
    wanted = [f"{words.issues[i]} ({_times(transcript.ending.wanted[i])})" for i in _most(transcript.ending.wanted)]
    if wanted:
        yield line(f"What would have helped most, refusal by refusal: {joined(wanted)}.")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _most(counts: Sequence[int]) -> list[int]:
    ranked = sorted(range(len(counts)), key=lambda k: -counts[k])
    return [k for k in ranked[:MOST_NAMED] if counts[k] > 0]
