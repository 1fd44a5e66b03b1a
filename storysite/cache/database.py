"""The cache: what pure functions returned last time. Lose any row, table or all of it: the next build is only slower.

One writer; rows are committed after the files they describe, so a crash leaves a file that is rendered again, never a
row that is believed wrongly.
"""

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from storysite.cache.connection import Connection
from storysite.cache.table import Table, Value, Values, schema


class FileRow(Struct, frozen=True, gc=False):
    """A file as it was last seen; a time of -1 is believed by nobody."""

    path: str
    mtime: int
    size: int
    mark: int
    digest: bytes


class PageRow(Struct, frozen=True, gc=False):
    """An output file as it was last written: the key of its page, the digest of its bytes, and its stat."""

    route: str
    key: bytes
    digest: bytes
    size: int
    mtime: int
    mark: int


TABLES: dict[str, type[Struct]] = {
    "files": FileRow,  # paths of sources
    "posts": Value,  # path → what was read
    "bodies": Value,  # path → HTML
    "looks": Value,  # path → what a file is as a picture
    "templates": Value,  # digest → what the template asks for
    "pages": PageRow,  # for each output: routes
    "slices": Value,  # for each output: route → the short digests of what its page shows
    "builds": Value,  # for each output: what the last build came to
}
SCHEMA = "create table header (format text);\n" + "".join(schema(name, row) for name, row in TABLES.items())
FORMAT = f"3 {SCHEMA}"


class Cache:
    """The cache file of a site, or what stands for it where there can be none."""

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file = Connection(file, frozenset(TABLES), SCHEMA, FORMAT)
        self._left = self._state()
        self.files = Table(self._file, "files", FileRow)
        self.posts = Values(self._file, "posts")
        self.bodies = Values(self._file, "bodies")
        self.looks = Values(self._file, "looks")
        self.templates = Values(self._file, "templates")

    def pages(self, output: str) -> Table[PageRow]:
        """The files that were written to an output."""
        return Table(self._file, "pages", PageRow, output)

    def slices(self, output: str) -> Values:
        """What the pages of an output show: short digests by name, for `--explain`."""
        return Values(self._file, "slices", output)

    def builds(self, output: str) -> Values:
        """What the last build of an output came to."""
        return Values(self._file, "builds", output)

    def close(self) -> None:
        """Write what is not yet written and close the file."""
        self._file.close()

    @property
    def lasts(self) -> bool:
        """Whether a later process finds what is remembered."""
        return not self._file.in_memory

    @property
    def is_whole(self) -> bool:
        """Whether nothing that was remembered since the file was opened got lost."""
        return not self._file.failures

    def is_unchanged(self) -> bool:
        """Return whether the file is the one that was opened, is whole, and nobody else wrote to it since."""
        return self._state() == self._left and self.is_whole

    def _state(self) -> tuple[int, int]:
        try:
            inode = self._path.stat().st_ino
        except OSError:
            inode = -1
        version = self._file.first("pragma data_version")
        return inode, version[0] if version else -1

    def commit(self) -> None:
        """Make everything remembered so far last."""
        self._file.commit()

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self._file.run(f"delete from {table}")

    def sources(self) -> set[str]:
        """Return the paths of all sources that are remembered."""
        return {path for table in (self.files, self.posts, self.looks) for path in table.names()}

    def forget_sources(self, paths: Collection[str]) -> None:
        """Forget sources that are gone or are to be read again."""
        for table in (self.files, self.posts, self.bodies, self.looks):
            table.forget(paths)
