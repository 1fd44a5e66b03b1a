"""What office documents tell: those of Microsoft since 2007 (Office Open XML), and of LibreOffice (OpenDocument).

Both are ZIP files. Only what is named here is unpacked, and of that no more than a document can have.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from struct import error as NotPacked  # noqa: N812
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from storysite.documents.told import Thing
from storysite.documents.xml import LARGEST, texts_in
from storysite.photos.kinds import KINDS
from storysite.photos.metadata import Thing as PhotoThing
from storysite.photos.metadata import private_things

LARGEST_LIST = 2_000_000
"""Bytes of the list of all that is packed in a document: about 20,000 names."""
LARGEST_PHOTO = 25_000_000
MOST_UNPACKED = 100_000_000
"""Bytes that are unpacked of one document."""
_TEXTS: tuple[tuple[re.Pattern[str], Mapping[str, Thing]], ...] = (
    (
        re.compile(r"(?:.*/)?(?:docProps/core\d*\.xml|[^/]+\.psmdcp)", re.IGNORECASE),
        {"creator": Thing.AUTHOR, "lastModifiedBy": Thing.EDITOR},
    ),
    (re.compile(r"docProps/app\d*\.xml", re.IGNORECASE), {"Company": Thing.COMPANY, "Manager": Thing.MANAGER}),
    (re.compile(r"meta\.xml"), {"initial-creator": Thing.AUTHOR, "creator": Thing.EDITOR}),
)
"""Where it stands: ECMA-376 part 2 (core properties) and 1 (extended ones), OpenDocument 1.3 part 3 (meta.xml)."""
_PHOTO = tuple(ending for kind, about in KINDS.items() if kind != "svg" for ending in about.endings)
_END, _END_OF_LARGE = b"PK\5\6", b"PK\6\7"
_END_SIZE = 22
_DAMAGED = (BadZipFile, NotPacked, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
"""What Python's reader raises of what is damaged, locked, or packed as no program does."""


def told_by_office(packed: bytes) -> Iterator[tuple[Thing, str]]:
    """Yield each thing that a document tells, with the name that it gives; nothing for what cannot be read."""
    if not _is_listed(packed):
        return
    try:
        document = ZipFile(BytesIO(packed))
    except _DAMAGED:
        return
    with document:
        left = MOST_UNPACKED
        for member in document.infolist():
            names = next((names for place, names in _TEXTS if place.fullmatch(member.filename)), {})
            if left <= 0 or not (names or member.filename.lower().endswith(_PHOTO)):
                continue
            limit = LARGEST if names else LARGEST_PHOTO
            data = _unpacked(document, member, limit)
            left -= len(data) or limit
            if names:
                yield from ((names[name], value) for name, value in texts_in(data, names))
            elif PhotoThing.PLACE in private_things(data):
                yield Thing.PLACE, ""


def _is_listed(data: bytes) -> bool:
    """Return whether the list of what is packed is one that a document can have: Python reads it as a whole."""
    end = len(data) - _END_SIZE
    if data[end : end + 4] != _END or data[-2:] != b"\0\0":
        end = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if end < 0 or data[max(0, end - 20) : end].startswith(_END_OF_LARGE):
        return False
    return int.from_bytes(data[end + 12 : end + 16], "little") <= LARGEST_LIST


def _unpacked(document: ZipFile, member: ZipInfo, limit: int) -> bytes:
    """Return the bytes of what is packed, b"" if they are locked, damaged or more than `limit`."""
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return b""
    try:
        with document.open(member) as opened:
            data = opened.read(limit + 1)
    except _DAMAGED:
        return b""
    return data if len(data) <= limit else b""
