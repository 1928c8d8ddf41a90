"""Talks that go on from earlier ones: which these are, and how many of their rounds are over when the later ones begin."""

import datetime
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from sim.scenario import Scenario
from sim.scenario.calendar import DAY_GIVEN, calendar_of
from sim.scenario.dated_rounds import day_of
from sim.scenario.problems import Problem, Steps, seen

UNTIL: Steps = ("continues", "until")
SCENARIO: Steps = ("continues", "scenario")
EARLIER: Steps = ("continues", "earlier")


def earlier_scenario(scenario: Scenario) -> Scenario | None:
    """The scenario that another one continues; None where it begins anew.

    ValueError where it has not been read yet, as a scenario read from a file has it.
    """
    if scenario.continues is None:
        return None
    if not scenario.continues.earlier:
        raise ValueError(f"{scenario.continues.scenario} has not been read")
    return _parsed(json.dumps(scenario.continues.earlier, sort_keys=True))


@lru_cache(maxsize=8)
def _parsed(text: str) -> Scenario:
    plain: Mapping[str, Any] = json.loads(text)
    return Scenario.model_validate(plain)


def until(scenario: Scenario) -> datetime.date:
    """The day up to which the earlier scenario is played: what `until` says, else the date of the later one."""
    assert scenario.continues is not None
    day = day_of(scenario.continues.until or scenario.date)
    assert day is not None, "a checked scenario has one"
    return day


def rounds_over(scenario: Scenario) -> int:
    """Rounds of the earlier scenario that are over by that day."""
    earlier = earlier_scenario(scenario)
    calendar = None if earlier is None else calendar_of(earlier)
    return 0 if calendar is None else calendar.rounds_by(until(scenario))


def shares_fortunes(scenario: Scenario) -> bool:
    """Whether both scenarios have fortunes, so that they are carried over."""
    earlier = earlier_scenario(scenario)
    return earlier is not None and earlier.momentum is not None and scenario.momentum is not None


def faults(scenario: Scenario) -> list[Problem]:
    """What keeps a scenario from going on where the earlier one stops; what is wrong inside that is told where it is read."""
    if scenario.continues is None or not scenario.continues.earlier:
        return []
    try:
        earlier = earlier_scenario(scenario)
    except ValidationError as invalid:  # only where somebody has changed what the program filled in
        return [Problem(EARLIER, f"is no scenario: {invalid.error_count()} faults")]
    assert earlier is not None
    return [problem for problem in (_of_the_earlier(scenario, earlier) or _of_the_day(scenario, earlier),) if problem]


def _of_the_earlier(scenario: Scenario, earlier: Scenario) -> Problem | None:
    """What is missing or other in the earlier scenario."""
    calendar = calendar_of(earlier)
    if calendar is None or not calendar.has_day:
        wanted = "give it a day as `date`, and a `round` that is a day, a week, a month or the like"
        return Problem(SCENARIO, f"does not say when its rounds are over; {wanted}")
    if earlier.draws is not None:
        return Problem(
            SCENARIO, "keeps only some draws itself (`draws`); which are kept is found out for this scenario"
        )
    if earlier.round != scenario.round:
        return Problem(
            SCENARIO, f"has rounds of a {earlier.round}, and this scenario of a {scenario.round}; clocks cannot run on"
        )
    then, now = earlier.momentum, scenario.momentum
    if then is not None and now is not None and then.favours != now.favours:
        both = f"{then.favours} there and {now.favours} here"
        return Problem(
            ("momentum", "favours"), f"must be as in the talks that this continues, as fortunes run on ({both})"
        )
    return None


def _of_the_day(scenario: Scenario, earlier: Scenario) -> Problem | None:
    """What is wrong with the day up to which it is played."""
    assert scenario.continues is not None
    given, own = scenario.continues.until, scenario.date
    day = day_of(given or own)
    if day is None:
        if given is not None:
            return Problem(UNTIL, f"is no day such as 2025-12-02 (got {seen(given)})")
        return Problem(UNTIL[:1], "needs `until`, a day such as 2025-12-02, as this scenario has no day as `date`")
    if own is not None and len(own) == DAY_GIVEN and str(day) > own:
        return Problem(UNTIL, f"lies after {own}, the date of this scenario (got {day})")
    where = UNTIL if given is not None else UNTIL[:1]
    rounds, total = rounds_over(scenario), sum(int(phase.rounds) for phase in earlier.phases)
    if rounds < 1:
        return Problem(where, f"no {earlier.round} of talks that begin on {earlier.date} is over by {day}")
    if rounds >= total:
        return Problem(
            where, f"the earlier talks are over by {day}: they have {total} {earlier.round}s from {earlier.date}"
        )
    return None
