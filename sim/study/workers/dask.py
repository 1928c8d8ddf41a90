"""Workers of a Dask cluster: one that is started here for the study, or a running one by its address.

A task holds all that a worker needs, so nothing is kept on the cluster and any worker may be lost at any time. Only this
program writes files.
"""

import logging
import os
import platform
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Protocol

from sim.caches import private_folder
from sim.files.errors import bad_option
from sim.files.printable import printable_line
from sim.files.result.chunks import Chunk
from sim.processes import SAFE
from sim.study.manifest import parts_of_program
from sim.study.workers.here import InThisProcess
from sim.study.workers.local import ATTEMPTS, QUICK, Crew, Played
from sim.study.workers.tasks import Failure, Study, Task, play_task
from sim.study.workers.workplaces import CA, Workplace

WAIT = 30
"""Seconds to wait for a scheduler, and for its first worker."""


PLAIN: dict[str, Any] = {
    "distributed.nanny.pre-spawn-environ": QUICK,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.tick.interval": "500ms",
}
"""Settings of a cluster on this machine: what Dask would watch or give back costs the cores that the workers play on."""


class Executor(Protocol):
    """What plays the chunks of a study; a context."""

    def __enter__(self) -> "Executor": ...
    def __exit__(self, *_: object) -> None: ...

    def play(self, chunks: Iterable[Chunk]) -> Iterator[Played]:
        """Play chunks, and yield each as it comes in."""


class Lost(Exception):
    """A cluster that can play no more; says why."""


class OtherVersions(Exception):
    """A worker has other versions than the program that sweeps; says which."""


def play_alike(task: Task, ours: Mapping[str, str]) -> bytes:
    """Play a task on a worker, whenever it has joined; OtherVersions where it differs from those who asked."""
    other = _differing(_here(task.engine), ours)
    if other:
        raise OtherVersions(f"a worker on {platform.node()} has other versions: {other}")
    return play_task(task)


@cache
def _here(engine: str) -> dict[str, str]:
    return parts_of_program(engine)


def _differing(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    return "; ".join(
        f"{name} {theirs.get(name)} there, {ours[name]} here" for name in ours if theirs.get(name) != ours[name]
    )


def executor_of(place: Workplace, study: Study, workers: int) -> Executor:
    """What plays a study at a workplace.

    Raises:
        BadInput: a cluster cannot be used.
        Lost: a cluster on this machine did not start.
    """
    if place.kind == "dask":
        return Cluster(study, place, workers)
    return InThisProcess(study, workers) if place.kind == "here" else Crew(study, workers)


class Cluster:
    """A Dask cluster."""

    def __init__(self, study: Study, place: Workplace, workers: int) -> None:
        from distributed import Client

        self.study, self.name = study, uuid.uuid4().hex[:8]
        for handler in logging.getLogger("distributed").handlers:
            handler.setLevel(logging.CRITICAL)  # what a user needs to know is said here, in one line
        self.own = None if place.address else _started(workers)
        if self.own is None:
            self.client = _connected(place)
            _check_versions(self.client, place.address, study.plan.engine)
        else:
            self.client = Client(self.own)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self.own is not None:
            self.own.close()

    def play(self, chunks: Iterable[Chunk]) -> Iterator[Played]:
        """Play chunks, and yield each as it comes in. Lost: the scheduler is gone, or a worker that joined will not do."""
        from distributed import as_completed

        left, under_way, attempts = iter(chunks), as_completed(), dict[int, int]()
        running: dict[Any, Chunk] = {}
        ours = parts_of_program(self.study.plan.engine)

        def submit(chunk: Chunk) -> None:
            attempts[chunk.number] = attempts.get(chunk.number, 0) + 1
            key = f"sim-{self.name}-{chunk.number}-{attempts[chunk.number]}"
            future = self.client.submit(play_alike, self.study.task(chunk), ours, key=key, pure=False)
            running[future] = chunk
            under_way.add(future)

        for chunk in islice(left, self._slots()):
            submit(chunk)
        for future in under_way:
            chunk, reply = running.pop(future), self._reply(future)
            future.release()
            if isinstance(reply, Failure) and attempts[chunk.number] < ATTEMPTS:
                submit(chunk)
                continue
            yield chunk, Failure(chunk.number, reply.why) if isinstance(reply, Failure) else reply
            for fresh in islice(left, max(0, self._slots() - len(running))):
                submit(fresh)

    def _slots(self) -> int:
        """Tasks to have under way: two for every thread of the cluster."""
        workers: dict[str, Any] = self.client.scheduler_info(n_workers=-1)["workers"]
        return 2 * max(1, sum(int(worker["nthreads"]) for worker in workers.values()))

    def _reply(self, future: Any) -> bytes | Failure:
        if future.status == "finished":
            played: bytes = future.result()
            return played
        if future.status == "error":
            error = future.exception()
            if isinstance(error, OtherVersions):
                raise Lost(str(error))
            if isinstance(error, ModuleNotFoundError):
                raise Lost(f"a worker that joined cannot import {error.name}; install this program beside it")
            return Failure(-1, f"{type(error).__name__}: {error}")
        raise Lost("the Dask scheduler is gone")


def _started(workers: int) -> Any:
    """A cluster on this machine, which nobody else can reach: its connections are by TLS, with a certificate of its own."""
    import dask
    from distributed import LocalCluster

    os.environ.update(SAFE)  # Dask starts its processes by `python -c`, and sets all of `QUICK` here as well
    own = {
        "temporary-directory": str(private_folder("dask"))
    }  # Dask puts it first on the path of its processes and ours
    try:
        with dask.config.set(PLAIN | own):
            return LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",  # a free port: two sweeps at once do not get in each other's way
                silence_logs=logging.CRITICAL,
                preload=["sim.study.workers.dask_preload"],
                security=True,
            )
    except RuntimeError as error:
        raise Lost(f"the Dask cluster on this machine did not start: {_cause(error)}") from error


def _cause(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return printable_line(f"{type(error).__name__}: {error}")


def _connected(place: Workplace) -> Any:
    from distributed import Client

    try:
        client = Client(place.address, timeout=WAIT, security=place.security)
        client.wait_for_workers(1, timeout=WAIT)
    except (OSError, ValueError, TimeoutError) as error:
        said = f"no Dask cluster with workers at {place.address} ({_no_answer(error)})"
        raise bad_option("--executor", said) from None
    return client


def _no_answer(error: Exception) -> str:
    """Why a scheduler cannot be used: where TLS fails, its reason is behind what Dask says, or in the middle of it."""
    said = [str(error), str(error.__cause__)]
    found = next(filter(None, (re.search(r"(?:\[SSL: \w+\]|SSL\w*Error:) (.+?) \(_ssl", text) for text in said)), None)
    if found is None:
        return re.sub(r"^in <.*?>: ", "", said[0].split("\n", maxsplit=1)[0]) or "no answer"
    return f"TLS: {found[1]}; both ends need certificates of one authority, and {CA} is that authority's"


def _check_versions(client: Any, address: str, engine: str) -> None:
    """Results are the same bytes on equal versions only, so a worker with others is refused."""
    ours = parts_of_program(engine)
    try:
        theirs: dict[str, dict[str, str]] = client.run(parts_of_program, engine)
    except ModuleNotFoundError as missing:
        said = f"the workers at {address} cannot import {missing.name}; install this program beside them"
        raise bad_option("--executor", said) from None
    for worker, held in theirs.items():
        other = _differing(held, ours)
        if other:
            raise bad_option("--executor", f"worker {worker} has other versions: {other}")
