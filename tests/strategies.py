"""Whole small games at random, as plain data in which `sim check` finds no fault."""

from typing import Any

from hypothesis import strategies as st
from strategy_parts import FAVOURED, Frame, Plain, clauses, given_only, maybe, numbers, parties, some, sometimes, terms

from sim.scenario.mechanisms import MECHANISMS

SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def consent(draw: Any, frame: Frame, nested: bool = True) -> Plain:
    """A rule of consent: everybody, somebody, a quota; of parties or of rules; for all packages or for some."""
    members: list[Any] = draw(some(frame.parties))
    if nested and draw(st.booleans()):
        members.append(draw(consent(frame, nested=False)))
    form = draw(st.sampled_from(["all_of", "any_of", "at_least"]))
    rule = {"at_least": draw(st.integers(1, len(members))), "of": members} if form == "at_least" else {form: members}
    if nested and frame.status_quo and draw(st.booleans()):
        rule["when"] = draw(clauses(frame))
    return rule


@st.composite
def phases(draw: Any, frame: Frame, locked: list[str]) -> list[Plain]:
    found: list[Plain] = []
    free = [issue for issue in frame.issues if issue not in locked]
    for k in range(draw(st.integers(1, 3))):
        protocols = ["alternating"] + ["single_text"] * bool(frame.mediators()) + ["put_to"] * (k > 0)
        protocol = draw(st.sampled_from(protocols))
        agenda: Any = "all"
        if len(frame.status_quo) == len(frame.issues) and draw(st.booleans()):
            agenda = draw(some(free))
        on_it = frame.issues if agenda == "all" else agenda
        drafts = protocol == "single_text"
        speakers = draw(maybe(some(frame.parties)))
        found.append(
            given_only(
                id=f"phase{k}",
                rounds=draw(st.integers(1, 8)),
                agenda=agenda,
                protocol=protocol,
                speakers=speakers,
                consent=[{"all_of": [draw(st.sampled_from(frame.parties))]}, draw(consent(frame))]
                if draw(st.integers(0, 3)) == 0
                else None,
                mediator=draw(st.sampled_from(frame.mediators())) if drafts else None,
                revisions=draw(maybe(st.integers(1, 3))) if drafts else None,
                consults=draw(maybe(st.sampled_from(["all", "alternate"]))) if drafts else None,
                put_to=draw(some(frame.parties)) if protocol == "put_to" else None,
                over_the_head_of=draw(overruled(frame, speakers)) if protocol != "put_to" else None,
                lasts={
                    i: draw(st.integers(1, 5)) for i in on_it if i in frame.status_quo and draw(st.integers(0, 3)) == 0
                },
            )
        )
    return provisional(found, draw(st.booleans()))


@st.composite
def overruled(draw: Any, frame: Frame, speakers: list[str] | None) -> list[str]:
    """Now and then a party whose consent a phase does not ask for."""
    silent = [p for p in frame.parties if p not in (speakers or frame.parties) and frame.roles[p] != "mediator"]
    return [draw(st.sampled_from(silent))] if silent and draw(st.booleans()) else []


def provisional(stages: list[Plain], wanted: bool) -> list[Plain]:
    """The first phase as a framework, where the second takes up everything."""
    if wanted and len(stages) > 1 and stages[1]["protocol"] != "put_to":
        stages[1] = {**stages[1], "agenda": "all"}
        stages[0] = {**stages[0], "provisional": True}
        stages[0].pop("lasts", None)
    return stages


@st.composite
def proposals(draw: Any, frame: Frame) -> Plain | None:
    """A documented proposal that changes something and leaves something open."""
    tabled = draw(terms(frame, draw(some(frame.issues))))
    if all(frame.status_quo.get(issue) == option for issue, option in tabled.items()) or draw(st.booleans()):
        return None
    names = list(tabled)
    locked = draw(some(names, 0, min(len(names), len(frame.issues) - 1))) if len(frame.issues) > 1 else []
    return given_only(by=draw(st.sampled_from(frame.parties)), terms=tabled, core=draw(some(names, 0)), locked=locked)


