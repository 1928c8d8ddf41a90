"""The exact answers as data: what `sim zopa --json` prints and `--out` writes."""

from dataclasses import asdict
from typing import Any

from sim.analysis.exact.answer import Drawn, Stage
from sim.analysis.exact.relaxations import Opening
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT
from sim.report.zopa.page import plain_words
from sim.report.zopa.report import ZoneReport


def zone_data(report: ZoneReport) -> dict[str, Any]:
    """Everything that the page says, and all minimal sets."""
    answer = report.answer
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "seed": answer.seed,
        "plain_words": plain_words(report),
        "stated": [_stage_data(report, stage) for stage in answer.stages],
        "drawn": None if answer.drawn is None else _drawn_data(report, answer.drawn),
        "note": CAVEAT,
    }


def frontier_rows(report: ZoneReport) -> list[dict[str, Any]]:
    """A row for each package of the frontier of the whole deal: what it settles, what it is worth and gains."""
    stage = report.answer.deal()
    gains, rows = stage.gains, []
    picked = {place: name for name, place in stage.solutions.items() if place >= 0}
    for k, number in enumerate(stage.front.number.tolist()):
        rows.append(
            {
                "package": number,
                "solution": picked.get(k, ""),
                **{f"settled.{i}": o for i, o in report.game.names.package(stage.space.package(number)).items()},
                **{f"worth.{name}": float(stage.front.value[k, p]) for p, name in enumerate(report.game.names.parties)},
                **{f"gain.{name}": float(gains[k, p]) for p, name in enumerate(report.game.names.parties)},
            }
        )
    return rows


def _stage_data(report: ZoneReport, stage: Stage) -> dict[str, Any]:
    gains = stage.gains
    return {
        "phase": stage.phase,
        "exists": stage.exists,
        "agenda": stage.space.total,
        "packages": stage.packages,
        "sampled_share": None if stage.share is None else asdict(stage.share),
        "frontier": len(stage.front.number),
        "counted": list(stage.counted),
        "disagreement": stage.disagreement,
        "premium": stage.premium,
        "solutions": {
            name: None
            if place < 0
            else {
                "settles": report.game.names.package(stage.space.package(int(stage.front.number[place]))),
                "gains": dict(zip(report.game.names.parties, gains[place].tolist(), strict=True)),
            }
            for name, place in stage.solutions.items()
        },
        "opening": None if stage.opening is None else _opening_data(report, stage, stage.opening),
    }


def _opening_data(report: ZoneReport, stage: Stage, found: Opening) -> dict[str, Any]:
    return {
        "most_lines": found.most,
        "is_whole": found.is_whole,
        "pairs": [list(pair) for pair in found.pairs],
        "sets": [
            {
                "red_lines": list(each.lines),
                "firmness": each.firmness,
                "cut": each.cut,
                "cheapest_party": each.party,
                "cheapest_cut": each.party_cut if each.party else None,
                "opens": report.game.names.package(stage.space.package(each.number)),
                "verify": report.command(each.lines) if each.cut == 0.0 else None,
            }
            for each in found.softenings
        ],
    }


def _drawn_data(report: ZoneReport, drawn: Drawn) -> dict[str, Any]:
    space = report.answer.deal().space
    return {
        "worlds": report.answer.worlds,
        "zone": asdict(drawn.exists),
        "packages": {f"p{q}": size for q, size in drawn.packages.items()},
        "robust": [
            {
                "settles": report.game.names.package(space.package(each.number)),
                "share": asdict(each.share),
                "fails_by_red_line": each.lines,
                "falls_short_of": each.short,
            }
            for each in drawn.robust
        ],
        "covers": [
            {
                "settles": report.game.names.package(space.package(each.number)),
                "share": asdict(each.share),
                "so_far": asdict(each.so_far),
            }
            for each in drawn.covers
        ],
    }
