"""Reports: one page that needs nothing else, with the figures of the commands, whatever stands in the files."""

import itertools
import json
import re
import shutil
from pathlib import Path

import pytest
from commands import sim
from games import write_small
from html_pages import Page
from playing import FREEZE

from sim.files.scenario.reader import read_scenario
from sim.report.html import ask, compare, run, sweep, zopa  # noqa: F401  (before other tests leave pictures out)
from sim.report.html.document import Figures, Grid, Words, items_of, sections_of
from sim.report.wording.layout import group, in_parts, page_of, row, table, wrap
from sim.report.wording.parts import Cells, Group, Row

PERCENT = re.compile(r"<?\d[\d.]* %")
LARGEST = 1_000_000
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'here' {{ 7 * 7 }} \u202e"


def page(*arguments: str | Path, out: Path) -> Page:
    code, said, errors = sim("report", *arguments, "--out", out)
    assert code == 0, errors
    assert said == f"Written to {out}\n"
    return Page(out.read_text(encoding="utf-8"))


def said(found: Page) -> list[str]:
    """What stands in the main part of a page, without what is said inside pictures and how it was made."""
    tags = ("h1", "h2", "h3", "p", "th", "td", "summary", "blockquote", "figcaption")
    return [each.text for each in found.all(*tags) if "footer" not in each.inside]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    return write_small(folder)


@pytest.fixture(scope="module")
def written(folder: Path, small: Path) -> Page:
    """The report of sixty runs of a small scenario."""
    return page(small, "--runs", "60", out=folder / "small.html")


@pytest.fixture(scope="module")
def result(folder: Path, small: Path) -> tuple[Path, str]:
    """The same as `sim run` writes and prints it, without its pictures."""
    out = folder / "result"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.plots.pictures", lambda *_: {})
        code, printed, errors = sim("run", small, "--runs", "60", "--out", out)
    assert code == 0, errors
    return out, printed


