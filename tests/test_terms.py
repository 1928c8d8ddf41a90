"""Terms of agreements, worth beside face value: in tables, summaries, pages, comparisons, sweeps and exports."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from commands import sim

from sim.analysis.exact.answer import at_outset
from sim.analysis.summary import summarise
from sim.analysis.terms import Terms, terms_of, whose_positions
from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.files.genius.domain import worth
from sim.files.genius.from_scenario import domain_of
from sim.files.scenario.reader import read_scenario
from sim.game import Game
from sim.records import Runs
from sim.study.plan import play_chunk, table_of

POSED = """\
title: The weir
summary: A miller and a farmer share a brook, and neither trusts the other.
assumed: a made-up game for tests
issues:
  truce: {title: Truce, status_quo: none, options: {none: They quarrel, made: They stop}}
  water: {title: Water, status_quo: mill, options: {mill: The mill, halves: Half each, field: The field}}
  warden: {title: A warden, status_quo: none, options: {none: Nobody, posted: One watches}}
parties:
  miller:
    name: The miller
    role: belligerent
    priorities:
      truce: {weight: 0.3, values: {none: 0.2, made: 1}}
      water: {weight: 0.6, values: {mill: 0.8, halves: 0.6, field: 0}}
      warden: {weight: 0.1, values: {none: 0.5, posted: 0.5}}
    no_deal: {cost: 0.01}
    concession: {deadline: 8}
    position: {truce: made, water: mill}
    optimism: 0.1
    confident: {share: 0.3, optimism: 0.6}
    trust: 0.6
    rearm: 0.2
    loss_aversion: 1.5
  farmer:
    name: The farmer
    role: belligerent
    priorities:
      truce: {weight: 0.4, values: {none: 0, made: 1}}
      water: {weight: 0.5, values: {mill: 0, halves: 0.6, field: 1}}
      warden: {weight: 0.1, values: {none: 0, posted: 1}}
    no_deal: {cost: 0.02}
    concession: {deadline: 6}
    position: {truce: made, water: field, warden: posted}
    trust: {normal: {mean: 0.5, sd: 0.1, low: 0.2, high: 0.8}}
    rearm: 0.3
    protections: {warden: {adds: {posted: 0.5}}}
phases: [{id: talks, rounds: 8}]
momentum: {favours: miller, start: 0, drift: 0.02, sd: 0.1, sharpness: 2, ceasefire: {truce: made}, ceasefire_drift: 0}
futures:
  - {id: wins, says: The miller wins, package: {water: mill}, leans: 1}
  - {id: on, says: They quarrel on, package: {}, leans: 0}
  - {id: loses, says: The farmer wins, package: {water: field}, leans: -1}
