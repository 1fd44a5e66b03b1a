"""A bound on time: no post, however strange, may hold up a build."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TimeLimitReached(BaseException):
    """Something was stopped. It is no Exception, so that no library takes it for a fault of its own and goes on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong inside the block when it has taken `seconds` of this process's work.

    Windows has no such clock, and only the main thread of a process can be stopped by it; elsewhere there is no limit.
    All commands read posts in the main thread, of their own process or of one of its workers.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: object) -> None:
    raise TimeLimitReached
