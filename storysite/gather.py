"""Files → the archive: what changed since last time is read, the rest is remembered."""

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, encode

from storysite.digest import digest, digest_bytes
from storysite.engine import engine_digest
from storysite.errors import Problem
from storysite.memo import Memo, SourceRow
from storysite.model.links import Files
from storysite.model.post import Body, Post
from storysite.model.shown import Unseen
from storysite.plan.page import Template
from storysite.pool import Workers
from storysite.read.data import read_data
from storysite.read.post import Entry, Rules, read_post
from storysite.read.scan import RACY, Found, Scan
from storysite.render.templates import Wants, read_templates
from storysite.render.theme import Theme

CHUNK = 40
"""Posts that one process reads at a time: about a tenth of a second of work."""
_entries = Decoder(Entry)
_bodies = Decoder(Body)
_wants = Decoder(Wants)


class Archive(NamedTuple):
    """Everything that was found in a site's folder. `keys` say with which inputs each post was read."""

    posts: list[Post]
    files: Files
    data: dict[str, Any]
    problems: list[Problem]
    unseen: list[Unseen]
    keys: dict[str, bytes]
    read: int


class Chunk(Struct, frozen=True):
    """Files for one process to read."""

    folder: str
    rules: Rules
    paths: tuple[str, ...]


class ReadFile(NamedTuple):
    """A file as it was read: its stat and digest, and what it is, packed for the memo."""

    row: SourceRow
    entry: bytes
    body: bytes


def gather(
    folder: Path,
    found: Scan,
    rules: Rules,
    memo: Memo,
    workers: Workers,
    progress: Callable[[str, int, int], None],
) -> Archive:
    """Return the archive in `folder`, where `found` lies; with a memo, only files that changed are opened."""
    began = found.began
    known = memo.sources()
    digests = _digests(folder, [*found.files, *found.data], known, memo, began)
    prefix = _prefix(rules)
    entries = _remembered(folder, found.posts, known, prefix, memo, began)
    missing = [file.path for file in found.posts if file.path not in entries]
    for done, files in enumerate(_read(folder, rules, missing, workers), 1):
        progress("Reading", min(done * CHUNK, len(missing)), len(missing))
        _remember(memo, files, prefix, began)
        entries |= {file.row.path: (_key(prefix, file.row), _entries.decode(file.entry)) for file in files}
    memo.forget_sources(sorted(known.keys() - digests.keys() - {file.path for file in found.posts}))
    memo.commit()
    data, problems = read_data(folder, [file.path for file in found.data])
    return Archive(
        posts=[entry.post for _, entry in entries.values() if entry.post],
        files=Files(digests, {path.lower(): path for path in (*digests, *entries)}),
        data=data,
        problems=[
            *found.problems,
            *problems,
            *(problem for _, entry in entries.values() for problem in entry.problems),
        ],
        unseen=[*_skipped(found.skipped), *_broken(entries)],
        keys={path: key for path, (key, _) in entries.items()},
        read=len(missing),
    )


def bodies(folder: Path, rules: Rules, memo: Memo, keys: dict[str, bytes], paths: Sequence[str]) -> dict[str, Body]:
    """Return the texts of the posts `paths`; one that the memo has lost is read again."""
    remembered = memo.bodies(paths)
    found = {path: _unpacked(body) for path, (key, body) in remembered.items() if key == keys[path]}
    lost = [path for path in paths if found.get(path) is None]
    prefix = _prefix(rules)
    for files in _read(folder, rules, lost, Workers(1)):
        found |= {file.row.path: _unpacked(file.body) for file in files}
        memo.remember_posts((file.row.path, _key(prefix, file.row), file.entry, file.body) for file in files)
    return {path: body for path, body in found.items() if body is not None}


def templates_of(theme: Theme, folder: Path, memo: Memo) -> dict[str, Template]:
    """Return the templates of a theme; with a memo, only those that changed are parsed."""
    known: dict[bytes, Wants] = {}
    for key, row in memo.templates().items():
        with suppress(DecodeError):  # a row that is damaged is as good as lost
            known[key] = _wants.decode(row)
    templates, found = read_templates(theme, folder, known)
    if found.keys() != known.keys():
        memo.remember_templates({key: encode(wants) for key, wants in found.items()})
    return templates


