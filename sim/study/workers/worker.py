"""A worker process: it reads tasks from its standard input and writes what comes of them.

It ends with its parent, even in the middle of a task: when the other end of its input closes.
"""

import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import BinaryIO


def _listen(stream: BinaryIO, tasks: "queue.SimpleQueue[object]") -> None:
    try:
        while True:
            tasks.put(pickle.load(stream))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


def main() -> None:
    """Play tasks one after the other, for as long as the parent lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no reply
    tasks: queue.SimpleQueue[object] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    from sim.study.workers.tasks import Failure, Task, play_task  # listens before it spends a second here

    while True:
        task = tasks.get()
        assert isinstance(task, Task)
        try:
            reply: bytes | Failure = play_task(task)
        except Exception as error:  # whatever it is, the parent tells
            reply = Failure(task.chunk.number, _told(error))
        pickle.dump(reply, replies)
        replies.flush()


def _told(error: Exception) -> str:
    """An error on one line, with the place where it arose."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.name}, line {last.lineno} of {Path(last.filename).name})"


if __name__ == "__main__":
    main()
