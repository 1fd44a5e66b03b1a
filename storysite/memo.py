"""The memo: what pure functions returned last time. Lose any row, table or all of it: the next build is only slower.

Tables: `sources` (a file's stat → digest of its bytes), `posts` (path and key → what was read), `bodies` (path and
key → its HTML), `templates` (digest of a template → what it asks for), `pages` (output and route → the key it was
rendered with and the file that was written), `outcomes` (output → all that the last build of it looked at, and what
that build came to). One writer; rows are committed after the files they speak of, so a crash leaves a file that is
rendered again, never a row that is believed wrongly.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from storysite.errors import Problem, UsageError

SCHEMA = """
create table header (format text);
create table sources (path text primary key, mtime integer, size integer, digest blob) without rowid;
create table posts (path text primary key, key blob, entry blob) without rowid;
create table bodies (path text primary key, key blob, body blob);
create table templates (digest blob primary key, wants blob) without rowid;
create table outcomes (output text primary key, seen blob, outcome blob);
create table pages (output text, route text, key blob, parts text, digest blob, size integer, mtime integer,
                    primary key (output, route)) without rowid;
"""
TABLES = ("sources", "posts", "bodies", "templates", "outcomes", "pages")
FORMAT = f"1 {SCHEMA}"
MANY = 500
"""Rows asked for at once; SQLite allows at least 999 parameters in a statement."""


class SourceRow(NamedTuple):
    """A file as it was last seen."""

    path: str
    mtime: int
    size: int
    digest: bytes


class PageRow(NamedTuple):
    """An output file as it was last written; `parts` are the short digests of its Slices, by name."""

    route: str
    key: bytes
    parts: str
    digest: bytes
    size: int
    mtime: int


class Written(NamedTuple):
    """What the next build compares of an output file: its key, and the size and time of the file."""

    key: bytes
    size: int
    mtime: int


class Memo:
    """The memo file of a site. A file that is damaged or of another format is dropped and begun anew."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._rows = _open(file)
        except sqlite3.Error:
            for name in (file.name, file.name + "-wal", file.name + "-shm"):
                file.with_name(name).unlink(missing_ok=True)
            with _writable(file):
                self._rows = _open(file)

    def close(self) -> None:
        """Write what is not yet written and let go of the file."""
        self._rows.commit()
        self._rows.close()

    def commit(self) -> None:
        """Make everything remembered so far last."""
        self._rows.commit()

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self._rows.execute(f"delete from {table}")  # noqa: S608 -- our own names

    def sources(self) -> dict[str, SourceRow]:
        """Return all remembered files by path."""
        rows = self._rows.execute("select path, mtime, size, digest from sources")
        return {row[0]: row for row in map(SourceRow._make, rows)}

    def remember_sources(self, rows: Iterable[SourceRow]) -> None:
        """Remember the stat and digest of files."""
        self._rows.executemany("insert or replace into sources values (?, ?, ?, ?)", rows)

    def posts(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Yield path, key and entry of every remembered post."""
        return self._rows.execute("select path, key, entry from posts")

    def remember_posts(self, rows: Iterable[tuple[str, bytes, bytes, bytes]]) -> None:
        """Remember what was read: rows of path, key, entry and body."""
        rows = list(rows)
        self._rows.executemany("insert or replace into posts values (?, ?, ?)", [row[:3] for row in rows])
        self._rows.executemany(
            "insert or replace into bodies values (?, ?, ?)", [(row[0], row[1], row[3]) for row in rows]
        )

    def bodies(self, paths: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
        """Return key and body of those of `paths` that are remembered."""
        found: dict[str, tuple[bytes, bytes]] = {}
        for some in _few(paths):
            query = f"select path, key, body from bodies where path in ({_marks(some)})"  # noqa: S608 -- question marks only
            found |= {path: (key, body) for path, key, body in self._rows.execute(query, some)}
        return found

    def forget_sources(self, paths: Sequence[str]) -> None:
        """Forget files that are gone."""
        for table in ("sources", "posts", "bodies"):
            self._rows.executemany(f"delete from {table} where path = ?", [(path,) for path in paths])  # noqa: S608

    def templates(self) -> dict[bytes, bytes]:
        """Return what every remembered template asks for, by its digest."""
        return dict(self._rows.execute("select digest, wants from templates"))

    def remember_templates(self, rows: Mapping[bytes, bytes]) -> None:
        """Remember what templates ask for, and forget all others."""
        self._rows.execute("delete from templates")
        self._rows.executemany("insert into templates values (?, ?)", rows.items())

    def outcome(self, output: str) -> tuple[bytes, bytes] | None:
        """Return what the last build of `output` looked at and what it came to, None if that is not known."""
        row: tuple[bytes, bytes] | None = self._rows.execute(
            "select seen, outcome from outcomes where output = ?", (output,)
        ).fetchone()
        return row

    def forget_outcome(self, output: str) -> None:
        """Forget what a build came to, before any of its files is touched, and make that last."""
        self._rows.execute("delete from outcomes where output = ?", (output,))
        self._rows.commit()

    def remember_outcome(self, output: str, seen: bytes, outcome: bytes) -> None:
        """Remember what a build looked at and what it came to."""
        self._rows.execute("insert or replace into outcomes values (?, ?, ?)", (output, seen, outcome))

    def pages(self, output: str) -> dict[str, Written]:
        """Return what is remembered of every file written to `output`, by route."""
        query = "select route, key, size, mtime from pages where output = ?"
        return {row[0]: Written(*row[1:]) for row in self._rows.execute(query, (output,))}

    def page(self, output: str, route: str) -> PageRow | None:
        """Return what is remembered of one output file."""
        query = "select route, key, parts, digest, size, mtime from pages where output = ? and route = ?"
        row = self._rows.execute(query, (output, route)).fetchone()
        return PageRow(*row) if row else None

    def remember_pages(self, output: str, rows: Iterable[PageRow]) -> None:
        """Remember files that were written."""
        self._rows.executemany(
            "insert or replace into pages values (?, ?, ?, ?, ?, ?, ?)", ((output, *row) for row in rows)
        )

    def forget_pages(self, output: str, routes: Iterable[str]) -> None:
        """Forget files that were deleted."""
        self._rows.executemany(
            "delete from pages where output = ? and route = ?", ((output, route) for route in routes)
        )


@contextmanager
def only_one(file: Path, waiting: Callable[[], None], patience: float = 600) -> Iterator[None]:
    """Hold the lock `file` for the length of the block; a second build calls `waiting()` and waits its turn.

    SQLite's own file lock is used because it works on every system and dies with its process.
    Raises UsageError after `patience` seconds.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _writable(file):
        lock = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise UsageError(_unwritable(file)) from error
            waiting()
            lock.execute(f"pragma busy_timeout = {int(patience * 1000)}")
            try:
                lock.execute("begin exclusive")
            except sqlite3.OperationalError as error:
                hint = "wait for it to end, or close the window in which it runs"
                raise UsageError(
                    Problem("", 0, "build-busy", "another build of this site does not come to its end", hint)
                ) from error
        yield
    finally:
        lock.close()


@contextmanager
def _writable(file: Path) -> Iterator[None]:
    """Say in words that a file cannot be written, where SQLite would only raise."""
    try:
        yield
    except sqlite3.Error as error:
        raise UsageError(_unwritable(file)) from error


def _unwritable(file: Path) -> Problem:
    hint = "check that this folder may be written to and that the disk is not full"
    return Problem(str(file), 0, "memo-unwritable", "what storysite remembers cannot be written here", hint)


def _open(file: Path) -> sqlite3.Connection:
    rows = sqlite3.connect(file, timeout=60)
    try:
        rows.execute("pragma journal_mode = wal")
        rows.execute("pragma synchronous = normal")
        known = rows.execute("select name from sqlite_master where type = 'table'").fetchall()
        if {name for (name,) in known} != {"header", *TABLES}:
            for (name,) in known:
                rows.execute(f'drop table "{name}"')
            known = []
        if known and rows.execute("select format from header").fetchone() != (FORMAT,):
            raise sqlite3.DatabaseError("another format")
        if not known:
            rows.executescript(SCHEMA)
            rows.execute("insert into header values (?)", (FORMAT,))
            rows.commit()
    except sqlite3.Error:
        rows.close()
        raise
    return rows


def _few(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    return (paths[start : start + MANY] for start in range(0, len(paths), MANY))


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
