"""A transcript as plain data, for programs: what its page says, by ids. Rounds count from 0, as in scenario files."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sim.game import Names
from sim.records import End
from sim.rules.state import ACCEPTS, BREAKS_LINE, FALLS_SHORT, OBJECTS
from sim.talks.transcript.entries import Answer, Change, Incident, IncidentKind, Round, Tabled, Transcript, Turn
from sim.talks.transcript.reasons import Given, Outlook

Data = dict[str, Any]

SAID = {ACCEPTS: "accepts", BREAKS_LINE: "breaks_line", FALLS_SHORT: "falls_short", OBJECTS: "objects"}

SUBJECTS: dict[str, tuple[IncidentKind, ...]] = {
    "phases": (IncidentKind.PHASE, IncidentKind.SETTLED),
    "events": (IncidentKind.EVENT,),
    "levers": (IncidentKind.LEVER, IncidentKind.WITHDRAWN, IncidentKind.THREATENED, IncidentKind.NOT_PULLED),
    "parties": (
        IncidentKind.ANNOUNCED, IncidentKind.STAYED, IncidentKind.PAUSE, IncidentKind.HOPE, IncidentKind.NO_DEAL,
        IncidentKind.RECKONED, IncidentKind.DEPARTED, IncidentKind.EXPOSED, IncidentKind.POSITION,
    ),
    "issues": (IncidentKind.LAPSED, IncidentKind.REOPENED),
    "lines": (IncidentKind.LINE_GONE, IncidentKind.LINE_BACK, IncidentKind.LINE_BEGUN),
    "ratification": (IncidentKind.RATIFIED, IncidentKind.NOT_RATIFIED),
}  # fmt: skip
"""Kinds by what their subject is, as a field of `Names`."""

NUMBERS: dict[IncidentKind, tuple[str, ...]] = {
    IncidentKind.POSITION: ("round",),
    IncidentKind.ON_TABLE: ("entry",),
    IncidentKind.MOMENTUM: ("before", "after"),
    IncidentKind.LEVER: ("pressure", "no_deal", "tilt"),
    IncidentKind.ANNOUNCED: ("round", "", "chance"),
    IncidentKind.STAYED: ("slips_to",),
    IncidentKind.PAUSE: ("cost",),
    IncidentKind.HOPE: ("worth",),
    IncidentKind.THREATENED: ("round", "", "chance"),
    IncidentKind.NOT_PULLED: ("slips_to",),
    IncidentKind.NO_DEAL: ("before", "after", "going_on", "cost", "levers", "threats"),
    IncidentKind.RECKONED: ("before", "after"),
    IncidentKind.DEPARTED: ("announced",),
    IncidentKind.LAPSED: ("before", "after"),
    IncidentKind.LINE_BEGUN: ("real",),
    IncidentKind.CEASEFIRE: ("before", "after"),
    IncidentKind.REOPENED: ("before", "after"),
    IncidentKind.RATIFIED: ("chance",),
    IncidentKind.NOT_RATIFIED: ("chance",),
}
"""What the numbers of a kind are, in the order of `before`, `after` and `parts`; "" is none."""


def transcript_data(transcript: Transcript, names: Names) -> Data:
    """Everything that the page of a transcript says."""
    ids, ending = names.parties, transcript.ending
    return {
        "run": transcript.run,
        "good_faith": _by(ids, transcript.good_faith),
        "confident": _by(ids, transcript.confident),
        "posture": [names.lines[r] for r in transcript.posture],
        "positions": {p: _terms(position, names) for p, position in zip(ids, transcript.positions, strict=True)},
        "futures": list(names.futures),
        "rounds": [_round(played, names) for played in transcript.rounds],
        "end": End(ending.end).name.lower(),
        "round": ending.round,
        "phase": names.phases[ending.phase],
        "package": _terms(ending.package, names),
        "settled": [names.issues[i] for i, settled in enumerate(ending.settled) if settled],
        "value": _by(ids, ending.values),
        "worth": _by(ids, ending.worth),
        "no_deal": _by(ids, ending.no_deal),
        "terms": _by(ids, ending.terms),
        "holding": _by(ids, ending.holding),
        "core_kept": ending.core_kept,
        "cited": _by(names.lines, ending.cited),
        "wanted": _by(names.issues, ending.wanted),
        "reversals": ending.reversals,
        "overlooked": ending.overlooked,
    }


def _by(ids: Sequence[str], values: Sequence[Any]) -> Data:
    return dict(zip(ids, values, strict=True))


def _terms(package: Sequence[int], names: Names) -> Data:
    """Options by issue; what a package is silent on is left out."""
    return {names.issues[i]: names.options[i][o] for i, o in enumerate(package) if o >= 0}


def _round(played: Round, names: Names) -> Data:
    ids = names.parties
    return {
        "round": played.number,
        "phase": names.phases[played.phase],
        "present": [name for name, present in zip(ids, played.present, strict=True) if present],
        "aspiration": _by(ids, played.aspiration),
        "fallback": _by(ids, played.fallback),
        "no_deal": _by(ids, played.no_deal),
        "outlook": {name: _outlook(each, names) for name, each in zip(ids, played.outlook, strict=False)},
        "before": [_incident(each, names) for each in played.before],
        "turns": [_turn(turn, names) for turn in played.turns],
        "nothing_to_table": [ids[each.party] for each in played.passed],
        "after": [_incident(each, names) for each in played.after],
    }


def _outlook(outlook: Outlook, names: Names) -> Data:
    by_future = {
        key: _by(names.futures, getattr(outlook, key)) if outlook.odds else {} for key in ("odds", "prospects")
    }
    return {**asdict(outlook), **by_future, "total": outlook.total}


def _incident(incident: Incident, names: Names) -> Data:
    group = next((key for key, kinds in SUBJECTS.items() if incident.kind in kinds), None)
    subject = getattr(names, group)[incident.subject] if group else None
    numbers = zip(NUMBERS.get(incident.kind, ()), (incident.before, incident.after, *incident.parts), strict=False)
    told = {key: _number(incident, key, number, names) for key, number in numbers if key}
    if incident.kind == IncidentKind.POSITION:
        pairs = zip(incident.parts[::2], incident.parts[1::2], strict=True)
        told["puts_forward"] = {names.issues[int(i)]: names.options[int(i)][int(o)] for i, o in pairs}
    return {"kind": str(incident.kind), "subject": subject, **told}


def _number(incident: Incident, key: str, number: float, names: Names) -> Any:
    if incident.kind in SUBJECTS["issues"]:
        return names.options[incident.subject][int(number)] if number >= 0 else None
    if key in ("round", "slips_to", "entry"):
        return int(number) if number >= 0 else None
    return bool(number) if key in ("announced", "real") or incident.kind == IncidentKind.CEASEFIRE else number


def _turn(turn: Turn, names: Names) -> Data:
    return {
        "author": _party(turn.author, names),
        "tabled": None if turn.tabled is None else _tabled(turn.tabled, names),
        "answers": [_answer(each, names) for each in turn.answers],
        "not_needed": [names.parties[p] for p in turn.unasked],
        "complete": turn.complete,
        "agreed": turn.agreed,
        "withheld": turn.withheld,
        "declined": turn.declined,
        "demand": _issue(turn.demand, names),
    }


def _party(p: int, names: Names) -> str | None:
    return names.parties[p] if p >= 0 else None


def _issue(i: int, names: Names) -> str | None:
    return names.issues[i] if i >= 0 else None


def _tabled(tabled: Tabled, names: Names) -> Data:
    return {
        "package": _terms(tabled.package, names),
        "documented": tabled.documented,
        "stated": [names.issues[i] for i in tabled.stated],
        "filled_in": [names.issues[i] for i in tabled.filled],
        "worth": _by(names.parties, tabled.values),
        "aspiration": tabled.aspiration,
        "from_status_quo": _changes(tabled.from_status_quo, names),
        "from_text": _changes(tabled.from_text, names),
        "text_by": _party(tabled.text_by, names),
        "from_own": _changes(tabled.from_own, names),
        "from_position": _changes(tabled.from_position, names),
        "in_reply_to": [_given(each, names) for each in tabled.given],
        "gives": [
            {
                "issue": names.issues[gift.issue],
                "option": names.options[gift.issue][gift.option],
                "givers": [names.parties[p] for p in gift.givers],
            }
            for gift in tabled.gifts
        ],
    }


def _changes(changes: tuple[Change, ...] | None, names: Names) -> list[Data] | None:
    return None if changes is None else [_change(each, names) for each in changes]


def _change(change: Change, names: Names) -> Data:
    options = names.options[change.issue]
    return {
        "issue": names.issues[change.issue],
        "old": options[change.old] if change.old >= 0 else None,
        "new": options[change.new],
        "gain": change.gain,
        "towards": [names.parties[p] for p in change.towards],
        "reversal": change.back,
    }


def _given(given: Given, names: Names) -> Data:
    return {**asdict(given), "to": names.parties[given.to], "by": names.parties[given.by]}


def _answer(answer: Answer, names: Names) -> Data:
    return {
        "party": names.parties[answer.party],
        "said": SAID[answer.said],
        "worth": answer.value,
        "protections": answer.protected,
        "asks": answer.threshold,
        "falls_back_on": answer.without,
        "lines": [names.lines[r] for r in answer.lines],
        "wanted": _issue(answer.wanted, names),
    }
