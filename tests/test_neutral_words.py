"""The engine knows no country and no war: what it says must read right of a strike or of a water treaty too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playing import ROOT

from sim.compiling import compile_scenario
from sim.draws.worlds import stated_world
from sim.report.wording.figures import NUMBERS
from sim.report.wording.paths import OF_MOMENTUM
from sim.scenario import Scenario
from sim.talks.transcript import page
from sim.talks.transcript.recorder import watch

WAR = re.compile(r"\b(wars?|fight\w*|battle\w*|cease-?fires?|rearm\w*|troops)\b", re.IGNORECASE)


def side(name: str, values: list[float], **more: Any) -> dict[str, Any]:
    pay = dict(zip(("frozen", "half", "full"), values, strict=True))
    return {
        "name": name, "role": "belligerent", "no_deal": {"cost": 0.02}, "concession": {"deadline": 6},
        "priorities": {"pay": {"weight": 0.6, "values": pay}, "work": {"weight": 0.4, "values": {"out": 0, "back": 1}}},
        "trust": 0.6, "rearm": 0.3, "reciprocity": 0.5, **more,
    }  # fmt: skip


def strike(**changed: Any) -> Scenario:
    """A strike over pay, in which a return to work may come first."""
    return Scenario.model_validate({
        "title": "The yard", "summary": "A strike over pay.", "assumed": "made up", "round": "day",
        "issues": {
            "pay": {"title": "Pay", "status_quo": "frozen",
                    "options": {"frozen": "As it is", "half": "Half of what is asked", "full": "All that is asked"}},
            "work": {"title": "Work", "status_quo": "out", "options": {"out": "They are out", "back": "They are back"}},
        },
        "parties": {
            "union": side("The union", [0, 0.6, 1], position={"pay": "full", "work": "back"}),
            "yard": side("The yard", [1, 0.6, 0], position={"pay": "frozen", "work": "back"}),
        },
        "phases": [{"id": "first", "rounds": 4, "agenda": ["work"], "lasts": {"work": 2}}, {"id": "talks", "rounds": 8}],
        "momentum": {"favours": "yard", "start": 0.2, "drift": 0.01, "sd": 0.1, "ceasefire": {"work": "back"},
                     "ceasefire_drift": -0.05},
        "futures": [{"id": "broken", "says": "They give up", "leans": 1, "package": {"work": "back"}},
                    {"id": "won", "says": "The yard gives in", "leans": -1, "package": {"pay": "full"}}],
        "levers": [{"id": "fund", "says": "The fund pays", "by": "union", "on": "yard", "when": {"round": 1},
                    "tilt": -0.2, "pressure": 0.3, "no_deal": {"yard": -0.1}}],
        "hope": 0.4, **changed,
    })  # fmt: skip


def told(scenario: Scenario) -> str:
    compiled = compile_scenario(scenario)
    return page.to_text(watch(compiled, stated_world(compiled).at(0), 0), scenario, width=10_000)


def test_a_strike_is_told_in_its_own_words() -> None:
    text = told(strike())
    for words in (
        "Fortunes: +0.20",
        "cost of going on",
        "A standstill is in force.",
        "fortunes move by 0.20 against The yard",
    ):
        assert words in text
    assert WAR.findall(text) == []


def said(file: Path) -> Iterator[str]:
    """The texts of a module other than docstrings, of more than one word: what a reader may see."""
    tree = ast.parse(file.read_text())
    scopes = ast.Module | ast.ClassDef | ast.FunctionDef
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, scopes) and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield re.sub(r"`.*?`|\(rearm\)", "", node.value) if " " in node.value else ""


@pytest.mark.parametrize("room", sorted(each.name for each in (ROOT / "sim").iterdir() if each.suffix in ("", ".py")))
def test_no_sentence_of_the_program_speaks_of_war(room: str) -> None:
    place = ROOT / "sim" / room
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    suspects = [file for file in files if WAR.search(file.read_text())]
    found = {f"{file.name}: {text}" for file in suspects for text in said(file) if WAR.search(text)}
    assert not found


def test_names_of_numbers_speak_of_no_war() -> None:
    assert [words for words in (*NUMBERS.values(), *OF_MOMENTUM.values()) if WAR.search(words)] == []


def test_who_asks_no_more_than_the_other_has_put_forward_is_not_told_that_it_is_met() -> None:
    """What an adversary has put forward may be worth all that a party asks: nobody has come any way then."""
    alike = {"pay": "half", "work": "back"}
    sides = (side("The union", [0, 0.6, 1], position=alike), side("The yard", [1, 0.6, 0], position=alike))
    text = told(strike(parties=dict(zip(("union", "yard"), sides, strict=True)), phases=[{"id": "talks", "rounds": 8}]))
    assert "100% met" not in text
    assert re.search("asks no more than The (yard|union)'s position gives", text)
