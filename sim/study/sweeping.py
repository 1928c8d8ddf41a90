"""Playing what is missing of a study, and storing it as it comes in."""

from collections.abc import Callable, Iterable, Iterator

from sim.files.scenarios import Loaded
from sim.files.store import Store
from sim.files.tables import row_count
from sim.records import Design
from sim.study.clusters import Executor
from sim.study.parts import Part
from sim.study.playing import Plan
from sim.study.tasks import Failure, Study, packed


def study_of(loaded: Loaded, design: Design, plan: Plan) -> Study:
    """A scenario at the points of a design, as workers take it."""
    return Study(packed(loaded.plain), tuple(loaded.overridden), design, plan)


def missing(study: Study, store: Store) -> list[Part]:
    """Parts whose file is not there, or is not whole: a disk may lose what was written."""
    there = store.chunks()
    return [
        part
        for part in study.parts()
        if part.number not in there or row_count(store.chunk_path(part.number)) != len(part)
    ]


def play_missing(
    parts: Iterable[Part], store: Store, executor: Executor, each: Callable[[Part], None]
) -> Iterator[Failure]:
    """Play parts and store them; yields those that failed. `each` is told of every part that is safe."""
    for part, reply in executor.play(parts):
        if isinstance(reply, Failure):
            yield reply
        else:
            store.write_chunk(part.number, reply)
            each(part)
