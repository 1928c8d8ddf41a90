"""Faults of every kind are told in one go, and nothing that only follows from another fault."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from games import SMALL, changed, write_small

from sim.files.errors import BadInput, Mark
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.scenario import Scenario
from sim.scenario.checks.partial_data import all_faults
from sim.scenario.checks.whole import problems, source_problems
from sim.scenario.parsing.parse import parse
from sim.scenario.problems import Problem

FAULTS = {
    "good_faith: 0.9": "good_faith: often",
    "bank: {weight: 0.5,": "bank: {weight: 0.6,",
    "by: upper\n": "by: uper\n",
    "gazette.c2": "gazette.c7",
    "id: no_cap_with_toll": "id: no_loss",
    "status_quo: none\n": "status_qua: none\n",
    "refuses: {bank: [upper]}": "refuses: {bank: [uppr]}",
    "    role: mediator\n": "    role: mediatr\n",
    "rounds: 12,": "rounds: 0,",
    "title: A toll on the bridge\n": "title: A toll on the bridge\n    title: A toll\n",
}

TOLD = """\
--set parties.judge.no_deal.base=lots: parties.judge.no_deal.base: must be a number (got lots)
--set parties.lower.insigt=0.4: no such path; did you mean insight?
issues.toll.title: stands there twice, first in line 19
issues.toll.status_qua: unknown key; did you mean status_quo?
parties.upper.priorities: weights sum to 1.1, not to 1
parties.upper.priorities.toll.weight.evidence.0: unknown claim (got gazette.c7); did you mean gazette.c2?
parties.upper.good_faith: must be a number (got often)
parties.lower.red_lines.bank_kept.refuses.bank: unknown option (got uppr); did you mean upper?
parties.lower.red_lines.no_loss.id: another red line has the same id (got no_loss)
parties.judge.role: must be belligerent, mediator or stakeholder (got mediatr); did you mean mediator?
phases.talks.rounds: must be between 1 and 1000 (got 0)
levers.dam.by: unknown party (got uper); did you mean upper?"""


def faults(path: Path, *overrides: str) -> list[str]:
    """What is told of a file, without the places in it."""
    with pytest.raises(BadInput) as caught:
        read_scenario(path, overrides)
    places = [f"{fault.mark}: " if fault.mark and not fault.mark.is_override else "" for fault in caught.value.faults]
    return [str(fault).removeprefix(place) for fault, place in zip(caught.value.faults, places, strict=True)]


def test_a_file_with_faults_of_all_kinds_gets_all_of_them(tmp_path: Path) -> None:
    """A key twice, shape, sums, ids, claims and overrides: there were three rounds, each hiding the next."""
    text = SMALL
    for old, new in FAULTS.items():
        assert old in text
        text = text.replace(old, new, 1)
    told = faults(write_small(tmp_path, text), "parties.lower.insigt=0.4", "parties.judge.no_deal.base=lots")
    assert told == TOLD.splitlines()


def test_a_bad_override_does_not_hide_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    path = write_small(tmp_path, changed("by: upper\n", "by: uper\n"))
    assert len(faults(path, "parties.judge.priorities.bank.weight=0.5")) == 2


def test_bad_seeds_do_not_hide_it_either_and_make_no_claim_unknown(tmp_path: Path) -> None:
    path = write_small(tmp_path, changed("by: upper\n", "by: uper\n"))
    gazette = tmp_path / "seeds" / "gazette.yaml"
    gazette.write_text(gazette.read_text().replace("date: 2025-04\n", "date: soon\n"))
    told = faults(path)
    assert (
        len(told) == 2 and any("unknown party" in fault for fault in told) and not any("claim" in one for one in told)
    )


def test_seventeen_parties_do_not_hide_the_rest() -> None:
    plain = small()
    for k in range(14):
        plain["parties"][f"more_{k}"] = copy.deepcopy(plain["parties"]["upper"]) | {"red_lines": []}
    plain["levers"][0]["by"] = "uper"
    plain["levers"][0]["on"] = "more_13"
    assert [one.message for one in told(plain)] == [
        "has 17 parties; at most 16",
        "unknown party (got uper); did you mean upper?",
    ]


LEFT_OUT = [
    (("issues", "bank", "options"), "whoever names an option of this issue"),
    (("parties", "lower", "red_lines", 0, "id"), "who names this line"),
    (("parties", "lower", "red_lines"), "who names one of these lines"),
    (("parties", "judge", "role"), "that nobody mediates"),
    (("phases", 0, "agenda"), "that something is not on it"),
    (("proposal", "terms"), "that a core is not among them"),
    (("momentum",), "that an event shifts what is not there"),
]


@pytest.mark.parametrize(("way", "hidden"), LEFT_OUT)
def test_what_a_broken_part_may_have_held_is_not_missed(way: tuple[str | int, ...], hidden: str) -> None:
    plain = small()
    above = parent(plain, way)
    above[way[-1]] = {"id": 3} if way[-1] == "red_lines" else 0.5
    found = parse(plain)
    assert isinstance(found, list) and told(plain) == found, hidden


def test_no_fault_follows_from_another() -> None:
    """Any part left out, misspelt or replaced: only the faults of shape that this makes are told."""
    follows_from_nothing(11)


@pytest.mark.slow
def test_no_fault_follows_from_any_other() -> None:
    follows_from_nothing(1)


def follows_from_nothing(step: int) -> None:
    seen = 0
    for index, (way, kind, plain) in enumerate(mutants(small())):
        found = parse(plain) if index % step == 0 else None
        if isinstance(found, list):
            seen += 1
            assert told(plain) == found, (way, kind)
    assert seen > 100 / step


def told(plain: Any) -> list[Problem]:
    found = parse(plain)
    assert isinstance(found, list)
    return all_faults(plain, found, check)


def check(scenario: Scenario, whole: bool) -> list[Problem]:
    return (problems if whole else source_problems)(scenario, None)


def small() -> Any:
    return to_plain(parse_yaml(SMALL, Mark("small")))


def ways(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in items:
        yield (*at, step)
        yield from ways(part, (*at, step))


def parent(data: Any, way: tuple[str | int, ...]) -> Any:
    for step in way[:-1]:
        data = data[step]
    return data


def mutants(plain: Any) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    for way in ways(plain):
        is_key = isinstance(way[-1], str)
        for kind in ("number", "text", "nothing", *(("left out", "misspelt") if is_key else ())):
            data = copy.deepcopy(plain)
            above = parent(data, way)
            if kind == "left out":
                del above[way[-1]]
            elif kind == "misspelt":
                above[f"{way[-1]}x"] = above.pop(way[-1])
            else:
                above[way[-1]] = {"number": 7, "text": "zzz", "nothing": None}[kind]
            yield way, kind, data


def test_a_misspelt_key_at_the_top_hides_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    path.write_text(
        path.read_text().replace("issues:\n", "ssues:\n", 1).replace("good_faith: 0.9", "good_faith: often")
    )
    with pytest.raises(BadInput) as refused:
        read_scenario(path)
    told = [f"{fault.path}: {fault.message}" for fault in refused.value.faults]
    assert "ssues: unknown key; did you mean issues?" in told
    assert "parties.upper.good_faith: must be a number (got often)" in told