def ends(first: int, rounds: int) -> st.SearchStrategy[Any]:
    """An end from a round on, where the talks last as long."""
    return st.integers(first, rounds - 1).map(lambda at: {"round": at}) if first < rounds else st.none()


@st.composite
def exclusions(draw: Any, frame: Frame, rounds: int, tabled: list[Plain]) -> list[Plain]:
    """What comes on the table later, and bars no documented proposal."""
    found = []
    for k in range(draw(st.integers(1, 2))):
        clause, until = draw(clauses(frame)), draw(ends(1, rounds))
        holds = any(frame.status_quo.get(issue) in named for issue, named in clause.items() if named != "changed")
        if until and not holds and not any(set(clause) & set(terms) for terms in tabled):
            found.append({"id": f"bar{k}", "says": f"not yet {k}", "when": clause, "until": until})
    return found


@st.composite
def levers(draw: Any, frame: Frame, rounds: int) -> list[Plain]:
    found = []
    for k in range(draw(st.integers(0, 3))):
        when = draw(
            maybe(
                st.fixed_dictionaries({"round": st.integers(0, rounds)})
                | st.fixed_dictionaries({"refusals": st.integers(1, 4)})
                | st.just({"exposed": True})
            )
        )
        changed = draw(some(list(frame.status_quo), 0, 1)) if frame.status_quo else []
        by, on = draw(st.permutations(frame.parties))[:2]
        dated = bool(when and "round" in when)
        pulled = when["round"] if when and dated else rounds
        threatened = draw(maybe(st.integers(0, pulled - 1))) if pulled > 0 else None
        found.append(
            given_only(
                id=f"lever{k}",
                says=f"lever {k} is pulled",
                by=by,
                on=on,
                when=when,
                threatened=threatened,
                carried_out=None if threatened is None else draw(numbers(0.0, 1.0)),
                slips=draw(maybe(st.integers(1, 3))) if threatened is not None and dated else None,
                until=draw(sometimes(ends(max(pulled if dated else 0, threatened or 0) + 1, rounds))),
                tilt=draw(maybe(numbers(-0.6, 0.6))) if frame.futures else None,
                pressure=draw(numbers(0.0, 1.0)),
                no_deal={p: draw(numbers(-0.3, 0.3)) for p in draw(some(frame.parties, 0))},
                status_quo=draw(terms(frame, changed)),
            )
        )
    return found


@st.composite
def walk_aways(draw: Any, frame: Frame, rounds: int, players: Plain) -> Plain | None:
    if not frame.mediators() or draw(st.booleans()):
        return None
    leaver = draw(st.sampled_from(frame.mediators()))
    announced = draw(st.integers(0, max(rounds - 1, 0)))
    then = draw(st.sampled_from(["end", "go_on"]))
    if "patience" in players[leaver] and draw(st.booleans()):
        return {"by": leaver, "then": then}
    date = {"announced": announced, "deadline": draw(st.integers(announced + 1, rounds))}
    carried_out = draw(maybe(numbers(0.0, 1.0)))
    slips = draw(maybe(st.integers(1, 3))) if carried_out is not None else None
    return {"by": leaver, "then": then, **date, **given_only(carried_out=carried_out, slips=slips)}


@st.composite
def frames(draw: Any) -> Frame:
    """Two to four parties and two to five issues with two to four options."""
    options = {f"i{k}": [f"o{j}" for j in range(draw(st.integers(2, 4)))] for k in range(draw(st.integers(2, 5)))}
    textbook = draw(st.integers(0, 3)) == 0
    held = {} if textbook else {issue: draw(st.sampled_from(names)) for issue, names in options.items()}
    roles = {"p0": "belligerent"}
    for k in range(1, draw(st.integers(2, 4))):
        roles[f"p{k}"] = draw(st.sampled_from(["belligerent", "mediator", "stakeholder"]))
    return Frame(options, held, roles, futures=draw(st.integers(0, 2)) == 2)


