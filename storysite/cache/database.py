"""The cache: what pure functions returned last time. Lose any row, table or all of it: the next build is only slower.

Tables: `files` (a file's stat → digest of its bytes), `posts` (a post's stat and key → what was read), `bodies` (path
and key → its HTML), `templates` (digest of a template → what it asks for), `pages` (output and route → the key it was
rendered with and the file that was written), `editions` (output → what stands for the HTML in it), `results` (output →
the inputs of its last build, and the result). One writer; rows are committed after the files they describe, so a crash
leaves a file that is rendered again, never a row that is believed wrongly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from storysite.cache.connection import Rows, drop

SCHEMA = """
create table header (format text);
create table files (path text primary key, mtime integer, size integer, digest blob) without rowid;
create table posts (path text primary key, mtime integer, size integer, key blob, entry blob) without rowid;
create table bodies (path text primary key, key blob, body blob);
create table templates (digest blob primary key, wants blob) without rowid;
create table results (output text primary key, inputs blob, result blob);
create table editions (output text primary key, edition blob);
create table pages (output text, route text, key blob, parts text, digest blob, size integer, mtime integer,
                    primary key (output, route)) without rowid;
"""
TABLES = ("files", "posts", "bodies", "templates", "results", "editions", "pages")
FORMAT = f"2 {SCHEMA}"
SQL_CHUNK = 500
"""Rows asked for at once; SQLite allows at least 999 parameters in a statement."""
FULL_TABLE_LIMIT = 5_000
"""Rows above which it is cheaper to read all there are."""


class FileRow(Struct, frozen=True, gc=False):
    """A file as it was last seen; a time of -1 is believed by nobody."""

    path: str
    mtime: int
    size: int
    digest: bytes


class PostRow(Struct, frozen=True, gc=False):
    """A post as it was last read: its file as that was seen then, the digest of all it was read from, and the entry."""

    path: str
    mtime: int
    size: int
    key: bytes
    entry: bytes


class PageRow(Struct, frozen=True, gc=False):
    """An output file as it was last written; `parts` are the short digests of its Slices, by name."""

    route: str
    key: bytes
    parts: str
    digest: bytes
    size: int
    mtime: int


class Written(Struct, frozen=True, gc=False):
    """What the next build compares of an output file: its key, and the size and time of the file."""

    key: bytes
    size: int
    mtime: int


class Cache:
    """The cache file of a site. A file that is damaged or of another format is replaced by an empty one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rows = Rows(file, frozenset(TABLES), SCHEMA, FORMAT)
        self._left = self._state()

    def close(self) -> None:
        """Write what is not yet written and close the file."""
        self._rows.close()

    def drop(self) -> None:
        """Close the file and delete it."""
        self._rows.close()
        drop(self._file)

    def is_unchanged(self) -> bool:
        """Return whether the file is the one that was opened, and nobody else wrote to it since."""
        return self._state() == self._left

    def _state(self) -> tuple[int, int]:
        try:
            inode = self._file.stat().st_ino
        except OSError:
            inode = -1
        version = self._rows.first("pragma data_version")
        return inode, version[0] if version else -1

    def commit(self) -> None:
        """Make everything remembered so far last."""
        self._rows.commit()

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self._rows.run(f"delete from {table}")  # noqa: S608 -- our own names

    def paths(self) -> set[str]:
        """Return the paths of all files and posts that are remembered."""
        return {path for (path,) in self._rows.ask("select path from files union all select path from posts")}

    def files(self, paths: Sequence[str]) -> dict[str, FileRow]:
        """Return those of the files `paths` that are remembered."""
        return {row[0]: FileRow(*row) for row in self._those("mtime, size, digest from files", paths)}

    def remember_files(self, rows: Iterable[FileRow]) -> None:
        """Remember the stat and digest of files."""
        self._rows.run_many("insert or replace into files values (?, ?, ?, ?)", map(astuple, rows))

    def posts(self, paths: Sequence[str]) -> Iterator[PostRow]:
        """Yield those of the posts `paths` that are remembered."""
        rows = self._those("mtime, size, key, entry from posts", paths)
        return (PostRow(*row) for row in rows if isinstance(row[3], bytes))

    def remember_posts(self, rows: Iterable[PostRow]) -> None:
        """Remember what was read of posts."""
        self._rows.run_many("insert or replace into posts values (?, ?, ?, ?, ?)", map(astuple, rows))

    def remember_bodies(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Remember the texts of posts: rows of path, key and body."""
        self._rows.run_many("insert or replace into bodies values (?, ?, ?)", rows)

    def bodies(self, paths: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
        """Return key and body of those of `paths` that are remembered."""
        return {path: (key, body) for path, key, body in self._those("key, body from bodies", paths)}

    def forget_files(self, paths: Sequence[str]) -> None:
        """Forget files and posts that are gone."""
        for table in ("files", "posts", "bodies"):
            self._rows.run_many(f"delete from {table} where path = ?", [(path,) for path in paths])  # noqa: S608

    def templates(self) -> dict[bytes, bytes]:
        """Return what every remembered template asks for, by its digest."""
        return dict(self._rows.ask("select digest, wants from templates"))

    def remember_templates(self, rows: Mapping[bytes, bytes]) -> None:
        """Remember what templates ask for, and forget all others."""
        self._rows.run("delete from templates")
        self._rows.run_many("insert into templates values (?, ?)", rows.items())

    def result(self, output: str) -> tuple[bytes, bytes] | None:
        """Return what the last build of `output` looked at and what it came to, None if that is not known."""
        row: tuple[bytes, bytes] | None = self._rows.first(
            "select inputs, result from results where output = ?", (output,)
        )
        return row

    def forget_result(self, output: str) -> None:
        """Forget what a build came to, before any of its files is touched, and make that last."""
        self._rows.run("delete from results where output = ?", (output,))
        self._rows.commit()

    def remember_result(self, output: str, seen: bytes, result: bytes) -> None:
        """Remember what a build looked at and what it came to."""
        self._rows.run("insert or replace into results values (?, ?, ?)", (output, seen, result))

    def edition(self, output: str) -> bytes:
        """Return what stands for the HTML that `output` holds: another value after each build that changed some."""
        row = self._rows.first("select edition from editions where output = ?", (output,))
        return row[0] if row and isinstance(row[0], bytes) else b""

    def remember_edition(self, output: str, edition: bytes) -> None:
        """Remember it."""
        self._rows.run("insert or replace into editions values (?, ?)", (output, edition))

    def page_digests(self, output: str, routes: Sequence[str]) -> dict[str, bytes]:
        """Return the digests of those of the files `routes` that are remembered."""
        found: dict[str, bytes] = {}
        for start in range(0, len(routes), SQL_CHUNK):
            some = routes[start : start + SQL_CHUNK]
            marks = ", ".join("?" * len(some))
            query = f"select route, digest from pages where output = ? and route in ({marks})"  # noqa: S608
            found.update(self._rows.ask(query, (output, *some)))
        return found

    def pages(self, output: str) -> dict[str, Written]:
        """Return what is remembered of every file written to `output`, by route."""
        query = "select route, key, size, mtime from pages where output = ?"
        rows = self._rows.ask(query, (output,))
        return {route: Written(key, size, mtime) for route, key, size, mtime in rows}

    def page(self, output: str, route: str) -> PageRow | None:
        """Return what is remembered of one output file."""
        query = "select route, key, parts, digest, size, mtime from pages where output = ? and route = ?"
        row = self._rows.first(query, (output, route))
        return PageRow(*row) if row else None

    def remember_pages(self, output: str, rows: Iterable[PageRow]) -> None:
        """Remember files that were written."""
        self._rows.run_many(
            "insert or replace into pages values (?, ?, ?, ?, ?, ?, ?)", ((output, *astuple(row)) for row in rows)
        )

    def forget_pages(self, output: str, routes: Iterable[str]) -> None:
        """Forget files that were deleted."""
        self._rows.run_many("delete from pages where output = ? and route = ?", ((output, route) for route in routes))

    def _those(self, columns: str, paths: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the path and `columns` of the rows of `paths`; for many paths the whole table is gone through once."""
        query = f"select path, {columns}"
        if len(paths) > FULL_TABLE_LIMIT:
            wanted = set(paths)
            yield from (row for row in self._rows.ask(query) if row[0] in wanted)
            return
        for start in range(0, len(paths), SQL_CHUNK):
            some = paths[start : start + SQL_CHUNK]
            marks = ", ".join("?" * len(some))
            yield from self._rows.ask(f"{query} where path in ({marks})", some)
