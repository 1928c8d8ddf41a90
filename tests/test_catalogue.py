"""Scenarios by name: an existing file first, then `scenarios/` here, then what ships; the same for every command."""

import json
from pathlib import Path

import pytest
from commands import sim
from games import write_small
from playing import ROOT

from sim.cli.options import complete_scenario
from sim.files.errors import BadInput
from sim.files.scenario.catalogue import entries, find, hidden_by, means_folder, names, scenario_file, shipped

FEARON = "textbook/fearon"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing in it, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def laid(path: Path, title: str = "title: Mine\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(title)
    return path


@pytest.mark.parametrize(
    "name", ["freeze_lines", "freeze_lines.yaml", FEARON, "common/as_of_2025-04-23", "./freeze_lines"]
)
def test_what_ships_is_found_with_and_without_its_ending(name: str, empty: Path) -> None:
    assert scenario_file(Path(name)) == shipped() / "scenarios" / Path(name).with_suffix(".yaml")


def test_a_file_comes_first_then_scenarios_here_then_what_ships(empty: Path) -> None:
    assert scenario_file(Path("freeze_lines")).is_absolute()
    here = laid(Path("scenarios/freeze_lines.yaml"))
    assert scenario_file(Path("freeze_lines")) == here
    beside = laid(Path("freeze_lines.yaml"))
    assert scenario_file(Path("freeze_lines")) == beside
    bare = laid(Path("freeze_lines"))
    assert scenario_file(Path("freeze_lines")) == bare
    assert scenario_file(Path("scenarios/freeze_lines")) == here


def test_a_folder_stands_before_no_scenario_unless_it_holds_a_result(empty: Path) -> None:
    Path("freeze_lines").mkdir()
    assert scenario_file(Path("freeze_lines")).is_absolute()
    assert not means_folder(Path("freeze_lines"))
    laid(Path("freeze_lines/manifest.json"))
    assert means_folder(Path("freeze_lines"))
    assert hidden_by(Path("freeze_lines")) == shipped() / "scenarios" / "freeze_lines.yaml"
    assert hidden_by(Path("freeze_lines.yaml")) is None


def test_names_lead_nowhere_else(empty: Path) -> None:
    laid(empty.parent / "secret.yaml")
    laid(empty / "scenarios" / "plan_1.5.yaml")
    assert find(Path("../secret")) is None
    assert find(Path("/secret")) is None
    assert find(Path("x" * 5000)) is None
    assert find(Path("plan_1.5")) is None  # .5 is no ending
    assert find(Path("plan_1.5.yaml")) == Path("scenarios/plan_1.5.yaml")
    assert "plan_1.5.yaml" in names()


UNKNOWN = {
    "freez_lines": "did you mean freeze_lines?",
    "freeze": "did you mean freeze_lines?",
    "fearon": "did you mean textbook/fearon?",
    "scenarios/november_draft.yaml": "did you mean november_draft?",
    "variants/sanction_threatened": "did you mean variants/sanctions_threatened?",
    "qqq": "for a list: sim scenarios",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_name_gives_one_message(name: str, empty: Path) -> None:
    with pytest.raises(BadInput) as bad:
        scenario_file(Path(name))
    assert str(bad.value).startswith(f"{name}: no such file or scenario (for a list: sim scenarios)")
    assert UNKNOWN[name] in str(bad.value)


def test_a_path_into_a_folder_that_is_there_is_told_as_before(empty: Path) -> None:
    laid(Path("scenarios/river.yaml"))
    assert sim("check", "scenarios/rivr.yaml")[2] == "scenarios/rivr.yaml: no such file; did you mean river.yaml?\n"


COMMANDS: list[list[str]] = [
    ["check"],
    ["evidence"],
    ["zopa", "--worlds", "0"],
    ["baseline", "--runs", "20"],
    ["blockers", "--runs", "20"],
    ["run", "--watch"],
    ["sweep", "--vary", "parties.a.no_deal.base=0.1,0.9", "--dry-run"],
    ["export", "--to", "domain"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_takes_a_name(command: list[str], empty: Path, at_hand: None) -> None:
    first, *options = command
    code, page, errors = sim(first, FEARON, *options)
    assert code == 0, errors
    assert page
    code, _, errors = sim(first, "feron", *options)
    assert code == 2
    assert errors.count("\n") == 1 and "sim scenarios" in errors


def test_compare_knows_one_scenario_by_its_name_and_by_its_path(empty: Path, undrawn: None) -> None:
    file = shipped() / "scenarios" / "textbook" / "fearon.yaml"
    code, _, errors = sim("compare", FEARON, file)
    assert code == 2
    assert "given more than once" in errors
    other = write_small(empty)
    named, by_path = (sim("compare", one, other, "--runs", "5", "--json")[1] for one in (FEARON, file))
    assert json.loads(named)["written"] == json.loads(by_path)["written"]


def test_a_result_is_the_same_by_name_and_by_path(empty: Path, undrawn: None, at_hand: None) -> None:
    file = ROOT / "scenarios" / "textbook" / "fearon.yaml"
    named, by_path = (sim("run", one, "--runs", "30", "--json")[1] for one in (FEARON, file))
    assert json.loads(named) == json.loads(by_path)
    code, _, errors = sim("run", FEARON, "--runs", "30")
    assert code == 0, errors
    folder = Path(json.loads(named)["written"])
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["scenario_file"] == FEARON
    code, said, _ = sim("run", folder)
    assert code == 0
    assert "equal, byte for byte" in said


def test_a_sweep_goes_on_by_name_that_began_by_path(empty: Path, at_hand: None) -> None:
    file = ROOT / "scenarios" / "textbook" / "fearon.yaml"
    asked = ["--vary", "parties.a.no_deal.base=0.1,0.9", "--runs", "20"]
    assert sim("sweep", file, *asked)[0] == 0
    assert "nothing is left to play" in sim("sweep", FEARON, *asked)[2]


class TestList:
    def test_says_which_are_here_and_which_ship(self, empty: Path) -> None:
        write_small(empty)
        laid(Path("scenarios/freeze_lines.yaml"))
        code, page, _ = sim("scenarios")
        assert code == 0
        here, ships = page.split("Shipped with the program")
        assert here.startswith("Here in scenarios/")
        assert "The river and the fish" in here
        assert "sim check freeze_lines" in " ".join(here.split())
        assert "textbook/fearon" in ships and "the name means the one here" in " ".join(ships.split())
        assert max(map(len, page.splitlines())) <= 80

    def test_as_data(self, empty: Path) -> None:
        write_small(empty)
        rows = {(row["name"], row["ships"]): row for row in json.loads(sim("scenarios", "--json")[1])}
        assert rows["river", False]["title"] == "The river and the fish"
        freeze = rows["freeze_lines", True]
        assert freeze["date"] == "2025-04-23" and freeze["summary"] and not freeze["hidden"]
        assert not [row for row in rows.values() if row["fault"]]

    def test_leaves_parts_out(self, empty: Path) -> None:
        found = {entry.name for entry in entries()}
        assert "common/as_of_2025-04-23" in found and "common/agenda" not in found
        assert {"year_2025", "continued/december"} <= found and len(found) == 20

    def test_in_the_checkout_says_each_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        assert sim("scenarios")[1].count("  freeze_lines  ") == 1


def test_completion_offers_names_that_ship(empty: Path) -> None:
    assert "freeze_lines" in complete_scenario("")
    assert complete_scenario("fre") == ["freeze_lines"]
    assert complete_scenario("textbook/f") == [FEARON]
    laid(Path("scenarios/mine.yaml"))
    assert complete_scenario("mi") == ["mine"]
    assert "scenarios/mine.yaml" in complete_scenario("") and "mine" not in complete_scenario("")


def test_names_that_ship_have_no_dot() -> None:
    """So a result is called the same by name and by path."""
    assert not [entry.name for entry in entries() if entry.ships and "." in entry.name]