@st.composite
def futures(draw: Any, frame: Frame) -> list[Plain]:
    """Two to four packages that going on may lead to; a textbook game has no status quo to fill them in from."""
    found = []
    for k in range(draw(st.integers(2, 4))):
        named = draw(some(frame.issues, 0)) if frame.status_quo else frame.issues
        found.append(
            given_only(
                id=f"future{k}",
                says=f"future {k}",
                package=draw(terms(frame, named)),
                leans=draw(numbers(-1.0, 1.0)),
                odds=draw(maybe(numbers(-2.0, 2.0))),
            )
        )
    return found


@st.composite
def dated_proposals(draw: Any, frame: Frame, rounds: int) -> list[Plain]:
    return [
        {
            "id": f"plan{k}",
            "by": draw(st.sampled_from(frame.parties)),
            "round": draw(st.integers(0, rounds - 1)),
            "terms": draw(terms(frame, draw(some(frame.issues)))),
        }
        for k in range(draw(st.integers(1, 3)))
    ]


@st.composite
def givers(draw: Any, frame: Frame) -> Plain:
    """Whose some issues, or some of their options, are to give."""
    keys = [*frame.status_quo, *(f"{issue}.{option}" for issue in frame.issues for option in frame.options[issue])]
    return {key: draw(some(frame.parties, 1, 2)) for key in draw(some(keys, 1, 4))}


@st.composite
def momenta(draw: Any, frame: Frame) -> Plain:
    """The battlefield; now and then with a truce that is no peace."""
    found = {"favours": FAVOURED, "start": draw(numbers(-0.5, 0.5)), "drift": draw(numbers(-0.05, 0.05)), "sd": 0.1}
    if frame.futures:
        found |= given_only(sharpness=draw(sometimes(numbers(0.2, 4.0))), horizon=draw(sometimes(st.integers(0, 9))))
    cease = draw(maybe(clauses(frame)))
    if cease:
        found |= {"ceasefire": cease, "ceasefire_drift": draw(numbers(-0.05, 0.05))}
        if draw(st.booleans()):
            found["peace"] = {i: named if named == "changed" else named[:1] for i, named in cease.items()}
    return found


@st.composite
def alike(draw: Any) -> Plain:
    """What holds for every party that says nothing else."""
    return {
        "weights_sd": 0.2,
        "insight": 0.5,
        **given_only(
            opening=draw(sometimes(numbers(0.0, 1.0))),
            reciprocity=draw(sometimes(numbers(0.0, 1.0))),
            loss_aversion=draw(sometimes(numbers(1.0, 2.5))),
        ),
    }


@st.composite
def games(draw: Any) -> Plain:
    """A whole scenario as plain data."""
    frame = draw(frames())
    known: list[str] = []
    players: Plain = {}
    for party in frame.parties:
        players[party] = draw(parties(frame, party, known))
        known += [line["id"] for line in players[party].get("red_lines", []) if "same_as" not in line]
    proposal = draw(proposals(frame))
    stages = draw(phases(frame, proposal.get("locked", []) if proposal else []))
    if proposal and all(stage.get("agenda", "all") != "all" for stage in stages):
        stages[0]["agenda"] = "all"
    rounds = sum(stage["rounds"] for stage in stages)
    moving = frame.futures or draw(st.booleans())
    dated = draw(sometimes(dated_proposals(frame, rounds)))
    tabled = [each["terms"] for each in [*([proposal] if proposal else []), *(dated or [])]]
    return given_only(
        title="A game",
        summary="Made up by chance.",
        assumed="a made-up game for tests",
        issues={
            issue: given_only(
                title=f"Issue {issue}", status_quo=frame.status_quo.get(issue), options={o: f"{o} it is" for o in names}
            )
            for issue, names in frame.options.items()
        },
        parties=players,
        phases=stages,
        proposal=proposal,
        consent=draw(st.lists(consent(frame), max_size=2)),
        every_party=draw(maybe(alike())),
        futures=draw(futures(frame)) if frame.futures else None,
        hope=draw(sometimes(numbers(0.0, 1.0))),
        gives=draw(sometimes(givers(frame))),
        proposals=dated,
        off_the_table=draw(sometimes(exclusions(frame, rounds, tabled))),
        mechanisms=draw(sometimes(st.dictionaries(st.sampled_from(MECHANISMS), st.sampled_from(["on", "off"])))),
        levers=draw(levers(frame, rounds)),
        events=draw(events(frame, players, known, rounds, moving)),
        momentum=draw(momenta(frame)) if moving else None,
        walk_away=draw(walk_aways(frame, rounds, players)),
        ratification=draw(ratifications(frame)),
    )


