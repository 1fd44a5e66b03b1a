"""The lock of a site: one build at a time, whoever starts it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storysite.cache.connection import drop
from storysite.errors import UsageError
from storysite.problems import Problem


@contextmanager
def exclusive_lock(file: Path, waiting: Callable[[], None], patience: float = 600) -> Iterator[bool]:
    """Hold the lock `file` for the length of the block; a second build calls `waiting()` and waits its turn.

    SQLite's own file lock is used because it works on every system and dies with its process.
    Yields whether there is a lock: where nothing can be written, there is none. Raises UsageError after `patience`
    seconds.
    """
    lock = _taken(file, waiting, patience)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.close()


def _taken(file: Path, waiting: Callable[[], None], patience: float) -> sqlite3.Connection | None:
    """Return the lock; one that SQLite cannot read is replaced, for nothing is ever written to it."""
    for _ in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            return _begun(file, waiting, patience)
        except (OSError, sqlite3.Error):
            drop(file)
    return None


def _begun(file: Path, waiting: Callable[[], None], patience: float) -> sqlite3.Connection:
    lock = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        if not _is_free(lock):
            waiting()
            lock.execute(f"pragma busy_timeout = {int(patience * 1000)}")
            if not _is_free(lock):
                hint = "wait for it to finish, or close the window it is running in"
                raise UsageError(Problem.of("build-busy", "another build of this site is still running", hint))
    except BaseException:
        lock.close()
        raise
    return lock


def _is_free(lock: sqlite3.Connection) -> bool:
    """Return whether nobody else held the lock, which is taken then."""
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
