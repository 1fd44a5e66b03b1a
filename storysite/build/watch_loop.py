"""Builds again whenever something changed: what was saved, what became due, what no event told of.

Pages are put in place at once. The pictures that they show follow, a few at a time, as long as nobody saves anything.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from time import monotonic, perf_counter, thread_time
from types import TracebackType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from storysite.build import build
from storysite.build.file_events import Watcher
from storysite.build.inputs import Inputs, snapshot_inputs
from storysite.build.options import BuildOptions
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.errors import StorysiteError, UsageError, refused
from storysite.pool import Workers, cores
from storysite.problems import Problem, errors_in
from storysite.source.scan import RACY, FoundFile, Scan, is_ignored

FULL_SCAN_INTERVAL = 3.0
"""Seconds between two looks at all files while nothing is told of."""
PAUSE_FACTOR = 150
"""Times as much as a look costs is the pause after it, so that waiting costs less than a hundredth of a processor."""
SOURCES = ("content/", "static/", "data/")
"""Where a save can change nothing but files of its own folder."""
POLL = 1.0
"""Seconds between two looks where no events are to be had."""
PORTION = 2.0
"""Seconds after which the pictures that were made meanwhile are put in place."""


class Rebuild(Struct):
    """One build of many: the files saved before it, its report (None if it was stopped), and what is wrong."""

    saved: list[str]
    built: Build | None
    problems: list[Problem]
    seconds: float
    followed: int = 0
    """How many pictures were made since the last save, if this build made nothing else: a portion of what was left."""

    def is_news(self, last: "Rebuild") -> bool:
        """Return whether there is anything to tell after `last`: a file was saved, pages differ, or other errors."""
        if self.saved or (self.built is None) != (last.built is None):
            return True
        if self.built is None:
            return self.problems != last.problems
        return bool(self.built.work.render or self.built.work.delete)


def rebuilds(options: BuildOptions, watcher: Watcher, *, poll: bool) -> Iterator[Rebuild]:
    """Yield a Rebuild now and after each change, for as long as it is asked; with `poll` no event is waited for.

    The first build may take many processes, which are best started before there are threads.
    """
    with _State(options, watcher) as state:
        yield (last := state.build(state.inputs, first=True))
        state.options = replace(
            options, start=options.start or "spawn"
        )  # a fork would not have the threads there are by now
        if not poll and watcher.start():
            state.every = FULL_SCAN_INTERVAL
        due = 0.0  # nobody was told of what was saved during the first build, so all is looked at once more
        while True:
            state.prepare()
            changed_paths = watcher.wait(0.0 if state.left else max(0.0, due - monotonic()))
            if state.left and not changed_paths and monotonic() < due:
                rebuild = state.make_pictures(due)
                if state.is_unsure:
                    due = 0.0
                elif rebuild.is_news(last):
                    yield rebuild
                    last = rebuild
                continue
            inputs = state.snapshot(changed_paths if due else set())
            if changed_paths or state.is_stale(inputs):
                again, before = state.is_unsure, state.inputs
                rebuild = state.build(inputs)
                if state.is_unsure and not again:
                    state.inputs, due = before, 0.0
                    continue
                if rebuild.is_news(last):
                    yield rebuild
                last = rebuild
            due = monotonic() + state.pause()


class _State:
    """What a site looked like when it was last built, and when it is to be looked at again."""

    def __init__(self, options: BuildOptions, watcher: Watcher) -> None:
        self.options = options
        self.watcher = watcher
        self.session = BuildSession(options)
        self.every = POLL
        self.left = self.followed = 0
        """Pictures that are still to be made, and those that were made since the last save."""
        self.is_unsure = False
        """Whether nothing but files that changed under its hands stopped the last build: it is tried once more."""
        self.inputs = self._snapshot()
        self.since = self.until = datetime.now(UTC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the site, and end what helps with its pictures."""
        if self.session.workers:
            self.session.workers.__exit__(kind, error, trace)
        self.session.close()

    def prepare(self) -> None:
        """Find out now what the next saved text would wait for."""
        import storysite.build.render
        import storysite.markdown.convert  # noqa: F401 -- the first build left reading and rendering to other processes

        if last := self.session.last:
            last.plan.by_source  # noqa: B018 -- found out on first use

    def snapshot(self, changed_paths: set[str]) -> Inputs:
        """Look at all that the site is made of; where texts were saved, only there, and at the rest after a pause."""
        if (
            changed_paths
            and all(path.startswith(SOURCES) for path in changed_paths)
            and not self.inputs.found.follows_links
        ):
            return snapshot_inputs(self.session.folder, self.options.affecting_output, self.inputs, changed_paths)
        return self._snapshot()

    def _snapshot(self) -> Inputs:
        began = thread_time()  # a look that had to wait for others cost no more than any
        inputs = snapshot_inputs(self.session.folder, self.options.affecting_output)
        self.touched = self.session.forget_if_output_changed()
        self.cost = thread_time() - began
        return inputs

    def is_stale(self, inputs: Inputs) -> bool:
        """Return whether the site must be built, though nobody told of a change."""
        in_time = self.since <= datetime.now(UTC) < self.until
        seen = self.inputs.settled and inputs.digest == self.inputs.digest
        return not in_time or not seen or self.touched or self.is_unsure

    def build(self, inputs: Inputs, *, first: bool = False) -> Rebuild:
        """Build what was seen, but make no picture. Raises what no save can mend, if it is the `first` time.

        That is OSError and UsageError.
        """
        saved = _differences(self.inputs, inputs)
        self.inputs, self.since = inputs, datetime.now(UTC)
        self.followed = 0
        return self._built(replace(self.options, patience=0.0), saved, first=first)

    def make_pictures(self, due: float) -> Rebuild:
        """Make some of the pictures that are left, until something is saved, or it is time for a look.

        One at least is made for each look, however slow this computer is.
        """
        if self.session.workers is None:  # kept until the last picture is made
            self.session.workers = Workers(self.options.jobs or cores(), self.options.start)
        before, asked = self.left, count()

        def called_away() -> bool:
            return self.watcher.has_news or (next(asked) > 0 and monotonic() >= due)

        rebuild = self._built(replace(self.options, patience=PORTION), [], called_away)
        if rebuild.built:
            self.followed += before - self.left
            rebuild.followed = self.followed
        return rebuild

    def _built(
        self,
        options: BuildOptions,
        saved: list[str],
        called_away: Callable[[], bool] = lambda: False,
        *,
        first: bool = False,
    ) -> Rebuild:
        began = perf_counter()
        self.left = 0
        try:
            built = build(
                options,
                session=self.session,
                inputs=self.inputs,
                progress=self.watcher.check,
                called_away=called_away,
            )
        except (StorysiteError, OSError) as error:
            self.watcher.check()  # a process that was interrupted, too, is no news
            if first and isinstance(error, OSError | UsageError):
                raise
            self.until = datetime.max.replace(tzinfo=UTC)
            problems = [refused(error)] if isinstance(error, OSError) else list(error.problems)
            self.is_unsure = {each.code for each in errors_in(problems, strict=options.strict)} == {"file-changed"}
            self._let_helpers_go()
            return Rebuild(saved, None, problems, perf_counter() - began)
        self.until, self.left, self.is_unsure = built.result.until, built.left, False
        if not self.left:
            self._let_helpers_go()
        return Rebuild(saved, built, built.problems, perf_counter() - began)

    def _let_helpers_go(self) -> None:
        if workers := self.session.workers:
            self.session.workers = None
            workers.close()

    def pause(self) -> float:
        """Return the seconds until the next look: files that were just saved are looked at again when they settled."""
        due = (self.until - datetime.now(UTC)).total_seconds()
        every = max(self.every, PAUSE_FACTOR * self.cost) if self.inputs.settled else RACY / 1e9 + 0.1
        return max(0.05, min(every, due))


def _differences(before: Inputs, after: Inputs) -> list[str]:
    """Return the files that are there one time only, or not alike both times."""
    old_folders, new_folders = before.found.folders_seen, after.found.folders_seen
    folders = [
        here for here in old_folders.keys() | new_folders.keys() if old_folders.get(here) is not new_folders.get(here)
    ]
    old = {**_files(before.found, folders), **before.templates}
    new = {**_files(after.found, folders), **after.templates}
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path) and not is_ignored(path))


def _files(found: Scan, folders: list[str]) -> dict[str, FoundFile]:
    folders_seen = [found.folders_seen[here] for here in folders if here in found.folders_seen]
    return {file.path: file for entries in folders_seen for file in (*entries.posts, *entries.files)}
