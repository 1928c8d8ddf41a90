"""Who said what when, and what changed between two dates: of made-up worlds, and of those that ship."""

import json
from pathlib import Path
from typing import Any

import pytest
from commands import sim
from games import changed, write_small
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from sim.evidence import Article, Evidence, is_later
from sim.files.scenario.reader import read_scenario
from sim.plots import TooSmallError
from sim.plots.sheet import Sheet
from sim.report.timeline.data import timeline_data
from sim.report.timeline.page import between_page, timeline_page
from sim.report.timeline.picture import day_of, timeline_picture
from sim.scenario.dated_changes import Between, between
from sim.scenario.timeline import Chosen, DatedWorld, Timeline, timeline_of

SHIPPED = ("as_of_2025-04-23", "as_of_2025-08-09", "as_of_2025-12-02")
DATES = tuple(name.removeprefix("as_of_") for name in SHIPPED)


@pytest.fixture(scope="module")
def shipped() -> tuple[list[DatedWorld], Evidence]:
    loaded = [read_scenario(Path(f"common/{name}")) for name in SHIPPED]
    worlds = [DatedWorld(name, date, one.scenario) for name, date, one in zip(SHIPPED, DATES, loaded, strict=True)]
    return worlds, loaded[-1].evidence


def whole(shipped: tuple[list[DatedWorld], Evidence], party: str | None = None, issue: str | None = None) -> Timeline:
    return timeline_of(*shipped, Chosen(party, issue))


def two_days(timeline: Timeline, evidence: Evidence, first: str, last: str) -> Between:
    found = between(timeline, evidence, first, last)
    assert found is not None
    return found


def claim(number: int, who: str, issue: str, **more: Any) -> dict[str, Any]:
    return {"id": f"c{number}", "who": who, "by": "the crier", "issue": issue, "kind": "reported", "text": "so", **more}


def article(name: str, day: str, *claims: dict[str, Any]) -> Article:
    plain = {"id": name, "title": name, "date": day, "dated_by": "its head", "claims": claims}
    return Article.model_validate(plain)


POSITION = "    trust: 0.5\n    position: {{bank: {{option: {}, evidence: [gazette.c1]}}}}\n"


def made_up(folder: Path, date: str, option: str, firmness: str = "0.9") -> DatedWorld:
    """A small world in which the lower town has put something forward."""
    text = changed("    trust: 0.5\n", POSITION.format(option)).replace("firmness: 0.9\n", f"firmness: {firmness}\n")
    folder.mkdir()
    path = write_small(folder, f'date: "{date}"\n{text}')
    return DatedWorld(f"of_{date}", date, read_scenario(path).scenario)


def test_claims_stand_in_order_with_what_cites_them(shipped: tuple[list[DatedWorld], Evidence]) -> None:
    timeline = whole(shipped)
    days = [(one.on.last, one.on.first) for one in timeline.said]
    assert days == sorted(days)
    cited = {one.reference: one.cited_by for one in timeline.said}
    assert "parties.russia.position.front_line" in cited["april-freeze.c1"]
    assert "parties.russia.red_lines.root_causes.firmness" in cited["april-freeze.c6"]
    assert not cited["december-moscow.c4"]


def test_papers_on_talks_in_general_say_nothing_of_these_parties(shipped: tuple[list[DatedWorld], Evidence]) -> None:
    told = {one.reference.rpartition(".")[0] for one in whole(shipped).said}
    parties = {"russia", "ukraine", "us", "eu"}
    assert told == {one.id for one in shipped[1].articles if parties & {each.who for each in one.claims}}
    assert "fearon-1995" not in told


def test_a_claim_has_its_own_day_where_it_gives_one() -> None:
    world = DatedWorld("now", "2025-05-01", read_scenario(Path("common/as_of_2025-04-23")).scenario)
    told = article("post", "2025-05-01", claim(1, "russia", "nato", on="2025-03"), claim(2, "us", "nato"))
    timeline = timeline_of([world], Evidence(articles=(told,)), Chosen())
    assert [(one.reference, str(one.on)) for one in timeline.said] == [
        ("post.c1", "2025-03"),
        ("post.c2", "2025-05-01"),
    ]
    assert {str(one.written) for one in timeline.said} == {"2025-05-01"}


