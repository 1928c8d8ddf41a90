"""What numba has to compile: a list, whether each entry has been, and how to compile those that have not, ahead of their use.

Each is compiled by doing it once in the smallest game, whose arrays have the same types as those of any other.
numba compiles one function at a time in each process, so entries are compiled in processes, as many as there are cores.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from sim.processes import SAFE, command, cores
from sim.rules.compiled import is_kept, note_kept
from sim.study.smallest_games import FACT, STANCE, barred_game, continued_game, smallest_game


def _soundness() -> None:
    from sim.analysis.feasibility.degenerate_games import boxed_in, lone_consent, repeated_lines, without_zone
    from sim.analysis.validation.stances import check_stances

    for game in (smallest_game(), barred_game()):
        lone_consent(game)
        boxed_in(game)
        repeated_lines(game)
        without_zone(game)
        check_stances(game, [STANCE])


def _playing() -> None:
    from sim.batch import play_all
    from sim.draws import Uniforms, realise

    play_all(smallest_game(), realise(smallest_game(), Uniforms(0, 0, 1)))


def _mesa() -> None:
    from sim.draws import Uniforms, realise
    from sim.talks.runs import play_all
    from sim.talks.transcript.recorder import watch

    for game in (smallest_game(), barred_game()):
        worlds = realise(game, Uniforms(0, 0, 1))
        watch(game, worlds.at(0), 0)
        play_all(game, worlds)


def _reasons() -> None:
    from sim.analysis.feasibility.reasons import reasons
    from sim.draws import Uniforms, realise
    from sim.records import End, room

    game = smallest_game()
    outcomes = room(game, 1)
    outcomes.end[:] = End.DEADLINE
    reasons(game, realise(game, Uniforms(0, 0, 1)), outcomes)


def _zones() -> None:
    from sim.analysis.exact.answer import counts_of
    from sim.analysis.exact.sampling import sample_worlds
    from sim.analysis.exact.spaces import space_of
    from sim.draws import Uniforms

    game = smallest_game()
    counts_of(game, space_of(game), Uniforms(0, 0, 1), threads=1)
    sample_worlds(game, space_of(game), Uniforms(0, 0, 1), size=1)


def _blockers() -> None:
    from sim.analysis.exact.answer import answer

    for game in (smallest_game(), barred_game()):
        answer(game, 0, 0, threads=1)


def _exact() -> None:
    import numpy as np

    from sim.analysis.exact.answer import answer
    from sim.analysis.exact.efficiency import efficiency
    from sim.analysis.exact.sampling import sample_zone
    from sim.analysis.exact.spaces import space_of
    from sim.draws import stated_world

    for game in (smallest_game(), barred_game()):
        answer(game, 2, 0, threads=1)
        everybody, front = np.ones(2, bool), np.ones((1, 2))
        sample_zone(game, space_of(game), stated_world(game), everybody, "start", 0, size=4)
        efficiency(game, np.zeros((1, 1), np.int64), np.ones(1, np.int64), front, everybody)


def _stances() -> None:
    from sim.analysis.validation.answer_probabilities import ask

    ask(barred_game(), [STANCE], 1, 0)


def _draft() -> None:
    import numpy as np

    from sim.analysis.draft.amendments import amendments
    from sim.analysis.draft.asked import draft_of, hear

    game = smallest_game()
    draft = draft_of(game, np.array([1]))
    hear(game, draft, 1, 0)
    amendments(game, draft.package, draft.named, 1, 0, 0)


def _record() -> None:
    from sim.analysis.validation.recorded_facts import shows

    shows(smallest_game(), [(FACT, 1)], 1, 0)


def _earlier() -> None:
    from sim.draws import Uniforms
    from sim.earlier import worlds_of

    worlds_of(continued_game(), Uniforms(0, 0, 1))


@dataclass(frozen=True)
class CompiledPart:
    """Something that is compiled as one."""

    name: str
    what: str  # in words
    do: Callable[[], None]  # once in the smallest game, which compiles it

    def is_there(self) -> bool:
        """Whether it was compiled before by these versions, for this processor."""
        return is_kept(self.name)

    def compile(self) -> None:
        """Compile it in this process, if it is not there, and note that it is."""
        self.do()
        note_kept(self.name)


ENTRIES = {
    entry.name: entry
    for entry in (
        CompiledPart("playing", "playing", _playing),
        CompiledPart("soundness", "checks of scenarios", _soundness),
        CompiledPart("reasons", "reasons of failure", _reasons),
        CompiledPart("blockers", "what blocks the stated world", _blockers),
        CompiledPart("mesa", "mesa steps", _mesa),
        CompiledPart("zones", "counting of zones", _zones),
        CompiledPart("stances", "reported answers", _stances),
        CompiledPart("draft", "answers to drafts", _draft),
        CompiledPart("record", "recorded facts", _record),
        CompiledPart("earlier", "talks that others continue", _earlier),
        CompiledPart("exact", "exact answers", _exact),
    )
}
"""Everything that is compiled. What takes longest, or what others build on, comes first."""

STUDY = ("playing", "soundness", "reasons")
"""What playing a scenario many times needs."""


def needed_by(engine: str) -> tuple[str, ...]:
    """What a study needs that is played, or counted, by an engine."""
    return ("soundness", "zones") if engine == "zone" else (*STUDY, "mesa") if engine == "mesa" else STUDY


def to_compile(names: Iterable[str] = ENTRIES) -> list[CompiledPart]:
    """Those of some entries that have not been compiled, in the order of the list."""
    wanted = set(names)
    return [entry for entry in ENTRIES.values() if entry.name in wanted and not entry.is_there()]


class Compiler:
    """A process that compiles one entry after another; it ends at once when this program does, however that ends."""

    def __init__(self) -> None:
        group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}  # an interrupt is for the parent
        self.process = subprocess.Popen(
            command("sim.study.compilation"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env={**os.environ, **SAFE}, **group,
        )  # fmt: skip

    def work(self, left: "SimpleQueue[CompiledPart]", done: "SimpleQueue[tuple[CompiledPart, bool]]") -> None:
        """Take entries until none is left."""
        with suppress(Empty):
            while True:
                entry = left.get_nowait()
                done.put((entry, self._compile(entry)))

    def _compile(self, entry: CompiledPart) -> bool:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(entry.name, file=self.process.stdin, flush=True)
            answer: str = self.process.stdout.readline()
        except (OSError, ValueError):
            return False
        return answer.strip() == entry.name

    def end(self) -> None:
        """End it now."""
        self.process.kill()
        self.process.wait()


def compile_ahead(entries: Sequence[CompiledPart]) -> Iterator[tuple[CompiledPart, bool]]:
    """Compile entries, as many at a time as there are cores; each as it is done, and whether it could be compiled."""
    left: SimpleQueue[CompiledPart] = SimpleQueue()
    done: SimpleQueue[tuple[CompiledPart, bool]] = SimpleQueue()
    for entry in entries:
        left.put(entry)
    crew: list[Compiler] = []
    try:
        for _ in range(min(cores(), len(entries))):
            crew.append(Compiler())
            threading.Thread(target=crew[-1].work, args=(left, done), daemon=True).start()
        for _ in entries:
            yield done.get()
    finally:
        for compiler in crew:
            compiler.end()


def _listen(asked: "SimpleQueue[str]") -> None:
    """Hear what is to be compiled; end when whoever asks is gone."""
    for line in sys.stdin:
        asked.put(line.strip())
    os._exit(0)


def _obey() -> None:
    """Compile what is asked for, and answer each with its name, or with nothing where it failed."""
    asked: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        name = asked.get()
        try:
            ENTRIES[name].compile()
        except Exception:  # the command that needs it will say why, where it matters
            name = ""
        print(name, flush=True)


if __name__ == "__main__":
    _obey()
