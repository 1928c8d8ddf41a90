"""Threads for compiled code, which holds no interpreter lock and cannot be interrupted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def threads_for_now(count: int) -> Iterator[ThreadPoolExecutor]:
    """Some threads; who is interrupted does not wait until they come out of compiled code, or of the compiler."""
    threads = ThreadPoolExecutor(count)
    try:
        yield threads
    except BaseException:
        threads.shutdown(wait=False, cancel_futures=True)
        raise
    threads.shutdown()
