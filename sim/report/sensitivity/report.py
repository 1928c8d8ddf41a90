"""The ablations of a scenario, with what a reader needs beside them."""

from dataclasses import dataclass

from sim.analysis.sensitivity.effects import Ablations
from sim.scenario import Scenario


@dataclass(frozen=True)
class AblationReport:
    """The ablations of one scenario."""

    scenario: Scenario
    name: str
    found: Ablations
    runs: int
    seed: int
    overrides: dict[str, str]
