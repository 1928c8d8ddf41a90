"""A scenario played again without some of its red lines, under the same luck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.blockers.removed_lines import Removal, removal
from sim.compiling import compile_scenario
from sim.files.scenario.overrides import Override
from sim.files.scenario.reader import Loaded, varied
from sim.records import Runs
from sim.scenario import Scenario
from sim.study.plan import Plan, join, play


@dataclass(frozen=True)
class Together:
    """Red lines that are taken away at once, and what makes them belong together."""

    kind: str  # `same_as`: real in the same runs; `minimal_set`; `all`
    lines: tuple[str, ...]


def removable(scenario: Scenario) -> tuple[str, ...]:
    """Red lines that may bind: those whose firmness can be above 0, at the start or by an event."""
    raised = {line for event in scenario.events for line, shift in event.firmness.items() if shift.support()[1] > 0.0}
    lines = (line for party in scenario.parties.values() for line in party.red_lines)
    return tuple(line.id for line in lines if line.firmness.support()[1] > 0.0 or line.id in raised)


def twins(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Red line: the others that are real in the same runs."""
    lines = [line for party in scenario.parties.values() for line in party.red_lines]
    stem = {line.id: line.same_as or line.id for line in lines}
    return {one: tuple(other for other in stem if stem[other] == stem[one] and other != one) for one in stem}


def together(scenario: Scenario, sets: Sequence[MinimalSets]) -> tuple[Together, ...]:
    """Sets of two lines and more that are worth taking away at once, each once."""
    lines, same = removable(scenario), twins(scenario)
    wanted = [Together("minimal_set", stage.sets[0].lines) for stage in sets if stage.sets]
    wanted += [Together("same_as", tuple(each for each in lines if each == one or each in same[one])) for one in lines]
    wanted.append(Together("all", lines))
    found = {frozenset(each.lines): each for each in reversed(wanted) if len(each.lines) > 1}
    return tuple(reversed(found.values()))


def never_real(scenario: Scenario, lines: Sequence[str]) -> list[Override]:
    """What makes red lines never real: no firmness, neither at the start nor by an event; one that would begin is unknown."""
    paths = [
        f"parties.{name}.red_lines.{line.id}.firmness"
        for name, party in scenario.parties.items()
        for line in party.red_lines
        if line.id in lines
    ]
    paths += [
        f"events.{event.id}.firmness.{line}" for event in scenario.events for line in event.firmness if line in lines
    ]
    unknown = [
        f"parties.{name}.red_lines.{line.id}.declared"
        for name, party in scenario.parties.items()
        for line in party.red_lines
        if line.id in lines and line.id in scenario.beginning_lines()
    ]
    return [Override(path, "0") for path in paths] + [Override(path, "false") for path in unknown]


def play_without(
    loaded: Loaded, lines: Sequence[str], before: Runs, plan: Plan, count: Callable[[int], None]
) -> Removal:
    """Play a scenario again without some red lines and hold it against `before`.

    Raises:
        BadInput: the scenario contradicts itself without them.
    """
    game = compile_scenario(varied(loaded.root, never_real(loaded.scenario, lines), tuple(loaded.overridden)))
    parts = []
    for part in play(game, plan):
        count(len(part))
        parts.append(part)
    return removal(game, lines, before, join(parts))
