"""A mediator without stakes: no made-up priorities, it drafts for the others and takes what they take."""

from pathlib import Path

import numpy as np
import pytest
from commands import sim

from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.records import End

NEUTRAL = """
title: A fence
summary: Two neighbours, and somebody who helps.
assumed: made up
round: day
issues:
  fence: {title: Fence, status_quo: none, options: {none: none, low: low, high: high}}
  cost: {title: Cost, status_quo: nobody, options: {nobody: nobody pays, a: A pays, b: B pays, both: both pay}}
parties:
  a:
    name: Ann
    role: belligerent
    priorities:
      fence: {weight: 0.5, values: {none: 0.0, low: 0.5, high: 1.0}}
      cost: {weight: 0.5, values: {nobody: 0.5, a: 0.0, b: 1.0, both: 0.6}}
    no_deal: {base: 0.3}
    concession: {exponent: 1, deadline: 10}
  b:
    name: Bob
    role: belligerent
    priorities:
      fence: {weight: 0.5, values: {none: 0.6, low: 1.0, high: 0.0}}
      cost: {weight: 0.5, values: {nobody: 0.5, a: 1.0, b: 0.0, both: 0.6}}
    no_deal: {base: 0.3}
    concession: {exponent: 1, deadline: 10}
  m: {name: Mia, role: mediator}
phases:
  - {id: talks, rounds: 10, protocol: single_text}
"""


@pytest.fixture
def neutral(tmp_path: Path) -> Path:
    path = tmp_path / "neutral.yaml"
    path.write_text(NEUTRAL, encoding="utf-8")
    return path


def test_a_neutral_mediator_brings_the_others_to_what_is_good_for_both(neutral: Path) -> None:
    game = compile_scenario(read_scenario(neutral).scenario)
    worlds = realise(game, Uniforms(1, 0, 20))
    out = play_all(game, worlds)
    assert (out.end == End.AGREEMENT).all()
    assert not worlds.value[:, 2].any() and not out.value[:, 2].any()
    assert (out.value[:, :2] >= 0.55).all()
    assert np.unique(out.package, axis=0).tolist() == [[1, 3]]


def test_a_domain_has_no_place_for_it_and_says_so(neutral: Path, tmp_path: Path) -> None:
    code, page, errors = sim("export", neutral, "--to", tmp_path / "domain")
    assert (code, errors) == (0, "")
    assert "m: a mediator who wants nothing; a domain has no place for it" in page
    assert sorted(path.name for path in (tmp_path / "domain").glob("?.xml")) == ["a.xml", "b.xml"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            "m: {name: Mia, role: mediator, no_deal: {base: 0.1}}",
            "parties.m.priorities: missing; a mediator without stakes leaves out priorities, no_deal, concession and "
            "linkages together",
        ),
        ("m: {name: Mia, role: stakeholder}", "parties.m.no_deal: missing"),
    ],
)
def test_half_a_party_is_a_fault(neutral: Path, wrong: str, said: str) -> None:
    neutral.write_text(NEUTRAL.replace("m: {name: Mia, role: mediator}", wrong), encoding="utf-8")
    code, _, errors = sim("check", neutral)
    assert code == 2
    assert said in errors
