"""The figures on the pages are those of the program: the generator that writes them, run again, finds nothing to change."""

import pytest
from generate_scenarios import stale
from playing import ROOT


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_figures_on_the_pages_are_those_of_the_program() -> None:
    found = list(stale())
    assert found == [], "run: python docs/generate_scenarios.py\n" + "\n".join(found)


def test_every_scenario_has_its_section_and_its_row() -> None:
    page, readme = (path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "scenarios.md", ROOT / "README.md"))
    files = [*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("scenarios/variants/*.yaml")]
    for file in files:
        name = str(file.relative_to(ROOT / "scenarios").with_suffix(""))
        assert f"<!-- figures: {name} -->" in page
        assert f"`{name}`" in readme
    assert len(files) >= 12
