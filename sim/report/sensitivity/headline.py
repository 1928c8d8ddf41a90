"""What ablations come to, in plain words."""

from sim.analysis.sensitivity.effects import Change, Effect
from sim.report.sensitivity.report import AblationReport
from sim.report.wording.draws import number_says
from sim.scenario.mechanisms import Mechanism

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


def plain_words(report: AblationReport) -> list[str]:
    """Which part of the model, and which number of one, the likelihood hangs on most."""
    switches, numbers = of_kind(report, switches=True), of_kind(report, switches=False)
    said = []
    if switches:
        change, effect = max(switches, key=lambda one: abs(one[1].likelihood.estimate))
        name = f"\u201c{MECHANISM[change.mechanism]}\u201d"
        said.append(f"Without {name} agreement changes most: {effect.likelihood.points(' points')}.")
    if numbers:
        change, effect = max(numbers, key=lambda one: abs(one[1].likelihood.estimate))
        way = "up" if change.by > 0 else "down"
        moved = f"\u201c{number_says(report.scenario, change.path)}\u201d moved {way} by a standard deviation"
        said.append(f"Of their numbers {moved} changes it most: {effect.likelihood.points(' points')}.")
    return said or ["The scenario states no part of the model that can be switched off."]


def of_kind(report: AblationReport, switches: bool) -> list[tuple[Change, Effect]]:
    """The parts of the model that are switched off, or else the numbers that are moved."""
    return [(change, effect) for change, effect in report.found.effects if switches == (not change.path)]
