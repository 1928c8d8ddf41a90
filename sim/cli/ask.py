"""`sim ask`."""

from datetime import date
from typing import Annotated

import typer

from sim.api.arguments import MOST_DRAWN, MOST_RUNS
from sim.api.questions.ask import DraftAsked, answered
from sim.cli.common import data_or_page, faults_told, say
from sim.cli.conditioning import load
from sim.cli.documents import ReportFile, check_document, made_by_asking, write_beside
from sim.cli.front import FRONT
from sim.cli.options import OnDraws, ScenarioPath, day

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
Worlds = Annotated[int, typer.Option("--worlds", "-w", min=1, max=MOST_DRAWN, help="Drawn worlds to ask in.")]
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
Runs = Annotated[
    int | None,
    typer.Option("--runs", "-n", min=1, max=MOST_RUNS, help="With --play: how many negotiations; 2,000 if left out."),
]


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
    runs: Runs = None,
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
    asked = DraftAsked(words or [], draft, against, fill, party, by, worlds, changes, play, tabled_by, runs)
    with faults_told():
        report = answered(loaded, scenario, asked, common.seed, common.posterior, FRONT)
    from sim.report.ask.data import ask_data
    from sim.report.ask.page import ask_page

    say(data_or_page(common.as_json, report, ask_data, ask_page), nl=common.as_json)
    if to_html is not None:
        from sim.report.html.ask import ask_document

        made = made_by_asking(loaded, scenario, report.heard.seed)
        with faults_told():
            write_beside(ask_document(report, loaded.evidence, made), to_html)
