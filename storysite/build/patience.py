"""How long a build makes pictures: pages are shown at once, and pictures that take longer follow in later builds."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Generic, TypeVar

from storysite.pool import MIN_PARALLEL_BATCHES, Workers

Task = TypeVar("Task")
Made = TypeVar("Made")


class Patience(Generic[Task]):
    """Says when no further picture is begun: after so many `seconds`, or when something else is to be done.

    With None for the seconds, all are made.
    """

    def __init__(self, seconds: float | None, called_away: Callable[[], bool] = lambda: False) -> None:
        self.is_limited = seconds is not None
        self.left: list[Task] = []
        """What was not begun."""
        self._end = monotonic() + (seconds or 0.0)
        self._called_away = called_away

    def made(
        self,
        workers: Workers,
        work: Callable[[Task], Made],
        tasks: Sequence[Task],
        is_kept: Callable[[Task], bool],
    ) -> Iterator[Made]:
        """Yield what `work` makes of `tasks`, as many as there is patience for.

        Those that are kept need none. Of the others no more are in the making than there are processes: who is called
        away waits for one picture.
        """
        if not self.is_limited:
            yield from workers.map(work, tasks)
            return
        kept = [is_kept(task) for task in tasks]
        yield from workers.map(work, [task for task, found in zip(tasks, kept, strict=True) if found])
        begun = self._begun([task for task, found in zip(tasks, kept, strict=True) if not found])
        if kept.count(False) >= MIN_PARALLEL_BATCHES:
            yield from workers.map(work, begun, one_each=True)
        else:
            yield from map(work, begun)

    def _begun(self, tasks: Sequence[Task]) -> Iterator[Task]:
        """Yield each of `tasks` at the moment when it is begun, and take note of those that are left."""
        for task in tasks:
            if self.left or monotonic() >= self._end or self._called_away():
                self.left.append(task)
            else:
                yield task
