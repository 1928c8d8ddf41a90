"""Write the figures into docs/scenarios.md and docs/trust.md, and the tables of scenarios and of scores into README.md.

Run `python docs/generate_scenarios.py` after a change of scenarios or rules. With `--check` it writes nothing and fails
where a figure on the pages is more than a point away from what the program says. It takes what these commands say:

    sim compare scenarios/*.yaml scenarios/variants/*.yaml --json
    sim stances --json
    sim run scenarios/continued/december.yaml --json
    sim backtest --known-by DATE --json and sim calibrate freeze_lines --json (`trust_figures`)

and, for the README, what the commands that it shows print (`examples`).
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import trust_figures
from typer.testing import CliRunner

from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import FEW, Share
from sim.cli.program import app
from sim.files.scenario.reader import read_scenario
from sim.report.wording.draws import number_says
from sim.report.wording.figures import ENDS, REASONS, interval, line_says, part, percent
from sim.report.wording.fractions import between
from sim.scenario import Scenario

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "docs" / "scenarios.md", ROOT / "docs" / "trust.md", ROOT / "README.md")
BLOCK = re.compile(r"(<!-- figures: ([\w/]+) -->\n).*?(<!-- end -->)", re.DOTALL)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
POINT, HUNDREDTHS = 1.0, 0.02
"""How far a figure may move: other versions and processors round differently, and a run in two thousand may flip."""

KINDS = ("cited", "convention", "assumed")
MOVERS = 4

Figures = dict[str, Any]


def output(*arguments: str) -> str:
    """What a command of the program prints; all are called in this process, so that its parts are loaded once."""
    with chdir(ROOT):
        done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    if done.exit_code:
        sys.exit(f"sim {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def said(*arguments: str) -> Any:
    """What a command says as data."""
    return json.loads(output(*arguments, "--json"))


def printed(*arguments: str) -> list[str]:
    """The lines that a command prints."""
    return output(*arguments).splitlines()


def compared() -> list[Figures]:
    """The figures of every scenario and variant."""
    files = sorted([*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("scenarios/variants/*.yaml")])
    with tempfile.TemporaryDirectory() as folder:
        found = said("compare", *(str(file.relative_to(ROOT)) for file in files), "--out", folder)["scenarios"]
    return list(found)


def share(figure: dict[str, float]) -> Share:
    """A share as it stands in data."""
    return Share(**figure)


def ranked(shares: dict[str, dict[str, float]], words: dict[str, str]) -> str:
    """Shares in words, the largest first."""
    order = sorted(shares.items(), key=lambda item: -item[1]["estimate"])
    return "; ".join(f"{words[name].partition(':')[0]} {percent(share(figure))}" for name, figure in order)


def settled(figures: Figures, scenario: Scenario) -> str:
    """The most frequent option of every issue on which agreements usually change something."""
    parts, n = [], figures["settlement"]["agreements"]
    for issue, shares in figures["settlement"]["shares"].items():
        option = max(shares, key=lambda name: shares[name])
        if option != scenario.issues[issue].status_quo:
            parts.append(
                f"{scenario.issues[issue].title}: {scenario.issues[issue].label(option)} {part(shares[option], n)}"
            )
    return "; ".join(parts)


def movers(figures: Figures, scenario: Scenario) -> str:
    """The numbers that move the likelihood most, with their source and its lowest and highest fifth."""
    told = []
    for one in figures["influences"][:MOVERS]:
        ends = f"{percent(share(one['low']))} to {percent(share(one['high']))}"
        told.append(f"{number_says(scenario, one['draw'])} ({one['source']}: {ends})")
    return "; ".join(told)


def blockers(figures: Figures, scenario: Scenario) -> str:
    """What the last refusals of failing runs name: red lines, then issues that fall short."""
    lines = [(line_says(scenario, one["id"]), one) for one in figures["red_lines"][:2]]
    issues = [(scenario.issues[one["id"]].title, one) for one in figures["issues"][:2]]
    named = [(name, one["at_the_end"], one["failing"]) for name, one in [*lines, *issues]]
    return "; ".join(f"{name} {part(figure, failing)}" for name, figure, failing in named if figure >= 0.005)


def rows(figures: Figures, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What the page tells of one scenario."""
    likelihood = share(figures["likelihood"])
    dates = {by["date"]: share({key: by[key] for key in figures["likelihood"]}) for by in figures["by_date"]}
    yield "agreement", f"**{percent(likelihood)}**" + "".join(f" by {day}" for day in list(dates)[:1])
    for day, by in list(dates.items())[1:]:
        yield f"agreement by {day}", percent(by)
    over = figures["assumptions"]
    if over is not None and over["is_clear"]:
        yield "least and most favourable fifth of the assumptions", between(share(over["low"]), share(over["high"]))
    yield "95 % interval, sampling error only", interval(likelihood)
    if figures["core"] is not None:
        yield "keeping the core terms", percent(share(figures["core"]))
    yield "structural ceiling", percent(share(figures["ceiling"]))
    yield "where runs end", ranked(figures["ends"], ENDS)
    yield "why the others fail", ranked(figures["why"], REASONS)
    if figures["phases_settled"]:
        settling = figures["phases_settled"].items()
        told = (f"{scenario.phase_called(name)} {percent(share(figure))}" for name, figure in settling)
        yield "earlier phases that settle", "; ".join(told)
    if figures["reopened"] is not None:
        yield "framework changed by its details", f"{percent(share(figures['reopened']))} of what is signed"
    yield "what refusals name last in failing runs", blockers(figures, scenario)
    if figures["settlement"] is not None:
        yield "typical settlement", settled(figures, scenario)
        yield "half are signed by", f"{scenario.round} {figures['settlement']['median_round']:.0f}"
    few = min(figures["agreements"], figures["runs"] - figures["agreements"]) < FEW
    nothing = "not told, as too few runs agree or fail" if few else "none beyond noise"
    yield "numbers that move it most", movers(figures, scenario) or nothing
    numbers = figures["numbers"]
    told = (f"{numbers[kind]} {kind}" for kind in KINDS)
    yield "numbers", f"{sum(numbers.values())}: {', '.join(told)}"


