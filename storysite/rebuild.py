"""Builds again whenever something changed: what was saved, what became due, what no event told of."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from time import perf_counter, thread_time

from msgspec import Struct
from msgspec.structs import replace

from storysite.build import build
from storysite.desk import Desk
from storysite.errors import Problem, StorysiteError
from storysite.order import Order, Report
from storysite.outcome import Sight, see
from storysite.read.scan import RACY, Found, Scan
from storysite.watch import Watcher

LOOK = 3.0
"""Seconds between two looks at all files while nothing is told of."""
SHARE = 150
"""Times as much as a look costs is the pause after it, so that waiting costs less than a hundredth of a processor."""
SOURCES = ("content/", "static/", "data/")
"""Where a save can change nothing but files of its own folder."""
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
    """Yield a Rebuild now and after each change, for as long as it is asked; with `poll` no event is waited for.

    The first build may take many processes, which are best started before there are threads.
    """
    with closing(_State(order)) as state:
        yield (last := state.build(state.sight))
        state.order = replace(order, start=order.start or "spawn")  # a fork would not have the threads there are by now
        if not poll and watcher.start():
            state.every = LOOK
        pause = 0.0  # nobody was told of what was saved during the first build, so all is looked at once more
        while True:
            state.prepare()
            told = watcher.wait(pause)
            sight = state.look(told if pause else set())
            if told or state.is_stale(sight):
                rebuild = state.build(sight)
                if rebuild.is_news(last):
                    yield rebuild
                last = rebuild
            pause = state.pause()


class _State:
    """What a site looked like when it was last built, and when it is to be looked at again."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.desk = Desk(order)
        self.every = POLL
        self.sight = self._see()
        self.since = self.until = datetime.now(UTC)

    def close(self) -> None:
        """Let go of the site."""
        self.desk.close()

    def prepare(self) -> None:
        """Find out now what the next saved text would wait for."""
        import storysite.produce
        import storysite.render.markup  # noqa: F401 -- the first build left reading and rendering to other processes

        if made := self.desk.made:
            made.index()

    def look(self, told: set[str]) -> Sight:
        """Look at all that the site is made of; where texts were saved, only there, and at the rest after a pause."""
        if told and all(path.startswith(SOURCES) for path in told) and not self.sight.found.follows_links:
            return see(self.desk.folder, self.order.options, self.sight, told)
        return self._see()

    def _see(self) -> Sight:
        began = thread_time()  # a look that had to wait for others cost no more than any
        sight = see(self.desk.folder, self.order.options)
        self.touched = self.desk.was_touched()
        self.cost = thread_time() - began
        return sight

    def is_stale(self, sight: Sight) -> bool:
        """Return whether the site must be built, though nobody told of a change."""
        in_time = self.since <= datetime.now(UTC) < self.until
        seen = self.sight.settled and sight.digest == self.sight.digest
        return not in_time or not seen or self.touched

    def build(self, sight: Sight) -> Rebuild:
        """Build what was seen."""
        began = perf_counter()
        saved = _differences(self.sight.found, sight.found)
        self.sight, self.since = sight, datetime.now(UTC)
        try:
            report = build(self.order, at=self.desk, sight=sight)
        except StorysiteError as error:
            self.until = datetime.max.replace(tzinfo=UTC)
            return Rebuild(saved, None, list(error.problems), perf_counter() - began)
        self.until = report.outcome.until
        return Rebuild(saved, report, report.problems, perf_counter() - began)

    def pause(self) -> float:
        """Return the seconds until the next look: files that were just saved are looked at again when they settled."""
        due = (self.until - datetime.now(UTC)).total_seconds()
        every = max(self.every, SHARE * self.cost) if self.sight.settled else RACY / 1e9 + 0.1
        return max(0.05, min(every, due))


def _differences(before: Scan, after: Scan) -> list[str]:
    """Return the files that are in one of two scans only, or not alike in both."""
    folders = [
        here
        for here in before.listings.keys() | after.listings.keys()
        if before.listings.get(here) is not after.listings.get(here)
    ]
    old, new = _files(before, folders), _files(after, folders)
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def _files(found: Scan, folders: list[str]) -> dict[str, Found]:
    listings = [found.listings[here] for here in folders if here in found.listings]
    return {file.path: file for listing in listings for file in (*listing.posts, *listing.files)}
