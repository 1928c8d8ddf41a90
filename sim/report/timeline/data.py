"""Positions over time as plain data: for programs, and for a report that includes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.evidence import Span, Stance
from sim.report.wording.numbers import number_data
from sim.scenario.dated_changes import Between, NumberChange, PositionChange
from sim.scenario.party import Stand
from sim.scenario.provenance import Entry
from sim.scenario.timeline import DatedWorld, Held, Said, Timeline


def timeline_data(timeline: Timeline, changes: Between | None = None) -> dict[str, Any]:
    """Everything that the page says; what changed only where that was asked for."""
    latest = timeline.latest()
    return {
        "party": timeline.chosen.party,
        "issue": timeline.chosen.issue,
        "worlds": [_world(world) for world in timeline.worlds],
        "parties": {name: party.name for name, party in latest.parties.items()},
        "issues": {name: timeline.title_of(name) for name in timeline.issues()},
        "claims": [_said(one) for one in timeline.said],
        "answers": [_answer(one) for one in timeline.answers],
        "positions": [_held(one, timeline.worlds) for one in timeline.held],
        **({"between": _between(changes)} if changes else {}),
    }


def _world(world: DatedWorld) -> dict[str, str]:
    return {"date": world.date, "name": world.name, "title": world.scenario.title}


def _span(span: Span) -> dict[str, str]:
    return {"from": span.first, "to": span.last}


def _said(one: Said) -> dict[str, Any]:
    claim = one.claim
    return {
        "claim": one.reference,
        "on": _span(one.on),
        "written": _span(one.written),
        "who": claim.who,
        "issue": claim.issue,
        "by": claim.by,
        "kind": claim.kind,
        "text": claim.text,
        "cited_by": list(one.cited_by),
    }


def _answer(one: Stance) -> dict[str, Any]:
    plain = {"stance": one.id, "on": _span(one.date), "party": one.party, "answer": one.answer, "about": one.about}
    return {**plain, "proposal": one.proposal, "claims": list(one.claims)}


def _stand(stand: Stand | None) -> dict[str, Any]:
    if stand is None:
        return {"option": None, "claims": [], "why": None}
    return {"option": stand.option, "claims": list(stand.evidence), "why": stand.convention or stand.assumed}


def _held(one: Held, worlds: Sequence[DatedWorld]) -> dict[str, Any]:
    by_date = [{"date": world.date, **_stand(stand)} for world, stand in zip(worlds, one.stands, strict=True)]
    return {"party": one.party, "issue": one.issue, "held": by_date}


def _between(changes: Between) -> dict[str, Any]:
    return {
        "from": changes.first,
        "to": changes.last,
        "worlds": [_world(changes.before), _world(changes.after)],
        "claims": [one.reference for one in changes.said],
        "positions": [_position(one) for one in changes.positions],
        "numbers": [_number(one) for one in changes.numbers],
        "rescaled": list(changes.rescaled),
        "restated": list(changes.restated),
    }


def _position(one: PositionChange) -> dict[str, Any]:
    sides = {"before": _stand(one.before), "after": _stand(one.after)}
    return {"party": one.party, "issue": one.issue, **sides, "new_claims": list(one.new)}


def _number(one: NumberChange) -> dict[str, Any]:
    sides: Mapping[str, Any] = {"before": _entry(one.before), "after": _entry(one.after)}
    return {"path": one.path, "change": one.how, **sides, "new_claims": list(one.new)}


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    value, name = number_data(entry.number), entry.number.class_
    return {"value": value, "class": name, "source": entry.kind, "claims": list(entry.claims), "why": entry.why}
