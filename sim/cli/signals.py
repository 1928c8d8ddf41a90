"""How the program stops before its end: one exception, one line that says what is safe, one exit code.

Ctrl-C, SIGTERM, SIGHUP and a folder that vanishes all raise `Stopped` in the main thread, wherever it is. It unwinds as
any exception does, so that every `finally` cleans up what it began, and is told here alone. Little is imported, not even
`typing`: what comes before the handlers are set cannot be caught.
"""

import atexit
import errno
import gc
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sim.files.printable import printable

SOME_FAILED, INTERRUPTED, TERMINATED = 3, 130, 143
NOTHING = "nothing was written"
PATIENCE = 10.0
"""Seconds that cleaning up may take before another request ends the program at once."""
LOOK, SOON = 1.0, 0.05
"""Seconds between two looks at a folder, and until a stop that got lost is raised again."""


class Stopped(BaseException):
    """The program is to end now; not an `Exception`, so that nothing on the way takes it for its own."""

    def __init__(self, why: str, code: int) -> None:
        super().__init__(why)
        self.why, self.code = why, code


class Ended(SystemExit):
    """The program was stopped, and said so."""

    def at_once(self) -> None:
        """End without waiting for threads: all that had to be cleaned up is, or is now."""
        with suppress(BaseException):
            gc.collect()  # closes what a generator holds that was interrupted before its caller took over
            atexit._run_exitfuncs()  # a Dask cluster that was interrupted while it started closes here
        os._exit(int(str(self.code)))


class _Requests:
    """What the program was asked, and what it has to say of it."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new command: nothing was asked and nothing is written yet."""
        self.first: Stopped | None = None
        self.since = 0.0
        self.is_lost = False  # the first request was raised, and dropped
        self.safe: Callable[[], str] = lambda: NOTHING
        self.gone: Callable[[], str] = str

    def stop(self, why: str, code: int) -> None:
        """Raise the first request; while the program cleans up, others are heard but not followed."""
        if self.first is None:
            self.first, self.since = Stopped(why, code), time.monotonic()
            raise self.first
        if time.monotonic() - self.since > PATIENCE:
            os._exit(self.first.code)


_requests = _Requests()
_obeyed: list[int] = []


def obey_signals() -> None:
    """Have requests to end raise `Stopped`, but for those that whoever started the program wants ignored, as nohup does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _on_signal)
            _obeyed.append(number)
    sys.unraisablehook = _raise_again


def buffer_output() -> None:
    """Have a text printed whole or fail: without buffers (PYTHONUNBUFFERED) Python drops what a full disk does not take."""
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), sys.stdout.encoding, sys.stdout.errors)


def stop_obeying() -> None:
    """Once all is done and said, a signal ends the program as the system does."""
    for number in _obeyed:
        signal.signal(number, signal.SIG_DFL)


def _on_signal(number: int, _: object) -> None:
    _requests.stop("Interrupted", INTERRUPTED if number == signal.SIGINT else TERMINATED)


def _on_tick(*_: object) -> None:
    if _requests.first is None:
        why = _requests.gone()
        if why:
            _requests.stop(why, SOME_FAILED)
    elif _requests.is_lost:
        _requests.is_lost = False
        raise _requests.first


def _raise_again(lost: "sys.UnraisableHookArgs") -> None:
    """A stop that was raised where Python has to drop it, as in a callback from C, is raised again a moment later."""
    if not isinstance(lost.exc_value, Stopped):
        sys.__unraisablehook__(lost)
    elif hasattr(signal, "setitimer"):
        _requests.is_lost = True
        signal.signal(signal.SIGALRM, _on_tick)
        signal.setitimer(signal.ITIMER_REAL, SOON)


@contextmanager
def vanishing_noticed(gone: Callable[[], str]) -> Iterator[None]:
    """Stop as soon as `gone` says why there is nothing left to write to."""
    if not hasattr(signal, "setitimer"):  # elsewhere the next file that is written tells
        yield
        return
    _requests.gone = gone
    before = signal.signal(signal.SIGALRM, _on_tick)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _requests.gone = str


def safe_is(say: Callable[[], str]) -> None:
    """From now on, `say` tells what is safe and how to go on, whenever the program stops."""
    _requests.safe = say


def safe() -> str:
    """What is safe, and how to go on."""
    try:
        return _requests.safe()
    except OSError:
        return "what was written before is whole"


def tell(line: str) -> None:
    """Say something about the work, beside the result; where nobody can hear it, it is not said."""
    with suppress(OSError, ValueError, AttributeError):  # full, closed, or never open
        sys.stderr.write(f"{printable(line)}\n")
        sys.stderr.flush()


@contextmanager
def ends_told() -> Iterator[None]:
    """Turn every stop, and a standard output that takes no more, into one line and an exit code."""
    _requests.begin()
    try:
        yield
    except SystemExit:
        raise
    except BaseException as error:
        stopped = error if isinstance(error, Stopped) else _requests.first or _of_disk(error)
        if stopped is None:
            raise
        said, code = f"{stopped.why}: {safe()}.", stopped.code
    else:
        return
    tell(said)
    raise Ended(code)


def _of_disk(error: BaseException) -> Stopped | None:
    """A stop for what cannot be written; the files of a command tell of themselves, what is left is standard output."""
    if not isinstance(error, OSError):
        return None
    why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else (error.strerror or str(error)).lower()
    return Stopped(f"{error.filename or 'standard output'} cannot be written ({why})", SOME_FAILED)
