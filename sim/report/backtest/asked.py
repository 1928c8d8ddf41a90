"""Everything that one call of `sim backtest` asked."""

from dataclasses import dataclass

from sim.analysis.validation.backtest import Foretold, Judged, Shown
from sim.analysis.validation.scores import Score
from sim.files.scenario.known_by import FallBack
from sim.scenario import Scenario
from sim.scenario.older_options import OlderTerms


@dataclass(frozen=True)
class InSample:
    """Answers that the worlds may have been coded from, asked in worlds of their date; apart from every other score."""

    files: tuple[str, ...]
    told: tuple[Foretold, ...]
    judged: Judged


@dataclass(frozen=True)
class Backtest:
    """What a world of a day says of what was recorded later; at least one answer or fact."""

    known_by: str
    file: str
    scenario: Scenario
    fell_back: tuple[FallBack, ...]
    told: tuple[Foretold, ...]
    shown: tuple[Shown, ...]
    put: dict[str, OlderTerms]  # id: the terms that stand for those recorded
    not_asked: dict[str, str]  # id: why
    judged: Judged | None  # of the answers, if there are any
    judged_others: Judged | None  # of the answers to what others propose
    judged_facts: Score | None
    in_sample: InSample | None
    worlds: int
    seed: int
    overrides: dict[str, str]
