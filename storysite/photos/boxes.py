"""The boxes of HEIC and AVIF files (ISO 14496-12, 23008-12), and where in them things lie that are no picture.

Own code for the reasons that `parts` names. Places in such files are counted from the file's beginning, so that nothing
can be taken out; what is not wanted is made blank instead.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

MOST = 10_000
"""Boxes, things or places of one file that are looked at; a phone's picture has a few hundred."""


class Box(NamedTuple):
    """A box: its name, where it begins, where its content begins, and where it ends."""

    name: str
    start: int
    body: int
    end: int


class Item(NamedTuple):
    """A thing in a picture file: what it is, where that is written, and where its bytes lie."""

    name: str
    named_at: int
    places: tuple[tuple[int, int], ...]


class _Reader:
    """Reads numbers one after the other; past the end they are 0."""

    def __init__(self, data: bytes, place: int) -> None:
        self.data, self.place = data, place

    def number(self, size: int) -> int:
        self.place += size
        return int.from_bytes(self.data[self.place - size : self.place], "big")


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes of a file, or those in a part of it; of one that is too long, what there is."""
    whole, place = len(data) if end is None else min(end, len(data)), start
    for _ in range(MOST):
        if place + 8 > whole:
            return
        size, body = int.from_bytes(data[place : place + 4], "big"), place + 8
        if size == 1:
            size, body = int.from_bytes(data[body : body + 8], "big"), body + 8
        stop = whole if size == 0 else min(place + size, whole)
        if stop < body:
            return
        yield Box(data[place + 4 : place + 8].decode("latin-1"), place, body, stop)
        place = stop


def inside(data: bytes, name: str, within: Box) -> Box | None:
    """Return the first box of a name in a `meta` or another box whose content has four bytes of version and flags."""
    return next((box for box in boxes(data, within.body + 4, within.end) if box.name == name), None)


def items(data: bytes) -> list[Item]:
    """Return the things that a file holds: pictures (`hvc1`, `av01`, `grid` …), `Exif`, `mime` for XMP, and others."""
    meta = next((box for box in boxes(data) if box.name == "meta"), None)
    names, places = (meta and inside(data, "iinf", meta)), (meta and inside(data, "iloc", meta))
    if not meta or not names or not places:
        return []
    blob = inside(data, "idat", meta)
    located = dict(islice(_located(data, places, blob.body if blob else 0), MOST))
    return [Item(name, at, located.get(number, ())) for number, name, at in _named(data, names)]


def _named(data: bytes, box: Box) -> Iterator[tuple[int, str, int]]:
    """Yield each thing of a box `iinf`: its number, what it is, and where that is written."""
    count = 4 if any(data[box.body : box.body + 1]) else 2
    for entry in boxes(data, box.body + 4 + count, box.end):
        if entry.name == "infe" and entry.end - entry.body >= 12:
            size = 4 if data[entry.body] == 3 else 2
            at = entry.body + 4 + size + 2
            yield int.from_bytes(data[entry.body + 4 : entry.body + 4 + size], "big"), _text(data, at), at


def _located(data: bytes, box: Box, blob: int) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Yield the number of each thing of a box `iloc` with the places of its bytes."""
    reader = _Reader(data, box.body)
    version, _ = reader.number(1), reader.number(3)
    sizes = reader.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide, left = 4 if version == 2 else 2, MOST
    for _ in range(min(reader.number(wide), MOST)):
        number = reader.number(wide)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base = reader.number(base_size) + (blob if method == 1 else 0)
        found = []
        for _ in range(min(reader.number(2), left)):
            left -= 1
            if version:
                reader.number(index_size)
            offset, length = reader.number(offset_size), reader.number(length_size)
            found.append((base + offset, min(base + offset + (length or len(data)), len(data))))
        yield number, tuple(found) if method < 2 else ()


def _text(data: bytes, place: int) -> str:
    return data[place : place + 4].decode("latin-1")
