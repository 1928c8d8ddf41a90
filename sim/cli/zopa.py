"""`sim zopa`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.arguments import MOST_DRAWN
from sim.api.questions.zopa import frontier_picture, zone_of
from sim.cli.common import data_or_page, faults_told, say, written_to
from sim.cli.conditioning import load
from sim.cli.documents import ReportFile, check_document, made_by_asking, write_beside
from sim.cli.front import FRONT
from sim.cli.options import OnDraws, ScenarioPath
from sim.cli.picture_size import write_pictures
from sim.cli.storing import files_said, stored
from sim.cli.studies import asked

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.report.zopa.report import ZoneReport

Worlds = Annotated[
    int,
    typer.Option(
        "--worlds", "-w", min=0, max=MOST_DRAWN, help="Drawn worlds to ask in as well; 0 for the stated one only."
    ),
]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write the answers, the frontier (Parquet) and pictures to a folder.")
]


def zopa(
    scenario: ScenarioPath,
    *,
    worlds: Worlds = 200,
    common: OnDraws,
    out: Out = None,
    to_html: ReportFile = None,
) -> None:
    """Say exactly whether a deal exists, which ones, what blocks it and the least that would open it.

    No negotiation is played: every package of the agenda is looked at, in the stated world and in drawn ones.

    Example: sim zopa november_draft
    """
    with faults_told():
        check_document(to_html, "--report")
    loaded = load(scenario, common.overrides, common.posterior)
    with faults_told():
        loaded, report = zone_of(loaded, scenario, worlds, common.seed, FRONT)
        written = _write(report, loaded, scenario, out) if out is not None else []
    _print(report, written, common.as_json)
    if to_html is not None:
        from sim.report.html.zopa import zopa_document

        made = made_by_asking(loaded, scenario, report.answer.seed)
        with faults_told():
            write_beside(zopa_document(report, loaded.evidence, made), to_html)


def _write(report: "ZoneReport", loaded: "Loaded", path: Path, out: Path) -> list[Path]:
    from sim.files.result.store import Store
    from sim.files.result.tables import parquet_bytes, rows_table
    from sim.report.zopa.data import frontier_rows, zone_data
    from sim.study import Plan
    from sim.study.manifest import manifest_of

    answer = report.answer
    manifest = asdict(manifest_of(loaded, path, Plan(max(answer.worlds, 1), answer.seed), asked()))
    with stored(Store(out), {**manifest, "kind": "zone"}, files_said) as store:
        written = [store.write("zone.json", zone_data(report))]
        rows = frontier_rows(report)
        if rows:
            written.append(store.write("frontier.parquet", parquet_bytes(rows_table(rows))))
            written += write_pictures(store, {"frontier": frontier_picture(report)})
        return written


def _print(report: "ZoneReport", written: list[Path], as_json: bool) -> None:
    from sim.report.zopa.data import zone_data
    from sim.report.zopa.page import zopa_page

    folder = written[0].parent if written else None
    say(data_or_page(as_json, report, zone_data, zopa_page, folder), nl=as_json)
    if written and not as_json:
        say(f"\n{written_to(written[0].parent, ', '.join(each.name for each in written))}")
