"""Workers of a Dask cluster: one that is started here for the study, or a running one by its address.

A task holds all that a worker needs, so nothing is kept on the cluster and any worker may be lost at any time. Only this
program writes files.
"""

import logging
import platform
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from itertools import islice
from typing import Any, Protocol

from sim.files.errors import BadInput, Fault
from sim.files.parts import Part
from sim.study.local import ATTEMPTS, QUICK, Crew, Played
from sim.study.manifests import parts_of_program
from sim.study.tasks import Failure, Study, Task, play_task

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
    """What plays the parts of a study; a context."""

    def __enter__(self) -> "Executor": ...
    def __exit__(self, *_: object) -> None: ...

    def play(self, parts: Iterable[Part]) -> Iterator[Played]:
        """Play parts, and yield each as it comes in."""


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


def check_executor(name: str) -> None:
    """Refuse an executor that there is none of.

    Raises:
        BadInput: it is not `local`, `dask` or `dask:ADDRESS`, or Dask is not installed.
    """
    kind, sign, address = name.partition(":")
    if name != "local" and (kind != "dask" or bool(sign) != bool(address)):
        raise BadInput([Fault(None, "--executor", f"must be local, dask or dask:ADDRESS (got {name})")])
    if kind == "dask" and find_spec("distributed") is None:
        said = "Dask is not installed: pip install 'negotiation-simulator[dask]'"
        raise BadInput([Fault(None, "--executor", said)])


def executor_of(name: str, study: Study, workers: int) -> Executor:
    """The executor of a name.

    Raises:
        BadInput: there is none of that name, or a cluster cannot be used.
        Lost: a cluster on this machine did not start.
    """
    check_executor(name)
    return Crew(study, workers) if name == "local" else Cluster(study, name.partition(":")[2], workers)


class Cluster:
    """A Dask cluster."""

    def __init__(self, study: Study, address: str, workers: int) -> None:
        import dask  # noqa: PLC0415
        from distributed import Client, LocalCluster  # noqa: PLC0415

        self.study, self.name = study, uuid.uuid4().hex[:8]
        for handler in logging.getLogger("distributed").handlers:
            handler.setLevel(logging.CRITICAL)  # what a user needs to know is said here, in one line
        self.own = None
        if address:
            self.client = _connected(address)
            _check_versions(self.client, address, study.plan.engine)
        else:
            try:
                with dask.config.set(PLAIN):
                    self.own = LocalCluster(
                        n_workers=workers,
                        threads_per_worker=1,
                        dashboard_address="127.0.0.1:0",  # a free port: two sweeps at once do not get in each other's way
                        silence_logs=logging.CRITICAL,
                        preload=["sim.study.quiet"],
                    )
            except RuntimeError as error:
                raise Lost("the Dask cluster on this machine did not start; a worker of it died") from error
            self.client = Client(self.own)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self.own is not None:
            self.own.close()

    def play(self, parts: Iterable[Part]) -> Iterator[Played]:
        """Play parts, and yield each as it comes in. Lost: the scheduler is gone, or a worker that joined will not do."""
        from distributed import as_completed  # noqa: PLC0415

        left, under_way, attempts = iter(parts), as_completed(), dict[int, int]()
        running: dict[Any, Part] = {}
        ours = parts_of_program(self.study.plan.engine)

        def submit(part: Part) -> None:
            attempts[part.number] = attempts.get(part.number, 0) + 1
            key = f"sim-{self.name}-{part.number}-{attempts[part.number]}"
            future = self.client.submit(play_alike, self.study.task(part), ours, key=key, pure=False)
            running[future] = part
            under_way.add(future)

        for part in islice(left, self._slots()):
            submit(part)
        for future in under_way:
            part, reply = running.pop(future), self._reply(future)
            future.release()
            if isinstance(reply, Failure) and attempts[part.number] < ATTEMPTS:
                submit(part)
                continue
            yield part, Failure(part.number, reply.why) if isinstance(reply, Failure) else reply
            for fresh in islice(left, max(0, self._slots() - len(running))):
                submit(fresh)

    def _slots(self) -> int:
        """Tasks to have under way: two for every thread of the cluster."""
        workers: dict[str, Any] = self.client.scheduler_info(n_workers=-1)["workers"]
        return 2 * max(1, sum(int(worker["nthreads"]) for worker in workers.values()))

    def _reply(self, future: Any) -> bytes | Failure:  # noqa: ANN401
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


def _connected(address: str) -> Any:  # noqa: ANN401
    from distributed import Client  # noqa: PLC0415

    try:
        client = Client(address, timeout=WAIT)
        client.wait_for_workers(1, timeout=WAIT)
    except (OSError, ValueError, TimeoutError) as error:
        said = str(error).split("\n", maxsplit=1)[0] or "no answer"
        raise BadInput([Fault(None, "--executor", f"no Dask cluster with workers at {address} ({said})")]) from None
    return client


def _check_versions(client: Any, address: str, engine: str) -> None:  # noqa: ANN401
    """Results are the same bytes on equal versions only, so a worker with others is refused."""
    ours = parts_of_program(engine)
    try:
        theirs: dict[str, dict[str, str]] = client.run(parts_of_program, engine)
    except ModuleNotFoundError as missing:
        said = f"the workers at {address} cannot import {missing.name}; install this program beside them"
        raise BadInput([Fault(None, "--executor", said)]) from None
    for worker, held in theirs.items():
        other = _differing(held, ours)
        if other:
            raise BadInput([Fault(None, "--executor", f"worker {worker} has other versions: {other}")])
