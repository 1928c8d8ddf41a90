"""`sim run RESULT`: a result played again from its manifest."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim import __version__
from sim.cli.common import as_text, fail, say
from sim.cli.result_files import differences
from sim.cli.signals import SOME_FAILED, safe_is, tell
from sim.cli.studies import counting
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.study.replay import ChunkVerdict


def replay(folder: Path, as_json: bool) -> None:
    """Play every run of a result again and say whether all came out as before; exit code 3 where not."""
    from sim.files.result.reader import read_result
    from sim.files.result.store import refuse_older
    from sim.study import cores
    from sim.study.replay import Alone, doubts, play_again, study_again
    from sim.study.workers.local import Crew

    result = read_result(folder)
    refuse_older(folder, result.manifest, __version__)
    study, game = study_again(result), result.game()
    chunks, total = result.there, len(result.chunks)
    if not chunks:
        fail(f"{folder}: holds no runs yet")
    for doubt in doubts(result):
        tell(f"{folder}: {doubt}")
    is_whole = len(chunks) == total
    ready_to_play("zone" if result.is_of_zones else "mesa")
    alone = Alone(game, study) if is_whole and "summary.json" in result.figures else None
    verdicts: list[ChunkVerdict] = []
    safe_is(lambda: _so_far(verdicts, len(chunks)))
    with counting(sum(map(len, chunks))) as count, alone or Crew(study, min(cores(), len(chunks))) as crew:
        for verdict in play_again(result, chunks, crew, lambda chunk: count(len(chunk))):
            verdicts.append(verdict)
    files = differences(result, game, study.plan, alone.played if alone else []) if is_whole else {}
    figures = _figures(folder, verdicts, total, files)
    say(as_text(figures) if as_json else _said(figures, verdicts))
    if not figures["equal"]:
        raise typer.Exit(SOME_FAILED)


def _so_far(verdicts: "list[ChunkVerdict]", chunks: int) -> str:
    """What an interrupted check has found; it changes nothing, so there is nothing to go on from."""
    unlike = sum(not verdict.is_equal for verdict in verdicts)
    said = f"{unlike:,} of them not equal" if unlike else "all of them equal"
    done = (
        f"{len(verdicts):,} of {chunks:,} chunks were played again, {said}" if verdicts else "nothing was compared yet"
    )
    return f"{done}; the result is as it was"


def _figures(folder: Path, verdicts: "list[ChunkVerdict]", total: int, files: dict[str, str]) -> dict[str, Any]:
    return {
        "result": str(folder),
        "equal": all(verdict.is_equal for verdict in verdicts) and not any(files.values()),
        "same_bytes": all(verdict.same_bytes for verdict in verdicts),
        "runs": sum(len(verdict.chunk) for verdict in verdicts),
        "differing_runs": sum(verdict.difference.rows for verdict in verdicts if verdict.difference),
        "chunks": len(verdicts),
        "chunks_asked": total,
        "files": {name: said or "equal" for name, said in files.items()},
        "failures": [verdict.failure.why for verdict in verdicts if verdict.failure],
    }


def _said(figures: dict[str, Any], verdicts: "list[ChunkVerdict]") -> str:
    done = f"{figures['runs']:,} runs of {figures['result']} played again"
    if figures["chunks"] < figures["chunks_asked"]:
        done += f" (unfinished: {figures['chunks']:,} of {figures['chunks_asked']:,} chunks are there)"
    if figures["equal"]:
        how = "byte for byte" if figures["same_bytes"] else "every cell; the files are packed in another way"
        return f"{done}: equal, {how}.\n{_of_files(figures)}"
    lines = [f"{done}: {_of_runs(figures)}"]
    lines += [f"  {name}: {said}" for name, said in figures["files"].items() if said != "equal"]
    for verdict in verdicts:
        cell = verdict.difference
        if cell is not None:
            columns = ", ".join(cell.columns[:5]) + (", ..." if len(cell.columns) > 5 else "")
            where = f"first at design point {cell.point}, run {cell.run}: {cell.before} before, {cell.now} now"
            lines.append(f"  {verdict.chunk.file}: {cell.rows:,} runs differ, in {columns}; {where}")
        elif verdict.failure is not None:
            lines.append(f"  {verdict.chunk.file}: could not be played: {verdict.failure.why}")
    return "\n".join(lines[:12])


def _of_runs(figures: dict[str, Any]) -> str:
    if figures["differing_runs"] or figures["failures"]:
        return f"NOT equal, {figures['differing_runs']:,} of them differ."
    return "they are equal, and what is said of them is NOT."


def _of_files(figures: dict[str, Any]) -> str:
    """What else was compared and what was not."""
    if figures["chunks"] < figures["chunks_asked"]:
        return "Its figures are not compared, as runs are missing."
    names = list(figures["files"])
    compared = (
        f"So {'is' if len(names) == 1 else 'are'} {' and '.join(names)}" if names else "No figures stand beside them"
    )
    return f"{compared}; pictures are not compared."
