"""The record: dated facts, and how later options are asked of older worlds."""

from pathlib import Path

import pytest
from games import write_small
from playing import ROOT

from sim.evidence import KINDS, Facts
from sim.files.errors import BadInput
from sim.files.scenario.seeds import read_record, read_seeds

RECORD = """\
facts:
  - id: f1
    date: 2025-06-30
    about: no treaty yet
    signed: false
    claims: [gazette.c1]
older:
  bank:
    upper: {as: shared, assumed: the nearest that there was}
"""


def written(folder: Path, text: str, name: str = "record.yaml") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def faults(file: Path) -> str:
    with pytest.raises(BadInput) as bad:
        read_record(file)
    return "\n".join(str(fault) for fault in bad.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    signed: false\n", "", "2:5: facts.f1: must say one thing that a run can show: signed, mediates"),
        ("signed: false", "signed: false\n    pulled: {dam: true}", "2:5: facts.f1: must say one thing"),
        ("signed: false", "sigend: false", "5:5: facts.f1.sigend: unknown key; did you mean signed?"),
        ("signed: false", "signed: 0", "5:13: facts.f1.signed: must be true or false (got 0)"),
        ("signed: false", "mediates: {}", "5:5: facts.f1.mediates: is empty"),
        ("as: shared, ", "", "9:5: older.bank.upper: must say one way: as, between, or left_out: true"),
        ("as: shared", "left_out: false", "9:5: older.bank.upper: must say one way"),
        ("as: shared", "between: {shared: 0.5, none: 0.4}", "shares of `between` must be above 0 and 1 in all (got 0.9)"),
        ("facts:", "fatcs:", "1:1: fatcs: unknown key; did you mean facts?"),
    ],
)  # fmt: skip
def test_faults_have_their_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    told = faults(written(tmp_path, RECORD.replace(old, new, 1)))
    assert said in told and "record.yaml:" in told


def test_an_id_stands_once(tmp_path: Path) -> None:
    twice = RECORD.replace("older:", RECORD.removeprefix("facts:\n").split("older:")[0] + "older:")
    assert "facts.f1.id: stands there twice" in faults(written(tmp_path, twice))


def test_claims_of_the_seeds_must_exist(tmp_path: Path) -> None:
    write_small(tmp_path)
    seeds = tmp_path / "seeds"
    written(seeds, RECORD.replace("gazette.c1", "gazette.c99"))
    with pytest.raises(BadInput) as bad:
        read_seeds(seeds)
    assert "record.yaml:6:14: facts.f1.claims.0: unknown claim (got gazette.c99)" in str(bad.value.faults[0])


def test_the_record_of_the_war_fits_the_agenda_of_its_last_world() -> None:
    from sim.files.scenario.reader import read_scenario

    loaded = read_scenario(ROOT / "scenarios/common/as_of_2025-12-02.yaml")
    issues, record = loaded.scenario.issues, loaded.evidence.record
    assert isinstance(record, Facts) and {fact.kind() for fact in record.facts} == set(KINDS)
    for fact in record.facts:
        for issue, option in (fact.text().terms if fact.text() else {}).items():  # type: ignore[union-attr]
            assert option in issues[issue].options
    for issue, options in record.older.items():
        assert options.keys() <= issues[issue].options.keys()
