"""A file of tables that may be damaged, full, locked or another's at any moment. Whoever uses them hears nothing of it.

All that is in them can be found out again, so a file that fails is deleted and begun anew. Where that fails as well,
the tables are kept in memory: the one who looks can look, and a build is a build without memory.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from storysite.problems import Problem

PATIENCE = 10.0
"""Seconds that another program may keep a file to itself."""
_FAILURES = (sqlite3.Error, OSError, UnicodeDecodeError)
_UNSAYABLE = (OverflowError, UnicodeEncodeError)
"""What one row is answered with that no table can hold, such as that of a file from the year 2400."""


class Connection:
    """The open file, or tables in memory. What could not be read is as good as lost, which is never an error."""

    def __init__(self, file: Path, tables: frozenset[str], schema: str, version: str) -> None:
        self.file = file
        self._tables, self._schema, self._version = tables, schema, version
        self.failures = 0
        """How often the tables were begun anew since the file was opened."""
        self.in_memory = False
        self._inside = self._open()

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run a statement that returns nothing."""
        try:
            self._inside.execute(statement, values)
        except _FAILURES as error:
            self._begin_anew(error)

    def run_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each of `rows`, but those that no table can hold."""
        left = iter(rows)
        while True:
            try:
                self._inside.executemany(statement, left)
                return
            except _UNSAYABLE:
                continue
            except _FAILURES as error:
                self._begin_anew(error)
                return

    def ask(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query finds."""
        try:
            yield from self._inside.execute(query, values)
        except _FAILURES as error:
            self._begin_anew(error)

    def first(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """Return the first row that a query finds, None for none."""
        return next(self.ask(query, values), None)

    def commit(self) -> None:
        """Make everything that was written last."""
        try:
            self._inside.commit()
        except _FAILURES as error:
            self._begin_anew(error)

    def close(self) -> None:
        """Close the file; a damaged one is closed without a word."""
        with suppress(*_FAILURES):
            self._inside.commit()
        self._inside.close()

    def _begin_anew(self, error: Exception) -> None:
        """Go on with empty tables, the first time in a new file. Raises the error if they were in memory already."""
        if self.in_memory:
            raise error
        self._inside.close()
        drop(self.file)
        self.failures += 1
        self._inside = self._open() if self.failures == 1 else self._in_memory()

    def _open(self) -> sqlite3.Connection:
        """Return the open file; in its place an empty one if it is damaged, or of another version; else in memory."""
        with suppress(*_FAILURES):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            return self._checked(_connected(self.file))
        drop(self.file)
        with suppress(*_FAILURES):
            if not os.path.lexists(self.file):
                return self._checked(_connected(self.file))
        return self._in_memory()

    def _in_memory(self) -> sqlite3.Connection:
        """Return tables in memory, with what there is in a file that can be read."""
        self.in_memory = True
        with suppress(*_FAILURES):
            return self._checked(_copied(self.file))
        return self._checked(sqlite3.connect(":memory:"))

    def _checked(self, rows: sqlite3.Connection) -> sqlite3.Connection:
        """Return a connection whose tables are ours and can be written to. Raises one of _FAILURES, and closes it."""
        try:
            # A log to write ahead would come with memory that is shared through a file: who shortens it kills us.
            rows.execute("pragma journal_mode = truncate")
            rows.execute("pragma synchronous = off")  # rows are sealed, and tell of which file they are
            rows.execute("begin immediate")
            known = rows.execute("select name from sqlite_master where type = 'table'").fetchall()
            if {name for (name,) in known} != {"header", *self._tables}:
                for (name,) in known:
                    rows.execute(f'drop table "{name}"')
                known = []
            if known and rows.execute("select format from header").fetchone() != (self._version,):
                raise sqlite3.DatabaseError("another format")
            made = {sql.lower() for (sql,) in rows.execute("select sql from sqlite_master") if sql}
            if known and made != set(filter(None, self._schema.split(";\n"))):
                raise sqlite3.DatabaseError("other columns, or more than tables")
            if not known:
                rows.executescript(self._schema)
                rows.execute("insert into header values (?)", (self._version,))
            rows.commit()
        except _FAILURES:
            rows.close()
            raise
        return rows


def drop(file: Path) -> None:
    """Delete the file with what SQLite keeps beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            file.with_name(file.name + ending).unlink(missing_ok=True)


def unwritable(folder: Path) -> Problem:
    """Return the warning that nothing could be remembered in a folder."""
    what = "nothing can be remembered here, so the next build starts from scratch"
    hint = "check that you can write to this folder and that the disk is not full"
    return Problem.of("cache-unwritable", what, hint, path=str(folder))


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE)


def _copied(file: Path) -> sqlite3.Connection:
    """Return a copy in memory of a file that nothing is written to, nor to its folder. Raises one of _FAILURES."""
    copy = sqlite3.connect(":memory:")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as original:
            original.backup(copy)
    except _FAILURES:
        copy.close()
        raise
    return copy
