"""`sim ask`."""

import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import data_or_page, fail, faults_told, say
from sim.cli.conditioning import load
from sim.cli.documents import ReportFile, check_document, made_by_asking, write_beside
from sim.cli.options import MOST_RUNS, USUAL_SEED, OnDraws, ScenarioPath, day
from sim.cli.studies import counting, game_of, play_through, refuse_days, with_draws
from sim.cli.warm import ready, ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.drafts import Terms
    from sim.files.scenario.reader import Loaded
    from sim.records import Outcomes
    from sim.report.ask.report import Again, AskReport, Talks
    from sim.study import Plan

MOST_WORLDS = 60_000

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ISSUE=OPTION]...",
        help="Terms of the draft. Without any, and without --draft, the proposal of the scenario is asked about.",
    ),
]
Draft = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|NAME",
        help="The draft: a YAML file of issue: option, or the name of a documented proposal, a reported answer, or a "
        "party (its position). Terms on the command line change it.",
    ),
]
Against = Annotated[str | None, typer.Option(metavar="FILE|NAME", help="Set a second draft beside it.")]
Fill = Annotated[
    str | None,
    typer.Option(
        metavar="PARTY", help="What drafts leave open is as this party's position has it. Else it stays as it is now."
    ),
]
OneParty = Annotated[
    str | None, typer.Option("--party", metavar="PARTY", help="Tell one party's answer alone, and what would turn it.")
]
OnDay = Annotated[
    date | None,
    typer.Option(
        "--by", metavar="DATE", parser=day,
        help="Ask on this day, such as 2025-09-30, nothing having been agreed before. Default: at the outset.",
    ),
]  # fmt: skip
Worlds = Annotated[int, typer.Option("--worlds", "-w", min=1, max=MOST_WORLDS, help="Drawn worlds to ask in.")]
Changes = Annotated[int, typer.Option("--changes", min=0, max=3, help="Issues that an amendment changes at the most.")]
Play = Annotated[
    bool, typer.Option("--play", help="Also play talks that begin with the draft, beside those of the file.")
]
TabledBy = Annotated[
    str | None,
    typer.Option(
        metavar="PARTY", help="With --play: who tables the draft. Default: who tables the scenario's proposal."
    ),
]
Runs = Annotated[int, typer.Option("--runs", "-n", min=1, max=MOST_RUNS, help="With --play: how many negotiations.")]


def ask(
    scenario: ScenarioPath,
    words: Words = None,
    *,
    draft: Draft = None,
    against: Against = None,
    fill: Fill = None,
    party: OneParty = None,
    by: OnDay = None,
    worlds: Worlds = 1000,
    changes: Changes = 3,
    play: Play = False,
    tabled_by: TabledBy = None,
    runs: Runs = 2000,
    common: OnDraws,
    to_html: ReportFile = None,
) -> None:
    """Ask every party about a draft: who says no, to what, and the least change that would turn every no.

    The answers are exact in each drawn world; no negotiation is played, unless --play asks for it.

    Example: sim ask freeze_lines ceasefire=lasting front_line=freeze crimea=unrecognised
    """
    with faults_told():
        check_document(to_html, "--report")
    loaded = load(scenario, common.overrides, common.posterior)
    for option, name in (("--fill", fill), ("--party", party), ("--tabled-by", tabled_by)):
        _refuse_strangers(loaded, option, name)
    if tabled_by and not play:
        fail("--tabled-by: goes with --play")
    refuse_days(loaded.scenario, [by] if by else None)
    loaded, seed, worlds = with_draws(loaded, common.seed, worlds, sets=2)  # amendments are judged in the others
    ready("soundness", "stances", "draft")
    draft = draft or ("proposal" if loaded.scenario.proposal and not words else None)
    with faults_told():
        asked, game = _asked(loaded, draft, words or [], against), game_of(loaded)
        from sim.report.ask.asking import Question, ask_about

        question = Question(loaded, str(scenario), game, worlds, seed, fill, by, party, changes)
        report = ask_about(question, asked[0], _again(draft, words or [], fill, by, common))
        if against:
            report = replace(report, against=ask_about(question, asked[1], _again(against, [], fill, by, common)))
        if play:
            report = replace(report, talks=_talks(loaded, scenario, report, tabled_by, runs, seed, common))
    from sim.report.ask.data import ask_data
    from sim.report.ask.page import ask_page

    say(data_or_page(common.as_json, report, ask_data, ask_page), nl=common.as_json)
    if to_html is not None:
        from sim.report.html.ask import ask_document

        with faults_told():
            write_beside(ask_document(report, loaded.evidence, made_by_asking(loaded, scenario, seed)), to_html)


def _refuse_strangers(loaded: "Loaded", option: str, party: str | None) -> None:
    from sim.scenario.problems import unknown

    parties = loaded.scenario.parties
    if party is not None and party not in parties:
        fail(f"{option}: {unknown('party', party, parties)}")
    if option != "--tabled-by" and party is not None and parties[party].is_neutral():
        fail(f"{option}: {party} is a neutral mediator, which wants nothing and has put nothing forward")


def _asked(loaded: "Loaded", draft: str | None, words: list[str], against: str | None) -> "list[Terms]":
    """The draft that is asked about, and the one beside it."""
    from sim.files.scenario.drafts import Terms, terms_named, terms_of_words

    said = terms_of_words(loaded.scenario, words)
    if draft is None and not said:
        fail("no draft: give terms as ISSUE=OPTION, or --draft FILE (the scenario has no proposal of its own)")
    named = terms_named(loaded, "--draft", draft) if draft is not None else Terms("terms as given", {})
    changed = f"{named.title}, changed" if draft is not None and said else named.title
    return [Terms(changed, {**named.terms, **said}), *([terms_named(loaded, "--against", against)] if against else [])]


def _again(draft: str | None, words: list[str], fill: str | None, by: date | None, common: OnDraws) -> "Again":
    """The command without its scenario, so that pages can ask again with a change."""
    from sim.report.ask.report import Again

    options = [f"--fill={fill}"] if fill else []
    options += [f"--by={by.isoformat()}"] if by else []
    options += [f"--set={one}" for one in common.overrides or ()]
    options += [f"--posterior={common.posterior}"] if common.posterior else []
    options += [f"--seed={common.seed}"] if common.seed != USUAL_SEED else []
    return Again(draft, dict(word.split("=", 1) for word in words), tuple(options))


def _talks(
    loaded: "Loaded", path: Path, report: "AskReport", by: str | None, runs: int, seed: int, common: OnDraws
) -> "Talks":  # fmt: skip
    """Talks that begin with the draft, beside those of the scenario as it is."""
    from sim.report.ask.asking import proposal_of, talks_of
    from sim.study import Plan

    proposal = proposal_of(report, by)
    given = [*(common.overrides or ()), f"proposal={proposal}"]
    changed = load(path, given, common.posterior)
    changed, seed, runs = with_draws(changed, seed, runs)
    ready_to_play()
    played, as_is = (_outcomes(one, Plan(runs, seed)) for one in (changed, loaded))
    line = ["sim", "run", str(path), *(f"--set={one}" for one in given)]
    return talks_of(played, as_is, shlex.join(line))


def _outcomes(loaded: "Loaded", plan: "Plan") -> "Outcomes":
    game = game_of(loaded)
    with counting(plan.runs) as count:
        return play_through(game, plan, lambda part: count(len(part))).outcomes
