"""Files → the archive: what changed since last time is read, the rest is remembered."""

import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.cache.database import Cache, FileRow, PostRow
from storysite.cache.engine import engine_digest
from storysite.digest import SIZE, digest, digest_bytes, digest_file
from storysite.errors import ProblemsFound
from storysite.model.config import Config
from storysite.model.links import Files
from storysite.model.post import AnyPost, Body
from storysite.model.visibility import HiddenPost
from storysite.pool import Workers
from storysite.problems import Problem, Severity
from storysite.source.data import read_data
from storysite.source.post import Entry, ReadSettings, read_post
from storysite.source.scan import RACY, FoundFile, Scan

CHUNK = 40
"""Posts that one process reads at a time: about a tenth of a second of work."""
_entries = Decoder(Entry)
_bodies = Decoder(Body)


class LoadedPost(Struct, frozen=True, gc=False):
    """A post as it was read: its file as that lay there, the digest of all it was read from, and what came of it."""

    file: FoundFile
    key: bytes
    entry: Entry
    body: bytes = b""
    """Its text, packed, if that took too long; any other is in the cache."""


class Archive(Struct, dict=True):
    """Everything that was found in a site's folder: posts by their files, the digests of other files, and data."""

    prefix: bytes
    """The digest of all that reading depends on but the files."""
    loaded: dict[str, LoadedPost]
    rows: dict[str, FileRow]
    data: dict[str, Any]
    problems: list[Problem]
    hidden: list[HiddenPost]
    read: int

    @property
    def posts(self) -> list[AnyPost]:
        """All posts that are not broken."""
        return [loaded.entry.post for loaded in self.loaded.values() if loaded.entry.post]

    @cached_property
    def files(self) -> Files:
        """The files that posts may name."""
        digests = {path: row.digest for path, row in self.rows.items()}
        return Files(digests, {path.lower(): path for path in (*digests, *self.loaded)})


class Chunk(Struct, frozen=True):
    """Files for one process to read."""

    folder: str
    settings: ReadSettings
    paths: tuple[str, ...]
    began: int
    """When the files were looked at."""


class ReadFile(NamedTuple):
    """A file as it was read: its stat and digest, and what it is, packed for the cache."""

    row: FileRow
    entry: bytes
    body: bytes
    lasts: bool
    """Whether reading the same bytes again would give the same."""


def read_archive(
    folder: Path,
    found: Scan,
    settings: ReadSettings,
    cache: Cache,
    workers: Workers,
    progress: Callable[[str, int, int], None],
    before: Archive | None = None,
) -> Archive:
    """Return the archive in `folder`, where `found` lies; only files are opened that `before` and cache lack."""
    prefix, began = digest_bytes(engine_digest(), digest(settings)), found.began
    known = before.loaded if before and before.prefix == prefix else {}
    loaded = {file.path: post for file in found.posts if (post := known.get(file.path)) and _is_still(post, file)}
    loaded |= _remembered(folder, [file for file in found.posts if file.path not in loaded], prefix, cache, began)
    missing = {file.path: file for file in found.posts if file.path not in loaded}
    for done, files in enumerate(_read(folder, settings, list(missing), workers, began), 1):
        progress("Reading", min(done * CHUNK, len(missing)), len(missing))
        _remember(cache, files, prefix)
        for file in files:
            seen = _as_read(missing[file.row.path], file.row)
            entry = _entries.decode(file.entry)
            loaded[seen.path] = LoadedPost(seen, prefix + file.row.digest, entry, file.body if entry.stopped else b"")
    rows = _digests(folder, [*found.files, *found.data], before.rows if before else {}, cache, began)
    paths = {*rows, *loaded}
    cache.forget_files(sorted((before.loaded.keys() | before.rows.keys() if before else cache.paths()) - paths))
    cache.commit()
    data, problems = read_data(folder, [file.path for file in found.data])
    return Archive(
        prefix=prefix,
        loaded={file.path: loaded[file.path] for file in found.posts},
        rows=rows,
        data=data,
        problems=[
            *found.problems,
            *problems,
            *(problem for post in loaded.values() for problem in post.entry.problems),
        ],
        hidden=[*_skipped(found.skipped), *_broken(loaded)],
        read=len(missing),
    )


def read_settings_of(config: Config) -> ReadSettings:
    """Return the settings that reading depends on."""
    return ReadSettings(
        config.timezone, config.publish_time, config.language, config.author, config.post_url, config.markdown
    )


def bodies(
    folder: Path, settings: ReadSettings, cache: Cache, archive: Archive, paths: Sequence[str]
) -> dict[str, Body]:
    """Return the texts of the posts `paths`; one that the cache has lost is read again.

    Raises ProblemsFound if its file is not any more what the Post was read from: the text would not fit the Post.
    """
    remembered = cache.bodies(paths)
    found = {path: _unpacked(body) for path, (key, body) in remembered.items() if key == archive.loaded[path].key}
    found |= {path: _unpacked(loaded.body) for path in paths if (loaded := archive.loaded[path]).body}
    lost = [path for path in paths if found.get(path) is None]
    for files in _read(folder, settings, lost, Workers(1), 0):
        same = [
            file
            for file in files
            if file.lasts and archive.prefix + file.row.digest == archive.loaded[file.row.path].key
        ]
        found |= {file.row.path: _unpacked(file.body) for file in same}
        cache.remember_bodies((file.row.path, archive.prefix + file.row.digest, file.body) for file in same)
    if changed := [path for path in lost if found.get(path) is None]:
        cache.forget_files(changed)  # also where the file's time and size are the same, the next build must look
        for path in changed:
            del archive.loaded[path]
        raise ProblemsFound(map(_changed, changed))
    return {path: body for path, body in found.items() if body is not None}


