"""Files → the archive: what changed since last time is read, the rest is remembered."""

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.json import Decoder, encode

from storysite.build.file_problems import changed, unreadable
from storysite.build.file_rows import hash_again, is_as_in, look_again, settled
from storysite.cache.database import Cache, FileRow
from storysite.cache.engine_digest import engine_digest
from storysite.cache.table import Value
from storysite.digest import change_mark, digest, digest_bytes
from storysite.errors import ProblemsFound
from storysite.model.config import Config
from storysite.model.links import Files
from storysite.model.post import AnyPost, Body
from storysite.model.taxonomy import own_keys
from storysite.model.visibility import HiddenPost
from storysite.plugins.load import plugins_digest, require_plugins
from storysite.pool import Workers, in_hand
from storysite.problems import Problem
from storysite.source.data import read_data
from storysite.source.entry import Entry, ReadSettings
from storysite.source.pictures import Look
from storysite.source.private_names import why_private
from storysite.source.scan import FoundFile, Scan

CHUNK = 40
"""Posts that one process reads at a time: about a tenth of a second of work."""
_CHANGED = "this file changed during the build, or could not be read a second time"
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
    looks: dict[str, Look]
    """What each of these files is as a picture or a document."""
    data: dict[str, Any]
    problems: list[Problem]
    hidden: list[HiddenPost]
    read: int
    private: list[str] = []
    """The posts that are not for the public by their names."""

    @property
    def posts(self) -> list[AnyPost]:
        """All posts that are not broken."""
        return [loaded.entry.post for loaded in self.loaded.values() if loaded.entry.post]

    @cached_property
    def files(self) -> Files:
        """The files that posts may name."""
        digests = {path: row.digest for path, row in self.rows.items()}
        return Files(
            digests,
            {path.lower(): path for path in (*self.private, *digests, *self.loaded)},
            {path: look.unshown for path, look in self.looks.items() if look.unshown},
            {path: look.way for path, look in self.looks.items() if look.way},
            {path: look.facts for path, look in self.looks.items() if look.facts},
            {path: look.focus for path, look in self.looks.items() if look.facts},
            {path: look.document for path, look in self.looks.items() if look.document},
        )


class Chunk(Struct, frozen=True):
    """Files for one process to read."""

    folder: str
    settings: ReadSettings
    paths: tuple[str, ...]
    began: int
    """When the files were looked at."""
    plugins: bytes
    """The digest of what plugins do."""


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
    plugins = plugins_digest(settings.plugins)
    prefix, began = digest_bytes(engine_digest(), digest(settings), plugins), found.began
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
    others = [*found.files, *found.data]
    rows, looks = look_again(
        folder, others, before.rows if before else {}, before.looks if before else {}, cache, workers, began
    )
    paths = {*rows, *loaded}
    cache.forget_sources((before.loaded.keys() | before.rows.keys() if before else cache.sources()) - paths)
    cache.commit()
    data, problems = read_data(folder, [file.path for file in found.data])
    return Archive(
        prefix=prefix,
        loaded={file.path: loaded[file.path] for file in found.posts},
        rows=rows,
        looks=looks,
        data=data,
        problems=[
            *found.problems,
            *problems,
            *(problem for post in loaded.values() for problem in post.entry.problems),
        ],
        hidden=[*_skipped(found.skipped), *_private(found.private), *_broken(loaded)],
        read=len(missing),
        private=found.private,
    )


def read_settings_of(config: Config) -> ReadSettings:
    """Return the settings that reading depends on."""
    return ReadSettings(
        config.timezone,
        config.publish_time,
        config.language,
        config.author,
        config.post_url,
        config.markdown,
        config.languages,
        own_keys(config.taxonomies),
        config.plugins,
    )


def bodies(
    folder: Path, settings: ReadSettings, cache: Cache, archive: Archive, paths: Sequence[str]
) -> dict[str, Body]:
    """Return the texts of the posts `paths`; one that the cache has lost is read again.

    Raises ProblemsFound if its file is not any more what the Post was read from: the text would not fit the Post.
    """
    loaded = {path: archive.loaded[path] for path in paths}

    def read_again(lost: list[str]) -> Iterator[Value]:
        for file in chain.from_iterable(_read(folder, settings, lost, Workers(1), 0)):
            if file.lasts:
                yield Value(file.row.path, archive.prefix + file.row.digest, file.body)

    kept = {path: _unpacked(post.body) for path, post in loaded.items() if post.body}
    texts = kept | cache.bodies.recall_or_make(
        {path: post.key for path, post in loaded.items() if not post.body}, _unpacked, read_again
    )
    if others := loaded.keys() - texts.keys():
        cache.forget_sources(others)  # also where the file's time and size are the same, the next build must look
        for path in others:
            del archive.loaded[path]
        raise ProblemsFound(changed(path, _CHANGED) for path in sorted(others))
    return texts