@st.composite
def events(draw: Any, frame: Frame, players: Plain, lines: list[str], rounds: int, moving: bool) -> list[Plain]:
    found = []
    holders = [party for party, body in players.items() if body.get("position")]
    for k in range(draw(st.integers(0, 2))):
        shifts = {line: draw(numbers(-0.5, 0.5)) for line in (draw(some(lines, 0, 2)) if lines else [])}
        swing = draw(numbers(-0.5, 0.5)) if moving else None
        stated = {p: draw(terms(frame, draw(some(frame.issues)))) for p in (draw(some(holders, 0)) if holders else [])}
        if shifts or swing is not None or stated:
            found.append(
                given_only(
                    id=f"event{k}",
                    says=f"event {k}",
                    round=draw(st.integers(0, rounds)),
                    momentum=swing,
                    firmness=shifts,
                    positions=stated,
                )
            )
    return found


@st.composite
def ratifications(draw: Any, frame: Frame) -> list[Plain]:
    return [
        {
            "id": f"vote{k}",
            "says": f"vote {k}",
            "party": draw(st.sampled_from(frame.parties)),
            "when": draw(clauses(frame)),
            "passes": draw(numbers(0.0, 1.0)),
        }
        for k in range(draw(st.integers(0, 2)))
    ]


@st.composite
def truces(draw: Any) -> Plain:
    """A game that opens with a phase about one issue, on which the fighting may stop, before talks about everything.

    Nothing in it waits for what the talks bring, so that every path that they can take is known beforehand.
    """
    plain = draw(games())
    issue, body = next(iter(plain["issues"].items()))
    if "status_quo" not in body:
        return plain  # type: ignore[no-any-return]
    stops = [option for option in body["options"] if option != body["status_quo"]]
    opening, talks = draw(st.integers(1, 4)), draw(st.integers(2, 6))
    plain = {k: part for k, part in plain.items() if k not in ("proposal", "proposals", "levers", "walk_away")}
    plain["events"] = [event for event in plain.get("events", []) if event["round"] <= opening + talks]
    lapses = draw(sometimes(st.integers(1, 5)))
    plain["phases"] = [
        given_only(id="truce", rounds=opening, agenda=[issue], lasts={issue: lapses} if lapses else None),
        {"id": "talks", "rounds": talks},
    ]
    plain["momentum"] = {
        **{"favours": FAVOURED, "start": 0.2, "drift": 0.03, "sd": 0.1, **plain.get("momentum", {})},
        "ceasefire": {issue: stops[: draw(st.integers(1, len(stops)))]},
        "ceasefire_drift": draw(numbers(-0.1, 0.2)),
    }
    plain["momentum"].pop("peace", None)
    for party in plain["parties"].values():
        party.pop("patience", None)
        if "concession" in party:
            party["concession"] = {**party["concession"], "deadline": draw(st.integers(1, 5))}
    return plain
