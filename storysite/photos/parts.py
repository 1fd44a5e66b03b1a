"""The pieces that picture files are made of, where each begins and ends; nothing is decoded.

Own code because Pillow, which reads pictures, cannot write one without encoding its pixels anew, and because the tools
that can (exiftool, exiv2, mat2) are programs that school computers do not have. A file that is damaged or cut off has
the pieces up to there: whoever shows the picture tells of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of a file: its name in its format, where it begins and ends, and where its content does."""

    name: str
    start: int
    body: int
    end: int
    stop: int


_MARKER = re.compile(rb"\xff+([\x01-\xfe])")
_AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""What ends the pixels of a JPEG: any marker but a restart; in them each 0xFF has a zero behind it."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
_SOS, _EOI, _APP, _COMMENT = 0xDA, 0xD9, range(0xE0, 0xF0), 0xFE


def jpeg_parts(data: bytes, *, pixels: bool = True) -> Iterator[Part]:
    """Yield the segments of a JPEG: `APP0` to `APP15`, `COM`, `SOS` with its pixels, `EOI`; others are hexadecimal.

    Without `pixels` the last is the first `SOS`, which has none then; to look for their end takes a while.
    """
    place = 2
    while found := _MARKER.search(data, place):
        code, start, body = found[1][0], found.end() - 2, found.end()
        if code == _EOI:
            yield Part("EOI", start, body, body, body)
            return
        if code in _ALONE:
            place = body
            continue
        length = int.from_bytes(data[body : body + 2], "big")
        end = body + length
        if length < 2 or (end > len(data) and code != _SOS):
            return
        stop = end
        if code == _SOS and not pixels:
            yield Part("SOS", start, body + 2, end, end)
            return
        if code == _SOS:
            after = _AFTER_SCAN.search(data, end)
            stop = after.start() if after else len(data)
        name = f"APP{code - 0xE0}" if code in _APP else {_SOS: "SOS", _COMMENT: "COM"}.get(code, f"{code:02X}")
        yield Part(name, start, body + 2, end, stop)
        place = stop


def png_parts(data: bytes) -> Iterator[Part]:
    """Yield the chunks of a PNG up to IEND; one that is cut off ends with the file."""
    place = 8
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        name = data[place + 4 : place + 8].decode("latin-1")
        end = min(place + 8 + length, len(data))
        yield Part(name, place, place + 8, end, min(end + 4, len(data)))
        if name == "IEND":
            return
        place = end + 4


def webp_parts(data: bytes) -> Iterator[Part]:
    """Yield the chunks of a WebP, up to the size that its head says it has."""
    place, whole = 12, min(len(data), int.from_bytes(data[4:8], "little") + 8)
    while place + 8 <= whole:
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        end = min(place + 8 + length, whole)
        stop = min(end + (length & 1), whole)
        yield Part(data[place : place + 4].decode("latin-1"), place, place + 8, end, stop)
        place = stop


def gif_parts(data: bytes) -> Iterator[Part]:
    """Yield the pieces of a GIF: `head` with its colors, `image`, `trailer`, and `21xx` for extensions of code xx."""
    place = 13 + _colors(data, 10)
    yield Part("head", 0, 0, place, place)
    while place < len(data):
        start, code = place, data[place]
        if code == 0x3B:
            yield Part("trailer", start, start, start, start + 1)
            return
        if code == 0x2C:
            name, body = "image", start + 11 + _colors(data, start + 9)
        elif code == 0x21:
            name, body = f"21{data[start + 1 : start + 2].hex()}", start + 2
        else:
            return
        place = _after_blocks(data, body)
        yield Part(name, start, body, place, place)


def _colors(data: bytes, place: int) -> int:
    """Return the size of the table of colors that the flags at `place` announce."""
    flags = data[place] if place < len(data) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    """Return where a row of blocks ends: each begins with its length, and one of length zero is the last."""
    whole = len(data)
    while place < whole and (length := data[place]):
        place += length + 1
    return min(place + 1, whole)


WALKS: Mapping[str, Callable[[bytes], Iterator[Part]]] = {
    "jpeg": jpeg_parts,
    "png": png_parts,
    "webp": webp_parts,
    "gif": gif_parts,
}
"""What takes apart a picture, by its kind; HEIC and AVIF are made of boxes within boxes, see `boxes`."""


def blocks_in(data: bytes, part: Part) -> bytes:
    """Return the content of a piece of a GIF without the lengths of its blocks."""
    found, place = bytearray(), part.body
    while place < part.end and (length := data[place]):
        found += data[place + 1 : place + 1 + length]
        place += length + 1
    return bytes(found)
