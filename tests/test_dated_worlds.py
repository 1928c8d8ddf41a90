"""No shipped scenario rests on what was written after its date."""

from pathlib import Path

import pytest
from playing import ROOT

from sim.files.scenario.reader import read_scenario
from sim.scenario.late_claims import late_uses

SCENARIOS = ROOT / "scenarios"
WORLDS = sorted((SCENARIOS / "common").glob("as_of_*.yaml"))
FILES = sorted([*SCENARIOS.glob("*.yaml"), *(SCENARIOS / "variants").glob("*.yaml"), *WORLDS])


@pytest.mark.skipif(not WORLDS, reason="no dated worlds yet")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_number_rests_on_a_later_claim(file: Path) -> None:
    loaded = read_scenario(file)
    late = [f"{loaded.mark(use.place)}: {use}" for use in late_uses(loaded.scenario, loaded.evidence)]
    assert not late, "\n".join(late)


@pytest.mark.skipif(not WORLDS, reason="no dated worlds yet")
@pytest.mark.parametrize("file", WORLDS, ids=lambda file: file.stem)
def test_a_dated_world_has_the_date_of_its_name(file: Path) -> None:
    assert read_scenario(file).scenario.date == file.stem.removeprefix("as_of_")
