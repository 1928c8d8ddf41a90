"""Claims that were written after a scenario's date."""

from pathlib import Path

import pytest
from games import GAZETTE, SMALL, changed, write_small
from typer.testing import CliRunner

from sim.cli.program import app
from sim.files.errors import BadInput
from sim.files.scenario.reader import Loaded, read_scenario
from sim.scenario.late_claims import late_uses, named_claims

DATED = changed("summary:", 'date: "{date}"\nsummary:')
REASON = "spacing: halfway by judgement"


def load(folder: Path, text: str, *overrides: str, article: str = GAZETTE) -> Loaded:
    path = write_small(folder, text)
    (folder / "seeds" / "gazette.yaml").write_text(article)
    return read_scenario(path, overrides)


def found(loaded: Loaded) -> list[tuple[str, str]]:
    uses = late_uses(loaded.scenario, loaded.evidence, loaded.overridden)
    return [(loaded.dotted(use.place), str(use)) for use in uses]


def dated(date: str, text: str = DATED) -> str:
    return text.replace("{date}", date)


def test_every_citation_of_a_later_article_once_a_block(tmp_path: Path) -> None:
    """`toll` has its two ends from c1: that is one use."""
    assert found(load(tmp_path, dated("2025-03"))) == [
        ("parties.upper.priorities.toll.evidence.0", "cites gazette.c1, of 2025-04"),
        ("parties.upper.priorities.toll.weight.evidence.0", "cites gazette.c2, of 2025-04"),
        ("parties.upper.red_lines.no_loss.firmness.evidence.0", "cites gazette.c1, of 2025-04"),
    ]


@pytest.mark.parametrize("date", ["2025-04", "2025-04-01", "2025-05"])
def test_what_was_written_by_then_may_be_used(tmp_path: Path, date: str) -> None:
    assert found(load(tmp_path, dated(date))) == []


def test_without_a_date_anything_may(tmp_path: Path) -> None:
    assert found(load(tmp_path, SMALL)) == []


def test_the_last_day_of_writing_counts(tmp_path: Path) -> None:
    article = GAZETTE.replace("date: 2025-04", "date: {from: 2025-03-30, to: 2025-04-02}")
    assert len(found(load(tmp_path, dated("2025-04-01"), article=article))) == 3
    assert found(load(tmp_path, dated("2025-04-02"), article=article)) == []


def test_the_day_that_a_claim_is_about_does_not(tmp_path: Path) -> None:
    article = GAZETTE.replace("kind: stated,", "kind: stated, on: 2025-01-05,")
    assert len(found(load(tmp_path, dated("2025-03"), article=article))) == 3


def test_a_reason_that_names_a_claim_uses_it(tmp_path: Path) -> None:
    text = dated("2025-03").replace(REASON, "spacing: halfway (gazette.c1, gazette.c2), as gazette.c1 has it")
    assert found(load(tmp_path, text))[3:] == [
        ("parties.upper.priorities.toll.spacing", "names gazette.c1, of 2025-04"),
        ("parties.upper.priorities.toll.spacing", "names gazette.c2, of 2025-04"),
    ]


def test_a_reason_that_covers_no_number_does_not(tmp_path: Path) -> None:
    text = dated("2025-03").replace("low: 0.3", "low: {value: 0.3, assumed: a guess}")
    text = text.replace(REASON, "spacing: halfway (gazette.c1)")
    assert len(found(load(tmp_path, text))) == 3


def test_an_overridden_number_rests_on_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path, dated("2025-03"), "parties.upper.red_lines.no_loss.firmness=0.5")
    assert [path for path, _ in found(loaded) if "no_loss" in path] == []


def test_references_in_a_text(tmp_path: Path) -> None:
    evidence = load(tmp_path, SMALL).evidence
    text = "gazette.c1; old-gazette.c1, gazettes.c1, gazette.clause and gazette.c22 (gazette.c1)"
    assert named_claims(text, evidence) == ["gazette.c1", "gazette.c22"]


def test_a_claim_in_a_reason_must_exist(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        load(tmp_path, changed(REASON, "spacing: halfway (gazette.c3)"))
    assert "spacing: unknown claim (got gazette.c3); did you mean gazette.c2?" in str(bad.value)


def test_check_warns_with_the_place(tmp_path: Path) -> None:
    path = write_small(tmp_path, dated("2025-03"))
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 0
    lines = path.read_text().splitlines()
    row = next(n for n, text in enumerate(lines) if "evidence: [gazette.c2]" in text)
    place = f"{path}:{row + 1}:{lines[row].index('gazette.c2') + 1}: parties.upper.priorities.toll.weight.evidence.0"
    assert f"{place}: cites gazette.c2, of 2025-04, later than the scenario's date 2025-03" in result.stderr


class TestStancesOfItsDate:
    """`sim check` asks only what was reported when the scenario is dated."""

    @pytest.mark.parametrize(("date", "asked"), [("2025-03", False), ("2025-04-30", True), ("2025-07", True)])
    def test_by_date(self, tmp_path: Path, date: str, asked: bool) -> None:
        path = write_small(tmp_path, dated(date))
        result = CliRunner().invoke(app, ["check", str(path), "--stances"])
        assert ("1 of 1 stances of its date as reported" in result.stdout) is asked
        assert ("no reported answers of its date" in result.stdout) is not asked

    def test_all_where_it_has_none(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(app, ["check", str(write_small(tmp_path))])
        assert "1 of 1 stances as reported" in result.stdout
