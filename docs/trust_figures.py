"""The figures of docs/trust.md and of the scores in README.md; `generate_scenarios` writes them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim.analysis.shares.likelihood import Share
from sim.files.scenario.reader import read_scenario
from sim.report.wording.draws import number_says
from sim.report.wording.figures import interval, percent

DAYS = ("2025-04-23", "2025-08-09")
"""Days up to which claims make the world that is asked what came later."""

TAUGHT, DRAWS = "freeze_lines", "8000"
NUMBERS = 5
"""Of the numbers that a record moves, how many are told."""

RIVALS = {
    "base_rate": "share of the other answers that were takes",
    "own_rate": "each party's own rate so far",
    "coded_lines": "takes all but what a coded line forbids",
    "refuses_all": "refuses all",
}

Figures = dict[str, Any]
Said = Callable[..., Any]
"""What a command of the program says as data."""


def blocks(said: Said) -> dict[str, str]:
    """Every block by its name."""
    tests = {day: said("backtest", "--known-by", day) for day in DAYS}
    return {
        "trust/answers": answers(tests),
        "trust/facts": facts(tests),
        "trust/taught": taught(said("calibrate", TAUGHT, "--runs", DRAWS)),
        "scores": scores(tests[DAYS[0]]),
    }


def _brier(score: Figures) -> str:
    """A Brier score with its interval."""
    brier = score["brier"]
    return f"{brier['estimate']:.2f} ({brier['low']:.2f} to {brier['high']:.2f})"


def _likelier(score: Figures) -> str:
    return f"{score['likelier']} of {score['count']}"


def _who(test: Figures) -> Iterator[tuple[str, Figures]]:
    """Who foretells, and its score: the model, its parts, rivals."""
    scored = test["out_of_period"]
    yield "**model**", scored["model"]
    yield "model, without own proposals put back", scored["without_own_proposals"]["model"]
    yield "its red lines alone", scored["parts"]["lines"]
    yield "its values alone", scored["parts"]["values"]
    for name, words in RIVALS.items():
        yield words, scored["rivals"][name]


def answers(tests: dict[str, Figures]) -> str:
    """Scores on later answers, of the worlds of several days."""
    head = "".join(f"known by {day} | Brier (95 % interval) | " for day in tests)
    rows = [f"| who foretells | {head.rstrip()}", "|---|" + "---|---|" * len(tests)]
    for each in zip(*(_who(test) for test in tests.values()), strict=True):
        told = " | ".join(f"{_likelier(score)} | {_brier(score)}" for _, score in each)
        rows.append(f"| {each[0][0]} | {told} |")
    return "\n".join(rows) + "\n\nCounted are the answers that are held likelier than not.\n"


def facts(tests: dict[str, Figures]) -> str:
    """Later facts, and the share of runs that show each."""
    rows = [f"| fact | by | {' | '.join(f'runs known by {day}' for day in tests)} |", "|---|---|" + "---|" * len(tests)]
    shown = {day: {fact["id"]: fact for fact in test["out_of_period"]["facts"]["shown"]} for day, test in tests.items()}
    every = {id: fact for found in shown.values() for id, fact in found.items()}
    for id, fact in every.items():
        told = " | ".join(f"{100 * found[id]['probability']:.0f} %" if id in found else "-" for found in shown.values())
        rows.append(f"| {id}: {fact['about']} | {fact['date']} | {told} |")
    scores = " | ".join(_brier(test["out_of_period"]["facts"]["model"]) for test in tests.values())
    return "\n".join([*rows, f"| Brier score; even odds score 0.25 | | {scores} |", ""])


def _share(figure: Figures) -> Share:
    return Share(**figure)


def taught(found: Figures) -> str:
    """What a record does to the likelihood of a scenario and to its numbers."""
    scenario = read_scenario(Path(TAUGHT)).scenario
    rows = [f"`sim calibrate {TAUGHT} --runs {DRAWS}`: {len(found['record'])} items of the record, {found['draws']:,} draws, "
            f"worth about {round(found['effective'], -2):,.0f} equal ones once they are weighed.", "",
            "| agreement by | before | taught |", "|---|---|---|"]  # fmt: skip
    for by in found["likelihood"]:
        told = " | ".join(
            f"{percent(share)} ({interval(share)})" for share in (_share(by["before"]), _share(by["after"]))
        )
        rows.append(f"| {by['date']} | {told} |")
    moved = found["moved"]
    rows += ["", f"Numbers that move by more than noise: {len(moved)} of {found['looked_at']}. The furthest (means):", "",
             "| number | source | before | taught |", "|---|---|---|---|"]  # fmt: skip
    for one in moved[:NUMBERS]:
        means = " | ".join(f"{one[when]['mean']:.2f}" for when in ("prior", "posterior"))
        rows.append(f"| {number_says(scenario, one['path'])} | {one['source']} | {means} |")
    return "\n".join([*rows, ""])


def scores(test: Figures) -> str:
    """The out-of-period score beside its rivals, in short."""
    rows = [f"| who foretells, known by {test['known_by']} | later answers held likelier than not | Brier score |"]
    rows += ["|---|---|---|", *(f"| {who} | {_likelier(score)} | {_brier(score)} |" for who, score in _who(test)), ""]
    return "\n".join(rows)
