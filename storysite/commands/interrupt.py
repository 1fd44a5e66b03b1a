"""Ctrl-C for commands that run until they are stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIGINT, SIGTERM, signal

from storysite.commands.terminal import say


@contextmanager
def until_interrupted() -> Iterator[None]:
    """End the block without a word at Ctrl-C, and likewise when the system asks the process to end."""
    before = signal(SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        say("", "Stopped.")
    finally:
        signal(SIGTERM, before)


@contextmanager
def interruptions_to(stop: Callable[[], None]) -> Iterator[None]:
    """Hand the first interruption in the block to `stop`; the next one raises KeyboardInterrupt, as ever.

    Python raises it wherever it happens to be: in the middle of an import or of a line that is logged, and a lock stays
    held on which the thread of the server waits for ever; in a destructor, and the exception is lost. So while there
    are threads, an interruption is taken note of, and raised where that does no harm.
    """

    def first(*_: object) -> None:
        restore()
        stop()

    def restore() -> None:
        for number, handler in before.items():
            signal(number, handler)

    before = {number: signal(number, first) for number in (SIGINT, SIGTERM)}
    try:
        yield
    finally:
        restore()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
