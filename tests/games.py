"""A small game of two sides and a mediator, as the text of a scenario file."""

from pathlib import Path

SMALL = """\
title: The river and the fish
summary: Two towns haggle over a river, with a judge between them.
assumed: a made-up game for tests
issues:
  bank:
    title: Who holds the east bank
    status_quo: disputed
    options:
      disputed: Both claim it
      shared: Both use it
      upper: Only the upper town uses it
  fish:
    title: How many fish may be taken
    status_quo: unlimited
    options:
      unlimited: As many as are there
      capped: At most a hundred a day
  toll:
    title: A toll on the bridge
    status_quo: none
    options:
      none: Nobody pays
      low: A penny
      high: A shilling
parties:
  upper:
    name: The upper town
    role: belligerent
    priorities:
      bank: {weight: 0.5, values: {disputed: 0.2, shared: 0.6, upper: 1.0}, order: [disputed, shared, upper]}
      fish: {weight: 0.3, values: {unlimited: 0.0, capped: 1.0}}
      toll:
        weight: {value: 0.2, evidence: [gazette.c2]}
        values: {none: 0.0, low: 0.3, high: 1.0}
        evidence: [gazette.c1]
        spacing: halfway by judgement
    no_deal: {base: 0.3, momentum: 0.2}
    concession: {exponent: {lognormal: {median: 0.8, sd: 0.5}}, deadline: 10}
    red_lines:
      - id: no_loss
        says: The bank is not left in dispute
        refuses: {bank: disputed}
        firmness: {triangular: [0.6, 0.8, 0.9], evidence: [gazette.c1]}
        yield: 0.1
    good_faith: 0.9
  lower:
    name: The lower town
    role: belligerent
    priorities:
      bank: {weight: 0.4, values: {disputed: 0.3, shared: 1.0, upper: 0.0}}
      fish: {weight: 0.6, values: {unlimited: 1.0, capped: 0.0}}
    no_deal: {like: {bank: disputed}}
    concession: {exponent: 1, deadline: 12}
    red_lines:
      - id: bank_kept
        says: The bank is not given up
        refuses: {bank: [upper]}
        firmness: 0.9
        yield: 0.3
      - id: no_cap_with_toll
        says: A cap and a high toll together are too much
        refuses: {fish: changed, toll: high}
        firmness: 0.4
        yield: 0
        same_as: bank_kept
    linkages:
      - {id: peace, says: sharing pays with a cap, when: {bank: shared, fish: capped}, bonus: 0.1}
    trust: 0.5
    protections: {bank: {adds: {shared: 0.4}}}
  judge:
    name: The judge
    role: mediator
    priorities:
      bank: {weight: 1, values: {disputed: 0, shared: 1, upper: 0.4}}
    no_deal: {base: 0.1}
    concession: {exponent: 2, deadline: 8}
    patience: 6
    bias: {upper: 1.5}
phases:
  - {id: opening, rounds: 4, agenda: [fish], lasts: {fish: 3}}
  - {id: talks, rounds: 12, protocol: single_text, mediator: judge, revisions: 2}
proposal: {by: judge, terms: {bank: shared, fish: capped}, core: [bank]}
consent:
  - {all_of: [judge], when: {toll: changed}}
levers:
  - id: dam
    says: The upper town closes the sluice
    by: upper
    on: lower
    when: {round: 3}
    pressure: 0.4
    no_deal: {lower: -0.1}
events:
  - {id: flood, says: The river rises, round: 5, momentum: 0.2, firmness: {bank_kept: -0.1}}
momentum: {favours: upper, start: 0, drift: 0.01, sd: 0.05, ceasefire: {fish: capped}, ceasefire_drift: 0}
walk_away: {by: judge, deadline: 12, announced: 6}
ratification:
  - {id: council, says: The council votes, party: lower, when: {bank: shared}, passes: 0.8}
"""

GAZETTE = """\
id: gazette
title: The river papers
date: 2025-04
dated_by: printed on it
claims:
  - {id: c1, who: upper, by: the mayor, issue: toll, kind: stated, text: A toll would suit the town well.}
  - {id: c2, who: upper, by: a clerk, issue: toll, kind: reported, text: The toll matters less than the bank.}
"""

STANCES = """\
stances:
  - id: s1
    date: 2025-04-02
    party: lower
    proposal: {bank: shared}
    about: the first plan
    answer: open
    claims: [gazette.c1]
"""


WALLED = """\
title: Two towns and a wall
summary: Each refuses what the other asks for.
assumed: a made-up game for tests
issues:
  wall:
    title: The wall
    status_quo: stands
    options: {stands: It stands, lower: Half of it goes, gone: All of it goes}
parties:
  east:
    name: East
    role: belligerent
    priorities: {wall: {weight: 1, values: {stands: 0.0, lower: 0.6, gone: 1.0}}}
    no_deal: {base: 0.5}
    concession: {exponent: 1, deadline: 9}
    red_lines:
      - {id: not_half, says: East takes no half of it, refuses: {wall: lower}, firmness: 0.9, yield: 0}
  west:
    name: West
    role: belligerent
    priorities: {wall: {weight: 1, values: {stands: 1.0, lower: 0.6, gone: 0.3}}}
    no_deal: {base: 0.25}
    concession: {exponent: 1, deadline: 9}
    red_lines:
      - {id: not_all, says: West never loses all of it, refuses: {wall: gone}, firmness: 0.7, yield: 0}
phases: [{id: talks, rounds: 4}]
"""
"""A game without a zone, as two red lines stand between what each would take."""


def write_small(folder: Path, text: str = SMALL) -> Path:
    """Writes the game below a folder, with its seeds; the path of its scenario file."""
    seeds, scenarios = folder / "seeds", folder / "scenarios"
    for each in (seeds, scenarios):
        each.mkdir(exist_ok=True)
    (seeds / "gazette.yaml").write_text(GAZETTE)
    (seeds / "stances.yaml").write_text(STANCES)
    path = scenarios / "river.yaml"
    path.write_text(text)
    return path


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The game's text with one passage replaced, which must be there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)
