"""Who says no to a draft, to what, and the least that would turn them: the page that `sim ask` prints."""

from collections.abc import Iterable, Iterator, Sequence

from sim.analysis.draft.amendments import HALF, Amendment
from sim.report.ask.report import AskReport
from sim.report.stances.why import why_refused, why_taken
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import CAVEAT, as_precisely, interval, part, part_of, percent, plain_percent
from sim.report.wording.layout import GAP, command, in_parts, overridden, page_of, paragraph, row, wrap
from sim.report.wording.packages import in_full
from sim.scenario.calendar import spoken_day
from sim.scenario.names import joined

MOST_TOLD = 3
"""Amendments of a size on the page; the data have more."""

SELDOM = 0.05
"""Chance below which a term is said to do nothing, on the scale of worth."""

UNPLAYED = " No talks are played; sim ask --play does."
NOTE = (
    "Asked: each party, in so many drawn worlds, whether it would sign this package as it stands: no red line of its own "
    "that binds stands against it, and it is worth no less than what it is held against. What a draft does not name stays "
    f"as it is now.{UNPLAYED}"
)
CHOSEN = (
    "An amendment turns every no if all whose consent the package then needs take it in at least half of the worlds, and of "
    "as many others, and no part of it would do. All packages that differ on so few issues were looked at. What it costs the "
    "others: how much less the package is worth to those who took the draft, on a scale of "
    "0 to 1, added up."
)


def ask_blocks(report: AskReport) -> dict[str, list[str]]:
    """The blocks of the page in lines, by their names."""
    blocks: dict[str, Iterable[str]] = {
        "title": _title(report),
        "headline": ("In plain words, if the assumptions hold", *wrap(" ".join(plain_words(report)), hang="")),
        "draft": _draft(report),
        "answers": _answers(report),
        "terms": _terms(report),
        "amendments": _amendments(report) if report.amendments.noes else (),
        "against": _against(report, report.against) if report.against else (),
        "talks": _talks(report) if report.talks else (),
        "notes": paragraph(" ".join(_notes(report))),
    }
    return {name: lines for name, block in blocks.items() if (lines := list(block))}


def ask_page(report: AskReport) -> str:
    """Everything that `sim ask` prints."""
    return page_of(ask_blocks(report).values())


def _title(report: AskReport) -> Iterator[str]:
    yield from paragraph(report.scenario.title)
    heard = report.heard
    when = "at the outset" if report.day is None else f"on {spoken_day(report.day)}, if nothing is agreed before"
    yield from wrap(
        f"{report.name}: {report.title}, asked {when}, in {heard.worlds:,} drawn worlds (seed {heard.seed})"
    )
    yield from overridden(report.overrides)
    yield from kept_says(report.scenario)


def _notes(report: AskReport) -> Iterator[str]:
    yield NOTE if report.talks is None else NOTE.removesuffix(UNPLAYED)
    if report.amendments.noes:
        yield CHOSEN
    yield CAVEAT


def plain_words(report: AskReport) -> list[str]:
    """Who takes the draft and who does not, and the least that would turn them."""
    heard, found = report.heard, []
    off = report.off_the_table()
    if off:
        return [f"The draft is not on the table: {'; '.join(off)}. No party is said to sign it."]
    takers = [party for party in report.asked() if report.share(party).estimate >= HALF]
    refusers = [party for party in report.asked() if party not in takers]
    if takers:
        found.append(f"{_each(report, takers)} would take the draft.")
    if refusers:
        found.append(f"{_each(report, refusers)} would not.")
    if not report.party:
        found.append(_all_say(report))
    if heard.opens:
        found.append("It lapses, so it is asked as an opening of talks, not as a peace.")
    return [*found, *_least_says(report)]


def _each(report: AskReport, parties: Sequence[str]) -> str:
    """Parties with how often each takes the draft."""
    shares = {party: report.share(party) for party in parties}
    return joined([f"{report.called(party)} ({part_of(s.estimate, s.n, 'worlds')})" for party, s in shares.items()])


def _all_say(report: AskReport) -> str:
    needed = report.heard.coalitions
    share = part(report.settled().estimate, report.settled().n)
    if len(needed) == 1:
        return f"It needs the consent of {_named(report, needed[0])}: all take it in {share} of worlds."
    return f"All whose consent it needs take it in {share} of worlds."