def block(figures: Figures) -> str:
    """The figures of one scenario as a table."""
    scenario = read_scenario(ROOT / figures["file"]).scenario
    told = "".join(f"| {name} | {figure} |\n" for name, figure in rows(figures, scenario))
    return f"| as of {figures['date']} | |\n|---|---|\n{told}"


def overview(found: list[Figures]) -> str:
    """The table of the README."""
    head = "| scenario | date | what it plays | agreement (95 % interval) | core terms kept | ceiling |\n"
    return head + "|---|---|---|---|---|---|\n" + "".join(_overview_row(figures) for figures in found)


def _overview_row(figures: Figures) -> str:
    likelihood, core = share(figures["likelihood"]), figures["core"]
    name = figures["file"].removeprefix("scenarios/").removesuffix(".yaml")
    kept = "-" if core is None else percent(share(core))
    return (
        f"| `{name}` | {figures['date']} | {figures['title']} | {percent(likelihood)} ({interval(likelihood)}) | {kept} "
        f"| {percent(share(figures['ceiling']))} |\n"
    )


def continued(file: Path) -> str:
    """What a scenario that goes on from earlier talks says beside what else answers the same question, as a table."""
    with tempfile.TemporaryDirectory() as folder:
        told = said("run", str(file.relative_to(ROOT)), "--out", folder)
    found, last = told["continues"], told["by_date"][0]
    rows = [
        (
            f"earlier runs that go on to {found['until']} and fit",
            f"{found['kept']:,} of {found['looked_at']:,}",
        ),
        (f"agreement by {found['day']}, going on", _with_interval(found["going_on"])),
        ("the same begun anew", _with_interval(found["anew"])),
        ("the earlier talks played on", _with_interval(found["earlier"])),
        ("what is new, in points", Difference(**found["new"]).points()),
        ("what is carried over, in points", Difference(**found["memory"]).points()),
        *((f"of what is new: {one['part']}", Difference(**one["effect"]).points()) for one in found["exchanges"]),
        (f"agreement by {last['date']}, going on", _with_interval(told["likelihood"])),
        ("structural ceiling", percent(share(told["ceiling"]))),
    ]
    return f"| {told['title']} | |\n|---|---|\n" + "".join(f"| {name} | {figure} |\n" for name, figure in rows)


def _with_interval(figure: dict[str, float]) -> str:
    return f"{percent(share(figure))} ({interval(share(figure))})"


def stances() -> str:
    """How the model scores on reported answers, by date."""
    told = said("stances")
    lines = ["| world | as reported | Brier score | base rate's | misses |\n|---|---|---|---|---|\n"]
    for group in told["groups"]:
        missed = [one["id"] for one in group["stances"] if not one["hit"]]
        lines.append(_score(group["date"], group["totals"], ", ".join(missed) or "none"))
    return "".join([*lines, _score("all", told["totals"], ""), "\n", _told_apart(told)])


def _told_apart(told: Figures) -> str:
    """How many negative controls are taken seldom, and own proposals by who made them."""
    controls, own = told["controls"], told["own_proposals"]
    often = [one["id"] for one in controls["controls"] if not one["turned_down"]]
    above = f"; the others: {', '.join(often)}" if often else ""
    return (
        f"Negative controls taken in under {controls['limit']:.0%} of worlds: ".replace("%", " %")
        + f"{controls['turned_down']} of {controls['count']}{above}. "
        + f"Own proposals that their author takes in at least half: {own['taken']} of {own['count']}.\n"
    )