@pytest.fixture
def sketched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are frames only: to lay them out takes longer than all else."""
    monkeypatch.setattr(
        "sim.report.html.document.inline_svg",
        lambda figure, name, says: f'<svg id="{name}" role="img" aria-label="{"a picture as large as life"}"></svg>',
    )


class TestPartsOfPages:
    def test_lines_are_as_they_were_and_remember_their_parts(self) -> None:
        lines = [
            "A head", *wrap("A paragraph of words that goes on " * 5), *row("a label that is long " * 6, "12 %", "1. "),
            *table(["", "agree-\nment", "half by\nweek"], [["one", "28 %", "12"], ["two", "3 %", "40"]]),
        ]  # fmt: skip
        assert all(isinstance(line, str) for line in lines)
        head, paragraph, figures, grid = items_of(lines)
        assert head == Words("A head", "heading")
        assert paragraph == Words(("A paragraph of words that goes on " * 5).strip())
        assert figures == Figures((Row("a label that is long " * 6, "12 %", "1."),))
        assert grid == Grid(
            ("", "agreement", "half by week"), (Cells(("one", "28 %", "12")), Cells(("two", "3 %", "40")))
        )
        assert "\n".join(lines).count("a label") > 1, "set in several lines"

    def test_heads_keep_hyphens_of_their_own(self) -> None:
        (grid,) = items_of(in_parts(["", "Kalai-\nSmorodinsky,\negali-\ntarian"], [["x", "1"]]))
        assert isinstance(grid, Grid) and grid.heads == ("", "Kalai-Smorodinsky, egalitarian")

    def test_groups_stand_inside_a_table(self) -> None:
        head, *rows = table(["", "1"], [["a", "2"], ["b", "3"]])
        (grid,) = items_of([head, *group("first"), rows[0], *group("second"), rows[1]])
        assert isinstance(grid, Grid)
        assert [type(each) for each in grid.rows] == [Group, Cells, Group, Cells]

    def test_a_block_without_a_heading_goes_on_with_the_section_before(self) -> None:
        blocks = {"one": ["First", *wrap("text")], "two": wrap("more"), "three": ["Second", *row("a", "1 %")]}
        assert [(each.name, each.title, len(each.items)) for each in sections_of(blocks)] == [
            ("one", "First", 2),
            ("three", "Second", 1),
        ]
        assert page_of(blocks.values()) == "First\n  text\n\n  more\n\nSecond\n" + row("a", "1 %")[0] + "\n"


class TestFigures:
    def test_every_figure_of_the_command_is_in_the_report(self, written: Page, result: tuple[Path, str]) -> None:
        printed = result[1].partition("Written to")[0]
        assert set(PERCENT.findall(" ".join(printed.split()))) <= set(PERCENT.findall(written.text()))

    def test_the_first_lines_are_those_of_the_data(self, written: Page, result: tuple[Path, str]) -> None:
        data = json.loads((result[0] / "summary.json").read_text())
        assert " ".join(data["plain_words"]) in written.text()
        assert data["note"] in written.text()

    def test_a_result_has_the_report_of_its_scenario(
        self, folder: Path, written: Page, result: tuple[Path, str]
    ) -> None:
        read = page(result[0], out=folder / "read.html")
        assert read.one("main").text == written.one("main").text

    def test_the_same_again_is_the_same_to_the_byte(self, folder: Path, small: Path, written: Page) -> None:
        again = folder / "again.html"
        assert page(small, "--runs", "60", out=again).source == written.source

    def test_where_the_runs_give_other_figures_it_is_told(self, folder: Path, result: tuple[Path, str]) -> None:
        other = folder / "other"
        shutil.copytree(result[0], other)
        data = json.loads((other / "summary.json").read_text())
        (other / "summary.json").write_text(json.dumps({**data, "agreements": data["agreements"] + 1}))
        code, _, errors = sim("report", other)
        assert code == 4
        assert "agreements" in errors and "play the scenario anew" in errors


@pytest.mark.usefixtures("sketched")
class TestSources:
    def test_every_number_stands_with_what_it_rests_on(self, written: Page, small: Path) -> None:
        from sim.scenario.provenance import numbers

        entries = numbers(read_scenario(small).scenario)
        found = [each for each in written.all("details") if each.attributes.get("class") == "number"]
        assert len(found) == len(entries)
        for each, entry in zip(sorted(found, key=_place), entries, strict=True):
            assert entry.kind in each.text
            assert entry.why is None or entry.why in each.text
            assert all(claim in each.text for claim in entry.claims)

    def test_claims_are_told_with_their_article(self, written: Page, small: Path) -> None:
        claims = read_scenario(small).evidence.claims()
        article = read_scenario(small).evidence.articles[0]
        quotes = [each.text for each in written.all("blockquote")]
        cited = next(text for text in quotes if "gazette.c2" in text)
        assert claims["gazette.c2"].text in cited
        assert article.title in cited and str(article.date) in cited

    def test_without_its_scenario_claims_are_named_only(self, folder: Path, result: tuple[Path, str]) -> None:
        moved = folder / "moved"
        shutil.copytree(result[0], moved)
        manifest = json.loads((moved / "manifest.json").read_text())
        (moved / "manifest.json").write_text(json.dumps({**manifest, "scenario_file": "gone/river.yaml"}))
        text = page(moved, out=folder / "moved.html").text()
        assert "not there any more" in text and "gazette.c1" in text

    @pytest.mark.slow
    def test_what_moves_the_likelihood_leads_to_its_number(self, folder: Path) -> None:
        freeze = page(FREEZE, "--runs", "300", out=folder / "freeze.html")
        links = [each for each in freeze.all("a") if each.attributes["href"].startswith("#number-")]
        assert links
        by_id = {each.attributes.get("id"): each for each in freeze.elements}
        assert all("details" in by_id[each.attributes["href"][1:]].inside for each in links)
        assert len(freeze.source.encode()) < LARGEST
        checked(freeze)


def _place(element: object) -> int:
    return int(element.attributes["id"].rpartition("-")[2])  # type: ignore[attr-defined]


def checked(found: Page) -> None:
    """A page that needs nothing else and can be read aloud."""
    assert found.source.startswith("<!DOCTYPE html>")
    assert found.one("html").attributes["lang"] == "en"
    assert found.one("title").text.strip()
    ids = [each.attributes["id"] for each in found.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for element in found.elements:
        assert element.tag not in ("script", "link", "img", "iframe", "object", "image", "style") or (
            element.tag == "style" and "head" in element.inside
        )
        assert not {"src", "srcset", "action", "xlink:href"} & element.attributes.keys()
        assert not [name for name in element.attributes if name.startswith("on")]
        href = element.attributes.get("href", "#")
        assert href == "#" or (href.startswith("#") and href[1:] in ids), href
        for pointer in re.findall(r"url\(([^)]*)\)", " ".join(element.attributes.values())):
            assert pointer.startswith("#") and pointer[1:] in ids, pointer
    assert "url(" not in found.one("style").text and "@import" not in found.one("style").text
    levels = [int(each.tag[1]) for each in found.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for picture in found.all("svg"):
        assert picture.attributes["role"] == "img" and len(picture.attributes["aria-label"]) > 20
        assert "figure" in picture.inside
    assert all("scope" in head.attributes for head in found.all("th"))


class TestPage:
    def test_it_needs_nothing_and_can_be_read_aloud(self, written: Page) -> None:
        checked(written)
        assert len(written.all("svg")) == 3
        assert "default-src 'none'" in written.source

    def test_text_of_pictures_is_text(self, written: Page) -> None:
        words = " ".join(each.text for each in written.all("text"))
        assert "Structural ceiling" in " ".join(words.split())

    def test_it_says_how_it_was_made(self, written: Page) -> None:
        made = written.one("footer").text
        assert "command" in made and "seed" in made
        assert "negotiation-simulator" in made and re.search(r"[0-9a-f]{64}", made)

    def test_hostile_text_shows_as_text(self, tmp_path: Path, sketched: None) -> None:
        file = write_small(tmp_path)
        text = file.read_text(encoding="utf-8")
        quoted = json.dumps(HOSTILE)
        text = text.replace("title: The river and the fish", f"title: {quoted}")
        text = text.replace("name: The upper town", f"name: {quoted}")
        text = text.replace("says: The bank is not left in dispute", f"says: {quoted}")
        text = text.replace("shared: Both use it", f"shared: {{says: {quoted}, label: {quoted}}}")
        file.write_text(text, encoding="utf-8")
        seeds = next(tmp_path.rglob("gazette.yaml"))
        source = seeds.read_text(encoding="utf-8").replace("text: A toll would suit the town well.", f"text: {quoted}")
        seeds.write_text(source, encoding="utf-8")
        for more in ([], ["--brief"], ["--role", "upper"]):
            found = page(file, *(more if "--role" in more else ["--runs", "40", *more]), out=tmp_path / "hostile.html")
            checked(found)
            assert "<script>alert(1)</script> & \"quotes\" 'here' {{ 7 * 7 }}" in found.one("h1").text
            assert "\u202e" not in found.source

    def test_colours_are_told_apart_by_weak_eyes(self, written: Page) -> None:
        """Web Content Accessibility Guidelines 2.2, success criterion 1.4.3: a ratio of 4.5 for text."""
        style = written.one("style").text
        letters = set(re.findall(r"[{;\s]color: (#[0-9a-f]{6})", style))
        grounds = set(re.findall(r"background: (#[0-9a-f]{6})", style))
        assert len(letters) > 2 and len(grounds) > 2
        for letter, ground in itertools.product(letters, grounds):
            assert contrast(letter, ground) >= 4.5, (letter, ground)


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_as_the_guidelines_have_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.usefixtures("sketched")
class TestBrief:
    def test_it_keeps_what_matters_and_folds_nothing(self, folder: Path, small: Path, written: Page) -> None:
        brief = page(small, "--runs", "60", "--brief", out=folder / "brief.html")
        checked(brief)
        assert not brief.all("details") and len(brief.all("svg")) == 1
        kept = [each.text for each in brief.all("h2")]
        assert [each.text for each in written.all("h2") if each.text in kept] == kept
        assert any(title.startswith("In plain words") for title in kept)
        assert any(title.startswith("What moves it most") for title in kept)

    def test_it_has_a_name_of_its_own(self, result: tuple[Path, str]) -> None:
        assert sim("report", result[0], "--brief")[0] == 0
        assert (result[0] / "small-brief.html").is_file() or list(result[0].glob("*-brief.html"))


@pytest.mark.usefixtures("sketched")
class TestSeat:
    @pytest.mark.parametrize("party", ["russia", "ukraine", "eu", "us"])
    def test_it_says_what_is_ones_own_and_nobody_elses(self, folder: Path, party: str) -> None:
        scenario = read_scenario(FREEZE).scenario
        sheet = page(FREEZE, "--role", party, out=folder / f"{party}.html")
        checked(sheet)
        text, own = sheet.text(), scenario.parties[party]
        assert all(line.says in text for line in own.red_lines)
        assert all(issue.title in text for issue in scenario.issues.values())
        for name, other in scenario.parties.items():
            if name != party:
                said = {line.says for line in other.red_lines} - {line.says for line in own.red_lines}
                assert not [says for says in said if says in text]
                assert not [lever.says for lever in scenario.levers if lever.by == name and lever.says in text]

    def test_other_seats_change_nothing_on_it(self, folder: Path) -> None:
        """The sheet of one party is the same whatever another one wants, will not have or expects."""
        others = [
            "parties.russia.priorities.nato.weight=0.5", "parties.russia.priorities.nato.values.us_veto=0.7",
            "parties.russia.optimism=0.9", "parties.us.patience=3",
            "parties.russia.red_lines.no_nato_membership.firmness=0.01",
        ]  # fmt: skip
        plain = page(FREEZE, "--role", "ukraine", out=folder / "plain.html")
        given = [word for other in others for word in ("--set", other)]
        changed = page(FREEZE, "--role", "ukraine", *given, out=folder / "changed.html")
        assert changed.one("main").text == plain.one("main").text
        own = page(FREEZE, "--role", "ukraine", "--set", "parties.ukraine.optimism=0.9", out=folder / "own.html")
        assert own.one("main").text != plain.one("main").text

    def test_of_a_result_too(self, result: tuple[Path, str], folder: Path, small: Path) -> None:
        of_result = page(result[0], "--role", "judge", out=folder / "judge.html")
        assert of_result.one("main").text == page(small, "--role", "judge", out=folder / "own.html").one("main").text


@pytest.mark.usefixtures("sketched")
class TestOtherKinds:
    def test_a_sweep(self, folder: Path, small: Path, at_hand: None) -> None:
        out = folder / "sweep"
        code, printed, errors = sim(
            "sweep", small, "--vary", "parties.upper.concession.deadline=4:16:3", "--runs", "40", "--workers", "1", "--out",
            out,
        )  # fmt: skip
        assert code == 0, errors
        found = page(out, out=folder / "sweep.html")
        checked(found)
        assert len(found.all("svg")) == 2
        assert set(PERCENT.findall(printed)) <= set(PERCENT.findall(found.text()))

    def test_a_sweep_of_zones(self, folder: Path, small: Path, at_hand: None) -> None:
        out = folder / "zones"
        vary = "parties.upper.red_lines.no_loss.firmness=0.1,0.9"
        code, printed, errors = sim(
            "sweep", small, "--vary", vary, "--runs", "20", "--analysis", "zone", "--workers", "1", "--out", out
        )
        assert code == 0, errors
        found = page(out, out=folder / "zones.html")
        checked(found)
        assert len(found.all("svg")) == 1
        assert set(PERCENT.findall(printed)) <= set(PERCENT.findall(found.text()))

    def test_a_comparison_read_again_is_as_it_was_written(self, folder: Path, small: Path, undrawn: None) -> None:
        other = folder / "scenarios" / "other.yaml"
        other.parent.mkdir(exist_ok=True)
        shutil.copy(small, other)
        out, at_once = folder / "compare", folder / "compare.html"
        code, printed, errors = sim("compare", small, other, "--runs", "40", "--out", out, "--report", at_once)
        assert code == 0, errors
        assert f"Written to {at_once}" in errors
        written = Page(at_once.read_text(encoding="utf-8"))
        checked(written)
        assert set(PERCENT.findall(printed)) <= set(PERCENT.findall(written.text()))
        assert said(page(out, out=folder / "read.html")) == said(written)
        other.write_text(other.read_text().replace("title: The river", "title: A river"))
        code, _, errors = sim("report", out)
        assert code == 4 and "is not as it was" in errors

    def test_a_zone(self, folder: Path, small: Path) -> None:
        out = folder / "zone.html"
        code, printed, errors = sim("zopa", small, "--worlds", "20", "--report", out)
        assert code == 0, errors
        found = Page(out.read_text(encoding="utf-8"))
        checked(found)
        assert set(PERCENT.findall(printed)) <= set(PERCENT.findall(found.text()))
        assert "Is there a zone of agreement" in found.text()

    def test_a_draft(self, folder: Path, small: Path) -> None:
        out = folder / "draft.html"
        code, printed, errors = sim("ask", small, "bank=shared", "toll=high", "--worlds", "40", "--report", out)
        assert code == 0, errors
        found = Page(out.read_text(encoding="utf-8"))
        checked(found)
        assert set(PERCENT.findall(printed)) <= set(PERCENT.findall(found.text()))
        assert (
            " ".join(
                json.loads(sim("ask", small, "bank=shared", "toll=high", "--worlds", "40", "--json")[1])["plain_words"]
            )
            in found.text()
        )


BAD = {
    "no such scenario": (["freeze_line"], "did you mean freeze_lines"),
    "a folder without a result": (["{folder}"], "manifest.json"),
    "an unknown party": (["{small}", "--role", "uper"], "did you mean upper"),
    "a sheet that plays": (["{small}", "--role", "upper", "--runs", "5"], "--runs: goes without --role"),
    "a short sheet": (["{small}", "--role", "upper", "--brief"], "--brief: goes without --role"),
    "another run than is played": (["{small}", "--runs", "5", "--run", "5"], "only runs 0 to 4"),
    "a run of a brief": (["{small}", "--brief", "--run", "1"], "--run: goes without --brief"),
    "a result otherwise": (["{result}", "--set", "parties.upper.good_faith=1"], "as it was played"),
    "more runs of a result": (["{result}", "--runs", "5"], "as it was played"),
    "a run that a result has not": (["{result}", "--run", "60"], "only runs 0 to 59"),
    "an ending": (["{small}", "--out", "page.pdf"], "must end in .html"),
    "no such folder": (["{small}", "--out", "{folder}/nowhere/page.html"], "no folder"),
    "a folder in its place": (["{small}", "--out", "{folder}/result"], "must end in .html"),
    "an override": (["{small}", "--set", "parties.upper.godfaith=1"], "did you mean"),
    "a day without a date": (["{small}", "--by", "2025-12-31"], "--by"),
    "a number of runs": (["{small}", "--runs", "0"], "--runs"),
}


@pytest.mark.usefixtures("sketched")
class TestFiles:
    def test_what_is_not_ours_is_left_alone(self, folder: Path, small: Path) -> None:
        mine = folder / "mine.html"
        mine.write_text("my page")
        code, _, errors = sim("report", small, "--role", "judge", "--out", mine)
        assert code == 2 and "exists already; --force overwrites it" in errors
        assert mine.read_text() == "my page"
        assert sim("report", small, "--role", "judge", "--out", mine, "--force")[0] == 0
        assert sim("report", small, "--role", "judge", "--out", mine)[0] == 0, "ours is written anew"

    def test_by_itself_it_lies_beside_the_result(self, result: tuple[Path, str]) -> None:
        code, said, errors = sim("report", result[0], "--json")
        assert code == 0, errors
        data = json.loads(said)
        assert Path(data["written"]).parent == result[0]
        assert Path(data["written"]).stat().st_size == data["bytes"]

    def test_of_a_scenario_it_lies_here(self, small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        here = folder / "here"
        here.mkdir()
        monkeypatch.chdir(here)
        assert sim("report", small.resolve(), "--role", "judge")[0] == 0
        assert [file.name for file in here.iterdir()] == [f"{small.stem}-judge.html"]

    @pytest.mark.parametrize("name", BAD)
    def test_bad_input_is_told_in_one_line(
        self, name: str, folder: Path, small: Path, result: tuple[Path, str]
    ) -> None:
        arguments, expected = BAD[name]
        places = {"folder": folder, "small": small, "result": result[0]}
        before = set(folder.rglob("*.html"))
        code, said, errors = sim("report", *(argument.format(**places) for argument in arguments))
        assert (code, said) == (2, "")
        assert expected in errors and len(errors.splitlines()) == 1
        assert set(folder.rglob("*.html")) == before

    def test_answers_of_a_zone_say_how_to_get_theirs(self, folder: Path, small: Path, undrawn: None) -> None:
        out = folder / "answers"
        assert sim("zopa", small, "--worlds", "0", "--out", out)[0] == 0
        code, _, errors = sim("report", out)
        assert code == 2 and "sim zopa SCENARIO --report FILE.html" in errors

    def test_an_unfinished_result_says_how_to_finish_it(self, folder: Path, result: tuple[Path, str]) -> None:
        half = folder / "half"
        shutil.copytree(result[0], half)
        next((half / "chunks").glob("*.parquet")).unlink()
        code, _, errors = sim("report", half)
        assert code == 2 and "no runs" in errors

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("overrides", []),
            ("scenarios", ["a"]),
            ("files", {}),
            ("runs", "many"),
            ("scenario_hashes", {"a": 1}),
            ("x", 1),
        ],
    )
    def test_a_comparison_that_was_tampered_with(self, folder: Path, key: str, value: object) -> None:
        place = folder / "tampered"
        place.mkdir(exist_ok=True)
        manifest = {
            "scenarios": ["a", "b"], "files": {"a": "a.yaml", "b": "b.yaml"}, "scenario_hashes": {"a": "", "b": ""},
            "evidence_hashes": {"a": "", "b": ""}, "overrides": {}, "runs": 5, "seed": 1, "engine": "batch", "chunk": 250,
            "versions": {}, "command": "sim compare a b", "rules_hash": "0" * 64,
        }  # fmt: skip
        (place / "manifest.json").write_text(json.dumps({**manifest, key: value}))
        code, _, errors = sim("report", place)
        assert code == 2 and key in errors and "manifest.json" in errors
