"""Playing a result again from its manifest, to see whether the same comes out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sim.files.parts import Part
from sim.files.results import Result
from sim.files.store import digest
from sim.files.tables import Difference, first_difference
from sim.study.clusters import Executor
from sim.study.manifests import versions
from sim.study.playing import Plan
from sim.study.tasks import Failure, Study, packed


@dataclass(frozen=True)
class Verdict:
    """What came of one part that was played again: nothing to tell, a difference, or a failure."""

    part: Part
    same_bytes: bool
    difference: Difference | None = None
    failure: Failure | None = None

    @property
    def is_equal(self) -> bool:
        """Whether every run came out as before."""
        return self.difference is None and self.failure is None


def study_again(result: Result) -> Study:
    """The study of a result, as its manifest has it."""
    manifest = result.manifest
    plan = Plan(result.runs, int(manifest["seed"]), manifest["engine"], int(manifest["chunk"]))
    return Study(packed(manifest["scenario"]), tuple(manifest["overrides"]), result.design, plan)


def doubts(result: Result) -> Iterator[str]:
    """Why a result may come out otherwise than it was."""
    manifest = result.manifest
    if digest(manifest["scenario"]) != manifest.get("scenario_hash"):
        yield "the scenario in the manifest was changed after the result was made"
    for name, now in versions().items():
        then = manifest["versions"].get(name)
        if then != now:
            yield f"made with {name} {then}, played again with {now}"


def play_again(
    result: Result, parts: list[Part], executor: Executor, each: Callable[[Part], None]
) -> Iterator[Verdict]:
    """Play parts again and hold them against what is stored. `each` is told of every part."""
    files = {path.name: path for path in result.files}
    for part, reply in executor.play(parts):
        if isinstance(reply, Failure):
            yield Verdict(part, False, failure=reply)
        elif files[part.file].read_bytes() == reply:
            yield Verdict(part, True)
        else:
            yield Verdict(part, False, first_difference(files[part.file], reply))
        each(part)
