"""What happened beside offers and answers, in sentences."""

from collections.abc import Callable

from sim.game import PROTOCOLS
from sim.talks.transcript.entries import Incident, IncidentKind
from sim.talks.transcript.page_lines import PageLine, line
from sim.talks.transcript.terms import Words, joined

HOW = {
    "alternating": "offers and counter-offers",
    "single_text": "a single text by a mediator",
    "put_to": "the settled text is put to a vote",
}
assert tuple(HOW) == PROTOCOLS


def told(incident: Incident, words: Words) -> list[PageLine]:
    """An incident as a line; none where it goes without saying."""
    sentence = SENTENCES[incident.kind](incident, words)
    return [line(sentence, form="item", indent=1)] if sentence else []


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
    favours = words.scenario.momentum.favours if words.scenario.momentum else ""
    name = words.scenario.parties[favours].name if favours else "the first party"
    moved = incident.before != incident.after
    if moved:
        return f"Battlefield: {incident.after:+.2f}, after {incident.before:+.2f}."
    return f"Battlefield: {incident.after:+.2f} on a scale from -1 to 1, where 1 favours {name}."


def _lever(incident: Incident, words: Words) -> str:
    lever = words.scenario.levers[incident.subject]
    on = words.scenario.parties[lever.on].name
    pressure = f"pressure on the red lines of {on}: {incident.before:.2f} of 1" if incident.before else ""
    more = "more" if incident.after > 0.0 else "less"
    shift = f"no deal is worth {abs(incident.after):.2f} {more} to {on}" if abs(incident.after) >= 0.005 else ""
    effects = "; ".join(part for part in (pressure, shift) if part)
    return f"{lever.says}" + (f" ({effects})." if effects else ".")


def _pause(incident: Incident, words: Words) -> str:
    name = words.parties[incident.subject]
    return f"A pause would cost {name} {incident.before:.2f}: ground not taken, and time for others to rearm."


def _threatened(incident: Incident, words: Words) -> str:
    lever = words.scenario.levers[incident.subject]
    date = f", from {words.scenario.round} {int(incident.before) + 1} on" if incident.before >= 0 else ""
    return f"{words.scenario.parties[lever.by].name} threatens{date}: {lever.says}."


def _reopened(incident: Incident, words: Words) -> str:
    i = incident.subject
    before, after = (words.labels[i][int(option)] for option in (incident.before, incident.after))
    return f"The details have reopened the framework on {words.issues[i]}: {before} -> {after}."


def _lapsed(incident: Incident, words: Words) -> str:
    i = incident.subject
    return f"{words.issues[i]}: what was settled runs out. Again: {words.options[i][int(incident.after)]}."


SENTENCES: dict[IncidentKind, Callable[[Incident, Words], str]] = {
    IncidentKind.PHASE: _phase,
    IncidentKind.EVENT: lambda it, words: f"{words.scenario.events[it.subject].says}.",
    IncidentKind.MOMENTUM: _momentum,
    IncidentKind.LEVER: _lever,
    IncidentKind.WITHDRAWN: lambda it, words: f"No longer: {words.scenario.levers[it.subject].says}.",
    IncidentKind.ANNOUNCED: lambda it, words: (
        f"{words.parties[it.subject]} announces that it leaves {words.at(int(it.before))}."
    ),
    IncidentKind.PAUSE: _pause,
    IncidentKind.THREATENED: _threatened,
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
    IncidentKind.CEASEFIRE: lambda it, _: (
        "A ceasefire is in force." if it.after else "The ceasefire is over; fighting goes on."
    ),
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