@pytest.mark.parametrize(("party", "issue"), [("russia", None), (None, "front_line"), ("eu", "frozen_assets")])
def test_only_what_is_chosen_is_told(
    shipped: tuple[list[DatedWorld], Evidence], party: str | None, issue: str | None
) -> None:
    some, everything = whole(shipped, party, issue), whole(shipped)
    wanted = [
        one.reference for one in everything.said if party in (None, one.claim.who) and issue in (None, one.claim.issue)
    ]
    assert wanted and [one.reference for one in some.said] == wanted
    assert {one.party for one in some.held} <= {party} or party is None
    assert {one.issue for one in some.held} <= {issue} or issue is None
    assert all(issue is None or issue in one.proposal for one in some.answers)


def test_positions_change_where_the_option_does(tmp_path: Path) -> None:
    worlds = [
        made_up(tmp_path / "a", "2025-03-01", "disputed"),
        made_up(tmp_path / "b", "2025-01-01", "disputed"),
        made_up(tmp_path / "c", "2025-04-01", "shared"),
    ]
    timeline = timeline_of(worlds, Evidence(), Chosen())
    (held,) = timeline.held
    assert [world.date for world in timeline.worlds] == ["2025-01-01", "2025-03-01", "2025-04-01"]
    assert [stand and stand.option for stand in held.stands] == ["disputed", "disputed", "shared"]
    assert held.changes() == [0, 2]
    found = two_days(timeline, Evidence(), "2025-03-15", "2025-05-01")
    (change,) = found.positions
    assert (change.before and change.before.option, change.after and change.after.option) == ("disputed", "shared")
    assert not found.numbers


def test_a_number_that_changed_names_what_was_written_in_between(tmp_path: Path) -> None:
    firm = "{value: 0.5, evidence: [gazette.c2, gazette.c1]}"
    worlds = [
        made_up(tmp_path / "a", "2025-03-01", "shared"),
        made_up(tmp_path / "b", "2025-04-01", "shared", firm),
    ]
    said = (article("gazette", "2025-03-20", claim(1, "upper", "bank"), claim(2, "lower", "bank")),)
    evidence = Evidence(articles=said)
    found = two_days(timeline_of(worlds, evidence, Chosen()), evidence, "2025-03-01", "2025-04-01")
    (change,) = found.numbers
    assert change.path == "parties.lower.red_lines.bank_kept.firmness"
    assert (change.how, change.new) == ("changed", ("gazette.c2", "gazette.c1"))
    assert "parties.upper.red_lines.no_loss.firmness" in found.restated
    later = two_days(timeline_of(worlds, evidence, Chosen()), evidence, "2025-03-20", "2025-04-01")
    assert later.numbers[0].new == () and not later.said and not later.restated


def test_no_world_is_as_early(tmp_path: Path) -> None:
    world = made_up(tmp_path / "a", "2025-03-01", "shared")
    assert between(timeline_of([world], Evidence(), Chosen()), Evidence(), "2025-02-01", "2025-04-01") is None


def test_the_autumn_brought_assets_and_a_firmer_moscow(shipped: tuple[list[DatedWorld], Evidence]) -> None:
    timeline = whole(shipped)
    found = two_days(timeline, shipped[1], DATES[0], DATES[2])
    changes = {one.path: one for one in found.numbers}
    assert changes["parties.russia.priorities.frozen_assets.weight"].how == "new"
    assert changes["parties.russia.priorities.kursk.weight"].how == "gone"
    guarantee = changes["parties.russia.red_lines.no_western_guarantee.firmness"]
    assert guarantee.how == "changed" and "december-moscow.c55" in guarantee.new
    assert "parties.russia.priorities.nato.weight" in found.rescaled  # its class stands, others joined it
    assert {one.reference.rpartition(".")[0] for one in found.said} == {"august-donetsk", "december-moscow"}


def test_a_red_line_is_about_the_issues_that_it_refuses(shipped: tuple[list[DatedWorld], Evidence]) -> None:
    found = two_days(whole(shipped, "ukraine", "nato"), shipped[1], DATES[0], DATES[2])
    assert "parties.ukraine.red_lines.nato_for_guarantees.firmness" in {one.path for one in found.numbers}
    assert all(one.path.startswith("parties.ukraine.") for one in found.numbers)


@given(st.lists(st.sampled_from(["2025-04-23", "2025-05-17", "2025-08-09", "2025-11", "2025-12-02", "2026-01-01"]),
                min_size=3, max_size=3, unique=True).map(sorted))  # fmt: skip
def test_what_changed_over_two_spans_changed_in_one_of_them(
    shipped: tuple[list[DatedWorld], Evidence], days: list[str]
) -> None:
    timeline, evidence = whole(shipped), shipped[1]
    first, middle, last = days
    over, early, late = (
        two_days(timeline, evidence, *pair) for pair in ((first, last), (first, middle), (middle, last))
    )
    assert {one.path for one in over.numbers} <= {one.path for one in (*early.numbers, *late.numbers)}
    assert [one.reference for one in over.said] == sorted(
        {one.reference for one in (*early.said, *late.said)}, key=[one.reference for one in timeline.said].index
    )
    spans = evidence.spans()
    assert all(is_later(spans[name].last, first) for one in over.numbers for name in one.new)


