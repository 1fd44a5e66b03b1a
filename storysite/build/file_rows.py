"""Files as they lie there → what is remembered of them: hashed, and looked at, only where they changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.cache.database import Cache, FileRow
from storysite.cache.engine_digest import engine_digest
from storysite.cache.table import Value
from storysite.digest import digest_file
from storysite.pool import Workers, in_hand
from storysite.room import room_for_file
from storysite.source.pictures import Look, look_at
from storysite.source.scan import RACY, FoundFile

CHUNK = 8
"""Files that one process looks at, at a time: of large photos half a second of work."""
_looks = Decoder(Look)


def is_as_in(row: FileRow, file: FoundFile) -> bool:
    """Return whether a file lies there as it did when its row was made."""
    return (row.mtime, row.size, row.mark) == (file.mtime, file.size, file.mark)


def settled(row: FileRow, began: int) -> FileRow:
    """Return the row so that it is believed only if its file had been left alone for a while."""
    return row if row.mtime < began - RACY else replace(row, mtime=-1)


def hash_again(folder: Path, files: list[FoundFile], rows: dict[str, FileRow], cache: Cache, began: int) -> None:
    """Put in `rows` new ones of those files that are not, by all the system tells, what they were; keep them."""
    changed = [file for file in files if not is_as_in(rows[file.path], file)]
    for file in changed:
        try:
            with open(folder / file.path, "rb") as opened:
                rows[file.path] = _row(file, digest_file(opened), began)
        except OSError:
            rows[file.path] = _no_row(file)
    cache.files.put(row for file in changed if (row := rows[file.path]).digest)


def look_again(
    folder: Path,
    files: list[FoundFile],
    before: Mapping[str, FileRow],
    seen: Mapping[str, Look],
    cache: Cache,
    workers: Workers,
    began: int,
) -> tuple[dict[str, FileRow], dict[str, Look]]:
    """Return the row of each file that can be read, and what it is as a picture; only those are opened that changed.

    `before` and what was `seen` are of an earlier build of this process, and what these lack is in the cache.
    """
    known = cache.files.get([file.path for file in files if file.path not in before])
    rows = {file.path: row for file in files if (row := before.get(file.path) or known.get(file.path))}
    looks = {path: seen[path] for path in rows if path in seen}
    keys = {path: engine_digest() + row.digest for path, row in rows.items() if path not in looks}
    looks |= cache.looks.recall(keys, _looks.decode)
    fresh = [file for file in files if file.path not in looks or not is_as_in(rows[file.path], file)]
    parts = (fresh[start : start + CHUNK] for start in range(0, len(fresh), CHUNK))
    for made in workers.map(look_at_files, ((str(folder), part, began) for part in parts)):
        for row, look in made:
            rows[row.path], looks[row.path] = row, look
    there = {file.path: row for file in files if (row := rows[file.path]).digest}
    kept = [file.path for file in fresh if file.path in there]
    cache.files.put(there[path] for path in kept)
    cache.looks.put(Value(path, engine_digest() + there[path].digest, encode(looks[path])) for path in kept)
    return there, {path: looks[path] for path in there}


def look_at_files(batch: tuple[str, Sequence[FoundFile], int]) -> list[tuple[FileRow, Look]]:
    """Look at the files of a folder, some of them; the whole work of one process."""
    folder, files, began = batch
    done = []
    for file in files:
        in_hand(file.path)
        done.append(_looked_at(Path(folder), file, began))
    return done


def _looked_at(folder: Path, file: FoundFile, began: int) -> tuple[FileRow, Look]:
    """Return the row of a file and what it is; no digest if it is gone or may not be read."""
    try:
        with open(folder / file.path, "rb") as opened, room_for_file(file.size):
            digest, look = look_at(file.path, opened)
    except OSError:
        return _no_row(file), Look()
    return _row(file, digest, began), look


def _row(file: FoundFile, digest: bytes, began: int) -> FileRow:
    return settled(FileRow(file.path, file.mtime, file.size, file.mark, digest), began)


def _no_row(file: FoundFile) -> FileRow:
    return FileRow(file.path, -1, -1, 0, b"")
