"""Threads of this process as workers: nothing is started, as a notebook expects. Compiled code holds no interpreter lock."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sim.analysis.threads import threads_for_now
from sim.files.result.chunks import Chunk
from sim.study.workers.local import Played
from sim.study.workers.tasks import Failure, OtherRules, Study, play_task


class InThisProcess:
    """Plays the chunks of a study by threads."""

    def __init__(self, study: Study, threads: int) -> None:
        self.study, self.size = study, threads

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def play(self, chunks: Iterable[Chunk]) -> Iterator[Played]:
        """Play chunks, and yield each in their order; not many more are held than there are threads."""
        left = iter(chunks)
        with threads_for_now(self.size) as threads:
            while some := list(islice(left, 2 * self.size)):
                yield from zip(some, threads.map(self._play, some), strict=True)

    def _play(self, chunk: Chunk) -> bytes | Failure:
        try:
            return play_task(self.study.task(chunk))
        except OtherRules as changed:
            return Failure(chunk.number, str(changed))
