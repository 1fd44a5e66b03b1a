"""Builds again whenever something changed: what was saved, what became due, what no event told of."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from storysite.build import build
from storysite.errors import Problem, StorysiteError
from storysite.order import Order, Report
from storysite.outcome import Sight, see
from storysite.read.scan import RACY, Scan, scan
from storysite.watch import Watcher

LOOK = 3.0
"""Seconds between two looks at all files while nothing is told of."""
SHARE = 150
"""Times as long as a look takes is the pause after it, so that waiting costs less than a hundredth of a processor."""
POLL = 1.0
"""Seconds between two looks where no events are to be had."""


class Rebuild(Struct):
    """One build of many: the files saved before it, its report (None if it was stopped), and what is wrong."""

    saved: list[str]
    report: Report | None
    problems: list[Problem]
    seconds: float

    def is_news(self, last: "Rebuild") -> bool:
        """Return whether there is anything to tell after `last`: a file was saved, pages differ, or other errors."""
        if self.saved or (self.report is None) != (last.report is None):
            return True
        if self.report is None:
            return self.problems != last.problems
        return bool(self.report.work.render or self.report.work.delete)


def rebuilds(order: Order, watcher: Watcher, *, poll: bool) -> Iterator[Rebuild]:
    """Yield a Rebuild now and after each change, until `watcher` is stopped; with `poll` no event is asked for.

    The first build may take many processes, which are best started before there are threads.
    """
    state = _State(order)
    yield (last := state.build([]))
    state.order = replace(
        order, start=order.start or "spawn"
    )  # from here on there are threads, which a fork would lose
    if not poll and watcher.start():
        state.every = LOOK
    while not watcher.stopped:
        told = watcher.wait(state.pause())
        if watcher.stopped:
            return
        if told or state.look():
            rebuild = state.build(state.saved())
            if rebuild.is_news(last):
                yield rebuild
            last = rebuild


class _State:
    """What a site looked like when it was last built, and when it is to be looked at again."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.folder = order.folder.resolve()
        self.every = POLL
        self.found = scan(self.folder)
        self.sight = self._see()
        self.since = self.until = datetime.now(UTC)
        self.cost = 0.0

    def build(self, saved: list[str]) -> Rebuild:
        """Build what was found last."""
        began = perf_counter()
        self.since = datetime.now(UTC)
        self.sight = self._see()
        try:
            report = build(self.order, found=self.found)
        except StorysiteError as error:
            self.until = datetime.max.replace(tzinfo=UTC)
            return Rebuild(saved, None, list(error.problems), perf_counter() - began)
        self.until = report.outcome.until
        return Rebuild(saved, report, report.problems, perf_counter() - began)

    def saved(self) -> list[str]:
        """Look at all files, and return those that are not as they were."""
        before = _files(self.found)
        self.found = scan(self.folder)
        after = _files(self.found)
        return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))

    def look(self) -> bool:
        """Return whether the site must be built, though nobody told of a change."""
        if not self.sight.settled or not self.since <= datetime.now(UTC) < self.until:
            return True
        began = perf_counter()
        found = scan(self.folder)
        differs = see(self.folder, found, self.order.options).digest != self.sight.digest
        self.cost = perf_counter() - began
        return differs

    def pause(self) -> float:
        """Return the seconds until the next look: files that were just saved are looked at again when they settled."""
        due = (self.until - datetime.now(UTC)).total_seconds()
        every = max(self.every, SHARE * self.cost) if self.sight.settled else RACY / 1e9 + 0.1
        return max(0.05, min(every, due))

    def _see(self) -> Sight:
        return see(self.folder, self.found, self.order.options)


def _files(found: Scan) -> dict[str, tuple[int, int]]:
    return {path: (mtime, size) for path, mtime, size in [*found.posts, *found.files, *found.data]}
