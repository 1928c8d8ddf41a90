"""`sim run RESULT`: a result played again from its manifest."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.common import fail
from sim.cli.playing import counting
from sim.cli.stopping import SOME_FAILED, safe_is, tell
from sim.cli.working import warm_for_workers

if TYPE_CHECKING:
    from sim.study.replaying import Verdict


def replay(folder: Path, as_json: bool) -> None:
    """Play every run of a result again and say whether all came out as before; exit code 3 where not."""
    from sim.files.results import read_result  # noqa: PLC0415
    from sim.study import cores  # noqa: PLC0415
    from sim.study.local import Crew  # noqa: PLC0415
    from sim.study.replaying import doubts, play_again, study_again  # noqa: PLC0415

    result = read_result(folder)
    study = study_again(result)
    parts, total = result.there, len(result.parts)
    if not parts:
        fail(f"{folder}: holds no runs yet")
    for doubt in doubts(result):
        tell(f"{folder}: {doubt}")
    verdicts: list[Verdict] = []
    safe_is(lambda: _so_far(verdicts, len(parts)))
    with counting(sum(map(len, parts))) as count:
        warm_for_workers(result.is_of_zones)
        with Crew(study, min(cores(), len(parts))) as crew:
            for verdict in play_again(result, parts, crew, lambda part: count(len(part))):
                verdicts.append(verdict)
    figures = _figures(folder, verdicts, total)
    typer.echo(json.dumps(figures, indent=2) if as_json else _said(figures, verdicts))
    if not figures["equal"]:
        raise typer.Exit(SOME_FAILED)


def _so_far(verdicts: "list[Verdict]", parts: int) -> str:
    """What an interrupted check has found; it changes nothing, so there is nothing to go on from."""
    unlike = sum(not verdict.is_equal for verdict in verdicts)
    said = f"{unlike:,} of them not equal" if unlike else "all of them equal"
    done = (
        f"{len(verdicts):,} of {parts:,} chunks were played again, {said}" if verdicts else "nothing was compared yet"
    )
    return f"{done}; the result is as it was"


def _figures(folder: Path, verdicts: "list[Verdict]", total: int) -> dict[str, Any]:
    return {
        "result": str(folder),
        "equal": all(verdict.is_equal for verdict in verdicts),
        "same_bytes": all(verdict.same_bytes for verdict in verdicts),
        "runs": sum(len(verdict.part) for verdict in verdicts),
        "differing_runs": sum(verdict.difference.rows for verdict in verdicts if verdict.difference),
        "chunks": len(verdicts),
        "chunks_asked": total,
        "failures": [verdict.failure.why for verdict in verdicts if verdict.failure],
    }


def _said(figures: dict[str, Any], verdicts: "list[Verdict]") -> str:
    done = f"{figures['runs']:,} runs of {figures['result']} played again"
    if figures["chunks"] < figures["chunks_asked"]:
        done += f" (unfinished: {figures['chunks']:,} of {figures['chunks_asked']:,} chunks are there)"
    if figures["equal"]:
        how = "byte for byte" if figures["same_bytes"] else "every cell; the files are packed in another way"
        return f"{done}: equal, {how}."
    lines = [f"{done}: NOT equal, {figures['differing_runs']:,} of them differ."]
    for verdict in verdicts:
        cell = verdict.difference
        if cell is not None:
            columns = ", ".join(cell.columns[:5]) + (", ..." if len(cell.columns) > 5 else "")
            where = f"first at design point {cell.point}, run {cell.run}: {cell.before} before, {cell.now} now"
            lines.append(f"  {verdict.part.file}: {cell.rows:,} runs differ, in {columns}; {where}")
        elif verdict.failure is not None:
            lines.append(f"  {verdict.part.file}: could not be played: {verdict.failure.why}")
    return "\n".join(lines[:12])
