"""The page of what blocks."""

from collections.abc import Iterator
from itertools import islice

from sim.analysis.blockers.disagreement import Blocking
from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.shares.difference import Difference
from sim.report.blockers.disagreements import plain_words, said, verdict
from sim.report.blockers.report import JOINTLY, BlockersReport, matters, stage_says
from sim.report.run.page import MOST_BLOCKERS, named
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import CAVEAT, CEILING, REASONS, interval, part, percent
from sim.report.wording.layout import USUAL, overridden, page_width, paragraph, row, table, wrap
from sim.scenario.names import joined

__all__ = ["BlockersReport", "blockers_page"]

MOST_SETS = 5

HEAD = "In plain words, if the assumptions hold (a run is one negotiation played)"
WORDS = (
    "A minimal set: lines that would open a zone of agreement if they went together, with none to spare. A zone: deals that "
    "break no red line in force and are worth their while to all whose consent they need."
)
MISLED = 10
"""Lines from which chance findings are worth a warning."""


def blockers_page(report: BlockersReport) -> str:
    """Everything that `sim blockers` prints."""
    sections = (_title, _verdict, _lines, _jointly, _sets, _said, _beside, _caveats)
    blocks = ["\n".join(section(report)) for section in sections]
    return "\n\n".join(block for block in blocks if block)


def _title(report: BlockersReport) -> Iterator[str]:
    base = report.base
    summary = base.summary
    yield from paragraph(f"What blocks: {base.scenario.title}")
    yield f"{base.name}: {summary.runs} runs, seed {base.seed}"
    yield from overridden(base.overrides)
    yield from kept_says(base.scenario)
    yield from row(f"agreement as it is ({interval(summary.likelihood)})", percent(summary.likelihood))
    yield from row(f"{CEILING} ({interval(summary.ceiling)})", percent(summary.ceiling))


def _verdict(report: BlockersReport) -> Iterator[str]:
    if report.lines and report.failed():
        yield HEAD
        yield from wrap(" ".join(plain_words(report)), hang="")
        yield "In short"
        yield from wrap(verdict(report), hang="")
        yield from wrap(WORDS, hang="")


def _lines(report: BlockersReport) -> Iterator[str]:
    if not report.lines:
        yield from paragraph("No red line can bind, so none blocks.")
        return
    if not report.failed():
        yield from paragraph("No run fails, so no refusal stands at the end and nothing is left to give.")
    yield from wrap(
        "Red lines, first those whose removal gives most (in points, 95 % intervals); named: in what share of the "
        f"{report.failed():,} failing runs, in the last refusals and in any",
        "",
    )
    lines = list(report.rows)
    table_lines = list(_figures(report, lines))
    heads, figures = table_lines[: -len(lines) or None], table_lines[-len(lines) or None :]
    yield from heads
    left = iter(figures)
    for line in lines:
        yield from wrap(_label(report, line), hang="     ")
        yield from islice(left, 1)
    if report.rest:
        yield from wrap("Seldom named, in no minimal set, and no clear change without:")
        yield from _by_owner(report)


def _by_owner(report: BlockersReport) -> Iterator[str]:
    wanted = {line.id for line in report.rest}
    for party in report.base.scenario.parties.values():
        mine = [f"[{report.number(line.id)}] {line.says}" for line in party.red_lines if line.id in wanted]
        if mine:
            yield from wrap(f"{party.name}: {'; '.join(mine)}.", "    ")


def _label(report: BlockersReport, line: Blocking) -> str:
    same = [other for other in report.twins[line.id] if other in {one.id for one in report.lines}]
    shared = f" (real in the same runs as {report.in_short(same)})" if same else ""
    return f"{report.in_full(line.id)}{shared}"


def _figures(report: BlockersReport, lines: list[Blocking]) -> Iterator[str]:
    heads = ["", "named\nlast", "\never", "removal\ngives", "ceiling\nchanges"]
    rows = [
        ["", part(line.named.at_the_end, line.named.failing), part(line.named.at_all, line.named.failing),
         line.alone.agreement.points(), _ceiling(line.alone.ceiling)] for line in lines
    ]  # fmt: skip
    stages = [stage for stage in report.sets if stage.sets]
    with_smallest = len(stages) == 1 and page_width() >= USUAL
    for stage in stages:
        about = "all" if stage.phase is None else report.base.scenario.phase_called(stage.phase)
        heads.append(
            "in minimal sets\n(lines, firmness)"
            if with_smallest
            else "in minimal\nsets"
            if len(stages) == 1
            else f"sets of\n{about}"
        )
        for cells, line in zip(rows, lines, strict=True):
            cells.append(_membership(stage, line.id, with_smallest))
    return table(heads, rows)


def _ceiling(change: Difference) -> str:
    return "0" if change.estimate == 0.0 else change.points()


