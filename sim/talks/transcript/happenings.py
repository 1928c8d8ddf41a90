"""What happened beside offers and answers, in sentences."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sim.game import PROTOCOLS
from sim.scenario import CHANGED
from sim.scenario.calendar import spoken_day
from sim.scenario.names import joined
from sim.talks.transcript.entries import Incident, IncidentKind
from sim.talks.transcript.page_lines import PageLine, line
from sim.talks.transcript.vocabulary import HARDLY, Words

HOW = {
    "alternating": "offers and counter-offers",
    "single_text": "a single text by a mediator",
    "put_to": "the settled text is put to a vote",
}
assert tuple(HOW) == PROTOCOLS


def told(incident: Incident, words: Words) -> list[PageLine]:
    """An incident as a line; none where it goes without saying."""
    sentence = SENTENCES[incident.kind](incident, words)
    minor = incident.kind == IncidentKind.MOMENTUM and incident.before != incident.after
    return [line(sentence, form="item", indent=1, minor=minor)] if sentence else []


def told_no_deals(moved: Sequence[Incident], words: Words) -> Iterator[PageLine]:
    """No-deal values that have moved, with what moved them, in a line."""
    if moved:
        said = "; ".join(_no_deal(each, words) for each in moved)
        yield line(f"No deal is worth: {said}.", form="item", indent=1, minor=True)


def told_hopes(hopes: Sequence[Incident], words: Words) -> Iterator[PageLine]:
    """What parties would give for the talks that an opening phase leads to, in a line."""
    if hopes:
        each = joined([f"{words.parties[hope.subject]} {hope.before:.2f}" for hope in hopes])
        yield line(f"Ready to give for the talks that may follow: {each}.", form="item", indent=1)


_MOVERS = ("fortunes", "cost of going on", "levers", "threats")


def _no_deal(incident: Incident, words: Words) -> str:
    pairs = zip(_MOVERS, incident.parts, strict=True)
    why = ", ".join(f"{name} {part:+.2f}" for name, part in pairs if abs(part) >= HARDLY)
    return f"{words.parties[incident.subject]} {incident.after:z.2f} after {incident.before:z.2f} ({why})"


def _settled(incident: Incident, words: Words) -> str:
    if words.scenario.phases[incident.subject].provisional:
        return (
            "A framework is agreed; offers go on from it. Nothing of it is in force until the details are settled too."
        )
    lasts = words.scenario.phases[incident.subject].lasts
    titles = [f"{words.scenario.issues[issue].title} for {words.rounds(int(n))}" for issue, n in lasts.items()]
    return "This phase is settled." + (f" It holds for a time only: {joined(titles)}." if titles else "")


def _phase(incident: Incident, words: Words) -> str:
    phases = words.scenario.phases
    if len(phases) == 1:
        return ""
    phase = phases[incident.subject]
    if phase.protocol == "put_to":
        asked = joined([words.scenario.parties[party].name for party in phase.put_to])
        return f"Phase “{phase.called()}” opens: the settled text as a whole is put to {asked}, for a yes or no."
    if phase.agenda == "all":
        agenda = "everything is on the table"
    else:
        agenda = "on the table: " + joined([words.scenario.issues[issue].title for issue in phase.agenda])
    return (
        f"Phase “{phase.called()}” opens: {HOW[phase.protocol]}, {words.rounds(int(phase.rounds))} at most; {agenda}."
    )


def _momentum(incident: Incident, words: Words) -> str:
    moved = incident.before != incident.after
    if moved:
        return f"Fortunes: {incident.after:+.2f}, after {incident.before:+.2f}."
    return f"Fortunes: {incident.after:+.2f} on a scale from -1 to 1, where 1 favours {_favoured(words)}."


def _lever(incident: Incident, words: Words) -> str:
    lever = words.scenario.levers[incident.subject]
    on = words.scenario.parties[lever.on].name
    pressure = f"pressure on the red lines of {on}: {incident.before:.2f} of 1" if incident.before else ""
    more = "more" if incident.after > 0.0 else "less"
    shift = f"no deal is worth {abs(incident.after):.2f} {more} to {on}" if abs(incident.after) >= 0.005 else ""
    effects = "; ".join(part for part in (pressure, shift, _tilt(incident.parts[0], words)) if part)
    return f"{lever.says}" + (f" ({effects})." if effects else ".")


def _tilt(tilt: float, words: Words) -> str:
    if abs(tilt) < HARDLY:
        return ""
    return f"fortunes move by {abs(tilt):.2f} {'for' if tilt > 0.0 else 'against'} {_favoured(words)}"


def _favoured(words: Words) -> str:
    favours = words.scenario.momentum.favours if words.scenario.momentum else ""
    return words.scenario.parties[favours].name if favours else "the first party"


def _chance(incident: Incident) -> str:
    """The chance that a threat is given, where its scenario states one."""
    return (
        f"; the others give that a chance of {incident.parts[0]:.0%}"
        if any(chance < 1.0 for chance in incident.parts)
        else ""
    )


def _not_pulled(incident: Incident, words: Words) -> str:
    lever = words.scenario.levers[incident.subject]
    return f"{words.scenario.parties[lever.by].name} does not do it: {lever.says}; {_from_then(incident, words)}."


def _from_then(incident: Incident, words: Words) -> str:
    return f"the date slips to {words.named(int(incident.before))}" if incident.before >= 0 else "the threat lapses"


def _pause(incident: Incident, words: Words) -> str:
    name = words.parties[incident.subject]
    return f"A pause would cost {name} {incident.before:.2f}: ground not gained, and time for others to grow stronger."


def _threatened(incident: Incident, words: Words) -> str:
    lever = words.scenario.levers[incident.subject]
    date = f", from {words.named(int(incident.before))} on" if incident.before >= 0 else ""
    return f"{words.scenario.parties[lever.by].name} threatens{date}: {lever.says}{_chance(incident)}."


def _event(incident: Incident, words: Words) -> str:
    event = words.scenario.events[incident.subject]
    return f"{_on(event.date)}{event.says}."


def _on(day: str | None) -> str:
    """`14 August 2025: ` before what happens on a day, where that is given."""
    return f"{spoken_day(date.fromisoformat(day))}: " if day else ""


def _position(incident: Incident, words: Words) -> str:
    pairs = zip(incident.parts[::2], incident.parts[1::2], strict=True)
    asks = "; ".join(f"{words.issues[int(i)]}: {words.labels[int(i)][int(o)]}" for i, o in pairs)
    party, at = list(words.scenario.parties)[incident.subject], int(incident.before)
    days = [event.date for event in words.scenario.events if int(event.round) == at and party in event.positions]
    days += [each.date for each in words.scenario.proposals if int(each.round) == at and each.by == party]
    return f"{_on(days[0] if days else None)}{words.parties[incident.subject]} now asks: {asks}."


def _on_table(incident: Incident, words: Words) -> str:
    entry = [each for each in words.scenario.off_the_table if each.until is not None][int(incident.before)]
    what = " together with ".join(_choice(issue, options, words) for issue, options in entry.when.items())
    return f"{_on(entry.until.date if entry.until else None)}Now on the table: {what}."


def _choice(issue: str, options: Sequence[str], words: Words) -> str:
    body = words.scenario.issues[issue]
    named = "any change" if options == (CHANGED,) else " or ".join(body.label(option) for option in options)
    return f"{body.title}: {named}"


def _begun(incident: Incident, words: Words) -> str:
    posture = "" if incident.before else ", only posture this time"
    return f"{words.owners[incident.subject]}: a new red line, {words.line(incident.subject)}{posture}."


def _reopened(incident: Incident, words: Words) -> str:
    i = incident.subject
    before, after = (words.labels[i][int(option)] for option in (incident.before, incident.after))
    return f"The details have reopened the framework on {words.issues[i]}: {before} -> {after}."


def _lapsed(incident: Incident, words: Words) -> str:
    i = incident.subject
    return f"{words.issues[i]}: what was settled runs out. Again: {words.options[i][int(incident.after)]}."


SENTENCES: dict[IncidentKind, Callable[[Incident, Words], str]] = {
    IncidentKind.PHASE: _phase,
    IncidentKind.EVENT: _event,
    IncidentKind.POSITION: _position,
    IncidentKind.ON_TABLE: _on_table,
    IncidentKind.MOMENTUM: _momentum,
    IncidentKind.LEVER: _lever,
    IncidentKind.WITHDRAWN: lambda it, words: f"No longer: {words.scenario.levers[it.subject].says}.",
    IncidentKind.ANNOUNCED: lambda it, words: (
        f"{words.parties[it.subject]} announces that it leaves {words.at(int(it.before))}{_chance(it)}."
    ),
    IncidentKind.STAYED: lambda it, words: (
        f"{words.parties[it.subject]}: does not leave after all; {_from_then(it, words)}."
    ),
    IncidentKind.PAUSE: _pause,
    IncidentKind.HOPE: lambda it, words: "",
    IncidentKind.THREATENED: _threatened,
    IncidentKind.NOT_PULLED: _not_pulled,
    IncidentKind.NO_DEAL: lambda it, words: "",
    IncidentKind.RECKONED: lambda it, words: (
        f"{words.parties[it.subject]} reckons with the threat: to it, no deal is worth {it.after:.2f} "
        f"rather than {it.before:.2f}."
    ),
    IncidentKind.DEPARTED: lambda it, words: (
        f"{words.parties[it.subject]}: leaves the table, {'as announced' if it.before else 'out of patience'}."
    ),
    IncidentKind.LAPSED: _lapsed,
    IncidentKind.LINE_GONE: lambda it, words: (
        f"{words.owners[it.subject]}: the red line {words.line(it.subject)} gives way."
    ),
    IncidentKind.LINE_BACK: lambda it, words: (
        f"{words.owners[it.subject]}: the red line {words.line(it.subject)} holds again."
    ),
    IncidentKind.LINE_BEGUN: _begun,
    IncidentKind.CEASEFIRE: lambda it, _: "A standstill is in force." if it.after else "The standstill is over.",
    IncidentKind.EXPOSED: lambda it, words: (
        f"{words.parties[it.subject]}: the bad faith shows; too many deals that met all it asks were refused."
    ),
    IncidentKind.SETTLED: _settled,
    IncidentKind.REOPENED: _reopened,
    IncidentKind.RATIFIED: lambda it, words: (
        f"{words.scenario.ratification[it.subject].says}: passed (chance {it.before:.2f})."
    ),
    IncidentKind.NOT_RATIFIED: lambda it, words: (
        f"{words.scenario.ratification[it.subject].says}: failed (chance to pass {it.before:.2f})."
    ),
}
