"""Games that go on from earlier ones, for tests: of two at random, and of one that is cut in two."""

from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from strategies import games

from sim.compiling import compile_scenario
from sim.game import Earlier, Game
from sim.scenario import Scenario

Plain = dict[str, Any]

REVALUED = ("trust", "rearm", "protections", "good_faith")
"""Keys of a party that make what was reached count otherwise on a later day."""


def game_of(plain: Plain) -> Game:
    return compile_scenario(Scenario.model_validate(plain))


def rounds_of(plain: Plain) -> int:
    return sum(phase["rounds"] for phase in plain["phases"])


@st.composite
def continued(draw: Any) -> Game:
    """A game that goes on from another: ids are drawn from the same few, so that some are in both and some are not."""
    before, after = draw(games()), draw(games())
    rounds = rounds_of(before)
    assume(rounds > 1)
    return replace(game_of(after), earlier=Earlier(game_of(before), draw(st.integers(1, rounds - 1))))


@st.composite
def plain_talks(draw: Any) -> tuple[Plain, int]:
    """A game in one phase in which nothing is valued anew as time passes, and a round at which to cut it."""
    plain = draw(games())
    phase = {key: part for key, part in plain["phases"][0].items() if key not in ("provisional", "lasts", "consults")}
    rounds = draw(st.integers(2, 12))
    plain = {
        key: part for key, part in plain.items() if key not in ("proposal", "proposals", "off_the_table", "events")
    }
    plain["phases"] = [{**phase, "agenda": "all", "rounds": rounds}]
    plain["parties"] = {
        name: {key: part for key, part in body.items() if key not in REVALUED}
        for name, body in plain["parties"].items()
    }
    plain["levers"] = [_in_time(each, rounds) for each in plain.get("levers", []) if "until" not in each]
    if "walk_away" in plain and plain["walk_away"].get("deadline", 0) > rounds:
        plain.pop("walk_away")
    return plain, draw(st.integers(1, rounds - 1))


def _in_time(lever: Plain, rounds: int) -> Plain:
    """The lever without what it does to the status quo, and without a date that lies after the talks."""
    lever = {key: part for key, part in lever.items() if key != "status_quo"}
    if lever.get("when", {}).get("round", 0) <= rounds and lever.get("threatened", 0) < rounds:
        return lever
    return {key: part for key, part in lever.items() if key not in ("when", "threatened", "carried_out", "slips")}


def rest_of(plain: Plain, cut: int) -> Plain:
    """What is left of talks after so many rounds: the same scenario, with its dates counted from there."""
    phase = plain["phases"][0]
    rest = {**plain, "phases": [{**phase, "rounds": phase["rounds"] - cut}]}
    rest["levers"] = [_later(each, cut) for each in plain["levers"]]
    leave = plain.get("walk_away")
    if leave is not None and "deadline" in leave:
        due = _next(leave["deadline"], leave.get("slips", 0) if "carried_out" in leave else 0, cut)
        rest["walk_away"] = {"by": leave["by"], "then": leave["then"]}
        if due is not None:
            assume(due > 0)
            known = max(0, min(leave["announced"] - cut, due - 1))
            rest["walk_away"] = {**leave, "announced": known, "deadline": due}
    return rest


def _later(lever: Plain, cut: int) -> Plain:
    """A lever with its dates counted from the cut; one whose dates are past has none, and is pulled or not as it was."""
    when = lever.get("when", {})
    if "threatened" in lever:
        lever = {**lever, "threatened": max(0, lever["threatened"] - cut)}
    if "round" not in when:
        return lever
    due = _next(when["round"], lever.get("slips", 0) if "carried_out" in lever else 0, cut)
    if due is None:
        return {key: part for key, part in lever.items() if key not in ("when", "threatened", "carried_out", "slips")}
    assume("threatened" not in lever or lever["threatened"] < due)
    return {**lever, "when": {"round": due}}


def _next(first: int, slips: int, cut: int) -> int | None:
    """The next of the dates of a threat, counted from the cut."""
    return next((first + slips * k - cut for k in range(4 if slips else 1) if first + slips * k >= cut), None)


def cut_in_two(plain: Plain, cut: int) -> Game:
    """The rest of the talks, going on from their first rounds."""
    return replace(game_of(rest_of(plain, cut)), earlier=Earlier(game_of(plain), cut))