def read_chunk(chunk: Chunk) -> list[ReadFile]:
    """Read the files of a chunk; the whole work of one process. Raises ProblemsFound if it has other plugins."""
    require_plugins(chunk.settings.plugins, chunk.plugins)
    from storysite.markdown.convert import (
        render_markdown,  # all that reads takes long to load, and often nothing is new
    )
    from storysite.source.post import read_post

    done: list[ReadFile] = []
    for path in chunk.paths:
        in_hand(path)
        try:
            with open(f"{chunk.folder}/{path}", "rb") as file:
                stat = os.fstat(file.fileno())
                data = file.read()
        except OSError as error:
            row, entry = FileRow(path, -1, -1, 0, b""), Entry(None, (unreadable(path, error),))
            done.append(ReadFile(row, encode(entry), _packed(Body("")), lasts=False))
            continue
        entry, body = read_post(data, path, chunk.settings, render_markdown)
        row = FileRow(path, stat.st_mtime_ns, len(data), change_mark(stat), digest_bytes(data))
        row = settled(row, chunk.began)
        done.append(ReadFile(row, encode(entry), _packed(body), lasts=not entry.stopped))
    return done


def _read(
    folder: Path, settings: ReadSettings, paths: Sequence[str], workers: Workers, began: int
) -> Iterator[list[ReadFile]]:
    plugins = plugins_digest(settings.plugins)
    parts = (tuple(paths[place : place + CHUNK]) for place in range(0, len(paths), CHUNK))
    yield from workers.map(read_chunk, (Chunk(str(folder), settings, part, began, plugins) for part in parts))


def _remember(cache: Cache, files: list[ReadFile], prefix: bytes) -> None:
    lasting = [file for file in files if file.lasts]
    cache.bodies.put(Value(file.row.path, prefix + file.row.digest, file.body) for file in lasting)
    cache.posts.put(Value(file.row.path, prefix + file.row.digest, file.entry) for file in lasting)
    cache.files.put(file.row for file in lasting)
    cache.commit()


def _is_still(loaded: LoadedPost, file: FoundFile) -> bool:
    """Return whether a file need not be read again: it lies there as it was, and was read to its end."""
    return loaded.file == file and not loaded.entry.stopped


def _remembered(folder: Path, posts: list[FoundFile], prefix: bytes, cache: Cache, began: int) -> dict[str, LoadedPost]:
    """Return those of `posts` that the cache knows, as they were read when their files were as they are now."""
    rows = cache.files.get([file.path for file in posts])
    hash_again(folder, [file for file in posts if file.path in rows], rows, cache, began)
    entries = cache.posts.recall({path: prefix + row.digest for path, row in rows.items()}, _entries.decode)
    return {
        file.path: LoadedPost(_as_read(file, row), prefix + row.digest, entry)
        for file in posts
        if (row := rows.get(file.path)) and (entry := entries.get(file.path))
    }


def _as_read(file: FoundFile, row: FileRow) -> FoundFile:
    """Return the file as it lay there when it was read; the same object if it can be, for there are many."""
    return file if is_as_in(row, file) else FoundFile(file.path, row.mtime, row.size, row.mark)


def _packed(body: Body) -> bytes:
    return zlib.compress(encode(body), level=1)


def _unpacked(body: bytes) -> Body:
    return _bodies.decode(zlib.decompress(body))


def _skipped(skipped: list[tuple[str, str]]) -> Iterator[HiddenPost]:
    return (HiddenPost(path, "", "skipped", reason) for path, reason in skipped)


def _private(paths: list[str]) -> Iterator[HiddenPost]:
    return (HiddenPost(path, "", "private", sentence) for path, sentence in why_private(paths))


def _broken(loaded: dict[str, LoadedPost]) -> Iterator[HiddenPost]:
    for path, post in loaded.items():
        if post.entry.post is None:
            yield HiddenPost(path, "", "broken", "has a problem that must be fixed first")
