"""A file of tables that may be damaged, full or locked at any moment: whatever SQLite says comes out as a Problem."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from storysite.errors import UsageError
from storysite.problems import Problem


class CacheDamaged(UsageError):
    """The file is no longer what was written to it. Whoever can begin from nothing drops it and does so."""


class Connection:
    """The open file. Raises CacheDamaged where it cannot be read, UsageError where it cannot be written."""

    def __init__(self, file: Path, tables: frozenset[str], schema: str, version: str) -> None:
        self.file = file
        self._inside = _open(file, tables, schema, version)

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run a statement that returns nothing."""
        with _told(self.file):
            self._inside.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each of `rows`."""
        with _told(self.file):
            self._inside.executemany(statement, rows)

    def ask(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query finds."""
        with _told(self.file):
            yield from self._inside.execute(query, values)

    def first(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """Return the first row that a query finds, None for none."""
        return next(self.ask(query, values), None)

    def commit(self) -> None:
        """Make everything that was written last."""
        with _told(self.file):
            self._inside.commit()

    def close(self) -> None:
        """Close the file; a damaged one is closed without a word."""
        with suppress(sqlite3.Error):
            self._inside.commit()
        self._inside.close()


def drop(file: Path) -> None:
    """Delete the file with what SQLite keeps beside it."""
    with suppress(OSError):
        for name in (file.name, file.name + "-wal", file.name + "-shm"):
            file.with_name(name).unlink(missing_ok=True)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say in words what SQLite would raise: that the file is damaged, or that it cannot be written."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if any(sign in str(error) for sign in ("no such", "malformed", "decode")):
            raise CacheDamaged(_damaged(file)) from error
        raise UsageError(unwritable(file)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite's own words quote what is damaged
        raise CacheDamaged(_damaged(file)) from error


def _damaged(file: Path) -> Problem:
    hint = f"delete the folder {file.parent.name}: none of your files are in it, and storysite creates it again"
    return Problem.of("cache-damaged", "storysite's cache was damaged while it was in use", hint, path=str(file))


def unwritable(file: Path) -> Problem:
    """Return the problem of a cache that cannot be written."""
    hint = "check that you can write to this folder and that the disk is not full"
    return Problem.of("cache-unwritable", "storysite's cache cannot be written here", hint, path=str(file))


@contextmanager
def writable(file: Path) -> Iterator[None]:
    """Say in words that a file cannot be opened."""
    try:
        yield
    except sqlite3.Error as error:
        raise UsageError(unwritable(file)) from error


def _open(file: Path, tables: frozenset[str], schema: str, version: str) -> sqlite3.Connection:
    """Return the open file; one that is damaged or of another version is replaced by an empty one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _checked(file, tables, schema, version)
    except (sqlite3.Error, UnicodeDecodeError):
        drop(file)
        with writable(file):
            return _checked(file, tables, schema, version)


def _checked(file: Path, tables: frozenset[str], schema: str, version: str) -> sqlite3.Connection:
    rows = sqlite3.connect(file, timeout=60)
    try:
        rows.execute("pragma journal_mode = wal")
        rows.execute("pragma synchronous = normal")
        known = rows.execute("select name from sqlite_master where type = 'table'").fetchall()
        if {name for (name,) in known} != {"header", *tables}:
            for (name,) in known:
                rows.execute(f'drop table "{name}"')
            known = []
        if known and rows.execute("select format from header").fetchone() != (version,):
            raise sqlite3.DatabaseError("another format")
        made = {sql.lower() for (sql,) in rows.execute("select sql from sqlite_master") if sql}
        if known and made != set(filter(None, schema.split(";\n"))):
            raise sqlite3.DatabaseError("other columns, or more than tables")
        if not known:
            rows.executescript(schema)
            rows.execute("insert into header values (?)", (version,))
            rows.commit()
    except (sqlite3.Error, UnicodeDecodeError):
        rows.close()
        raise
    return rows
