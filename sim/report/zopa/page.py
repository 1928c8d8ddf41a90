"""Whether there is a deal, which ones, and what would open one: the page that `sim zopa` prints."""

from collections.abc import Iterable, Iterator, Sequence

from sim.analysis.exact.answer import Stage
from sim.analysis.shares.likelihood import FEW
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import CAVEAT, interval, part, part_of
from sim.report.wording.layout import overridden, page_of, paragraph, row, table, wrap
from sim.report.wording.packages import capital, differences, in_full
from sim.report.zopa.drawn_worlds import robust_blocks, worlds_say
from sim.report.zopa.relaxations import opening_says
from sim.report.zopa.report import ZoneReport

STATED = "As stated: every number at its middle. A drawn world: every uncertain number drawn once."
FRONT = "of them on the Pareto frontier: no other is better for one and worse for none (equal ones once)"
SOLUTIONS = {
    "nash": ("Nash", "largest product of gains"),
    "kalai_smorodinsky": ("Kalai-Smorodinsky", "gains alike as parts of the best each could get"),
    "egalitarian": ("egalitarian", "largest gain of the party that gains least"),
    "utilitarian": ("utilitarian", "largest sum of gains"),
}


def zopa_blocks(report: ZoneReport) -> dict[str, list[str]]:
    """The blocks of the page in lines, by their names; those about a stage or a package are counted."""
    blocks: dict[str, Iterable[str]] = {"title": _title(report), **_stage_blocks(report)}
    if report.answer.drawn is not None:
        blocks["worlds"] = worlds_say(report)
        blocks |= {f"packages {k}": block for k, block in enumerate(robust_blocks(report))}
    blocks["notes"] = _notes(report)
    return {name: lines for name, block in blocks.items() if (lines := list(block))}


def zopa_page(report: ZoneReport) -> str:
    """Everything that `sim zopa` prints."""
    return page_of(zopa_blocks(report).values())


def _title(report: ZoneReport) -> Iterator[str]:
    yield from paragraph(report.scenario.title)
    space = report.answer.deal().space
    how = "a sample" if report.answer.deal().share is not None else "every one"
    yield from wrap(f"{report.name}: {how} of {space.total:,} packages (a package: one option for each issue)")
    yield from overridden(report.overrides)
    yield from kept_says(report.scenario)


def _stage_blocks(report: ZoneReport) -> dict[str, Iterable[str]]:
    blocks: dict[str, Iterable[str]] = {}
    for k, stage in enumerate(report.answer.stages):
        blocks[f"zone {k}"] = _exists(report, stage)
        if stage.exists:
            blocks |= {f"gains {k}": _gains(report, stage), f"solutions {k}": _solutions(report, stage)}
        elif stage.opening is not None:
            blocks[f"opening {k}"] = opening_says(report, stage)
    return blocks


def _about(report: ZoneReport, stage: Stage) -> str:
    if stage.phase is not None:
        return f" for the first phase ({report.scenario.phase_called(stage.phase)})"
    return " for the whole deal" if len(report.answer.stages) > 1 else ""


def plain_words(report: ZoneReport) -> list[str]:
    """Whether there is a zone, in each stage of the talks."""
    return [_answer(report, stage) for stage in report.answer.stages]


def _answer(report: ZoneReport, stage: Stage) -> str:
    about = _about(report, stage)
    return f"Is there a zone of agreement{about}, as stated, at the outset? {_yes(stage)}{_only(report, stage)}"


def _exists(report: ZoneReport, stage: Stage) -> Iterator[str]:
    answer = _answer(report, stage)
    yield from wrap(f"{answer.removesuffix('.')}: see below." if _is_told_below(report, stage) else answer, "")
    if stage is report.answer.stages[0]:
        yield from wrap(_zone_says(report, stage))
    if not stage.exists:
        return
    if stage.share is None:
        total = stage.space.total
        value = stage.packages / total
        said = f"{100 * value:.2g} %" if value < 0.1 and total >= FEW else part(value, total)
        yield from row("packages that find the consent they need", f"{stage.packages:,}")
        yield from row("as a share of all packages", said)
        yield from row(
            "of them on the Pareto frontier: no other is better for one and worse for none (equal ones once)",
            f"{len(stage.front.number):,}",
        )
        return
    share, total = stage.share, stage.space.total
    yield from row("packages in it, estimated", f"{stage.packages:,}")
    yield from row("95 % interval", f"{share.low * total:,.0f} to {share.high * total:,.0f}")
    yield from row("packages of the sample that no other one of it dominates", f"{len(stage.front.number):,}")


def _zone_says(report: ZoneReport, stage: Stage) -> str:
    """What a zone of agreement is, in a few words."""
    lines = "break no red line in force and " if report.game.names.lines else ""
    floor = f"give each whose consent they need no less than {_floor(stage)}"
    return f"A zone of agreement: packages that {lines}{floor}. {STATED}"


def _yes(stage: Stage) -> str:
    if not stage.exists:
        return "No."
    return "Yes." if stage.packages > 1 else "Yes, a single package."


