"""Words for the uncertain numbers of a scenario, as rows of a page name them, and for the draws that are played."""

from collections.abc import Iterator
from typing import Any

from sim.report.wording.figures import NUMBERS, line_says
from sim.report.wording.layout import wrap
from sim.report.wording.paths import path_says
from sim.scenario import Scenario
from sim.scenario.names import spoken


def number_says(scenario: Scenario, path: str) -> str:
    """The path of an uncertain number in words."""
    if path in NUMBERS:
        return NUMBERS[path]
    first, name, rest = (*path.split(".", 2), "", "")[:3]
    if first == "parties" and not rest.startswith(("linkages.", "protections.")) and ".values." not in rest:
        return _of_party(scenario, name, rest)
    if first == "ratification" and rest.endswith(".real"):
        return f"{_clause(scenario, name)} (passes)"
    return path_says(scenario, path)


def kept_says(scenario: Scenario) -> Iterator[str]:
    """That only some draws are played, and which; nothing where all are."""
    kept = scenario.draws
    if kept is not None:
        yield from wrap(f"given the record: only draws that fit {kept.fit}, {len(kept.numbers()):,} of {kept.of:,}")


def kept_data(scenario: Scenario) -> dict[str, Any]:
    """The same for programs."""
    kept = scenario.draws
    return {} if kept is None else {"draws": {"fit": kept.fit, "kept": len(kept.numbers()), "of": kept.of}}


def _of_party(scenario: Scenario, name: str, rest: str) -> str:
    part, _, what = rest.partition(".")
    if part == "red_lines":
        line_id, _, field = what.partition(".")
        return f"{line_says(scenario, line_id)} ({_real(scenario, line_id) if field == 'real' else field})"
    owner = scenario.parties[name].name
    if part == "priorities":
        return f"{owner}: weight of {scenario.issues[what.split('.')[0]].title}"
    return f"{owner}: {NUMBERS.get(rest, spoken(rest))}"


def _clause(scenario: Scenario, name: str) -> str:
    return next((clause.says for clause in scenario.ratification if clause.id == name), spoken(name))


def _real(scenario: Scenario, line_id: str) -> str:
    """Whether a line is real; others may be so in the same runs."""
    more = sum(line.same_as == line_id for party in scenario.parties.values() for line in party.red_lines)
    return f"real, and {more} with it" if more else "real"