def _named(report: AskReport, parties: Sequence[str]) -> str:
    return joined([report.called(party) for party in parties])


def _least_says(report: AskReport) -> Iterator[str]:
    """The least that would turn the noes, in a sentence."""
    found = report.amendments
    if not found.noes or found.depth == 0:
        return
    issues = "one issue" if found.depth == 1 else f"up to {found.depth} issues"
    if report.party:
        turning = found.turn_one.get(report.party, ())
        if turning:
            yield f"The least change that turns it: {_changes(report, turning[0])}."
        elif report.party in found.noes:
            yield f"No change of {issues} turns it."
    elif not found.is_needed:
        yield "Nobody says no without whom it is no deal."
    elif found.turn_all:
        first = found.turn_all[0]
        yield f"The least change that turns every no: {_changes(report, first)}."
    else:
        yield f"No change of {issues} turns every no."


def _changes(report: AskReport, each: Amendment) -> str:
    """What an amendment changes, in words."""
    issues = report.scenario.issues
    return "; ".join(f"{issues[issue].title}: {issues[issue].label(option)}" for issue, option in each.changes.items())


def _draft(report: AskReport) -> Iterator[str]:
    yield f"The draft: {report.title}"
    yield from in_full(report.scenario, report.game, report.heard.draft.package)
    yield from _consent(report)


def _consent(report: AskReport) -> Iterator[str]:
    """Whose consent it needs."""
    needed = report.heard.coalitions
    if needed:
        ways = "; or ".join(_named(report, coalition) for coalition in needed)
        yield from wrap(f"Who must consent: {ways}")
    elif not report.off_the_table():
        yield from wrap("Who must consent: nobody at the table could settle it")


def _answers(report: AskReport) -> Iterator[str]:
    yield "Answers: in how many worlds each would take it (95 % interval, sampling error only)"
    needed = {party for coalition in report.heard.coalitions for party in coalition}
    for party in report.asked():
        share = report.share(party)
        aside = "" if party in needed or not needed else "; its consent is not needed"
        yield from row(f"{report.called(party)} ({interval(share)}{aside})", percent(share))
        yield from wrap(why(report, party), "    ", "")
    if report.party:
        return
    settled = report.settled()
    yield from row(f"all whose consent it needs ({interval(settled)})", percent(settled))
    if report.scenario.tells_lasting() and not report.heard.opens:
        yield from row(
            "would it last a year, once signed? Chance as the belligerent sees it that trusts it least, in the mean",
            plain_percent(report.heard.lasts),
        )
    for clause, chance in report.heard.passes.items():
        says = next(each.says for each in report.scenario.ratification if each.id == clause)
        yield from row(f"would it pass at home? {says}", plain_percent(chance))


def why(report: AskReport, party: str) -> str:
    """Why a party takes the draft or refuses it."""
    answer = report.heard.answers[party]
    if answer.takes() >= HALF:
        return why_taken(report.scenario, party, answer)
    return why_refused(report.scenario, party, answer)


def _terms(report: AskReport) -> Iterator[str]:
    """What each term adds for each party."""
    terms = report.heard.terms
    if not terms:
        return
    yield from wrap("What each term adds to the worth of the whole, beside what holds now (scale of 0 to 1, mean)", "")
    heads = ["", *(_head(report.called(party)) for party in report.asked())]
    rows = [
        [report.scenario.issues[issue].title, *(_signed(worth[party]) for party in report.asked())]
        for issue, worth in terms.items()
    ]
    yield from in_parts(heads, rows)


def _head(name: str) -> str:
    """A name as the head of a narrow column."""
    words = name.split(" (", maxsplit=1)[0].split()
    return "\n".join(words)


def _signed(value: float) -> str:
    return "0" if abs(value) < 0.005 else f"{value:+.2f}"