def _membership(stage: MinimalSets, line: str, with_smallest: bool) -> str:
    """Of how many sets a line is in how many, and the size and firmness of the smallest of them."""
    found = stage.membership(line)
    smallest = f" ({found.smallest}, {found.firmness:.2f})" if found.sets and with_smallest else ""
    return f"{found.sets} of {len(stage.sets)}{smallest}"


def _jointly(report: BlockersReport) -> Iterator[str]:
    if not report.jointly:
        return
    yield "Taken away together (removal gives; ceiling changes)"
    for kind, removed in report.jointly:
        if kind == "same_as" and not any(matters(report, report.line(line)) for line in removed.lines):
            continue
        which = "" if kind == "all" else f": {report.in_short(removed.lines)}"
        label = f"{JOINTLY[kind]}{which}"
        yield from row(label, f"{removed.agreement.points()};  {_ceiling(removed.ceiling)}")


def _sets(report: BlockersReport) -> Iterator[str]:
    if report.not_followed:
        yield from paragraph(f"Minimal sets are not known: too large for exact answers ({report.not_followed}).")
    elif not report.sets:
        yield "A zone exists as stated; nothing needs opening."
    for stage in report.sets:
        yield from paragraph(f"As stated there is no zone for {stage_says(report, stage)}. {_opens(report, stage)}")


def _opens(report: BlockersReport, stage: MinimalSets) -> str:
    if not stage.sets:
        cut = "" if stage.cut is None else f"; with {_floors(stage)} lower by {stage.cut:.3f} no line need go"
        return f"No set of up to {stage.most} red lines opens one by itself{cut}."
    smallest = [each for each in stage.sets if len(each.lines) == len(stage.sets[0].lines)]
    shown = [f"{report.in_short(each.lines, ' + ')} (firmness {each.firmness:.2f})" for each in smallest[:MOST_SETS]]
    size = len(smallest[0].lines)
    lines = "1 line" if size == 1 else f"{size} lines together"
    more = f", {len(smallest) - MOST_SETS} more of that size" if len(smallest) > MOST_SETS else ""
    whole = "" if stage.is_whole else " There are more than could be kept."
    if len(stage.sets) == 1:
        return f"The only minimal set of lines that opens one: {shown[0]}, {lines}.{whole}"
    return (
        f"{len(stage.sets)} minimal sets of lines would each open one; the smallest have {lines}: {joined(shown)}{more}."
        f"{whole}"
    )


def _floors(stage: MinimalSets) -> str:
    """What every party falls back on: before the last phase of bargaining that is no no-deal value."""
    return "every no-deal value" if stage.phase is None else "what each party falls back on in this phase"


def _said(report: BlockersReport) -> Iterator[str]:
    if not report.lines or not report.failed():
        return
    yield "Where the three disagree"
    for disagreement in said(report):
        yield from wrap(disagreement)


def _beside(report: BlockersReport) -> Iterator[str]:
    summary = report.base.summary
    if not report.failed():
        return
    yield "What else stands in the way"
    for name, share in sorted(summary.reasons.items(), key=lambda item: -item[1].estimate):
        yield from row(REASONS[name], percent(share))
    if summary.issues:
        yield "Issues on which offers fall short most (named in the last refusals; ever)"
        for issue in summary.issues[:MOST_BLOCKERS]:
            yield from row(report.base.scenario.issues[issue.id].title, named(issue))
    if report.demands:
        where = " once the whole deal was talked about" if len(report.base.scenario.phases) > 1 else ""
        yield from wrap(
            f"Still asked above its no-deal value when runs failed{where} (mean; values are 0 to 1)", "", "  "
        )
        for party, above in sorted(report.demands.items(), key=lambda item: -item[1]):
            yield from row(report.base.scenario.parties[party].name, f"{above:.2f}")


def _caveats(report: BlockersReport) -> Iterator[str]:
    said = [
        "Gone or taken away means: the line is never real and nobody believes in it; all else stays and the same luck is "
        "played again, so differences are paired run by run. Its owner still opens as if it stood. What its owner would "
        "want for it is not counted."
    ]
    if page_width() >= USUAL and any(len(stage.sets) for stage in report.sets):
        said.append(
            "In brackets behind minimal sets: lines of the smallest such set, and the firmness given up with it."
        )
    if any(report.twins[line.id] for line in report.lines):
        said.append(
            "Of lines that are real in the same runs one is taken away and the other stays; both: see together."
        )
    if len(report.base.scenario.phases) > 1:
        said.append(
            "Named last counts whatever phase a run ends in; minimal sets are those of the first phase and of the whole deal."
        )
    if len(report.lines) >= MISLED:
        said.append(
            f"Of {len(report.lines)} intervals of 95 % one in twenty misses by chance: a change is called clear, and spoken "
            "of, where its interval would leave out 0 if it were half as wide again."
        )
    yield from paragraph(" ".join(said))
    yield CAVEAT
