"""Workers on this machine: processes, each looked after by a thread that starts another when one dies."""

import os
import pickle
import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import IO, Any

from sim.files.printable import printable_line
from sim.files.result.chunks import Chunk
from sim.processes import SAFE, command
from sim.study.workers.tasks import Failure, Study, Task

ATTEMPTS = 3
"""Deaths of workers over one chunk after which it counts as failed."""

QUICK = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    **dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), str(2**29)),
}
"""Environment of a worker: idle threads of a linear algebra library would spin on the cores of others, and memory given back
to the system after each chunk would have to be cleared for the next one."""

Played = tuple[Chunk, bytes | Failure]


KILLED = " (is there too little memory?)"
"""What is most often behind a worker that the system has ended."""

PATIENCE = 5.0
"""Seconds in which a worker that has closed its pipes should be gone."""

LONGEST = 4096
"""Bytes of a line of an error that are read at a time."""


class Died(Exception):
    """A worker is gone; says how, and what it said last."""


class Worker:
    """One worker process."""

    def __init__(self) -> None:
        group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}  # an interrupt is for the parent
        self.process = subprocess.Popen(
            command("sim.study.workers.worker"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, **QUICK, **SAFE}, **group,
        )  # fmt: skip
        self.said = ""
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        """Keep the last line of what it says of errors, for when it dies."""
        assert self.process.stderr is not None
        with self.process.stderr as stream:
            for line in iter(lambda: stream.readline(LONGEST), b""):
                self.said = line.decode(errors="replace").strip() or self.said

    def ask(self, task: Task) -> bytes | Failure:
        """Have a task played. Died: the worker is gone."""
        into, out = self._pipes()
        try:
            pickle.dump(task, into)
            into.flush()
            reply: bytes | Failure = pickle.load(out)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as gone:
            raise Died(self._last_words()) from gone
        return reply

    def _last_words(self) -> str:
        """How it ended, and what it said last."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return "no answer"
        self.listener.join(PATIENCE)
        signals = {sign.value: sign.name for sign in signal.Signals}
        how = f"exit code {code}" if code >= 0 else signals.get(-code, f"signal {-code}")
        return ": ".join(filter(None, (how, printable_line(self.said)))) + (KILLED if how == "SIGKILL" else "")

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        return self.process.stdin, self.process.stdout

    def end(self) -> None:
        """End it now; what it is playing is dropped."""
        self.process.kill()
        self.process.wait()
        for pipe in self._pipes():
            try:
                pipe.close()
            except OSError:
                continue  # what was not yet sent has nobody to go to


class Crew:
    """Some workers; as a context, so that none outlives it."""

    def __init__(self, study: Study, workers: int) -> None:
        self.study, self.size = study, workers
        self.own = threading.local()
        self.all: list[Worker] = []
        self.closed = threading.Event()
        self.threads = ThreadPoolExecutor(workers)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self.all):
            worker.end()
        self.threads.shutdown()
        for worker in self.all:  # one may have been started meanwhile
            worker.end()

    def play(self, chunks: Iterable[Chunk]) -> Iterator[Played]:
        """Play chunks, and yield each as it comes in; not many more are under way than there are workers."""
        left = iter(chunks)
        running: dict[Future[bytes | Failure], Chunk] = {}
        while True:
            for chunk in islice(left, max(0, 2 * self.size - len(running))):
                running[self.threads.submit(self._play, chunk)] = chunk
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()

    def _play(self, chunk: Chunk) -> bytes | Failure:
        task, last = self.study.task(chunk), ""
        for _ in range(ATTEMPTS):
            try:
                worker = self._worker()
                if self.closed.is_set():  # while it started; whoever closed has not seen it
                    break
                return worker.ask(task)
            except Died as died:
                last = str(died)
                self._dismiss()
                if self.closed.is_set():
                    break
        return Failure(chunk.number, f"{ATTEMPTS} workers died over it, the last with {last}")

    def _dismiss(self) -> None:
        """Forget the worker of this thread: the next chunk gets another."""
        self.own.worker.end()
        self.all.remove(self.own.worker)
        self.own.worker = None

    def _worker(self) -> Worker:
        worker = getattr(self.own, "worker", None)
        if worker is None:
            worker = self.own.worker = Worker()
            self.all.append(worker)
        return worker
