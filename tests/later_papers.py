"""What is recorded of the river game after its talks have begun: a later paper, answers and facts."""

from pathlib import Path

from games import SMALL, STANCES, changed, write_small

HERALD = """\
id: herald
title: The river papers of summer
date: 2025-06-30
dated_by: printed on it
claims:
  - {id: c1, who: upper, by: the mayor, issue: bank, kind: stated, text: No treaty has been signed.}
  - {id: c2, who: judge, by: a clerk, issue: process, kind: reported, text: The judge hears both towns.}
"""
LATER = """\
  - id: s2
    date: 2025-06-20
    party: lower
    proposal: {bank: upper}
    about: the whole bank for the upper town
    answer: reject
    claims: [herald.c1]
  - id: s3
    date: 2025-06-20
    party: upper
    proposal: {bank: west_half, toll: low}
    about: half of it
    answer: accept
    claims: [herald.c1]
  - id: s4
    date: 2025-06-20
    party: upper
    proposal: {ferry: free}
    about: a ferry
    answer: accept
    claims: [herald.c1]
"""
RECORD = """\
facts:
  - {id: f0, date: 2025-04-30, about: nothing yet, signed: false, claims: [gazette.c1]}
  - {id: f1, date: 2025-06-30, about: nothing signed, signed: false, claims: [herald.c1]}
  - {id: f2, date: 2025-06-30, about: the judge is there, mediates: {judge: true}, claims: [herald.c2]}
  - {id: f3, date: 2025-06-30, about: a mill, pulled: {mill: true}, claims: [herald.c2]}
older:
  bank:
    west_half: {between: {shared: 0.5, upper: 0.5}, assumed: it lies halfway}
"""
DATED = changed("summary:", 'date: "2025-04-30"\nsummary:', SMALL)


def write_river(folder: Path) -> Path:
    """Writes the game and all papers below a folder; the path of its scenario file."""
    path = write_small(folder, DATED)
    seeds = folder / "seeds"
    (seeds / "herald.yaml").write_text(HERALD)
    (seeds / "stances.yaml").write_text(STANCES + LATER)
    (seeds / "record.yaml").write_text(RECORD)
    return path
