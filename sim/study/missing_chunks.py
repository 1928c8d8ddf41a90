"""Playing what is missing of a study, and storing it as it comes in."""

from collections.abc import Callable, Iterable, Iterator

from sim.files.result.chunk_files import DAMAGED, FOREIGN, ChunkForm, Flaw, check_chunk
from sim.files.result.chunks import Chunk
from sim.files.result.manifest import read_manifest
from sim.files.result.store import Mismatch, Store
from sim.files.scenario.reader import Loaded
from sim.records import Design
from sim.study.fingerprint import rules_hash
from sim.study.manifest import versions
from sim.study.plan import Plan
from sim.study.workers.dask import Executor
from sim.study.workers.tasks import Failure, Study, packed


def study_of(loaded: Loaded, design: Design, plan: Plan) -> Study:
    """A scenario at the points of a design, as workers take it."""
    return Study(packed(loaded.plain), loaded.overridden, design, plan)


def missing(study: Study, store: Store) -> list[Chunk]:
    """Chunks whose file is not there, or is not whole: a disk may lose what was written.

    Raises:
        Mismatch: chunks were played by other rules, or belong to another study; what is there is left as it is.
    """
    there = store.chunks()
    if there:
        _refuse_other_rules(study, store)
    form, chunks, left = study.form(), study.chunks(), []
    foreign = [file for file in store.chunk_files() if chunks.named(file.name) is None]
    for chunk in chunks:
        flaw = _flaw(store, chunk, form) if chunk.number in there else DAMAGED
        if flaw == FOREIGN:
            foreign.append(store.chunk_path(chunk.number))
        elif flaw:
            left.append(chunk)
    if foreign:
        more = f" (and {len(foreign) - 1:,} more)" if len(foreign) > 1 else ""
        raise Mismatch(f"{foreign[0]}{more} {FOREIGN}; remove it, and the same command plays what is missing")
    return left


def _flaw(store: Store, chunk: Chunk, form: ChunkForm) -> str:
    try:
        check_chunk(store.chunk_path(chunk.number), chunk, form, every_cell=True)
    except Flaw as flaw:
        return str(flaw)
    return ""


def _refuse_other_rules(study: Study, store: Store) -> None:
    """A result that other rules began is not finished with these: its figures would be of two programs at once."""
    held = (read_manifest(store.folder) or {}).get("rules_hash")
    if held is None:
        said = "was begun by a program that did not note its rules, so nobody can know whether they are those of now"
    elif held != rules_hash(study.plan.engine):
        said = "was begun with other rules: the program has changed since"
    else:
        return
    raise Mismatch(f"{store.folder} {said}; name another --out, or remove it to play all of it anew")


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
    chunks: Iterable[Chunk], store: Store, executor: Executor, each: Callable[[Chunk], None]
) -> Iterator[Failure]:
    """Play chunks and store them; yields those that failed. `each` is told of every chunk that is safe."""
    for chunk, reply in executor.play(chunks):
        if isinstance(reply, Failure):
            yield reply
        else:
            store.write_chunk(chunk.number, reply)
            each(chunk)