def _score(name: str, totals: Figures, missed: str) -> str:
    hits = f"{totals['hits']} of {totals['stances']}"
    return f"| {name} | {hits} | {totals['brier']:.2f} | {totals['base']:.2f} | {missed} |\n"


def console(command: str, *parts: list[str]) -> str:
    """A command and parts of what it prints, as a block of a page."""
    told = "\n".join(line for part in parts for line in part).rstrip()
    return f"```\n$ {command}\n{told}\n```\n"


def section(lines: list[str], head: str, most: int) -> list[str]:
    """The first lines of a section of a page, with dots where it goes on."""
    first = next(k for k, line in enumerate(lines) if line.startswith(head))
    last = next((k for k in range(first, len(lines)) if not lines[k]), len(lines))
    return [*lines[first : min(last, first + most)], *(["  ..."] if last > first + most else []), ""]


def examples() -> dict[str, str]:
    """What the README shows of some commands."""
    run, changed = "run scenarios/freeze_lines.yaml", "--set parties.russia.optimism=0.7"
    sweep = "sweep scenarios/freeze_lines.yaml --vary every_party.reciprocity=0.05:0.95:6"
    with tempfile.TemporaryDirectory() as folder:
        page = printed(*run.split(), "--out", f"{folder}/a")
        other = printed(*run.split(), *changed.split(), "--out", f"{folder}/b")
        swept = printed(*sweep.split(), "--out", f"{folder}/c")
    watch = f"{run} --watch --run 2"
    talk = printed(*watch.split())
    heads = ("Freeze", "In plain words", "Likelihood", "Where", "Typical", "What moves")
    parts = [section(page, head, most) for head, most in zip(heads, (9, 20, 16, 12, 7, 5), strict=True)]
    zopa = "zopa scenarios/november_draft.yaml"
    answers, zone = printed("stances"), printed(*zopa.split())
    draft = "ask scenarios/november_draft.yaml"
    asked = printed(*draft.split())
    return {
        "run": console(f"sim {run}", *parts),
        "watch": console(f"sim {watch}", section(talk, "Week 3", 14)),
        "set": console(
            f"sim evidence {run.split()[1]} parties.russia.optimism\n$ sim {run} {changed}",
            [line for line in other if line.startswith("  agreement by")][:1],
        ),
        "sweep": console(f"sim {sweep}", section(swept, "Likelihood", 12), section(swept, "Along ", 3)),
        "zone": console(
            f"sim {zopa}", section(zone, "Is there", 6), section(zone, "What would", 11), section(zone, "How sure", 4)
        ),
        "ask": console(
            f"sim {draft}",
            section(asked, "In plain words", 8),
            section(asked, "Answers", 8),
            section(asked, "No amendment", 9),
        ),
        "answers": console("sim stances", section(answers, "Totals", 9)),
    }


def pages() -> dict[Path, str]:
    """The pages with the figures of now."""
    found = compared()
    blocks = {figures["file"].removeprefix("scenarios/").removesuffix(".yaml"): block(figures) for figures in found}
    going_on = {f"continued/{file.stem}": continued(file) for file in sorted(ROOT.glob("scenarios/continued/*.yaml"))}
    blocks |= {
        "overview": overview(found),
        "stances": stances(),
        **going_on,
        **examples(),
        **trust_figures.blocks(said),
    }
    return {
        page: BLOCK.sub(lambda match: match[1] + blocks[match[2]] + match[3], page.read_text(encoding="utf-8"))
        for page in PAGES
    }


def differing(old: str, new: str) -> list[tuple[str, str]]:
    """Lines of a page whose words differ, or a figure by more than it may."""
    before, after = old.splitlines(), new.splitlines()
    if len(before) != len(after):
        return [(f"{len(before)} lines", f"{len(after)} lines")]
    return [(a, b) for a, b in zip(before, after, strict=True) if not alike(a, b)]


def alike(old: str, new: str) -> bool:
    """Whether two lines say the same but for figures that hardly differ."""
    if NUMBER.sub("#", old) != NUMBER.sub("#", new):
        return False
    return all(near(a, b) for a, b in zip(NUMBER.findall(old), NUMBER.findall(new), strict=True))


def near(old: str, new: str) -> bool:
    """Whether two figures hardly differ: by a point, or by two hundredths where they are given in hundredths."""
    room = HUNDREDTHS if re.fullmatch(r"\d\.\d\d", old) else POINT
    return abs(float(old) - float(new)) <= room + 1e-9


def stale() -> Iterator[str]:
    """Lines of the pages of which the program now says something else."""
    for page, text in pages().items():
        for was, now in differing(page.read_text(encoding="utf-8"), text):
            yield f"{page.name}: says {was}\n  now {now}"


def main() -> None:
    """Write the pages, or with `--check` fail where they are out of date."""
    if "--check" in sys.argv:
        sys.exit("\n".join(stale()) or None)
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
