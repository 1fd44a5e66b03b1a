"""A bound on time: no post, however strange, may hold up a build."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TimeLimitReached(BaseException):
    """Something was stopped. It is no Exception, so that no library takes it for a fault of its own and goes on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitReached inside the block when it has taken `seconds` of this process's work.

    Windows has no such clock, and only the main thread of a process can be stopped by it; elsewhere there is no limit.
    All commands read posts in the main thread, of their own process or of one of its workers. A block within another
    has its own limit, and what it takes counts for the other one too.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    outer, _ = signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if outer:
            signal.setitimer(signal.ITIMER_PROF, max(outer - (seconds - left), 0.001))


def _stop(*_: object) -> None:
    raise TimeLimitReached
