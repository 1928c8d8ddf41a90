"""A second coder: Krippendorff's alpha as published, strict files, and the likelihood by either coder and by both."""

import json
import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from games import changed, write_small
from hypothesis import given
from hypothesis import strategies as st
from playing import ROOT

from sim.analysis.coders import Units, agreement, middle_ranks, units_of
from sim.analysis.shares.likelihood import agreed
from sim.compiling import compile_scenario
from sim.files.errors import BadInput
from sim.files.scenario.codings import Coded, coding_file, read_coding
from sim.files.scenario.reader import read_scenario
from sim.report.coding.agreement import agreement_rows
from sim.scenario.provenance import numbers
from sim.study.codings import CODER, play_codings
from sim.study.plan import Plan, play

SHIPPED = ROOT / "seeds" / "codings" / "made_up.yaml"
NONE = math.nan
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)
"""Four coders of twelve units (Krippendorff 2011)."""

codes = st.lists(st.lists(st.sampled_from([1.0, 2.0, 3.0, 5.0, NONE]), min_size=3, max_size=3), min_size=2, max_size=25)


def alpha(table: np.ndarray, ordered: bool = True) -> float:
    return agreement(units_of(table, ordered)).alpha


def by_definition(table: np.ndarray) -> float:
    """Ordinal alpha from the coincidence matrix, cell by cell, as Krippendorff (2011) sets it out."""
    columns = [[code for code in column if not math.isnan(code)] for column in table.T]
    columns = [column for column in columns if len(column) >= 2]
    names = sorted({code for column in columns for code in column})
    together = dict.fromkeys(((c, k) for c in names for k in names), 0.0)
    for column in columns:
        for i, c in enumerate(column):
            for j, k in enumerate(column):
                if i != j:
                    together[c, k] += 1 / (len(column) - 1)
    margin = {c: sum(together[c, k] for k in names) for c in names}
    n = sum(margin.values())

    def squared(c: float, k: float) -> float:
        between = [margin[g] for g in names if min(c, k) <= g <= max(c, k)]
        return float((sum(between) - (margin[c] + margin[k]) / 2) ** 2)

    pairs = list(combinations(names, 2))
    expected = sum(margin[c] * margin[k] * squared(c, k) for c, k in pairs)
    return 1 - (n - 1) * sum(together[c, k] * squared(c, k) for c, k in pairs) / expected if expected else NONE


def test_the_published_example() -> None:
    assert alpha(PUBLISHED) == pytest.approx(0.815, abs=5e-4)
    assert alpha(PUBLISHED, ordered=False) == pytest.approx(0.849, abs=5e-4)
    found = agreement(units_of(PUBLISHED))
    assert (found.units, found.alike) == (11, 8)
    assert found.low < found.alpha < found.high


@given(codes)
def test_alpha_is_that_of_the_coincidence_matrix(rows: list[list[float]]) -> None:
    table = np.array(rows).T
    wanted, found = by_definition(table), alpha(table)
    assert found == pytest.approx(wanted, nan_ok=True)


@given(codes, st.randoms())
def test_neither_order_nor_a_rising_scale_matters(rows: list[list[float]], chance: "np.random.Generator") -> None:
    table = np.array(rows).T
    shuffled = table[:, chance.sample(range(table.shape[1]), table.shape[1])][::-1]  # type: ignore[attr-defined]
    assert alpha(np.exp(shuffled)) == pytest.approx(alpha(table), nan_ok=True)


@given(codes)
def test_it_is_1_where_all_are_alike_and_never_more(rows: list[list[float]]) -> None:
    first = np.array(rows)[:, 0]
    both = alpha(np.array([first, first]))
    assert math.isnan(both) or both == 1.0
    found = alpha(np.array(rows).T)
    assert math.isnan(found) or found <= 1.0


def test_chance_gives_nothing() -> None:
    drawn = np.random.default_rng(7).integers(1, 5, (2, 4000)).astype(float)
    found = agreement(units_of(drawn))
    assert found.low < 0 < found.high and found.high - found.low < 0.12


def test_few_units_that_are_all_alike_prove_little() -> None:
    found = agreement(units_of(np.array([[1.0, 2.0, 3.0, 4.0]] * 2)))
    assert (found.alpha, found.high) == (1.0, 1.0) and found.low < 0.6
    assert not found.is_told()


@given(codes)
def test_parts_average_to_the_whole(rows: list[list[float]]) -> None:
    units = units_of(np.array(rows).T)
    cut = len(rows) // 2
    parts = [units.of(np.arange(cut)), units.of(np.arange(cut, len(rows)))]
    each = [(agreement(part).alpha, int(part.codes.sum())) for part in parts]
    told = [(value, weight) for value, weight in each if not math.isnan(value)]
    if told:
        mean = sum(value * weight for value, weight in told) / sum(weight for _, weight in told)
        assert mean == pytest.approx(agreement(units).alpha)


