"""`sim evidence`."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.api.questions.dated_worlds import DATED
from sim.cli.coding import told
from sim.cli.common import as_text, fail, fitted, load, page_width, say
from sim.cli.options import AsJson, Overrides, UseCoding, scenario_argument
from sim.cli.timeline import OPTION, OverTime, tell_timeline

if TYPE_CHECKING:
    from sim.evidence import Evidence
    from sim.scenario.provenance import Entry

    Named = dict[str, list[Entry]]


KINDS = (
    "Cited: claims give the figure itself. Convention: claims give a class, and a rule of the coders the figure. Assumed: no "
    "claim speaks of it. Override: set on the command line."
)


MayBeScenario = Annotated[
    Path | None,
    scenario_argument(
        "SCENARIO",
        f"A scenario: its file (YAML), or its name as in sim scenarios. Left out with {OPTION}: those of all dates, {DATED}.",
    ),
]
BelowPath = Annotated[
    str, typer.Argument(metavar="[PATH]", help="Only numbers below this path, such as parties.russia.red_lines.")
]


def evidence(
    scenario: MayBeScenario = None,
    path: BelowPath = "",
    *,
    over_time: OverTime,
    coding: UseCoding = None,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show what each number of a scenario rests on, and which claims nothing uses.

    Or, with --timeline, who said what when; with --coding, how far a second coder agrees with it.

    Example: sim evidence freeze_lines parties.ukraine.red_lines
    """
    if over_time.timeline:
        if coding is not None:
            fail(f"--coding: goes without {OPTION}")
        if path or overrides:
            fail(f"{'PATH' if path else '--set'}: goes without {OPTION}, which is chosen by --party and --issue")
        tell_timeline(scenario, over_time, as_json)
        return
    over_time.refuse_alone()
    if scenario is None:
        fail(f"SCENARIO: missing; name a scenario (for a list: sim scenarios), or give {OPTION}")
    from sim.scenario.late_claims import named_claims
    from sim.scenario.provenance import by_class, numbers, reasons, references

    loaded = load(scenario, overrides)
    if coding is not None:
        if path:
            fail("PATH: goes without --coding, which tells of all numbers that it codes")
        say(told(loaded, scenario, coding, as_json))
        return
    entries = numbers(loaded.scenario, loaded.overridden)
    chosen = [entry for entry in entries if _is_below(entry.path, path)]
    if not chosen:
        fail(_no_such_path(path, [entry.path for entry in entries]))
    used = {claim for _, claim in references(loaded.scenario)}
    used |= {claim for _, text in reasons(loaded.scenario) for claim in named_claims(text, loaded.evidence)}
    unused = sorted(set(loaded.evidence.claims()) - used, key=_claim_order)
    named = by_class(entries, loaded.scenario.classes)
    if as_json:
        say(as_text(_data(chosen, named, unused, loaded.evidence)))
    else:
        say(fitted(_page, chosen, named, unused, loaded.evidence, show_unused=not path))


def _is_below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}.")


def _no_such_path(path: str, paths: list[str]) -> str:
    from sim.scenario.problems import near

    stems = {".".join(parts[:n]) for parts in (p.split(".") for p in paths) for n in range(1, len(parts) + 1)}
    return f"{path}: no number at or below this path{near(path, sorted(stems))}"


def _claim_order(reference: str) -> tuple[str, int]:
    article, _, claim = reference.rpartition(".")
    return article, int("".join(filter(str.isdigit, claim)) or 0)


def _naming(entry: "Entry", named: "Named") -> "list[Entry]":
    """The numbers that name a class, where the entry is one."""
    return named[str(entry.place[1])] if entry.is_class else []


def _claims(entry: "Entry", named: "Named") -> list[str]:
    """What a number rests on; a class on what the numbers that name it rest on."""
    return list(dict.fromkeys([*entry.claims, *(claim for one in _naming(entry, named) for claim in one.claims)]))


def _data(entries: "list[Entry]", named: "Named", unused: list[str], known: "Evidence") -> dict[str, Any]:
    from sim.report.wording.numbers import number_data
    from sim.scenario.provenance import counts

    rows = [
        {
            "path": e.path,
            "value": number_data(e.number),
            "source": e.kind,
            "claims": _claims(e, named),
            "why": e.why,
            "range": e.number.range,
            "class": e.number.class_,
            **({"named_by": [one.path for one in _naming(e, named)]} if e.is_class else {}),
        }
        for e in entries
    ]
    claims = {ref: claim.text for ref, claim in known.claims().items()}
    dates = {ref: str(span) for ref, span in known.spans().items()}
    return {
        "numbers": counts(entries), "entries": rows, "claims": claims, "dates": dates, "unused_claims": unused,
    }  # fmt: skip


def _entry_lines(entry: "Entry", named: "Named", known: "Evidence") -> list[str]:
    from sim.report.wording.numbers import number_text, rests_on

    claims, spans = known.claims(), known.spans()
    lines = textwrap.wrap(
        f"{entry.path} = {number_text(entry.number)}  [{rests_on(entry)}]", page_width(), subsequent_indent="    "
    )
    for reference in entry.claims:
        claim = claims[reference]
        said = f"{reference} ({spans[reference]}, {claim.kind}, {claim.by}): {claim.text}"
        lines += textwrap.wrap(said, page_width(), initial_indent="    ", subsequent_indent="      ")
    if entry.why:
        lines += textwrap.wrap(
            f"{entry.kind}: {entry.why}", page_width(), initial_indent="    ", subsequent_indent="      "
        )
    if entry.is_class:
        paths = ", ".join(one.path for one in _naming(entry, named)) or "nothing"
        lines += textwrap.wrap(f"named by: {paths}", page_width(), initial_indent="    ", subsequent_indent="      ")
    return lines


def _page(entries: "list[Entry]", named: "Named", unused: list[str], known: "Evidence", show_unused: bool) -> str:
    from sim.scenario.provenance import counts, kinds_say

    found = counts(entries)
    lines = [f"{kinds_say(found)}.", *textwrap.wrap(KINDS, page_width()), ""] if any(found.values()) else []
    lines += [line for entry in entries for line in _entry_lines(entry, named, known)]
    if show_unused and unused:
        lines += ["", f"{len(unused)} claims that nothing here cites:"]
        claims, spans = known.claims(), known.spans()
        for reference in unused:
            lines += textwrap.wrap(
                f"{reference} ({spans[reference]}): {claims[reference].text}",
                page_width(),
                initial_indent="  ",
                subsequent_indent="    ",
            )
    return "\n".join(lines)
