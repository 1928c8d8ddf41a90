"""What each column of a table of runs or of design points says, in the words of the scenario."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.files.export.columns import CellKind, Column, kind_of
from sim.files.result.reader import Result
from sim.report.wording.draws import number_says
from sim.report.wording.figures import ENDS, REASONS
from sim.scenario import Option, Scenario

Columns = tuple[list[Column], dict[str, list[Any]]]
"""Columns of a table, and the cells [N] by design point of those that are not stored."""

UNKNOWN = "not described by this version of the program"
SCALE = "value scale: 0 is worst, 1 is best"
BEYOND = "about 0 to 1: bonuses and maluses of combined options may carry it beyond"
BEYOND_TOO = "about 0 to 1: the price of a deal that may not last, and costs to come, may carry it beyond"
TERMS = "0 at the other side's position, 1 at its own"
BETWEEN = "0 is the other side's position, 1 its own"
UNCLIPPED = "about 0 to 1, and beyond where it is worse or better than a position; empty without positions"
SHARE = "share of the runs that are in"
VARIED = "scenario."
"""Before the path of a varied part whose name the runs have already."""

_ROUNDS = frozenset({"rounds", "round", "patience", "deadline", "announced", "threatened", "revisions", "lasts"})
HOW = {**ENDS, "agreement": "signed, and where a vote at home was due, passed there"}
WHY = {
    "agreed": "it did not fail",
    **{reason: said.partition(": ")[2] for reason, said in REASONS.items()},
    "unknown": "was not looked into",
}


def described(column: Column, result: Result) -> Column:
    """A stored column of the runs, with its unit, meaning and possible values."""
    scenario, name = result.scenario, column.name
    if name in _PLAIN:
        return replace(column, **_PLAIN[name](result))
    family, _, item = name.partition(".")
    if family == "settled" and item in scenario.issues:
        issue = scenario.issues[item]
        said = f"{issue.title}: the option that holds at the end, settled or not"
        return replace(column, meaning=said, words={name: _option(option) for name, option in issue.options.items()})
    phases = {phase.id: phase.called() for phase in scenario.phases}
    if family == "settled_at" and item in phases:
        said = f"round in which phase {phases[item]} was settled, -1 where it was not"
        return replace(column, meaning=said, unit="rounds", span="-1 and up")
    if family in OF_PARTY and item in scenario.parties:
        meaning, unit, span = OF_PARTY[family]
        return replace(column, meaning=f"{scenario.parties[item].name}: {meaning}", unit=unit, span=span)
    lines = _lines(scenario)
    if family == "cited" and item in lines:
        said = f"refusals that named this red line of {lines[item]}"
        return replace(column, meaning=said, unit="refusals", span="0 and up")
    return replace(column, meaning=UNKNOWN)


def varied_columns(result: Result, taken: Collection[str]) -> Columns:
    """A column for each path that a sweep varies, and its cells [N]; `taken` are names of other columns."""
    columns, cells = [], {}
    for path, values in result.varied_values().items():
        name = path if path not in taken else f"{VARIED}{path}"
        kind = kind_of(values)
        words = dict.fromkeys((str(value) for value in values), "") if kind is CellKind.TEXT else {}
        said = f"what the design point sets: {_part(result.scenario, path)} ({path})"
        unit = "rounds" if path.rpartition(".")[2] in _ROUNDS and kind is not CellKind.TEXT else ""
        columns.append(Column(name, kind, unit, said, _span(values) if kind in _NUMERIC else "", words))
        cells[name] = values
    return columns, cells


def runs_columns(result: Result, stored: Mapping[str, CellKind]) -> Columns:
    """All columns of the table of runs, those of the design point first, and the cells [N] of those not stored."""
    varied, cells = varied_columns(result, list(stored))
    point, *others = (described(Column(name, kind), result) for name, kind in stored.items())
    return [point, *varied, *others], cells


def points_columns(result: Result, rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """All columns of a table of design points."""
    known = {**{one.name: one for one in varied_columns(result, _OF_POINTS)[0]}, **_OF_POINTS}
    names = dict.fromkeys(name for row in rows for name in row)
    return [known.get(name) or _figure(name, [row.get(name) for row in rows], result.scenario) for name in names]


def _figure(name: str, cells: Sequence[Any], scenario: Scenario) -> Column:
    kind = CellKind.NUMBER if all(cell is None for cell in cells) else kind_of(cells)
    if name == "median_round":
        said = (
            f"by the end of this {scenario.round} half of the agreements were signed, counted from 1; empty without any"
        )
        return Column(name, kind, "rounds", said, "1 and up")
    stem, _, end = name.rpartition("_")
    family, _, item = name.partition(".")
    bounds = {"low": "lower end of the 95 % interval", "high": "upper end of the 95 % interval"}
    if stem in _SHARES and end in bounds:
        return Column(name, kind, SHARE, f"{bounds[end]} of {stem}: sampling error only (Wilson 1927)", "0 to 1")
    if family == "terms" and item in scenario.parties:
        said = f"{scenario.parties[item].name}: mean terms of agreements, by worth: {BETWEEN}; empty without any"
        return Column(name, kind, TERMS, said, UNCLIPPED)
    if name in _SHARES:
        return Column(name, kind, SHARE, _SHARES[name], "0 to 1")
    words = {"end": ENDS, "why": REASONS}.get(family, {})
    return Column(name, kind, SHARE, words.get(item, UNKNOWN), "0 to 1")


def point_rows(
    result: Result, runs_in: Sequence[int], figures: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """One row a design point: its number, its values, how many runs were asked for and are in, and then its figures.

    `figures`: a mapping for each point, in their order, of whatever is to be said of it.
    """
    _, varied = varied_columns(result, _OF_POINTS)
    return [
        {
            "point": point,
            **{name: cells[point] for name, cells in varied.items()},
            "runs_asked": result.runs,
            "runs_in": runs_in[point],
            **(figures[point] if figures else {}),
        }
        for point in range(len(result.design))
    ]


_NUMERIC = (CellKind.INTEGER, CellKind.NUMBER)


def _span(values: Sequence[Any]) -> str:
    numbers = [value for value in values if value is not None]
    return f"{min(numbers):g} to {max(numbers):g}" if numbers else ""


def _part(scenario: Scenario, path: str) -> str:
    first, *steps = path.split(".")
    if first == "parties" and len(steps) > 4 and (steps[1], steps[3]) == ("priorities", "values"):
        party, issue = scenario.parties[steps[0]], scenario.issues[steps[2]]
        return f"{party.name}: value of {issue.title}: {issue.label(steps[4])}"
    if first == "parties" and len(steps) < 2:
        return "all about a party"
    return number_says(scenario, path)


def _option(option: Option) -> str:
    return f"{option.label} ({option.says})" if option.label else option.says


def _lines(scenario: Scenario) -> dict[str, str]:
    return {line.id: f"{party.name}: {line.says}" for party in scenario.parties.values() for line in party.red_lines}


def _phases(result: Result) -> dict[str, str]:
    phases = result.scenario.phases
    return {phase.id: f"{phase.called()}, phase {k} of {len(phases)}" for k, phase in enumerate(phases, 1)}


def _core(result: Result) -> str:
    proposal = result.scenario.proposal
    titles = [result.scenario.issues[issue].title for issue in proposal.core] if proposal else []
    return ", ".join(titles) or "none are named"


def _favoured(result: Result) -> str:
    momentum = result.scenario.momentum
    return (
        f"above 0 it favours {result.scenario.parties[momentum.favours].name}" if momentum else "the scenario has none"
    )


def _holding(result: Result) -> str:
    if result.is_old:
        return "probability that what holds at the end lasts, as version 0.1 stated it"
    return "chance that what holds at the end still holds after a year, as the belligerent sees it that trusts it least"


_PLAIN: Mapping[str, Callable[[Result], dict[str, Any]]] = {
    "point": lambda result: {
        "meaning": "design point of the sweep, counted from 0"
        if result.design.paths
        else "always 0: nothing was varied",
        "span": f"0 to {len(result.design) - 1}" if len(result.design) > 1 else "0",
    },
    "run": lambda result: {
        "meaning": "which run, counted from 0; one number has the same luck at every design point",
        "span": f"0 to {result.runs - 1}",
    },
    "outcome": lambda _: {"meaning": "how the run ended", "words": HOW},
    "why": lambda _: {"meaning": "why a run without agreement failed: the first reason that fits", "words": WHY},
    "round": lambda result: {
        "meaning": f"round of the signature, or of the end; the first is 0, and each is a {result.scenario.round}",
        "unit": "rounds",
        "span": "0 and up",
    },
    "phase": lambda result: {"meaning": "phase of the talks in which the run ended", "words": _phases(result)},
    "zone": lambda _: {
        "meaning": "some package was acceptable to all who count, on the path without talks",
        "span": "true, false",
    },
    "core_kept": lambda result: {
        "meaning": f"what holds at the end keeps the core terms of the proposal ({_core(result)}); look at agreements only",
        "span": "true, false",
    },
    "holds": lambda result: {
        "meaning": f"{_holding(result)}; look at agreements only",
        "unit": "probability",
        "span": "0 to 1",
    },
    "reversals": lambda _: {
        "meaning": "issues on which offers went back towards a position without a reason",
        "unit": "issues",
        "span": "0 and up",
    },
    "offers": lambda _: {"meaning": "packages tabled", "unit": "packages", "span": "0 and up"},
    "mediator_left": lambda result: {
        "meaning": f"round in which a mediator left; the first is 0, and each is a {result.scenario.round}",
        "unit": "rounds",
        "span": "0 and up; -1 where none left",
    },
    "momentum": lambda result: {
        "meaning": f"momentum at the end: {_favoured(result)}",
        "unit": "scale from -1 to 1",
        "span": "-1 to 1",
    },
    "blocked_by": lambda result: {
        "meaning": "the red line that refusals named most often, which need not be what blocks; empty where they named none",
        "words": _lines(result.scenario),
    },
    "stuck_on": lambda result: {
        "meaning": "the issue that would most often have helped most, by refusals for too low a value; empty where none was",
        "words": {name: issue.title for name, issue in result.scenario.issues.items()},
    },
}
OF_PARTY: Mapping[str, tuple[str, str, str]] = {
    "value": ("face value of the package that holds at the end: as if it lasted", SCALE, BEYOND),
    "worth": ("worth of that package, what protects it included: compare it with `no_deal`", SCALE, BEYOND),
    "terms": (f"how good that package is for it, by worth: {BETWEEN}", TERMS, UNCLIPPED),
    "face_terms": (f"the same by face value: {BETWEEN}", TERMS, UNCLIPPED),
    "no_deal": ("what going on without agreement is worth at the end: what a deal must beat", SCALE, BEYOND_TOO),
    "aspiration": ("the least worth that it asks in the last round", SCALE, BEYOND),
    "withheld": ("how often it withheld its consent in bad faith", "consents", "0 and up"),
    "confident": ("whether it is of the type in this run that thinks it is winning", "", "true, false"),
}
_OF_POINTS: Mapping[str, Column] = {
    "point": Column("point", CellKind.INTEGER, "", "design point of the sweep, counted from 0", "0 and up"),
    "runs_asked": Column(
        "runs_asked", CellKind.INTEGER, "runs", "how many runs were asked for at the point", "1 and up"
    ),
    "runs_in": Column("runs_in", CellKind.INTEGER, "runs", "how many of them are in", "0 and up"),
}
_SHARES: Mapping[str, str] = {
    "agreement": "likelihood of agreement",
    "core_kept": "agreements that keep the core terms of the proposal",
    "ceiling": "structural ceiling: runs with a package that was acceptable to all who count, on the path without talks",
    "holds": "likelihood of an agreement that still holds after a year",
}
