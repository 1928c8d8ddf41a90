"""`sim sweep --analysis zone`: the zones of the same worlds as the runs, stored, shown and drawn."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from games import WALLED

pytestmark = pytest.mark.usefixtures("at_hand")
PATH = "parties.west.red_lines.not_all.firmness=0.1,0.5,0.9"


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A small scenario, the folder of its zones along one part, and what was printed."""
    folder = tmp_path_factory.mktemp("zones")
    scenario = folder / "walled.yaml"
    scenario.write_text(WALLED, encoding="utf-8")
    code, page, told = sim(
        "sweep", scenario, "--analysis", "zone", "--vary", PATH, "--runs", "40", "--chunk", "60", "--out", folder / "z",
        "--workers", "1",
    )  # fmt: skip
    assert code == 0, told
    return scenario, folder / "z", page


def test_the_ceiling_is_that_of_the_runs_world_by_world(swept: tuple[Path, Path, str], tmp_path: Path) -> None:
    from sim.files.result.reader import read_result

    scenario, folder, _ = swept
    code, _, told = sim("sweep", scenario, "--vary", PATH, "--runs", "40", "--out", tmp_path / "r", "--workers", "1")
    assert code == 0, told
    zones, rows = read_result(folder).zones, read_result(tmp_path / "r").rows
    assert np.array_equal(zones.point, rows.point) and np.array_equal(zones.world, rows.run)
    assert np.array_equal(zones.zone, rows.zone)
    assert np.array_equal(zones.packages > 0, zones.zone)
    assert 0 < np.count_nonzero(zones.zone) < len(zones)


def test_page_and_data_say_the_same(swept: tuple[Path, Path, str]) -> None:
    _, folder, page = swept
    code, out, _ = sim("show", folder, "--json")
    data = json.loads(out)
    assert code == 0 and data["chunks"] == data["chunks_asked"] > 1
    assert [point["worlds"] for point in data["points"]] == [40, 40, 40]
    for point in data["points"]:
        assert f"{100 * point['ceiling']:.0f} %" in page
        assert point["packages_p5"] <= point["packages_p50"] <= point["packages_p95"]
    assert "sim export" not in page and "sim plot" in page


def test_the_same_command_finds_nothing_left_and_a_replay_finds_it_equal(swept: tuple[Path, Path, str]) -> None:
    scenario, folder, page = swept
    code, again, told = sim(
        "sweep", scenario, "--analysis", "zone", "--vary", PATH, "--runs", "40", "--chunk", "60", "--out", folder
    )
    assert code == 0 and "nothing is left to play" in told and again == page
    code, said, _ = sim("run", folder, "--json")
    assert code == 0 and json.loads(said)["equal"]


def test_picture_has_a_point_a_value(swept: tuple[Path, Path, str], tmp_path: Path) -> None:
    _, folder, _ = swept
    code, out, told = sim("plot", folder, "--json", "--out", tmp_path / "c.svg")
    data = json.loads(out)
    assert code == 0, told
    assert data["kind"] == "ceiling" and data["worlds"] == [40, 40, 40]
    assert len(data["packages"]["p50"]) == 3
    assert "Worlds with a zone" in (tmp_path / "c.svg").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["plot", "--kind", "map"], "needs runs; this result holds zones"),
        (["plot", "--kind", "ceilin"], "did you mean ceiling?"),
        (["plot", "--point", "1"], "--point: goes with runs"),
        (["plot", "--x", "parties.west.red_lines.not_all.firmnes"], "not_all.firmness"),
    ],
)
def test_what_needs_runs_says_so(swept: tuple[Path, Path, str], arguments: list[str], says: str) -> None:
    command, *rest = arguments
    code, _, told = sim(command, swept[1], *rest)
    assert code == 2 and says in told


def test_worlds_and_points_are_exported_with_a_dictionary(swept: tuple[Path, Path, str], tmp_path: Path) -> None:
    path = PATH.partition("=")[0]
    code, said, told = sim("export", swept[1], "--to", tmp_path / "w.csv")
    assert code == 0, told
    assert "120 worlds, 5 columns" in said
    rows = list(csv.DictReader((tmp_path / "w.csv").open()))
    assert [row["run"] for row in rows] == [str(k) for k in range(40)] * 3
    assert {(row["point"], row[path]) for row in rows} == {("0", "0.1"), ("1", "0.5"), ("2", "0.9")}
    assert {row["zone"] for row in rows if row["packages"] == "0"} == {"false"}
    told_of = {row["column"]: row["meaning"] for row in csv.DictReader((tmp_path / "w.columns.csv").open())}
    assert list(told_of) == list(rows[0]) and all(told_of.values())
    code, said, told = sim("export", swept[1], "--table", "points", "--to", tmp_path / "p.json")
    assert code == 0 and "3 design points" in said, told
    points = json.loads((tmp_path / "p.json").read_text())
    shown = json.loads(sim("show", swept[1], "--json")[1])["points"]
    assert [{name: row[name] for name in shown[0]} for row in points] == shown
    about = {row["column"]: row["meaning"] for row in csv.DictReader((tmp_path / "p.columns.csv").open())}
    assert set(about) == set(points[0]) and all(about.values())


def test_an_engine_plays_and_this_plays_nothing(swept: tuple[Path, Path, str]) -> None:
    code, _, told = sim("sweep", swept[0], "--analysis", "zone", "--engine", "mesa", "--vary", PATH)
    assert code == 2 and "--engine" in told
