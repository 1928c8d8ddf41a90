"""Where three measures of what blocks disagree, in plain words."""

from collections.abc import Callable, Iterator, Sequence

from sim.analysis.blockers.disagreement import SELDOM, Blocking, Finding
from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.blockers.removed_lines import Behind
from sim.analysis.shares.difference import Difference
from sim.report.blockers.report import BlockersReport, stage_says
from sim.report.wording.figures import BECAUSE, part, part_of
from sim.scenario.names import joined

ABOUT_AS_MUCH = 0.05
"""A difference of likelihoods that does not change the picture."""


def said(report: BlockersReport) -> Iterator[str]:
    """Each disagreement."""
    found = report.findings()
    for finding in found:
        yield SAY[finding.kind](report, finding)
    if not found:
        yield "The three do not contradict one another."


def plain_words(report: BlockersReport) -> list[str]:
    """Which line blocks most, and what is left to fail once no line stands."""
    best, alone = report.lines[0], report.lines[0].alone
    likelier = f"without it agreement would be likelier by {alone.agreement.points()} points"
    sentences = [
        f"What blocks most is the red line {report.in_full(best.id)}: {likelier}."
        if alone.gives()
        else "No red line by itself clearly blocks."
    ]
    everything = next((removed for kind, removed in report.jointly if kind == "all"), None)
    if everything is not None and everything.failing.runs:
        runs = report.base.summary.runs
        why = BECAUSE.get(everything.failing.why or "", "")
        said = f"{part_of(everything.failing.runs / runs, runs, 'runs')} would fail with no red lines at all"
        sentences.append(f"{said}{f', most often because {why}' if why else ''}.")
    return sentences


def verdict(report: BlockersReport) -> str:
    """What it comes to: whether red lines block at all, and the first of each ranking."""
    everything = next((removed for kind, removed in report.jointly if kind == "all"), None)
    if everything is not None and not everything.gives():
        return f"Red lines are not what blocks. {_all_at_once(report)} {_leaders(report)}"
    return f"{_leaders(report)} {_all_at_once(report)}".rstrip()


def _leaders(report: BlockersReport) -> str:
    by_name = max(report.lines, key=lambda one: (one.named.at_the_end, one.named.at_all))
    best, often = report.lines[0], part_of(by_name.named.at_the_end, by_name.named.failing, "failing runs")
    if best.alone.gives() and best is by_name:
        both = f"{often}; {best.alone.agreement.points()} points"
        parts = [f"Named most at the end, and gives most once gone: {report.in_full(best.id)} ({both})."]
    elif best.alone.gives():
        parts = [f"Named most at the end: {report.in_full(by_name.id)} ({often})."]
        parts.append(f"Gives most once gone: {report.in_full(best.id)}, {best.alone.agreement.points()} points.")
    else:
        named = f"{report.in_full(by_name.id)} ({often})" if by_name.named.at_the_end else "none"
        parts = [f"Named most at the end: {named}.", "No single line gives anything clear once gone."]
    parts += [_in_most_sets(report, stage) for stage in report.sets if stage.sets]
    return " ".join(parts)


def _all_at_once(report: BlockersReport) -> str:
    """What all red lines together have in their hands."""
    removed = next((removed for kind, removed in report.jointly if kind == "all"), None)
    if removed is None:
        return ""
    points = removed.agreement.points()
    failing, runs = removed.failing, report.base.summary.runs
    says = (
        "All of them at once:" if removed.gives() or removed.costs() else "Even all of them at once give nothing clear,"
    )
    if not failing.runs or failing.why not in BECAUSE:
        return f"{says} {points} points."
    still = f"{part_of(failing.runs / runs, runs, 'runs')} still fail"
    why = f"{BECAUSE[failing.why]} ({part(failing.why_share, failing.runs)})"
    return f"{says} {points} points; {still}, most often because {why}."


def _in_most_sets(report: BlockersReport, stage: MinimalSets) -> str:
    counts = {line.id: stage.membership(line.id).sets for line in report.lines}
    most = max(counts.values(), default=0)
    first = [line for line, count in counts.items() if count == most]
    where = "" if stage.phase is None and len(report.sets) == 1 else f" of {stage_says(report, stage)}"
    return f"Oftenest in minimal sets{where}: {report.in_short(first)}, {most} of {len(stage.sets)}" + (
        " each." if len(first) > 1 else "."
    )


def _named_in_vain(report: BlockersReport, finding: Finding) -> str:
    line = report.line(finding.lines[0])
    points = line.alone.agreement.points()
    gives = f"makes agreement less likely, {points}" if line.alone.costs() else f"gives nothing clear, {points}"
    lift = f", though it lifts the ceiling, {line.alone.ceiling.points()}" if line.alone.lifts_ceiling() else ""
    often = part_of(line.named.at_the_end, line.named.failing, "failing runs")
    start = f"{report.in_full(line.id)}: named last in {often}, but taking "
    after = (_instead(report, line), _behind(report, line.alone.behind), _lost(report, line))
    return " ".join([f"{start}it away alone {gives} points{lift}.", *filter(None, after)])


def _instead(report: BlockersReport, line: Blocking) -> str:
    """The reason for which more runs fail without a line."""
    rise = line.alone.instead
    if rise is None or rise.why not in BECAUSE:
        return ""
    runs = report.base.summary.runs
    shares = f"from {part(rise.before, runs)} to {part_of(rise.after, runs, 'all runs')}"
    return f"What comes in its place: {BECAUSE[rise.why]}, {shares}."