def read_chunk(chunk: Chunk) -> list[ReadFile]:
    """Read the files of a chunk; the whole work of one process."""
    from storysite.render.markup import render_markdown  # Python-Markdown takes long to load, and often nothing is new

    done: list[ReadFile] = []
    for path in chunk.paths:
        try:
            with open(f"{chunk.folder}/{path}", "rb") as file:
                stat = os.fstat(file.fileno())
                data = file.read()
        except OSError as error:
            problem = Problem(
                path, 0, "file-unreadable", f"this file cannot be read: {error.strerror}", "check that it may be read"
            )
            done.append(ReadFile(SourceRow(path, -1, -1, b""), encode(Entry(None, (problem,))), _packed(Body(""))))
            continue
        entry, body = read_post(data, path, chunk.rules, render_markdown)
        row = SourceRow(path, stat.st_mtime_ns, len(data), digest_bytes(data))
        done.append(ReadFile(row, encode(entry), _packed(body)))
    return done


def _read(folder: Path, rules: Rules, paths: Sequence[str], workers: Workers) -> Iterator[list[ReadFile]]:
    chunks = (Chunk(str(folder), rules, tuple(paths[place : place + CHUNK])) for place in range(0, len(paths), CHUNK))
    yield from workers.map(read_chunk, chunks)


def _remember(memo: Memo, files: list[ReadFile], prefix: bytes, began: int) -> None:
    memo.remember_posts(
        (file.row.path, _key(prefix, file.row), file.entry, file.body) for file in files if file.row.digest
    )
    memo.remember_sources(_settled(file.row, began) for file in files if file.row.digest)
    memo.commit()


def _remembered(
    folder: Path, posts: list[Found], known: dict[str, SourceRow], prefix: bytes, memo: Memo, began: int
) -> dict[str, tuple[bytes, Entry]]:
    """Return the entries of those posts whose files are as they were when they were read."""
    packed = {path: (key, entry) for path, key, entry in memo.posts()}
    found: dict[str, tuple[bytes, Entry]] = {}
    touched: list[SourceRow] = []
    decode = _entries.decode
    for file in posts:
        path, mtime, size = file
        row = known.get(path)
        if row is None or path not in packed:
            continue
        if row.mtime != mtime or row.size != size:
            row = _looked_at(folder, file)
            touched.append(row)
        key, entry = packed.pop(path)
        if key == prefix + row.digest:
            found[path] = (key, decode(entry))
    memo.remember_sources(_settled(row, began) for row in touched if row.digest)
    return found


def _digests(folder: Path, files: list[Found], known: dict[str, SourceRow], memo: Memo, began: int) -> dict[str, bytes]:
    """Return the digest of each file, hashing only those that changed."""
    rows = {}
    fresh = []
    for file in files:
        row = known.get(file.path)
        if row is None or (row.mtime, row.size) != (file.mtime, file.size):
            row = _looked_at(folder, file)
            fresh.append(row)
        if row.digest:
            rows[file.path] = row.digest
    memo.remember_sources(_settled(row, began) for row in fresh if row.digest)
    return rows


def _looked_at(folder: Path, file: Found) -> SourceRow:
    """Return the row of a file with its bytes hashed; no digest if it is gone or may not be read."""
    try:
        return SourceRow(file.path, file.mtime, file.size, digest_bytes((folder / file.path).read_bytes()))
    except OSError:
        return SourceRow(file.path, -1, -1, b"")


def _settled(row: SourceRow, began: int) -> SourceRow:
    """Return the row so that it is believed only if its file had been left alone for a while."""
    return row if row.mtime < began - RACY else row._replace(mtime=-1)


def _prefix(rules: Rules) -> bytes:
    """Return the digest of all that reading depends on but the file itself; it is the same for a whole build."""
    return digest_bytes(engine_digest(), digest(rules))


def _key(prefix: bytes, row: SourceRow) -> bytes:
    return prefix + row.digest


def _packed(body: Body) -> bytes:
    return zlib.compress(encode(body), level=1)


def _unpacked(packed: bytes) -> Body | None:
    """Return a Body from the memo, None if its row is damaged."""
    try:
        return _bodies.decode(zlib.decompress(packed))
    except (zlib.error, ValueError):
        return None


def _skipped(skipped: list[tuple[str, str]]) -> Iterator[Unseen]:
    return (Unseen(path, "", "skipped", reason) for path, reason in skipped)


def _broken(entries: dict[str, tuple[bytes, Entry]]) -> Iterator[Unseen]:
    for path, (_, entry) in entries.items():
        if entry.post is None:
            yield Unseen(path, "", "broken", "has a problem that must be mended first")
