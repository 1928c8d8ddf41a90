"""The page of `sim sensitivity --ablations`."""

from collections.abc import Iterator, Sequence

from sim.analysis.sensitivity.effects import LEAST, Effect, Move, mechanisms_of
from sim.analysis.shares.likelihood import share_of
from sim.report.sensitivity.headline import MECHANISM, of_kind, plain_words
from sim.report.sensitivity.report import AblationReport
from sim.report.wording.draws import kept_says, number_says
from sim.report.wording.figures import CAVEAT, interval, percent
from sim.report.wording.layout import GAP, in_parts, wrap
from sim.scenario import Scenario


def ablation_page(report: AblationReport) -> str:
    """Everything that `sim sensitivity --ablations` prints."""
    sections = (_head, _plain, _switches, _numbers, _small)
    return "\n\n".join("\n".join(section(report)) for section in sections) + f"\n\n{CAVEAT}\n"


def _head(report: AblationReport) -> Iterator[str]:
    before = report.found.before
    likelihood, ceiling = share_of(before.agreed), share_of(before.zone)
    yield from wrap(report.scenario.title, "")
    yield from wrap(
        f"{report.runs} runs, seed {report.seed}. As it stands: agreement {percent(likelihood)} ({interval(likelihood)}), "
        f"ceiling {percent(ceiling)} (runs in which some deal finds every consent it needs, reached or not).",
        "",
    )
    for path, value in report.overrides.items():
        yield from wrap(f"with {path} = {value}")
    yield from kept_says(report.scenario)


def _plain(report: AblationReport) -> Iterator[str]:
    yield "In plain words, if the assumptions hold (a run is one negotiation played)"
    yield from wrap(" ".join(plain_words(report)), hang="")


def _switches(report: AblationReport) -> Iterator[str]:
    yield "Each part of the model switched off: change in points, with its interval"
    rows = [[MECHANISM[change.mechanism], *_cells(report, effect)] for change, effect in of_kind(report, switches=True)]
    if not rows:
        yield f"{GAP}this scenario states none of them"
        return
    yield from in_parts(_heads(report), rows)


def _numbers(report: AblationReport) -> Iterator[str]:
    """The numbers that move something, most first; each in two rows, up and down."""
    changes = of_kind(report, switches=False)
    sizes = {change.path: _size(report, change.path) for change, _ in changes}
    moving = [path for path in sorted(sizes, key=lambda path: -sizes[path]) if sizes[path] >= LEAST]
    yield "Their numbers moved up and down by a standard deviation: those that move anything by 3 points"
    if not moving:
        yield f"{GAP}none of {len(sizes)} does"
        return
    rows = [
        [
            number_says(report.scenario, path) if change.by > 0 else "",
            "up" if change.by > 0 else "down",
            *_cells(report, effect),
        ]
        for path in moving
        for change, effect in changes
        if change.path == path
    ]
    first, *others = _heads(report)
    yield from in_parts([first, "", *others], rows)
    if len(moving) < len(sizes):
        yield from wrap(
            f"{len(sizes) - len(moving)} others move nothing by 3 points; --json has all {len(sizes)}.", GAP
        )


def _size(report: AblationReport, path: str) -> float:
    """How far a number moves anything, up or down."""
    return max(effect.largest() for change, effect in report.found.effects if change.path == path)


def _small(report: AblationReport) -> Iterator[str]:
    """How to read it, and what moves nothing, switched off or in any of its numbers."""
    yield from wrap(
        "Changes are paired run by run. Terms: 0 is the other side's position and 100 a party's own, by its own worth, over "
        "the runs that agree both times.",
        "",
    )
    idle = [name for name, rows in mechanisms_of(report.found) if all(effect.is_small() for _, effect in rows)]
    if idle:
        yield from wrap(
            f"Moves nothing here by 3 points, on or off: {'; '.join(MECHANISM[name] for name in idle)}.", ""
        )


def sides(scenario: Scenario, effects: Sequence[Effect]) -> list[int]:
    """Belligerents whose terms any change tells."""
    roles = [party.role for party in scenario.parties.values()]
    return [p for p, role in enumerate(roles) if role == "belligerent" and any(effect.terms[p] for effect in effects)]


def heads(scenario: Scenario, told: Sequence[int]) -> list[str]:
    """Heads of a table of changes: of the change, likelihood, ceiling and terms."""
    names = [party.name for party in scenario.parties.values()]
    return ["", "agreement", "ceiling", *(f"terms of\n{names[p]}" for p in told)]


def cells(effect: Effect, told: Sequence[int]) -> list[str]:
    """What one change does, for these heads."""
    return [effect.likelihood.points(), effect.ceiling.points(), *(_points(effect.terms[p]) for p in told)]


def _sides(report: AblationReport) -> list[int]:
    return sides(report.scenario, [effect for _, effect in report.found.effects])


def _heads(report: AblationReport) -> list[str]:
    return heads(report.scenario, _sides(report))


def _cells(report: AblationReport, effect: Effect) -> list[str]:
    return cells(effect, _sides(report))


def _points(move: Move | None) -> str:
    if move is None:
        return "none"
    middle, low, high = (f"{100 * value:+.0f}" for value in (move.estimate, move.low, move.high))
    return f"{middle} ({low} to {high})"