def _behind(report: BlockersReport, behind: Behind | None) -> str:
    """What then stands where a line stood."""
    if behind is None:
        return ""
    runs = f"{behind.ended_on_it} run{'' if behind.ended_on_it == 1 else 's'}"
    fail = round(behind.fail_without * behind.ended_on_it)
    text = f"Of the {runs} that end on it {part(behind.fail_without, behind.ended_on_it)} fail without it too"
    if behind.why in BECAUSE:
        text += f" (because {BECAUSE[behind.why]}: {part(behind.why_share, fail)} of those)"
    known = behind.line in {one.id for one in report.lines}
    if behind.line is not None and known and behind.line_share >= SELDOM:
        text += f"; the line that then stands behind it is [{report.number(behind.line)}], named last in "
        text += part(behind.line_share, fail)
    return f"{text}."


def _lost(report: BlockersReport, line: Blocking) -> str:
    """Why runs that agreed fail without a line, where they are more than those that are won."""
    lost = line.alone.lost
    if not line.alone.costs() or lost.why not in BECAUSE:
        return ""
    share, only = part(lost.why_share, lost.runs), f"only with [{report.number(line.id)}]"
    return f"Of the {lost.runs} runs that agree {only} most fail without because {BECAUSE[lost.why]} ({share})."


def _gives_unnamed(report: BlockersReport, finding: Finding) -> str:
    line = report.line(finding.lines[0])
    often, points = part(line.named.at_the_end, line.named.failing), line.alone.agreement.points()
    start = f"{report.in_full(line.id)}: hardly named ({often} last), but gives {points} points once gone."
    declared = {each.id: each.declared for party in report.base.scenario.parties.values() for each in party.red_lines}
    if declared[line.id]:
        return (
            f"{start} The others know of it and table little that crosses it, so it blocks without being refused over."
        )
    return start


def _complements(report: BlockersReport, finding: Finding) -> str:
    start = f"{report.in_short(finding.lines)}: alone nothing clear, yet"
    for stage in report.sets:
        inside = [line for line in finding.lines if line in stage.in_every()]
        if inside:
            smallest = stage.sets[0]
            sets = "the only minimal set" if len(stage.sets) == 1 else f"every one of {len(stage.sets)} minimal sets"
            start += (
                f" in {sets} of {stage_says(report, stage)}. They only help together with others: the smallest set is "
            )
            start += f"{report.in_short(smallest.lines)}"
            return f"{start}{_joint(report, smallest.lines)}."
    return start


def _joint(report: BlockersReport, lines: Sequence[str]) -> str:
    """What taking away some lines at once gives, where it was played."""
    for _, removed in report.jointly:
        if set(removed.lines) == set(lines):
            return f", which gives {removed.agreement.points()} points at once"
    return ""


def _opens_in_vain(report: BlockersReport, finding: Finding) -> str:
    line = report.line(finding.lines[0])
    return (
        f"[{report.number(line.id)}] would open a zone in the stated world by itself, but over drawn worlds taking it away "
        f"gives nothing clear, {line.alone.agreement.points()} points: a deal that is possible is not yet one that "
        f"talks reach. {_instead(report, line)} {_lost(report, line)}"
    ).strip()


def _substitutes(report: BlockersReport, finding: Finding) -> str:
    everything = next((removed for kind, removed in report.jointly if kind == "all"), None)
    best = report.line(finding.lines[0]).alone
    text = (
        f"{report.in_short(finding.lines)} stand in for one another: in the stated world any one of them would do. Over "
        f"drawn worlds {_opens_zones(report, finding)}one by one they give, in points: "
        f"{_with_points(report, finding.lines, lambda line: line.alone.agreement)}."
    )
    more = everything.agreement.estimate - best.agreement.estimate if everything is not None else ABOUT_AS_MUCH
    if best.gives() and more < ABOUT_AS_MUCH:
        text += " All red lines at once give hardly more than the first of these alone."
    return text


def _opens_zones(report: BlockersReport, finding: Finding) -> str:
    each = all(report.line(line).alone.lifts_ceiling() for line in finding.lines)
    return "each lifts the ceiling, but " if each else ""


def _gives_in_no_set(report: BlockersReport, finding: Finding) -> str:
    return (
        f"{_with_points(report, finding.lines, lambda line: line.alone.agreement)} points: in no minimal set, as the stated "
        "world opens without; over drawn worlds agreement comes oftener all the same once it is gone."
    )


def _ceiling_only(report: BlockersReport, finding: Finding) -> str:
    return (
        f"{_with_points(report, finding.lines, lambda line: line.alone.ceiling)} points: the ceiling rises without, but "
        "agreement does not clearly: there would be deals, and the talks do not get to them."
    )


def _costs(report: BlockersReport, finding: Finding) -> str:
    return (
        f"{_with_points(report, finding.lines, lambda line: line.alone.agreement)} points: agreement is less likely without. "
        f"{' '.join(filter(None, (_lost(report, report.line(line)) for line in finding.lines)))}"
    ).strip()


def _with_points(report: BlockersReport, lines: Sequence[str], points: Callable[[Blocking], Difference]) -> str:
    return joined([f"[{report.number(line)}] {points(report.line(line)).points()}" for line in lines])


SAY: dict[str, Callable[[BlockersReport, Finding], str]] = {
    "named_in_vain": _named_in_vain,
    "gives_unnamed": _gives_unnamed,
    "complements": _complements,
    "opens_in_vain": _opens_in_vain,
    "substitutes": _substitutes,
    "gives_in_no_set": _gives_in_no_set,
    "ceiling_only": _ceiling_only,
    "costs": _costs,
}
