"""`sim plot` as a user types it: what it draws, where it writes, and what it says of bad input."""

import json
import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commands import sim
from matplotlib.figure import Figure
from matplotlib.image import imread
from sweeps import CONSULTS, FAITH, PATIENCE, ROUNDS, over, result, river, scattered

from sim.compiling import compile_scenario
from sim.files.errors import BadInput, Fault
from sim.game import Game
from sim.records import Design
from sim.report.pictures.choice import completed
from sim.report.pictures.kinds import KINDS, Needs, PictureKind
from sim.report.pictures.picture import Picture, Request
from sim.report.sweep.view import Sweep, sweep_of

THEN = "walk_away.then"
SINGLE = "needs a sweep, and this is one setting; it can be drawn as weeks, ends, dance or frontier"
NUMBERS = over({PATIENCE: [4, 8, 12], FAITH: [0, 0.5, 1]})


@cache
def game() -> Game:
    return compile_scenario(river())


@cache
def made() -> dict[str, Any]:
    return {
        "run": result(Design(), lambda: 0.5),
        "one": result(over({PATIENCE: [4, 8, 12, 16]}), lambda p: p / 20),
        "two": result(NUMBERS, lambda p, f: p / 12 * f),
        "half": result(NUMBERS, lambda p, f: p / 12 * f, missing=[8]),
        "waiting": result(NUMBERS, lambda p, f: p / 12 * f, missing=range(9)),
    }


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of made-up results, as `read_result` would give them: a run, sweeps, and one that has no runs yet."""

    def read_result(folder: Path) -> Any:
        if folder.name not in made():
            raise BadInput([Fault(None, str(folder), "holds no result")])
        return SimpleNamespace(
            **(
                vars(made()[folder.name])
                | {"is_of_zones": False, "is_old": False, "folder": folder, "game": lambda point=0: game()}
            )
        )

    for name in made():
        (tmp_path / name).mkdir()
    monkeypatch.setitem(sys.modules, "sim.files.result.reader", SimpleNamespace(read_result=read_result))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestDefaults:
    @pytest.mark.parametrize(
        ("design", "kind", "x", "y", "by"),
        [
            (Design(), "weeks", None, None, ()),
            (over({PATIENCE: [6]}), "weeks", None, None, ()),
            (over({PATIENCE: [2, 4]}), "curve", PATIENCE, None, ()),
            (over({CONSULTS: ["all", "alternate"]}), "curve", CONSULTS, None, ()),
            (NUMBERS, "map", PATIENCE, FAITH, ()),
            (over({CONSULTS: ["all", "alternate"], PATIENCE: [2, 4, 8]}), "curve", PATIENCE, None, (CONSULTS,)),
            (over({PATIENCE: [2, 4], FAITH: [0, 0.5, 1]}), "curve", FAITH, None, (PATIENCE,)),
            (over({PATIENCE: [2, 4, 8], FAITH: [0, 0.5, 1], ROUNDS: [4, 8]}), "map", PATIENCE, FAITH, (ROUNDS,)),
            (over({CONSULTS: ["all", "alternate"], THEN: ["end", "go_on"]}), "map", CONSULTS, THEN, ()),
            (
                over({THEN: ["end", "go_on"], PATIENCE: [2, 4, 8], CONSULTS: ["all", "alternate"]}),
                "curve", PATIENCE, None, (THEN, CONSULTS),
            ),
        ],
    )  # fmt: skip
    def test_the_kind_follows_from_what_was_swept(
        self, design: Design, kind: str, x: str, y: str, by: tuple[str, ...]
    ) -> None:
        chosen, found = completed(sweep_of(result(design, lambda *_: 0.5, runs=3)), Request())
        assert (chosen.name, found.x, found.y, found.by) == (kind, x, y, by)

    def test_of_scattered_parts_those_are_drawn_that_move_it_most(self) -> None:
        design = scattered(60, PATIENCE, FAITH, "levers.dam.pressure")
        kind, found = completed(sweep_of(result(design, lambda p, f, d: f * 0.4 + d * 0.6)), Request())
        assert (kind.name, found.x, found.y, found.by) == ("map", "levers.dam.pressure", FAITH, ())

    def test_who_names_an_axis_pools_the_rest(self) -> None:
        _, found = completed(sweep_of(result(NUMBERS, lambda *_: 0.5, runs=3)), Request("curve", FAITH))
        assert (found.x, found.by) == (FAITH, ())


class TestWriting:
    def test_into_the_folder_of_the_result_under_a_speaking_name(self, results: Path) -> None:
        code, said, _ = sim("plot", "two")
        assert code == 0
        assert said == "Written to two/map_judge-patience_upper-good_faith.png\n"
        assert (results / "two" / "map_judge-patience_upper-good_faith.png").read_bytes().startswith(b"\x89PNG")

    @pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("SVG", b"<?xml")])
    def test_in_every_format(self, results: Path, ending: str, start: bytes) -> None:
        code, said, _ = sim("plot", "one", "--out", f"here.{ending}")
        assert code == 0
        assert said.splitlines()[-1] == f"Written to here.{ending}"
        assert said.startswith("The likelihood rises through 50 % at ")
        assert (results / f"here.{ending}").read_bytes().startswith(start)

    @pytest.mark.parametrize(
        ("kind", "more", "name"),
        [
            ("curve", ["--x", FAITH], "curve_upper-good_faith"),
            ("ends", ["--at", f"{FAITH}=1"], "ends_judge-patience_good_faith-1"),
            ("settlement", ["--issue", "toll"], "settlement_judge-patience_toll"),
            ("weeks", ["--point", "4"], "weeks_point-4"),
            ("dance", ["--point", "4", "--run", "3"], "dance_run-3_point-4"),
            ("frontier", ["--at", f"{PATIENCE}=8", "--at", f"{FAITH}=1"], "frontier_point-5"),
        ],
    )
    def test_names_tell_pictures_apart_and_all_have_data(
        self, results: Path, kind: str, more: list[str], name: str
    ) -> None:
        code, said, _ = sim("plot", "two", "--kind", kind, *more, "--json")
        data = json.loads(said)
        assert (code, data["kind"], data["written"]) == (0, kind, f"two/{name}.png")
        assert len(data) > 3 and (results / "two" / f"{name}.png").is_file()

    def test_crossings_as_data(self, results: Path) -> None:
        data = json.loads(sim("plot", "one", "--level", "30", "--out", "here.svg", "--json")[1])
        (tip,) = data["curves"][0]["crossings"]
        assert data["level"] == 0.3 and data["x"]["path"] == PATIENCE
        assert 4 < tip["low"] < tip["at"] < tip["high"] < 9 and tip["rises"]

    @pytest.mark.parametrize("kind", ["weeks", "ends", pytest.param("dance", marks=pytest.mark.slow)])
    def test_a_run_has_pictures_too(self, results: Path, kind: str) -> None:
        code, said, _ = sim("plot", "run", "--kind", kind)
        assert (code, said.startswith("Written to run/")) == (0, True)


class TestPapers:
    @pytest.mark.parametrize(
        ("size", "pixels"), [("8x5", (2400, 1500)), ("16x10cm", (1889, 1181)), ("5 X 5in", (1500, 1500))]
    )
    def test_a_picture_has_the_size_that_was_asked_for(self, results: Path, size: str, pixels: tuple[int, int]) -> None:
        code, _, told = sim("plot", "one", "--size", size, "--out", "here.png")
        assert (code, told) == (0, "")
        assert imread(results / "here.png").shape[1::-1] == pixels

    def test_what_a_title_says_is_printed_for_the_caption_instead(self, results: Path) -> None:
        code, said, _ = sim("plot", "one", "--no-title", "--out", "here.svg")
        caption = "Caption: The river and the fish. Likelihood of agreement as"
        assert code == 0 and any(line.startswith(caption) for line in said.splitlines())
        assert "<!-- The river" not in (results / "here.svg").read_text()
        assert "<!-- The river" in self._titled(results)

    def _titled(self, results: Path) -> str:
        sim("plot", "one", "--out", "here.svg")
        return (results / "here.svg").read_text()


class TestFrontier:
    def test_says_how_far_from_efficient_agreements_are(self, results: Path) -> None:
        code, said, _ = sim("plot", "run", "--kind", "frontier")
        first, *others = said.splitlines()
        assert code == 0 and others[-1] == "Written to run/frontier.png"
        assert re.fullmatch(r"\d+ of \d+ agreements \(\d+ %\) in the zone of the stated world; the others, .*", first)

    def test_the_figures_as_data(self, results: Path) -> None:
        data = json.loads(sim("plot", "run", "--kind", "frontier", "--out", "here.svg", "--json")[1])
        agreements, far = data["agreements"], data["efficiency"]
        assert far["agreements"] == sum(package["runs"] for package in agreements) > 50
        inside = [package for package in agreements if package["in_zone"]]
        assert far["in_zone"] * far["agreements"] == pytest.approx(sum(package["runs"] for package in inside), abs=1e-6)
        assert all(set(package["package"]) == {"bank", "fish", "toll"} for package in agreements)
        assert all(package["gains"] in data["frontier"] for package in inside if package["on_frontier"])
        assert set(data["solutions"]) == {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"}

    def test_an_empty_zone_is_told(self, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        empty = compile_scenario(river().model_copy(update={"phases": river().phases[:1]}))
        monkeypatch.setattr(sys.modules[__name__], "game", lambda: empty)
        code, said, _ = sim("plot", "run", "--kind", "frontier", "--json")
        data = json.loads(said)
        assert (code, data["packages"], data["frontier"], data["solutions"]) == (0, 0, [], {})

    def test_a_game_beyond_exact_answers_is_told(self, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sim.analysis.exact.answer.MOST_LINES", 1)
        assert sim("plot", "run", "--kind", "frontier") == (
            2, "", "--kind frontier: 3 red lines; at most 1 can be followed\n"
        )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing"], "nothing: holds no result"),
        (["two", "--kind", "curv"], "--kind: unknown kind of picture (got curv); did you mean curve?"),
        (
            ["two", "--kind", "ceiling"],
            "--kind ceiling: needs a sweep that counts zones (sim sweep --analysis zone); this result holds runs, which are "
            "drawn as curve, map, settlement or ends; the ceiling of these runs is a line in curve and in weeks",
        ),
        (
            ["run", "--kind", "ceiling"],
            "--kind ceiling: needs a sweep that counts zones (sim sweep --analysis zone); this result holds runs, which are "
            "drawn as weeks, ends, dance or frontier; the ceiling of these runs is a line in weeks",
        ),
        (["one", "--size", "8by5"], "--size: must be width x height in inches, such as 8x5, or 16x10cm (got 8by5)"),
        (
            ["one", "--size", "0x5"],
            "--size: each side must be above 0 and at most 40 inches or 101.6 cm (got 0x5)",
        ),
        (["one", "--size", "2x5"], "--size: this picture needs at least 3.3 inches (8.4 cm) of width"),
        (["two", "--x", "parties.judge.patiense"], f"--x: parties.judge.patiense was not swept; did you mean {PATIENCE}?"),
        (["two", "--x", "patience"], "--x: patience was not swept; did you mean parties.judge.patience?"),
        (["two", "--x", PATIENCE, "--y", PATIENCE], f"--y: {PATIENCE} is --x already; name two different parts"),
        (["two", "--by", FAITH, "--by", FAITH], f"--by: {FAITH} is --by already; name two different parts"),
        (["two", "--kind", "ends", "--y", PATIENCE], "--y: goes with --kind map only (got ends)"),
        (["two", "--kind", "settlement", "--by", PATIENCE], "--by: --kind settlement takes none (got 1)"),
        (["two", "--kind", "settlement", "--issue", "tol"], "--issue: unknown issue (got tol); did you mean toll?"),
        (["two", "--kind", "map", "--issue", "toll"], "--issue: goes with --kind settlement only (got map)"),
        (["one", "--kind", "map"], f"--kind map: needs two parts that were swept, and there is only {PATIENCE}"),
        (
            ["two", "--kind", "dance"],
            "--kind dance: shows one design point, and there are 9; "
            f"choose one with --point N or --at {PATIENCE}=VALUE",
        ),
        (["two", "--kind", "curve", "--point", "1"], "--kind curve: no part is left for its axis; name it with --x"),
        (
            ["two", "--kind", "map", "--point", "1", "--x", FAITH],
            f"--kind map: needs two parts that were swept, and there is only {FAITH}",
        ),
        (["run", "--kind", "curve"], f"--kind curve: {SINGLE}"),
        (["run", "--x", PATIENCE], f"--x: {SINGLE}"),
        (["two", "--point", "9"], "--point 9: there are only design points 0 to 8"),
        (["two", "--point", "1", "--at", f"{FAITH}=1"], "--point chooses one design point; it goes without --at"),
        (["two", "--at", "patience"], "--at patience: must be PATH=VALUE"),
        (
            ["two", "--at", "parties.judge.patienc=4"],
            "--at parties.judge.patienc=4: unknown swept path (got parties.judge.patienc); "
            f"did you mean {PATIENCE}?",
        ),
        (["two", "--at", f"{FAITH}=0.4"], f"--at {FAITH}=0.4: no design point has this value; there is 0, 0.5, 1"),
        (["two", "--run", "1"], "--run: goes with --kind dance only (got map)"),
        (["run", "--kind", "dance", "--run", "200"], "--run 200: only runs 0 to 199 are played"),
        (["two", "--level", "40"], "--level: goes with --kind curve only (got map)"),
        (["two", "--out", "picture.jpg"], "--out: picture.jpg must end in .png, .svg or .pdf (got .jpg)"),
        (["two", "--out", "picture"], "--out: picture must end in .png, .svg or .pdf (got no ending)"),
        (["two", "--out", "nowhere/picture.png"], "--out: there is no folder nowhere"),
        (["waiting"], "no runs are in yet, so there is nothing to draw"),
    ],
)  # fmt: skip
def test_bad_input_ends_with_one_message(results: Path, arguments: list[str], says: str) -> None:
    code, said, told = sim("plot", *arguments)
    assert (code, said) == (2, "")
    assert told == f"{says}\n"


def test_a_picture_that_cannot_be_written_is_told(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (results / "folder.png").mkdir()
    assert sim("plot", "one", "--out", "folder.png")[2] == "--out: folder.png is a folder, not a file\n"

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.files.outputs.write_whole", refuse)
    code, _, told = sim("plot", "one", "--out", "here.png")
    assert (code, told) == (3, "here.png could not be written: the disk is full; nothing was written\n")


def test_an_unfinished_sweep_says_so(results: Path) -> None:
    sweep = sweep_of(result(NUMBERS, lambda p, f: 0.5, missing=[8]))
    assert (sweep.finished, len(sweep.design)) == (8, 9)
    assert replace(sweep, runs=1000).finished == 0
    assert (
        replace(sweep, runs=1000)
        .heading("Ends", sweep.groups(), [], "all")
        .subtitle.startswith("Unfinished: 0 of 9 design")
    )
    code, _, told = sim("plot", "half", "--kind", "ends", "--x", FAITH)
    assert (code, told) == (0, "half: unfinished: 8 of 9 design points have all of their 200 runs\n")
    assert sim("plot", "half", "--kind", "ends", "--at", f"{FAITH}=0")[2] == ""


def test_help_and_the_manual_explain_every_kind_in_the_same_words() -> None:
    said = " ".join(sim("plot", "--help")[1].replace("│", " ").split())
    manual = Path(__file__).parents[1].joinpath("docs", "howto.md").read_text()
    for name, kind in KINDS.items():
        assert f"{name}: " in said
        assert f"| `{name}` | {kind.help} |" in manual


class TestOneMoreKind:
    """A kind of picture is one record: the command draws, names, chooses and refuses one that it has never heard of."""

    @pytest.fixture(autouse=True)
    def toy(self, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def draw(sweep: Sweep, asked: Request) -> Picture:
            return Picture(
                lambda *, sheet: Figure(label="A toy"), {"runs": len(sweep.rows), "run": asked.run}, ("Toy.",)
            )

        kind = PictureKind("toy", "a toy", Needs.SWEPT, draw, options=("--run",), by=(3,), rank=lambda *_: 9)
        monkeypatch.setitem(KINDS, "toy", kind)

    def test_is_drawn_and_written(self, results: Path) -> None:
        assert sim("plot", "two", "--kind", "toy") == (
            0, "Toy.\nWritten to two/toy_judge-patience_upper-good_faith_run-0.png\n", "",
        )  # fmt: skip
        assert (results / "two" / "toy_judge-patience_upper-good_faith_run-0.png").is_file()

    def test_has_data(self) -> None:
        data = json.loads(sim("plot", "two", "--kind", "toy", "--run", "3", "--json", "--out", "here.svg")[1])
        assert data == {"kind": "toy", "runs": 1800, "run": 3, "caption": "A toy", "written": "here.svg"}

    def test_is_chosen_where_it_suits_best(self) -> None:
        assert json.loads(sim("plot", "two", "--json")[1])["kind"] == "toy"

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["two", "--kind", "tory"], "--kind: unknown kind of picture (got tory); did you mean toy?"),
            (["run", "--kind", "toy"], f"--kind toy: {SINGLE}"),
            (["two", "--kind", "toy", "--issue", "toll"], "--issue: goes with --kind settlement only (got toy)"),
            (["two", "--kind", "map", "--run", "1"], "--run: goes with --kind dance or toy only (got map)"),
            (["two", "--kind", "toy", "--by", FAITH, "--by", PATIENCE], "--by: --kind toy takes at most 1 (got 2)"),
        ],
    )
    def test_says_what_does_not_fit(self, arguments: list[str], says: str) -> None:
        assert sim("plot", *arguments) == (2, "", f"{says}\n")
