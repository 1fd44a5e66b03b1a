"""The lock of a site: one build at a time, whoever starts it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storysite.cache.connection import drop, unwritable, writable
from storysite.errors import UsageError
from storysite.problems import Problem


@contextmanager
def exclusive_lock(file: Path, waiting: Callable[[], None], patience: float = 600) -> Iterator[None]:
    """Hold the lock `file` for the length of the block; a second build calls `waiting()` and waits its turn.

    SQLite's own file lock is used because it works on every system and dies with its process.
    Raises UsageError after `patience` seconds.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with writable(file):
        lock = _lock(file)
    try:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise UsageError(unwritable(file)) from error
            waiting()
            lock.execute(f"pragma busy_timeout = {int(patience * 1000)}")
            try:
                lock.execute("begin exclusive")
            except sqlite3.OperationalError as error:
                hint = "wait for it to finish, or close the window it is running in"
                raise UsageError(
                    Problem.of("build-busy", "another build of this site is still running", hint)
                ) from error
        yield
    finally:
        lock.close()


def _lock(file: Path) -> sqlite3.Connection:
    """Return the open lock. Nothing is ever written to it, so one that SQLite cannot read is replaced."""
    lock = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        lock.execute("pragma schema_version")
    except sqlite3.OperationalError:
        return lock  # held by another build, or not to be opened: whoever takes the lock is told which
    except sqlite3.DatabaseError:
        lock.close()
        drop(file)
        return sqlite3.connect(file, isolation_level=None, timeout=0)
    return lock
