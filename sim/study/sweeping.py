"""Playing what is missing of a study, and storing it as it comes in."""

from collections.abc import Callable, Iterable, Iterator

from sim.files.parts import Part
from sim.files.scenarios import Loaded
from sim.files.store import Mismatch, Store, read_manifest
from sim.files.tables import holds
from sim.records import Design
from sim.study.clusters import Executor
from sim.study.manifests import versions
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
        if part.number not in there or not holds(store.chunk_path(part.number), part, every_page=True)
    ]


def refuse_other_versions(store: Store) -> None:
    """A result that was begun with other versions is not finished with these: its runs might not be of one kind.

    Raises:
        Mismatch: says which versions differ.
    """
    held = (read_manifest(store.folder) or {}).get("versions", {})
    other = [f"{name} {held.get(name)} there, {now} now" for name, now in versions().items() if held.get(name) != now]
    if other and store.chunks():
        raise Mismatch(f"{store.folder} was begun with other versions ({'; '.join(other)}); name another --out")


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