def _only(report: ZoneReport, stage: Stage) -> str:
    """What else belongs to the answer: that drawn worlds say otherwise, or that there is no way to it."""
    drawn = report.answer.drawn
    if stage.exists:
        blocked = stage.phase is None and not all(other.exists for other in report.answer.stages)
        return " But as stated talks cannot get there: the first phase has no zone." if blocked else ""
    if drawn is None or not _is_told_below(report, stage):
        return ""
    share = part_of(drawn.exists.estimate, drawn.exists.n, "drawn worlds")
    return f" But in {share} ({interval(drawn.exists)}) there is one."


def _is_told_below(report: ZoneReport, stage: Stage) -> bool:
    """Whether the drawn worlds, further down the page, say otherwise than the stated one."""
    drawn = report.answer.drawn
    return not stage.exists and stage.phase is None and drawn is not None and drawn.exists.estimate > 0.0


def _gains(report: ZoneReport, stage: Stage) -> Iterator[str]:
    """What the solutions give each party over what it falls back on."""
    yield from wrap(
        f"What a deal would be worth to each beyond {_floor(stage)}, the disagreement point, on a scale of 0 to 1",
        "",
        "  ",
    )
    gains, points = stage.gains, _points(stage)
    rows = []
    for name in stage.counted:
        p = report.game.names.parties.index(name)
        found = (f"{_unsigned(gains[place, p]):+.3f}" for _, place in points)
        rows.append([report.party(name), f"{stage.disagreement[name]:.3f}", *found])
    yield from table(
        ["", "no-deal\nvalue" if stage.phase is None else "falls\nback on", *(_head(names) for names, _ in points)],
        rows,
    )


def _floor(stage: Stage) -> str:
    """What parties fall back on: before the last phase of bargaining that is no no-deal value."""
    return "its no-deal value" if stage.phase is None else "what it falls back on in this phase"


def _head(names: Sequence[str]) -> str:
    if len(names) == len(SOLUTIONS):
        return "all four\nsolutions"
    return ",\n".join(SOLUTIONS[name][0].replace("-", "-\n").replace("tarian", "-\ntarian") for name in names)


def _unsigned(value: float) -> float:
    return 0.0 if abs(value) < 5e-4 else float(value)


def _points(stage: Stage) -> list[tuple[list[str], int]]:
    """The solutions that pick each package, in the order of `SOLUTIONS`."""
    found: dict[int, list[str]] = {}
    for name in SOLUTIONS:
        if stage.solutions[name] >= 0:
            found.setdefault(stage.solutions[name], []).append(name)
    return [(names, place) for place, names in found.items()]


def _named(names: Sequence[str]) -> str:
    if len(names) == len(SOLUTIONS):
        return "all four solutions"
    return ", ".join(SOLUTIONS[name][0] for name in names)


def _explained(names: Sequence[str]) -> str:
    return capital(f"{_named(names)} ({'; '.join(SOLUTIONS[name][1] for name in names)})")


def _solutions(report: ZoneReport, stage: Stage) -> Iterator[str]:
    """What each solution settles: the first in full, the others by what differs."""
    points = _points(stage)
    if not points:
        yield from wrap(f"No package of it leaves every party at or above {_floor(stage)}: no solution is defined.", "")
        return
    first = stage.space.package(int(stage.front.number[points[0][1]]))
    for k, (names, place) in enumerate(points):
        x = stage.space.package(int(stage.front.number[place]))
        if k == 0:
            yield from wrap(f"{_explained(names)} {'settles' if len(names) == 1 else 'settle'}", "")
            yield from in_full(report.scenario, report.game, x)
        else:
            yield from wrap(f"{_explained(names)}: as {_named(points[0][0])}, but for", "")
            yield from differences(report.scenario, report.game, x, first)
    yield from wrap("These are what theory picks, not where talks end, which sim run shows; who gains more is no question "
                    "of these figures, as values of different parties have no common unit.")  # fmt: skip


def _notes(report: ZoneReport) -> Iterator[str]:
    deal = report.answer.deal()
    said = [
        "As stated: every number at its median, no noise; a red line binds where its firmness, less what pressure takes "
        "off, is at least one half."
    ]
    if len(deal.counted) < len(report.game.names.parties):
        others = [report.party(name) for name in report.game.names.parties if name not in deal.counted]
        said.append(f"The consent of {' and '.join(others)} is not needed, so what they gain does not count.")
    said += _premium(report, deal)
    if deal.share is not None:
        said.append("The agenda is too large to visit whole: counts and frontier are of a random sample.")
    yield from paragraph(f"{' '.join(said)} {CAVEAT}")


def _premium(report: ZoneReport, deal: Stage) -> Iterator[str]:
    """What no-deal values hold besides what going on is worth; nothing where nobody fears that a deal collapses."""
    asked = [f"{report.party(name)} {deal.premium[name]:.3f}" for name in deal.counted if deal.premium[name] >= 5e-4]
    if asked:
        yield (
            "No-deal values count a premium besides what going on is worth, since a deal may not last and leave a party "
            f"worse off than before: {', '.join(asked)}. Gains count what protections in a deal take off it."
        )
