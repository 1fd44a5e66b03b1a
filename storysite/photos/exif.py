"""EXIF: what cameras write into pictures. It is read with bounds, and of a damaged block what can be read.

Own code because what only copies bytes should need no Pillow, and because Pillow before version 13 reads whatever a
block says it holds: 1 MB that names the same bytes a thousand times fills 900 MB of memory.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

ORIENTATION = 0x0112
XMP, PHOTOSHOP, IPTC = 0x02BC, 0x8649, 0x83BB
"""The tags in which TIFF keeps what other formats have in places of their own."""
_DETAILS, _GPS, _THUMBNAIL = 0x8769, 0x8825, 0x0201
SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)
"""Bytes of a value of each type."""
_MOST_TAGS = 1000
_MOST_BYTES = 1_000_000

Tags = dict[int, bytes]


class Exif(NamedTuple):
    """The tags of a block, with their bytes: of the picture, of how it was taken, and of the place."""

    picture: Tags
    details: Tags
    place: Tags
    thumbnail: bool
    """Whether a small copy of the picture is in it."""
    order: Literal["little", "big"] = "little"

    @property
    def orientation(self) -> int:
        """How the picture must be turned to be upright, numbered from 1 to 8; 1 where nothing is said."""
        turned = int.from_bytes(self.picture.get(ORIENTATION, b"\1\0")[:2], self.order)
        return turned if 1 <= turned <= 8 else 1


def read_exif(block: bytes) -> Exif | None:
    """Return the tags of a block of EXIF, which is also that of a TIFF file; None if it is none."""
    block = block.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "little" if block[:2] == b"II" else "big"
    if block[:4] not in (b"II*\0", b"MM\0*"):
        return None
    picture, after = _tags(block, int.from_bytes(block[4:8], order), order)
    details, place = (
        _tags(block, int.from_bytes(picture.get(tag, b"")[:4], order), order)[0] for tag in (_DETAILS, _GPS)
    )
    return Exif(picture, details, place, thumbnail=_THUMBNAIL in _tags(block, after, order)[0], order=order)


def orientation_in(block: bytes) -> int:
    """Return how a picture with a block of EXIF must be turned to be upright; 1 where nothing is said."""
    exif = read_exif(block)
    return exif.orientation if exif else 1


def orientation_only(turned: int) -> bytes:
    """Return a block of EXIF, 26 bytes, that says nothing but how the picture must be turned."""
    return b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + turned.to_bytes(4, "little") + bytes(4)


def _tags(block: bytes, place: int, order: Literal["little", "big"]) -> tuple[Tags, int]:
    """Return the tags of the directory at a place, and where the next one is, 0 if there is none."""
    count = int.from_bytes(block[place : place + 2], order) if place >= 8 else 0
    end = place + 2 + 12 * count
    found = dict(islice(_entries(block, place + 2, min(end, len(block)), order), _MOST_TAGS))
    return found, int.from_bytes(block[end : end + 4], order) if count else 0


def _entries(block: bytes, place: int, end: int, order: Literal["little", "big"]) -> Iterator[tuple[int, bytes]]:
    left = _MOST_BYTES
    for start in range(place, end - 11, 12):
        tag, sort = (int.from_bytes(block[at : at + 2], order) for at in (start, start + 2))
        size = int.from_bytes(block[start + 4 : start + 8], order) * (SIZES[sort] if sort < len(SIZES) else 1)
        at = start + 8 if size <= 4 else int.from_bytes(block[start + 8 : start + 12], order)
        value = block[at : at + min(size, left)]
        left -= len(value)
        yield tag, value