def test_middle_ranks_are_shared_by_ties() -> None:
    assert middle_ranks(np.array([10.0, 30.0, 10.0, NONE])).tolist()[:3] == [1.0, 2.5, 1.0]
    assert len(Units(np.empty(0), np.empty(0, np.int64)).apart) == 0


CLASSES = """\
classes:
  strong: {value: 3, assumed: made up}
  weak: {value: 1, assumed: made up}
  sure: {value: 0.9, assumed: made up}
  unsure: {value: 0.4, assumed: made up}
"""
GAME = CLASSES + changed(
    "weight: 0.4, values: {disputed: 0.3", "weight: {class: weak}, values: {disputed: 0.3"
).replace("weight: 0.6, values: {unlimited: 1.0", "weight: {class: strong}, values: {unlimited: 1.0").replace(
    "firmness: 0.9\n", "firmness: {class: sure}\n"
)
HEAD = "coder: Bea\nabout: made up for tests\ncodes:\n"
FIRM = "parties.lower.red_lines.bank_kept.firmness"
WEIGHT, OTHER = "parties.lower.priorities.bank.weight", "parties.lower.priorities.fish.weight"
CODING = f"{HEAD}  {FIRM}: unsure\n  {WEIGHT}: strong\n  {OTHER}: strong\n  parties.judge.patience: 3\n"


@pytest.fixture
def game(tmp_path: Path) -> Path:
    return write_small(tmp_path, GAME)


def coded(game: Path, text: str, *overrides: str) -> Coded:
    file = game.parent / "bea.yml"
    file.write_text(text)
    return read_coding(file, read_scenario(game, overrides))


def test_a_coding_is_laid_over_the_scenario(game: Path) -> None:
    found = coded(game, CODING)
    second = {entry.path: entry.number for entry in numbers(found.second)}
    assert second[FIRM].value == 0.4 and second["parties.judge.patience"].value == 3
    assert second[WEIGHT].value == second[OTHER].value == 0.5
    assert {unit.path: unit.codes for unit in found.units} == {
        FIRM: (0.9, 0.4), WEIGHT: (1.0, 3.0), OTHER: (3.0, 3.0),
        "parties.judge.patience": (6.0, 3.0),
    }  # fmt: skip
    assert {one.path for one in found.overrides} == {FIRM, WEIGHT, "parties.judge.patience"}
    assert set(found.by_party()) == {"lower", "judge"}


def test_what_is_set_holds_for_both_coders(game: Path) -> None:
    found = coded(game, CODING, f"{FIRM}=0.7", "parties.judge.patience=5")
    for scenario in (found.first, found.second):
        stated = {entry.path: entry.number.value for entry in numbers(scenario)}
        assert (stated[FIRM], stated["parties.judge.patience"]) == (0.7, 5)
    assert set(found.kept) == {FIRM, "parties.judge.patience"}
    assert FIRM not in {unit.path for unit in found.units}


