"""`sim scenarios`."""

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.cli.common import as_text, faults_told, page_width, say
from sim.cli.options import AsJson

if TYPE_CHECKING:
    from sim.files.scenario.catalogue import NamedScenario

NAMES = 34


@dataclass(frozen=True)
class ListedScenario:
    """A scenario as it is listed; `fault` where it cannot be read as one."""

    entry: "NamedScenario"
    title: str = ""
    summary: str = ""
    date: str | None = None
    fault: str = ""


def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios that can be named: those in the folder scenarios here, and those that ship with the program.

    Of two with one name, the name means the one here. Parts of scenarios, which have no title, are left out.

    Example: sim scenarios
    """
    from sim.files.scenario.catalogue import entries

    with faults_told():
        rows = [_row(entry) for entry in entries()]
    say(as_text(_data(rows)) if as_json else "\n".join(_page(rows)))


def _row(entry: "NamedScenario") -> ListedScenario:
    from sim.files.errors import BadInput
    from sim.files.scenario.reader import read_scenario

    try:
        scenario = read_scenario(entry.path).scenario
    except BadInput as bad:
        return ListedScenario(entry, fault=str(bad.faults[0]))
    return ListedScenario(entry, scenario.title, scenario.summary.strip(), scenario.date)


def _hidden(rows: list[ListedScenario]) -> set[str]:
    """Names that ship, and mean another scenario here."""
    here = {row.entry.name for row in rows if not row.entry.ships}
    return {row.entry.name for row in rows if row.entry.ships and row.entry.name in here}


def _data(rows: list[ListedScenario]) -> list[dict[str, Any]]:
    hidden = _hidden(rows)
    return [
        {
            "name": row.entry.name,
            "ships": row.entry.ships,
            "hidden": row.entry.ships and row.entry.name in hidden,
            "date": row.date,
            "title": row.title,
            "summary": row.summary,
            "path": str(row.entry.path),
            "fault": row.fault or None,
        }
        for row in rows
    ]


def _page(rows: list[ListedScenario]) -> list[str]:
    from sim.files.scenario.catalogue import is_project_shipped

    here, shipped = ([row for row in rows if row.entry.ships is ships] for ships in (False, True))
    width = min(max((len(row.entry.name) for row in rows), default=0), NAMES)
    if is_project_shipped():
        lines = ["Here in scenarios/, and shipped with the program", *_table(here, width, set())]
    else:
        lines = ["Here in scenarios/", *_table(here, width, set()), ""] if here else []
        lines += ["Shipped with the program", *_table(shipped, width, _hidden(rows))]
    return [*lines, "", "Play one:               sim run NAME", "Copy one to change it:  sim new DIR --from NAME"]


def _table(rows: list[ListedScenario], width: int, hidden: set[str]) -> list[str]:
    lines = []
    for row in rows:
        name = row.entry.name
        said = f"does not read: sim check {name} says why" if row.fault else row.title
        said += "; the name means the one here" if name in hidden else ""
        start = f"  {name:{width}}  {row.date or '-':10}  "
        lines += textwrap.wrap(said, page_width(), initial_indent=start, subsequent_indent=" " * (width + 16))
    return lines
