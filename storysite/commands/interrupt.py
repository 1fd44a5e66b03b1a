"""How commands end before they are done: Ctrl-C, a terminal that is closed, and a system that asks for it.

All are exceptions, so that whatever is open is closed, helpers end and nothing half-made is left. The exit code is the
one that shells know: 128 and the number of the signal.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from storysite.commands.terminal import say

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals by which a system asks a process to end."""


class Ended(KeyboardInterrupt):
    """The system asked this process to end, by a signal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let the block be left in order when it is interrupted, and exit then."""
    with _stopped(signal.SIGINT):
        yield


@contextmanager
def until_interrupted() -> Iterator[None]:
    """The same for what goes on until Ctrl-C: that is how it is meant to end."""
    with _stopped(None):
        yield


@contextmanager
def _stopped(at_ctrl_c: int | None) -> Iterator[None]:
    try:
        with _handled(ENDING, _raise(os.getpid())):
            yield
    except KeyboardInterrupt as error:
        number = error.number if isinstance(error, Ended) else at_ctrl_c
        with suppress(OSError):  # who read what is said may have gone
            if number in (None, signal.SIGINT, signal.SIGTERM):  # else the terminal has gone, for sure
                say("", "Stopped.", error=at_ctrl_c is not None)
        if number is not None:
            sys.exit(128 + number)


@contextmanager
def interruptions_to(stop: Callable[[], None]) -> Iterator[None]:
    """Hand the first interruption in the block to `stop`; the next one is raised as ever.

    Python raises it wherever it happens to be: in the middle of an import or of a line that is logged, and a lock stays
    held on which the thread of the server waits for ever; in a destructor, and the exception is lost. So while there
    are threads, an interruption is taken note of, and raised where that does no harm.
    """
    told: list[int] = []

    def first(restore: Callable[[], None], number: int) -> None:
        told.append(number)
        restore()
        stop()

    with _handled([signal.SIGINT, *ENDING], first):
        try:
            yield
        except KeyboardInterrupt:
            if told and told[0] != signal.SIGINT:
                raise Ended(told[0]) from None
            raise


def _raise(owner: int) -> Callable[[Callable[[], None], int], None]:
    def end(_: Callable[[], None], number: int) -> None:
        if os.getpid() != owner:
            os._exit(128 + number)  # a helper that has just been forked: nothing that is open is its own
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)  # to be told twice must not break off what is put in order
        raise Ended(number)

    return end


@contextmanager
def _handled(numbers: list[int], handle: Callable[[Callable[[], None], int], object]) -> Iterator[None]:
    """Handle signals in the block, but those that are not to be heard, as below `nohup`."""
    heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    before = {number: signal.signal(number, lambda number, _: handle(restore, number)) for number in heard}
    try:
        yield
    finally:
        restore()