def test_who_codes_as_the_scenario_does_changes_nothing(game: Path) -> None:
    found = coded(game, f"{HEAD}  {FIRM}: sure\n  {WEIGHT}: {{class: weak}}\n  parties.judge.patience: 6.0\n")
    assert found.overrides == () and found.by_party() == {}
    assert all(unit.is_alike() for unit in found.units) and len(found.units) == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (FIRM.replace("kept", "kep") + ": sure", f"is no number of the scenario; did you mean {FIRM}?"),
        (f"{FIRM}: shure", "unknown class (got shure); did you mean sure?"),
        (f"{WEIGHT}: 0.3", "weights go by class here, as points (weak now); name a class (got 0.3)"),
        (f"{FIRM}: 1.2", "must be between 0 and 1 (got 1.2)"),
        (f"{FIRM}: strong", "must be between 0 and 1"),
        (f"{FIRM}: [1, 2]", "must be a class, a number or a distribution (got a list)"),
        (f"{FIRM}: {{triangular: [0.5, 0.4, 0.9]}}", "must rise from low to high"),
        (f"{FIRM}: sure\n  {FIRM}: unsure", "stands there twice, first in line 4"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_coding_is_told_with_its_place(game: Path, line: str, message: str) -> None:
    with pytest.raises(BadInput) as bad:
        coded(game, f"{HEAD}  {line}\n")
    assert message in str(bad.value) and "bea.yml:4:" in str(bad.value).replace("yml:5", "yml:4")


def test_unknown_keys_and_missing_files_are_told(game: Path) -> None:
    with pytest.raises(BadInput, match="unknown key; did you mean coder"):
        coded(game, f"codr: x\n{CODING}")
    with pytest.raises(BadInput, match=r"no such file or coding; did you mean made_up\?"):
        coding_file(Path("made_upp"))
    assert coding_file(Path("made_up")).samefile(SHIPPED)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("/dev/zero", "is not an ordinary file"),
        ("/dev", "is a folder, not a file"),
        ("n" * 300, "cannot be read: file name too long"),
    ],
)
def test_what_bears_a_name_and_is_no_file_is_told(given: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        coding_file(Path(given))


def test_both_takes_each_coder_as_a_whole_and_moves_no_other_draw(game: Path) -> None:
    found, plan = coded(game, CODING), Plan(600, 5)
    counts: list[int] = []
    runs = play_codings(found.first, found.second, found.by_party(), plan, counts.append)
    for scenario, flags in ((found.first, runs.first), (found.second, runs.second)):
        plain = np.concatenate([agreed(part.outcomes) for part in play(compile_scenario(scenario), plan)])
        assert (plain == flags).all()
    assert (runs.both == np.where(runs.of_first, runs.first, runs.second)).all()
    assert 240 < runs.of_first.sum() < 360
    assert counts == [600] * 4
    fewer = play_codings(found.first, found.second, {}, Plan(100, 5), counts.append)
    assert (fewer.of_first == runs.of_first[:100]).all() and (fewer.both == runs.both[:100]).all()
    assert CODER not in {entry.path for entry in numbers(found.first)}


def test_rows_count_kinds_that_are_few_but_tell_no_alpha_of_them() -> None:
    loaded = read_scenario(Path("freeze_lines"))
    found = read_coding(SHIPPED, loaded)
    rows = {(row.part, row.name): row for row in agreement_rows(found.units, found.first)}
    whole = rows["all", "all"]
    assert whole.numbers == len(found.units)
    assert whole.numbers == sum(row.numbers for row in rows.values() if row.part == "kind")
    assert whole.alike == sum(row.alike for row in rows.values() if row.part == "kind")
    told = [row for row in rows.values() if row.part == "kind" and row.told]
    assert whole.found.alpha == pytest.approx(
        np.average([row.found.alpha for row in told], weights=[row.told for row in told])
    )
    few = rows["kind", "other kinds"]
    assert few.told == 0 and not few.found.is_told()
    weights = [unit for unit in found.units if unit.kind == "weights"]
    assert rows["kind", "weights"].found.alpha == pytest.approx(alpha(np.array([unit.codes for unit in weights]).T))


def test_the_commands_tell_agreement_and_the_likelihood_by_either_coder() -> None:
    code, page, _ = sim("evidence", "freeze_lines", "--coding", "made_up")
    assert code == 0 and "Agreement of the two coders" in page and " -> " in page and "Likelihood" not in page
    code, told, _ = sim("sensitivity", "freeze_lines", "--coding", SHIPPED, "--runs", "60", "--json")
    data = json.loads(told)
    assert code == 0 and set(data["likelihood"]) == {"first", "second", "both"}
    shares = [data["likelihood"][name]["hits"] for name in ("first", "second", "both")]
    assert data["difference"]["second"]["estimate"] == pytest.approx((shares[1] - shares[0]) / 60)
    code, page, _ = sim("sensitivity", "freeze_lines", "--coding", SHIPPED, "--runs", "60")
    assert code == 0
    for words in ("draws from both", "With the numbers of one party alone", "In plain words", "not a forecast"):
        assert words in page


def test_a_run_by_a_coding_is_the_run_with_its_numbers_set(game: Path, tmp_path: Path) -> None:
    file = game.parent / "bea.yml"
    file.write_text(CODING)
    outs = [tmp_path / "a", tmp_path / "b"]
    sets = [f"{FIRM}={{class: unsure}}", f"{WEIGHT}={{class: strong}}", "parties.judge.patience=3"]
    assert sim("run", game, "--coding", file, "--runs", "40", "--out", outs[0])[0] == 0
    arguments = [part for one in sets for part in ("--set", one)]
    assert sim("run", game, *arguments, "--runs", "40", "--out", outs[1])[0] == 0
    first, second = (json.loads((out / "summary.json").read_text()) for out in outs)
    assert first["likelihood"] == second["likelihood"] and set(first["overrides"]) == set(second["overrides"])
    assert sim("run", outs[0])[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sensitivity", "freeze_lines", "--ablations", "--coding", "made_up"], "--coding: goes without --ablations"),
        (["evidence", "freeze_lines", "parties", "--coding", "made_up"], "PATH: goes without --coding"),
        (["evidence", "--timeline", "--coding", "made_up"], "--coding: goes without --timeline"),
        (["evidence", "textbook/fearon", "--coding", "made_up"], "none of its 126 paths is a number of this scenario"),
        (["evidence", "freeze_lines", "--coding", "nobody.yaml"], "no such file or coding"),
    ],
)
def test_bad_requests_are_told(arguments: list[str], message: str) -> None:
    code, told, said = sim(*arguments)
    assert (code, told) == (2, "") and message in said
