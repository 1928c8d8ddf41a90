"""The page of `sim sensitivity --ablations`."""

from collections.abc import Iterator

from sim.analysis.sensitivity.effects import Effect, Move
from sim.analysis.shares.likelihood import share_of
from sim.report.sensitivity.data import AblationReport
from sim.report.wording.draws import number_says
from sim.report.wording.figures import CAVEAT, interval, percent
from sim.report.wording.layout import GAP, in_parts, wrap
from sim.scenario.mechanisms import Mechanism
from sim.study.ablations import Change, mechanisms_of

MECHANISM: dict[Mechanism, str] = {
    "futures": "futures: what going on may lead to",
    "types": "types: who thinks that it is winning",
    "trust": "trust: a deal must last",
    "positions": "positions: where talks start",
    "give_and_take": "give and take",
    "losses": "losses loom larger",
    "givers": "theirs to give",
    "threats": "threats by chance",
    "hope": "hope in later talks",
}


def ablation_page(report: AblationReport) -> str:
    """Everything that `sim sensitivity --ablations` prints."""
    sections = (_head, _switches, _numbers, _small)
    return "\n\n".join("\n".join(section(report)) for section in sections) + f"\n\n{CAVEAT}\n"


def _head(report: AblationReport) -> Iterator[str]:
    before = report.found.before
    likelihood, ceiling = share_of(before.agreed), share_of(before.zone)
    yield from wrap(report.scenario.title, "")
    yield from wrap(
        f"{report.runs} runs, seed {report.seed}. As it stands: agreement {percent(likelihood)} ({interval(likelihood)}), "
        f"ceiling {percent(ceiling)}.",
        "",
    )
    for path, value in report.overrides.items():
        yield from wrap(f"with {path} = {value}")


def _switches(report: AblationReport) -> Iterator[str]:
    yield "Each part of the model switched off: change in points, with its interval"
    rows = [[MECHANISM[change.mechanism], *_cells(report, effect)] for change, effect in _of(report, switches=True)]
    if not rows:
        yield f"{GAP}this scenario states none of them"
        return
    yield from in_parts(_heads(report, ""), rows)


def _numbers(report: AblationReport) -> Iterator[str]:
    yield "Each of their numbers moved up and down by a standard deviation"
    rows = [
        [f"{'+' if change.by > 0 else '-'}  {number_says(report.scenario, change.path)}", *_cells(report, effect)]
        for change, effect in sorted(_of(report, switches=False), key=lambda pair: -_pair_size(report, pair[0]))
    ]
    yield from in_parts(_heads(report, ""), rows) if rows else iter([f"{GAP}they have none that is uncertain"])


def _pair_size(report: AblationReport, change: Change) -> float:
    """How far a number moves anything, up or down: its two rows stand together."""
    return max(effect.largest() for other, effect in report.found.effects if other.path == change.path)


def _small(report: AblationReport) -> Iterator[str]:
    """What moves neither likelihood nor terms by three points, switched off or in any of its numbers."""
    idle = [
        MECHANISM[name]
        for name, rows in mechanisms_of(report.found)
        if all(effect.is_small() for _, effect in rows)
    ]  # fmt: skip
    yield "Changes are paired run by run. Terms: 0 the other side's position, 100 a party's own, in points of that;"
    yield "over the runs that agree both times."
    if idle:
        yield from wrap(f"Moves nothing here by 3 points, on or off: {'; '.join(idle)}.", "")


def _of(report: AblationReport, switches: bool) -> list[tuple[Change, Effect]]:
    return [(change, effect) for change, effect in report.found.effects if switches == (not change.path)]


def _parties(report: AblationReport) -> list[int]:
    """Parties that have terms in any of the rows."""
    effects = [effect for _, effect in report.found.effects]
    return [p for p in range(len(report.scenario.parties)) if any(effect.terms[p] is not None for effect in effects)]


def _heads(report: AblationReport, first: str) -> list[str]:
    names = [party.name for party in report.scenario.parties.values()]
    return [first, "agreement", "ceiling", *(f"terms of\n{names[p]}" for p in _parties(report))]


def _cells(report: AblationReport, effect: Effect) -> list[str]:
    terms = [_points(effect.terms[p]) for p in _parties(report)]
    return [effect.likelihood.points(), effect.ceiling.points(), *terms]


def _points(move: Move | None) -> str:
    """A move of terms in points with its interval."""
    if move is None:
        return "none"
    middle, low, high = (f"{100 * value:+.0f}" for value in (move.estimate, move.low, move.high))
    return f"{middle} ({low} to {high})"
