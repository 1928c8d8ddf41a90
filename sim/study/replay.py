"""Playing a result again from its manifest, to see whether the same comes out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sim.files.result.chunk_files import chunk_bytes, read_chunk
from sim.files.result.chunks import Chunk
from sim.files.result.reader import Result
from sim.files.result.tables import CellDifference, first_difference
from sim.game import Game
from sim.records import Runs
from sim.study.fingerprint import rules_hash
from sim.study.manifest import versions
from sim.study.plan import Plan, play, table_of
from sim.study.workers.dask import Executor
from sim.study.workers.tasks import Failure, Study, packed


@dataclass(frozen=True)
class ChunkVerdict:
    """What came of one chunk that was played again: nothing to tell, a difference, or a failure."""

    chunk: Chunk
    same_bytes: bool
    difference: CellDifference | None = None
    failure: Failure | None = None

    @property
    def is_equal(self) -> bool:
        """Whether every run came out as before."""
        return self.difference is None and self.failure is None


class Alone:
    """Plays a single scenario whole in this process, and keeps the runs: its figures need more of them than is stored."""

    def __init__(self, game: Game, study: Study) -> None:
        self.game, self.study = game, study
        self.played: list[Runs] = []

    def __enter__(self) -> "Alone":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def play(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, bytes]]:
        """Play all chunks, in their order."""
        for chunk, runs in zip(chunks, play(self.game, self.study.plan), strict=True):
            self.played.append(runs)
            yield chunk, chunk_bytes(table_of(self.game, runs), self.study.id, chunk)


def study_again(result: Result) -> Study:
    """The study of a result, as its manifest has it."""
    manifest = result.manifest
    plan = Plan(result.runs, int(manifest["seed"]), manifest["engine"], int(manifest["chunk"]))
    rules = manifest.get("rules_hash", "")
    return Study(packed(manifest["scenario"]), manifest["overrides"], result.design, plan, rules)


def doubts(result: Result) -> Iterator[str]:
    """Why a result may come out otherwise than it was."""
    manifest = result.manifest
    rules = manifest.get("rules_hash")
    if rules is None:
        yield "its manifest does not tell by which rules it was played; if runs differ, that may be why"
    elif rules != rules_hash(manifest["engine"]):
        yield "it was played by other rules, as the program has changed since; if runs differ, that may be why"
    for name, now in versions().items():
        then = manifest["versions"].get(name)
        if then != now:
            yield f"made with {name} {then}, played again with {now}"


def play_again(
    result: Result, chunks: list[Chunk], executor: Executor | Alone, each: Callable[[Chunk], None]
) -> Iterator[ChunkVerdict]:
    """Play chunks again and hold them against what is stored. `each` is told of every chunk."""
    files = {path.name: path for path in result.files}
    for chunk, reply in executor.play(chunks):
        if isinstance(reply, Failure):
            yield ChunkVerdict(chunk, False, failure=reply)
        elif files[chunk.file].read_bytes() == reply:
            yield ChunkVerdict(chunk, True)
        else:
            yield ChunkVerdict(chunk, False, first_difference(read_chunk(files[chunk.file], result.form), reply))
        each(chunk)
