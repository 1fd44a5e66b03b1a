"""Room in memory, which the processes of a build share: together they never hold more than a school's laptop has.

A picture needs far more of it while it is decoded than its file is large, and there may be as many at a time as
processors.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import TracebackType
from typing import Protocol

ROOM = 450_000_000
"""Bytes for what all processes of a build have in hand: with what they need by themselves this is less than 1 GB."""
_LARGE = 20_000_000
"""Bytes of a file that is held as a whole by one process at a time: it is copied when it is scrubbed."""


class Condition(Protocol):
    """A lock that processes share, and a bell for those who wait for it."""

    def __enter__(self) -> object: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def wait(self, timeout: float | None = None) -> bool: ...
    def notify_all(self) -> None: ...


class Counter(Protocol):
    """A number that processes share."""

    value: int


class _Shared:
    """What this process has to do with the others: nothing, until it is told of them."""

    condition: Condition | None = None
    taken: Counter
    has_some = False


def share(condition: Condition, taken: Counter) -> None:
    """Share the room with all processes that are given the same lock and number, which begins as 0."""
    _Shared.condition, _Shared.taken = condition, taken


@contextmanager
def room(size: int) -> Iterator[None]:
    """Wait until there is room for so many bytes. Whoever needs more than there is has all of it for himself.

    Who has some already gets the rest at once, for two who wait for each other would wait forever.
    """
    condition = _Shared.condition
    if condition is None or _Shared.has_some:
        yield
        return
    taken = _Shared.taken
    with condition:
        while taken.value and taken.value + size > ROOM:
            condition.wait()
        taken.value += size
    _Shared.has_some = True
    try:
        yield
    finally:
        _Shared.has_some = False
        with condition:
            taken.value -= size
            condition.notify_all()


def room_for_file(size: int) -> AbstractContextManager[None]:
    """Wait until there is room for a file of so many bytes and whatever is made of it; small ones need no room."""
    return room(ROOM) if size > _LARGE else nullcontext()
