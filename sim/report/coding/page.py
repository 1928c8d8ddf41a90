"""What a second coder makes of a scenario, as a page."""

from collections.abc import Iterator

from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import Share
from sim.report.coding.agreement import agreement_lines
from sim.report.coding.report import CoderPlay, CodingReport
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import CAVEAT, counted, interval, percent
from sim.report.wording.layout import GAP, in_parts, overridden, wrap
from sim.report.wording.numbers import class_text
from sim.report.wording.paths import path_says
from sim.scenario.provenance import numbers

FIRST, BOTH = "the scenario's coder", "draws from both"
OTHERS = "no party"


def coding_page(report: CodingReport) -> str:
    """How far the coders agree; where it was played, what that does to the likelihood, else on which numbers they differ."""
    sections = (_head, _plain, _likelihood, _parts, _agreement) if report.play else (_head, _agreement, _differences)
    blocks = ["\n".join(section(report)) for section in sections]
    return "\n\n".join(filter(None, [*blocks, CAVEAT if report.play else ""])) + "\n"


def _head(report: CodingReport) -> Iterator[str]:
    coded = report.coded
    of = sum(not entry.is_class for entry in numbers(coded.first))
    alike = sum(unit.is_alike() for unit in coded.units)
    yield from wrap(f"{coded.first.title}, and as coded by {coded.coding.coder}", "")
    yield from wrap(coded.coding.about)
    yield from wrap(f"It gives {len(coded.units)} of {of} numbers, {alike} of them as the scenario has them.")
    yield from overridden(report.overrides)
    if coded.kept:
        yield from wrap(f"What was set holds for both coders: {', '.join(coded.kept)}")
    if report.play:
        yield from wrap(f"{counted(report.play.first.n, 'run')} each, seed {report.seed}: the same luck for all")
        yield from kept_says(coded.first)


def _plain(report: CodingReport) -> Iterator[str]:
    yield "In plain words, if the assumptions hold"
    yield from wrap(" ".join(plain_words(report)), hang="")


def plain_words(report: CodingReport) -> list[str]:
    """What the second coder does to the answer."""
    play, coder = report.play, report.coded.coding.coder
    assert play is not None
    difference = play.second_from_first
    moved = difference.low > 0 or difference.high < 0
    said = f"By {coder} agreement is at {percent(play.second)} instead of {percent(play.first)}"
    told = [f"{said}: {difference.points(' points')}." if moved else f"{said}, which luck alone may do."]
    told.append(f"In {percent(play.hanging)} of runs the coder decides whether they agree.")
    return told + _most(report, play)


def _most(report: CodingReport, play: CoderPlay) -> list[str]:
    """The party whose numbers by the second coder alone move it most, if by more than luck."""
    clear = {name: each for name, each in play.parts.items() if each.low > 0 or each.high < 0}
    if not clear:
        return []
    name = max(clear, key=lambda one: abs(clear[one].estimate))
    return [
        f"Of one party's numbers alone those of {_called(report, name)} move it most: {clear[name].points(' points')}."
    ]


def _called(report: CodingReport, name: str) -> str:
    parties = report.coded.first.parties
    return parties[name].name if name in parties else OTHERS


def _likelihood(report: CodingReport) -> Iterator[str]:
    play = _played(report)
    yield "Likelihood of agreement (95 % intervals, sampling error only)"
    rows = [
        _row(FIRST, play.first, None),
        _row(report.coded.coding.coder, play.second, play.second_from_first),
        _row(BOTH, play.both, play.both_from_first),
    ]
    yield from in_parts(["", "agreement", "interval", "difference\nin points"], rows)
    yield from wrap("Differences are from the first, paired run by run. Of draws from both, each run takes one coder as a "
                    "whole, by a draw of its own: the numbers of a coder hang together.", GAP, "")  # fmt: skip


def _played(report: CodingReport) -> CoderPlay:
    assert report.play is not None
    return report.play


def _row(label: str, share: Share, difference: Difference | None) -> list[str]:
    return [label, percent(share), interval(share), difference.points() if difference else ""]


def _parts(report: CodingReport) -> Iterator[str]:
    parts = _played(report).parts
    if not parts:
        return
    yield f"With the numbers of one party alone by {report.coded.coding.coder}: difference in points"
    rows = [[_called(report, name), each.points()] for name, each in parts.items()]
    yield from in_parts(["", "difference"], rows)


def _agreement(report: CodingReport) -> Iterator[str]:
    yield from agreement_lines(report.rows)


def _differences(report: CodingReport) -> Iterator[str]:
    """The numbers on which they differ."""
    coded = report.coded
    unlike = [unit.path for unit in coded.units if not unit.is_alike()]
    if not unlike:
        return
    yield f"{counted(len(unlike), 'number')} on which they differ"
    first, second = ({one.path: one for one in numbers(each)} for each in (coded.first, coded.second))
    for path in unlike:
        before, after = class_text(first[path].number), class_text(second[path].number)
        yield from wrap(f"{path_says(coded.first, path)}: {before} -> {after}")