def test_pages_and_data_tell_the_same(shipped: tuple[list[DatedWorld], Evidence]) -> None:
    timeline = whole(shipped, "russia")
    found = two_days(timeline, shipped[1], DATES[0], DATES[1])
    data, page = timeline_data(timeline, found), timeline_page(timeline)
    assert json.loads(json.dumps(data)) == data
    assert all(f"[{one['claim']}," in " ".join(page.split()) for one in data["claims"])
    assert "april-\n" not in page and max(map(len, page.split("\n"))) <= 80
    changes = " ".join(between_page(timeline, found).split())
    assert "freeze at the present front -> Ukraine leaves Donetsk region [cited; august-donetsk.c6]" in changes
    assert data["between"]["positions"][0]["after"]["option"] == "donetsk_withdrawal"


def texts_of(timeline: Timeline) -> list[str]:
    figure = timeline_picture(timeline)
    assert figure is not None
    return [text.get_text() for text in figure.findobj(Text)]


def test_the_picture_has_a_row_for_each_position_and_a_label_where_it_begins(
    shipped: tuple[list[DatedWorld], Evidence],
) -> None:
    drawn = texts_of(whole(shipped, None, "front_line"))
    for text in (
        "Russia",
        "Ukraine",
        "United States",
        "freeze at the present front",
        "Ukraine leaves Donetsk region",
        *DATES,
    ):
        assert text in drawn, text
    with pytest.raises(TooSmallError):
        timeline_picture(whole(shipped), Sheet(6.0, 3.0))
    assert timeline_picture(whole(shipped, "other", "kursk")) is None


def test_an_issue_that_left_the_agenda_is_no_position_given_up() -> None:
    arguments = ["evidence", "--timeline", "--between", "2025-04-23", "2025-12-02", "--issue", "kursk"]
    code, out, _ = sim(*arguments)
    assert code == 0 and "troops leave -> not on the agenda" in out and "nothing put forward" not in out


def test_half_known_days_stand_in_their_middle() -> None:
    assert [str(day_of(text)) for text in ("2025", "2025-03", "2025-03-07")] == [
        "2025-07-01",
        "2025-03-15",
        "2025-03-07",
    ]


def test_the_command_tells_prints_and_draws(tmp_path: Path) -> None:
    out = tmp_path / "t.svg"
    arguments = ("evidence", "november_draft", "--timeline", "--party", "us", "--issue", "nato")
    code, told, said = sim(*arguments, "--between", DATES[0], DATES[2], "--json", "--out", out)
    data = json.loads(told)
    assert code == 0 and out.read_bytes().startswith(b"<?xml") and f"Written to {out}" in said
    assert [world["name"] for world in data["worlds"]] == [*SHIPPED[:2], "november_draft"]
    assert "parties.us.red_lines.no_nato_invitation.firmness" in {one["path"] for one in data["between"]["numbers"]}
    code, page, _ = sim("evidence", "--timeline", "--issue", "clock")
    assert code == 0 and page.startswith("Positions over time on Clock: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--timeline", "--party", "rusia"], "--party: unknown party (got rusia); did you mean russia?"),
        (["--timeline", "--issue", "front_lin"], "--issue: unknown issue (got front_lin); did you mean front_line?"),
        (["--timeline", "--between", "2025-12-02", "2025-04-23"], "the first day must come before the last"),
        (["--timeline", "--between", "april", "2025-04-23"], "--between: must be a day such as 2025-04-23 (got april)"),
        (
            ["--timeline", "--between", "2025-01-01", "2025-04-23"],
            "no scenario is as early as 2025-01-01; the first",
        ),
        (["--timeline", "--size", "8x5"], "--size: goes with --out"),
        (["--timeline", "--out", "timeline.txt"], "must end in .png, .svg, .pdf"),
        (["freeze_lines", "parties", "--timeline"], "PATH: goes without --timeline"),
        (["freeze_lines", "--party", "us"], "--party: goes with --timeline"),
        (["textbook/fearon", "--timeline"], "has no date"),
        ([], "SCENARIO: missing"),
    ],
)
def test_bad_requests_are_told(arguments: list[str], message: str) -> None:
    code, told, said = sim("evidence", *arguments)
    assert (code, told) == (2, "") and message in said
