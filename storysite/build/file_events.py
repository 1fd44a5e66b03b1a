"""File events → a quiet moment. Events only hint that somebody saved something; the scan decides what changed."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from logging import CRITICAL, getLogger
from pathlib import Path
from time import monotonic
from warnings import filterwarnings

from watchdog.events import (
    DirModifiedEvent,
    FileClosedNoWriteEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from storysite.model.config import FILE
from storysite.model.links import PICTURE_FOLDERS
from storysite.source.scan import is_ignored

QUIET = 0.05
"""Seconds without an event after which a save counts as done: editors write a file in several steps."""
LONGEST_WAIT = 0.5
"""Seconds after which those who are told wait no longer, though files are still being saved."""
FOLDERS = ("content", "static", "data", "templates", "themes", *PICTURE_FOLDERS)
"""What is watched of a site's folder: never the output, or each build would call for the next."""


class Watcher:
    """Watches a site's folder: `wait` returns when something was saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._condition = threading.Condition()
        self._last = 0.0
        """The moment of the last event that nobody was told of yet, 0 for none."""
        self._stopped = False
        self._changed_paths: set[str] = set()
        """What these events named."""
        self._observer: BaseObserver | None = None
        self._watched: set[Path] = set()

    def start(self) -> bool:
        """Begin to watch; return False where the system cannot, so that only looking from time to time is left."""
        getLogger("watchdog").setLevel(CRITICAL)  # what it missed is found by looking; the terminal is the writer's
        filterwarnings("ignore", module="watchdog")
        observer = Observer()
        try:
            observer.schedule(_Handler(self), str(self.folder))
            observer.start()
            self._observer = observer
            for name in FOLDERS:
                self.watch(self.folder / name)
        except OSError:  # too many folders for inotify, or a drive that tells of nothing
            self.close()
            return False
        return True

    def watch(self, folder: Path) -> None:
        """Watch a folder with all below it, if there is one and it is not watched yet."""
        if self._observer is not None and folder not in self._watched and folder.is_dir():
            self._watched.add(folder)
            self._observer.schedule(_Handler(self), str(folder), recursive=True)

    def unwatch(self, folder: Path) -> None:
        """Take note that a folder is gone: one of its name may come back."""
        self._watched.discard(folder)

    def record_change(self, paths: Iterable[str]) -> None:
        """Take note that something was saved at `paths`."""
        with self._condition:
            self._last = monotonic()
            self._changed_paths.update(paths)
            self._condition.notify_all()

    def stop(self) -> None:
        """Take note that no more is to be waited for; `check` says so at the next good moment."""
        self._stopped = True
        with self._condition:
            self._condition.notify_all()

    @property
    def has_news(self) -> bool:
        """Whether `wait` would return soon: something was saved, or no more is to be waited for."""
        return self._last > 0 or self._stopped

    def check(self, *_: object) -> None:
        """Raise KeyboardInterrupt if there is nothing to wait for any more."""
        if self._stopped:
            raise KeyboardInterrupt

    def close(self) -> None:
        """End all threads."""
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()
            self._observer.join()
        self._observer = None

    def wait(self, seconds: float) -> set[str]:
        """Return what was saved, in the quiet moment after it: paths below the folder; none if `seconds` pass first.

        Raises KeyboardInterrupt as soon as it is told to stop.
        """
        with self._condition:
            self._condition.wait_for(lambda: self.has_news, seconds)
            self.check()
            began = monotonic()
            while self._last:
                rest = min(self._last + QUIET, began + LONGEST_WAIT) - monotonic()
                if rest <= 0:
                    break
                self._condition.wait(rest)
            changed_paths, self._changed_paths, self._last = self._changed_paths, set(), 0.0
        return changed_paths


@contextmanager
def watching(folder: Path) -> Iterator[Watcher]:
    """Give a Watcher of `folder` that ends with the block; it watches from `start` on."""
    watcher = Watcher(folder)
    try:
        yield watcher
    finally:
        watcher.close()


class _Handler(FileSystemEventHandler):
    """Hands on what may matter: not that files were read, and not what editors put down for themselves.

    Nor that a folder changed: it does with all that is put into it, and what that is has an event of its own.
    """

    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        if isinstance(event, FileOpenedEvent | FileClosedNoWriteEvent | DirModifiedEvent):
            return
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        top = [path for path in paths if path.parent == self.watcher.folder]
        for path in top:
            if path.name in FOLDERS and path.is_dir():
                self.watcher.watch(path)
            elif path.name in FOLDERS:
                self.watcher.unwatch(path)
        changed_paths = [path for path in paths if path not in top or path.name in (FILE, *FOLDERS)]
        below = [path.relative_to(self.watcher.folder).as_posix() for path in changed_paths]
        if not all(map(is_ignored, below)):
            self.watcher.record_change(below)