def read_chunk(chunk: Chunk) -> list[ReadFile]:
    """Read the files of a chunk; the whole work of one process."""
    from storysite.markdown.convert import (
        render_markdown,  # Python-Markdown takes long to load, and often nothing is new
    )

    done: list[ReadFile] = []
    for path in chunk.paths:
        try:
            with open(f"{chunk.folder}/{path}", "rb") as file:
                stat = os.fstat(file.fileno())
                data = file.read()
        except OSError as error:
            problem = Problem.of(
                "file-unreadable",
                f"this file cannot be read: {error.strerror}",
                "check that you have permission to read it",
                path=path,
            )
            row, body = FileRow(path, -1, -1, b""), Body("")
            done.append(ReadFile(row, encode(Entry(None, (problem,))), _packed(body), lasts=False))
            continue
        entry, body = read_post(data, path, chunk.settings, render_markdown)
        row = FileRow(path, stat.st_mtime_ns, len(data), digest_bytes(data))
        row = _settled(row, chunk.began)
        done.append(ReadFile(row, encode(entry), _packed(body), lasts=not entry.stopped))
    return done


def _read(
    folder: Path, settings: ReadSettings, paths: Sequence[str], workers: Workers, began: int
) -> Iterator[list[ReadFile]]:
    parts = (tuple(paths[place : place + CHUNK]) for place in range(0, len(paths), CHUNK))
    yield from workers.map(read_chunk, (Chunk(str(folder), settings, part, began) for part in parts))


def _remember(cache: Cache, files: list[ReadFile], prefix: bytes) -> None:
    known = [file for file in files if file.lasts]
    cache.remember_bodies((file.row.path, prefix + file.row.digest, file.body) for file in known)
    cache.remember_posts(_post_row(file.row, prefix, file.entry) for file in known)
    cache.commit()


def _is_still(loaded: LoadedPost, file: FoundFile) -> bool:
    """Return whether a file need not be read again: it lies there as it was, and was read to its end."""
    return loaded.file == file and not loaded.entry.stopped


def _as_read(file: FoundFile, row: FileRow | PostRow) -> FoundFile:
    """Return the file as it lay there when it was read; the same object if it can be, for there are many."""
    same = (file.mtime, file.size) == (row.mtime, row.size)
    return file if same else FoundFile(file.path, row.mtime, row.size)


def _post_row(row: FileRow, prefix: bytes, entry: bytes) -> PostRow:
    return PostRow(row.path, row.mtime, row.size, prefix + row.digest, entry)


def _remembered(folder: Path, posts: list[FoundFile], prefix: bytes, cache: Cache, began: int) -> dict[str, LoadedPost]:
    """Return those of `posts` that the cache knows and whose files are as they were when they were read."""
    files = {file.path: file for file in posts}
    found: dict[str, LoadedPost] = {}
    touched: list[PostRow] = []
    for known in cache.posts(list(files)):
        row, file = known, files[known.path]
        if (row.mtime, row.size) != (file.mtime, file.size):
            row = _post_row(_hashed(folder, file, began), prefix, known.entry)
            touched.append(row)
        if row.key == known.key and row.key.startswith(prefix):
            with suppress(DecodeError, UnicodeDecodeError, TypeError):  # a row that is damaged is as good as lost
                found[file.path] = LoadedPost(_as_read(file, row), row.key, _entries.decode(row.entry))
    cache.remember_posts(row for row in touched if row.path in found)
    return found


def _digests(
    folder: Path, files: list[FoundFile], before: Mapping[str, FileRow], cache: Cache, began: int
) -> dict[str, FileRow]:
    """Return the row of each file, hashing only those that changed."""
    known = {**cache.files([file.path for file in files if file.path not in before]), **before}
    rows: dict[str, FileRow] = {}
    fresh: list[FileRow] = []
    for file in files:
        row = known.get(file.path)
        if row is None or not _is_digest(row.digest) or (row.mtime, row.size) != (file.mtime, file.size):
            row = _hashed(folder, file, began)
            fresh.append(row)
        if row.digest:
            rows[file.path] = row
    cache.remember_files(row for row in fresh if row.digest)
    return rows


def _is_digest(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == SIZE


def _hashed(folder: Path, file: FoundFile, began: int) -> FileRow:
    """Return the row of a file with its bytes hashed; no digest if it is gone or may not be read."""
    try:
        with open(folder / file.path, "rb") as opened:
            return _settled(FileRow(file.path, file.mtime, file.size, digest_file(opened)), began)
    except OSError:
        return FileRow(file.path, -1, -1, b"")


def _settled(row: FileRow, began: int) -> FileRow:
    """Return the row so that it is believed only if its file had been left alone for a while."""
    return row if row.mtime < began - RACY else replace(row, mtime=-1)


def _packed(body: Body) -> bytes:
    return zlib.compress(encode(body), level=1)


def _changed(path: str) -> Problem:
    what = "this file changed during the build, or could not be read a second time"
    return Problem.of(
        "file-changed", what, "wait until nothing is being saved, then build again", path=path, severity=Severity.ERROR
    )


def _unpacked(packed: bytes) -> Body | None:
    """Return a Body from the cache, None if its row is damaged."""
    try:
        return _bodies.decode(zlib.decompress(packed))
    except (zlib.error, ValueError, TypeError):
        return None


def _skipped(skipped: list[tuple[str, str]]) -> Iterator[HiddenPost]:
    return (HiddenPost(path, "", "skipped", reason) for path, reason in skipped)


def _broken(loaded: dict[str, LoadedPost]) -> Iterator[HiddenPost]:
    for path, post in loaded.items():
        if post.entry.post is None:
            yield HiddenPost(path, "", "broken", "has a problem that must be fixed first")
