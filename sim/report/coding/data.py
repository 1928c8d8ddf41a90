"""What a second coder makes of a scenario, as plain data."""

import math
from dataclasses import asdict
from typing import Any

from sim.report.coding.agreement import AgreementRow
from sim.report.coding.page import plain_words
from sim.report.coding.report import CoderPlay, CodingReport
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT
from sim.scenario.coding import Unit


def coding_data(report: CodingReport) -> dict[str, Any]:
    """Everything that the page says, and every number that both coders gave."""
    coded = report.coded
    return {
        "scenario": report.name,
        "title": coded.first.title,
        "coder": coded.coding.coder,
        "about": coded.coding.about,
        "overrides": dict(report.overrides),
        "set_for_both": list(coded.kept),
        **kept_data(coded.first),
        "agreement": [_row(row) for row in report.rows],
        "numbers": [_unit(unit) for unit in coded.units],
        **(_play(report.play, report) if report.play else {}),
    }


def _row(row: AgreementRow) -> dict[str, Any]:
    found = row.found
    alpha = {name: None if math.isnan(value) else value for name, value in
             (("alpha", found.alpha), ("low", found.low), ("high", found.high))}  # fmt: skip
    plain = {"part": row.part, "name": row.name, "numbers": row.numbers, "alike": row.alike, "in_alpha": row.told}
    return {**plain, **(alpha if found.is_told() else dict.fromkeys(alpha))}


def _unit(unit: Unit) -> dict[str, Any]:
    return {"path": unit.path, "kind": unit.kind, "first": unit.codes[0], "second": unit.codes[1]}


def _play(play: CoderPlay, report: CodingReport) -> dict[str, Any]:
    return {
        "runs": play.first.n,
        "seed": report.seed,
        "plain_words": plain_words(report),
        "likelihood": {"first": asdict(play.first), "second": asdict(play.second), "both": asdict(play.both)},
        "difference": {"second": asdict(play.second_from_first), "both": asdict(play.both_from_first)},
        "coder_decides": asdict(play.hanging),
        "one_party_alone": {party: asdict(each) for party, each in play.parts.items()},
        "note": CAVEAT,
    }
