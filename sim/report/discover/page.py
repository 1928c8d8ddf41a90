"""Regions of the assumptions in words: the page that `sim discover` prints."""

import math
import shlex
from collections.abc import Iterator, Sequence

from sim.analysis.discovery.regions import MOST_LIMITS, Limit, Region
from sim.report.discover.condition import OUTCOMES
from sim.report.discover.report import Discovery, is_chance
from sim.report.wording.draws import kept_says, number_says
from sim.report.wording.figures import CAVEAT, interval, percent
from sim.report.wording.layout import command, overridden, paragraph, row, wrap
from sim.scenario.names import joined

NOTE = (
    "Regions were looked for in one half of the runs and are judged in the other (PRIM: Friedman & Fisher 1999). One has "
    f"{MOST_LIMITS} limits at most; each of them is such that so many hits without it would come about by chance in fewer "
    "than one of a hundred cases, divided by the number of limits (quasi-p-values: Bryant & Lempert 2010). Coverage: of all "
    "runs that are looked for, those in the region. A later region is judged without the runs of earlier ones."
)


def discover_page(report: Discovery) -> str:
    """Everything that `sim discover` prints."""
    head = (
        *paragraph(report.scenario.title),
        *wrap(f"{report.name}: where {report.where}, in {report.overall.n:,} runs (seed {report.seed})"),
        *overridden(report.overrides),
        *kept_says(report.scenario),
    )
    words = ("In plain words, if the assumptions hold", *wrap(" ".join(plain_words(report)), hang=""))
    blocks = ["\n".join(head), "\n".join(words)]
    blocks += ["\n".join(_region(report, k, region)) for k, region in enumerate(report.found.found)]
    blocks.append("\n".join(paragraph(f"{NOTE} {CAVEAT}")))
    return "\n\n".join(blocks) + "\n"


def plain_words(report: Discovery) -> list[str]:
    """What the regions are, a sentence each."""
    overall, where = percent(report.overall), report.where
    noun = "agree" if where.outcome == "agreement" else f"have a zone ({OUTCOMES[where.outcome]})"
    said = [f"Over all assumptions {overall} of runs {noun}."]
    is_so = report.overall.estimate < where.share if where.below else report.overall.estimate > where.share
    if is_so:
        return [*said, f"That is {'below' if where.below else 'above'} {where.share:g} as it is: ask for less."]
    if not report.found.found:
        return [*said, f"No region of up to {MOST_LIMITS} limits was found in which {where} and which is no noise."]
    for region in report.found.found:
        said.append(
            f"Where {joined([limit_says(report, one) for one in region.limits])}, it is "
            f"{percent(report.outcome_in(region))} ({interval(report.outcome_in(region))}); that is "
            f"{percent(region.mass)} of the assumptions."
        )
    return said


def limit_says(report: Discovery, limit: Limit) -> str:
    """A limit in words, in the number's own units."""
    called = number_says(report.scenario, limit.path)
    if is_chance(limit):
        return f"\u201c{called}\u201d is {'so' if limit.low > 0.0 else 'not so'}"
    return f"\u201c{called}\u201d is {range_says(report, limit)}"


def range_says(report: Discovery, limit: Limit) -> str:
    """The range of a limit."""
    if is_chance(limit):
        return "so" if limit.low > 0.0 else "not so"
    low, high = report.ends(limit)
    whole = report.ends(Limit(limit.path, 0.0, 1.0, 0.0))
    least, most = _rounded(low, whole), _rounded(high, whole)
    if limit.low <= 0.0:
        return f"below {most}"
    return f"above {least}" if limit.high >= 1.0 else f"between {least} and {most}"


def _rounded(value: float, ends: tuple[float, float]) -> str:
    """A value with as many digits as tell a hundredth of its range."""
    wide = ends[1] - ends[0]
    digits = max(0, min(6, 1 - math.floor(math.log10(wide)))) if wide > 0.0 else 2
    return f"{value:.{digits}f}"


def _region(report: Discovery, k: int, region: Region) -> Iterator[str]:
    """A region: its figures, its limits, and how to play inside it."""
    outcome, noun = report.outcome_in(region), OUTCOMES[report.where.outcome]
    yield f"Region {k + 1}"
    asked = "" if _meets(report, region) else f"; {report.where.share:g} lies in this interval"
    yield from row(f"{noun} ({interval(outcome)}{asked}; over all {percent(report.overall)})", percent(outcome))
    yield from row(f"of the assumptions ({interval(region.mass)})", percent(region.mass))
    sought = "runs without it" if report.where.below else "runs with it"
    yield from row(f"coverage: of all {sought} ({interval(region.coverage)})", percent(region.coverage))
    for limit in region.limits:
        label = f"{number_says(report.scenario, limit.path)}: {range_says(report, limit)}"
        yield from row(label, report.source_kind(limit.path), "- ")
    yield from wrap("to play inside it:")
    for line in play_inside(report, k):
        yield from command(line, "    ")


def _meets(report: Discovery, region: Region) -> bool:
    """Whether the outcome is as rare, or as frequent, as was asked for by its own figure, not only within its interval."""
    share = report.outcome_in(region).estimate
    return share < report.where.share if report.where.below else share > report.where.share


def play_inside(report: Discovery, k: int) -> Sequence[str]:
    """The commands that keep the runs of a region and play them."""
    sets = [f"--set={path}={value}" for path, value in report.overrides.items()]
    region = ["--region", str(k + 1)] if k else []
    saved = f"{report.name}-region-{k + 1}.json"
    find = ["sim", "discover", report.file, "--where", str(report.where), "--runs", str(report.overall.n), "--seed",
            str(report.seed), *sets, "--save", saved, *region]  # fmt: skip
    play = ["sim", "run", report.file, *sets, "--posterior", saved]
    return [shlex.join(find), shlex.join(play)]