"""


def posed(folder: Path, text: str = POSED, name: str = "weir") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Game, Runs]:
    game = compile_scenario(read_scenario(posed(tmp_path_factory.mktemp("weir"))).scenario)
    return game, play_chunk(game, "batch", Uniforms(1, 0, 200))


def test_terms_are_means_and_fifths_of_what_is_known() -> None:
    ten = np.arange(11.0) / 10
    found = terms_of(("a", "b"), np.column_stack([ten, np.full(11, np.nan)]))
    assert found == {"a": Terms(pytest.approx(0.5), pytest.approx(0.2), pytest.approx(0.8))}


def test_whose_position_stands_by_hand(played: tuple[Game, Runs]) -> None:
    game, _ = played
    packages = np.array([[1, 0, 0], [1, 1, 1], [1, 2, 1], [0, 0, 1]])
    assert whose_positions(game, packages) == {
        "truce": {"miller": 0.75, "farmer": 0.75},
        "water": {"miller": 0.5, "farmer": 0.25},
        "warden": {"farmer": 0.75},
    }


def test_the_table_of_runs_holds_what_each_run_left(played: tuple[Game, Runs]) -> None:
    game, runs = played
    table, out = table_of(game, runs), runs.outcomes
    for p, party in enumerate(game.names.parties):
        for kind in ("value", "worth", "terms", "face_terms", "no_deal"):
            np.testing.assert_array_equal(table[f"{kind}.{party}"].to_numpy(), getattr(out, kind)[:, p])
        assert table[f"confident.{party}"].to_pylist() == runs.confident[:, p].tolist()
    assert table["reversals"].to_pylist() == out.reversals.tolist()
    assert 0 < np.mean(table["confident.miller"].to_pylist()) < 1
    assert not np.array_equal(out.worth, out.value)


def test_the_summary_tells_terms_and_gains_by_worth(played: tuple[Game, Runs]) -> None:
    game, runs = played
    found, hit = summarise(game, runs), runs.outcomes.end == 1
    settlement = found.settlement
    assert settlement is not None
    assert settlement.terms["farmer"].mean == pytest.approx(runs.outcomes.terms[hit, 1].mean())
    assert settlement.face_terms["farmer"].mean == pytest.approx(runs.outcomes.face_terms[hit, 1].mean())
    gain = (runs.outcomes.worth - runs.outcomes.no_deal)[hit].mean(axis=0)
    assert list(settlement.gains().values()) == pytest.approx(gain.tolist())
    assert found.reversals == runs.outcomes.reversals.sum()


def test_run_tells_terms_where_there_are_positions(tmp_path: Path, undrawn: None) -> None:
    path = posed(tmp_path)
    code, page, _ = sim("run", path, "--runs", 60, "--out", tmp_path / "out")
    assert code == 0
    assert "the other side's position (0) to its own (1)" in " ".join(page.split())
    assert "signed, and still holding after a year" in page
    assert "Water: The miller" in page
    data = json.loads((tmp_path / "out/summary.json").read_text())
    assert data["settlement"]["terms"].keys() == {"miller", "farmer"}
    assert data["settlement"]["stands"]["warden"].keys() == {"farmer"}
    assert 0 < data["holds"] < data["likelihood"]["estimate"]
    assert data["reversals"].keys() == {"issues", "runs"}
    code, page, _ = sim("run", path, "--runs", 60, "--set", "mechanisms.positions=off", "--set", "mechanisms.trust=off",
                        "--out", tmp_path / "off")  # fmt: skip
    assert code == 0
    assert "Terms:" not in page
    assert "Whose position" not in page
    assert "after a year" not in page
    data = json.loads((tmp_path / "off/summary.json").read_text())
    assert (data["settlement"]["terms"], data["settlement"]["stands"], data["holds"]) == ({}, {}, None)


def test_an_export_has_no_number_where_there_are_no_positions(tmp_path: Path, undrawn: None) -> None:
    path = posed(tmp_path)
    sim("run", path, "--runs", 20, "--set", "mechanisms.positions=off", "--out", tmp_path / "off")
    assert sim("export", tmp_path / "off", "--to", tmp_path / "runs.parquet")[0] == 0
    table = pq.read_table(tmp_path / "runs.parquet")
    assert table["terms.miller"].null_count == 20
    assert table["worth.miller"].null_count == 0
    said = (tmp_path / "runs.columns.csv").read_text()
    assert "not described" not in said
    assert "0 is the other side's position, 1 its own" in said


def test_a_sweep_has_the_mean_terms_of_each_point(tmp_path: Path, at_hand: None) -> None:
    out = tmp_path / "out"
    vary = "parties.farmer.no_deal.cost=0.01,0.05"
    code, page, error = sim(
        "sweep", posed(tmp_path), "--vary", vary, "--runs", 40, "--out", out, "--workers", 1, "--json"
    )
    assert code == 0, error
    points = json.loads(page)["points"]
    runs = pq.read_table(out / "chunks/chunk-000000.parquet").to_pandas()
    for k, point in enumerate(points):
        agreed = runs[(runs["point"] == k) & (runs["outcome"] == "agreement")]
        assert point["terms.farmer"] == pytest.approx(agreed["terms.farmer"].mean(), abs=1e-6)
    assert sim("export", out, "--to", tmp_path / "points.csv", "--table", "points")[0] == 0
    assert "The farmer: mean terms of agreements" in (tmp_path / "points.columns.csv").read_text()


def test_compare_tells_terms_beside_the_likelihood(tmp_path: Path, undrawn: None) -> None:
    other = posed(tmp_path, POSED.replace("trust: 0.6", "trust: 0.9"), "trusting")
    code, page, error = sim("compare", posed(tmp_path), other, "--runs", 60, "--out", tmp_path / "out")
    assert code == 0, error
    assert page.index("Likelihood of agreement") < page.index("Terms: ") < page.index("Beside it")
    row = pq.read_table(tmp_path / "out/comparison.parquet").to_pylist()[0]
    assert row["gain.miller"] == pytest.approx(row["worth.miller"] - row["no_deal.miller"])
    data = json.loads((tmp_path / "out/comparison.json").read_text())
    assert row["terms.miller"] == data["scenarios"][0]["settlement"]["terms"]["miller"]["mean"]


def test_a_domain_ranks_and_accepts_packages_as_the_model_does(tmp_path: Path) -> None:
    scenario = read_scenario(posed(tmp_path)).scenario
    game, domain = compile_scenario(scenario), domain_of(scenario)
    outset = at_outset(game)
    for p, profile in enumerate(domain.profiles):
        assert sum(profile.weights) == pytest.approx(1)
        packages = list(product(*(range(len(topic.values)) for topic in domain.topics)))
        model = np.array([sum(outset.worth[p, i, o] for i, o in enumerate(x)) for x in packages])
        written = np.array([worth(profile, x) for x in packages])
        assert np.corrcoef(model, written)[0, 1] == pytest.approx(1)
        assert ((written >= profile.reserved - 1e-9) == (model >= outset.no_deal[p] - 1e-9)).all()


def test_exports_say_what_stands_in_their_values(tmp_path: Path) -> None:
    code, page, _ = sim("export", posed(tmp_path), "--to", tmp_path / "out")
    assert code == 0
    assert "kept as what options and no deal are worth to it at the start" in page
    assert "farmer: trust, rearm, protections, kept" in " ".join(page.split())