def _amendments(report: AskReport) -> Iterator[str]:
    found = report.amendments
    if found.depth == 0:
        yield from wrap(
            "Amendments: none was looked at (--changes 0, or more packages than can be, even of one issue).", ""
        )
        return
    if found.turn_all and not report.party:
        yield "The least amendments that turn every no, cheapest for the others first"
        yield from _by_size(report, found.turn_all)
        return
    if not report.party and found.is_needed:
        yield from _nothing_turns_all(report)
    for party in found.noes:
        if party in report.asked():
            yield from _turning_one(report, party)


def _nothing_turns_all(report: AskReport) -> Iterator[str]:
    found = report.amendments
    issues = "one issue" if found.depth == 1 else f"up to {found.depth} issues"
    yield from wrap(
        f"No amendment of {issues} turns every no (all {found.looked_at:,} packages were looked at). Nearest to it:", ""
    )
    if found.nearest is not None:
        yield from _told(report, found.nearest, "")


def _turning_one(report: AskReport, party: str) -> Iterator[str]:
    """The least that would turn one party, whatever the others then say."""
    kept = report.amendments.turn_one[party]
    called = report.called(party)
    if not kept:
        yield f"No such amendment turns {called}, even by itself."
        return
    yield f"The least that would turn {called}, whatever the others then say"
    size = len(kept[0].changes)
    for k, each in enumerate([one for one in kept if len(one.changes) == size][:MOST_TOLD]):
        yield from _told(report, each, f"{k + 1}. ")


def _by_size(report: AskReport, kept: Sequence[Amendment]) -> Iterator[str]:
    for size in sorted({len(each.changes) for each in kept}):
        of_size = [each for each in kept if len(each.changes) == size]
        yield f"  {('One issue', 'Two issues', 'Three issues')[size - 1]}"
        for k, each in enumerate(of_size[:MOST_TOLD]):
            yield from _told(report, each, f"{k + 1}. ")
        if len(of_size) > MOST_TOLD:
            yield from wrap(f"({len(of_size) - MOST_TOLD} more in the data: --json)", "    ")


def _told(report: AskReport, each: Amendment, mark: str) -> Iterator[str]:
    """An amendment: what it changes, who then takes the package, what it costs, and the command that asks about it."""
    yield from row(_changes(report, each), f"all take it in {percent(each.consents)}", mark)
    takes = ", ".join(f"{report.called(party)} {as_precisely(s.estimate, s)}" for party, s in each.takes.items())
    yield from wrap(f"taken by {takes}; costs the others {each.cost:.2f}", "     ", "")
    yield from command(report.command(each), "     ")


def _against(report: AskReport, other: AskReport) -> Iterator[str]:
    """Two drafts side by side."""
    yield from wrap(f"Beside the other draft: {other.title}. What it settles otherwise:", "")
    names, x, y = report.game.names, report.heard.draft.package, other.heard.draft.package
    for i in range(len(x)):
        if x[i] != y[i]:
            issue = report.scenario.issues[names.issues[i]]
            here, there = (issue.label(names.options[i][package[i]]) for package in (x, y))
            yield from wrap(f"{issue.title}: {there} (here: {here})", hang="    ")
    rows = [
        [
            report.called(party),
            percent(report.share(party)),
            percent(other.share(party)),
            report.more_takes(other, party).points(),
        ]
        for party in report.asked()
    ]
    if not report.party:
        more = report.more_settled(other).points()
        rows.append(["all whose consent each needs", percent(report.settled()), percent(other.settled()), more])
    yield from in_parts(["takes it", "this draft", "the other", "apart, points"], rows)
    for party in report.asked():
        if other.share(party).estimate < HALF:
            yield from wrap(f"{report.called(party)}, of the other: {why(other, party)}", GAP)


def _talks(report: AskReport) -> Iterator[str]:
    """What talks come to that begin with the draft."""
    talks = report.talks
    assert talks is not None
    runs = talks.agreed.n
    yield from wrap(f"Talks that begin with the draft, played {runs:,} times", "")
    yield from row(f"agreement ({interval(talks.agreed)})", percent(talks.agreed))
    yield from row(f"as the scenario has it ({interval(talks.as_is)})", percent(talks.as_is))
    yield from row("apart, in points, run by run", talks.apart.points())
    yield from row(f"agreement that keeps all that the draft names ({interval(talks.keeping)})", percent(talks.keeping))
    yield from command(talks.command, "  ")
