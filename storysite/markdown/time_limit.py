"""A bound on time: no post, however strange, may hold up a build."""

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TimeLimitReached(BaseException):
    """Something was stopped. It is no Exception, so that no library takes it for a fault of its own and goes on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong inside the block when it has taken `seconds` of this process's work.

    Windows, and threads beside the main one, have no such clock; there it is `seconds` of the clock on the wall.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGVTALRM, _stop)
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
    else:
        thread = threading.get_ident()
        alarm = threading.Timer(seconds, _raise_in, (thread, TimeLimitReached))
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()
            alarm.join()
            _raise_in(thread, None)  # one that came too late must not go off elsewhere


def _stop(*_: object) -> None:
    raise TimeLimitReached


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Let `error` be raised in a thread at its next step; None takes one back that was not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)
