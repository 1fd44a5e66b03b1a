"""TIFF files, which are directories of tags: those that are no picture are taken out where they lie.

Places in such files are counted from the file's beginning, so that nothing moves; what was pointed to is made blank.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from storysite.errors import BadValue
from storysite.photos.color import plain_profile
from storysite.photos.exif import SIZES

_PICTURE = {
    254, 255, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324, 325, 332,
    334, 336, 338, 339, 340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
}  # fmt: skip
"""The tags that decide what a TIFF looks like (TIFF 6.0)."""
_PROFILE = 34675
_BELOW = {0x8769, 0x8825, 0xA005, 0x014A}
"""Tags that point to directories of their own: how and where it was taken, and smaller copies."""
_MOST_PAGES, _MOST_TAGS, _LARGEST_VALUE = 200, 400, 4_000_000


class _Tag(NamedTuple):
    number: int
    entry: bytes
    start: int
    end: int
    """Where its value lies."""


class _Directory(NamedTuple):
    place: int
    end: int
    tags: list[_Tag]
    next: int


def scrubbed_tiff(data: bytes) -> bytes:
    """Return a TIFF with the tags of its pictures alone; of very many pages, the first. Raises BadValue if damaged."""
    order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
    blank = bytearray(data)
    pages = list(_pages(data, int.from_bytes(data[4:8], order), order))
    kept_at: list[tuple[int, int]] = []
    for number, page in enumerate(pages):
        kept = []
        for tag in page.tags:
            if tag.number in _PICTURE:
                kept.append(tag.entry)
                kept_at.append((tag.start, tag.end))
            elif tag.number == _PROFILE and (profile := plain_profile(data[tag.start : tag.end])):
                if len(profile) <= tag.end - tag.start:
                    blank[tag.start : tag.end] = profile.ljust(tag.end - tag.start, b"\0")
                    kept.append(tag.entry[:4] + len(profile).to_bytes(4, order) + tag.entry[8:])
            else:
                _clear(data, blank, tag, order)
        following = pages[number + 1].place if number + 1 < len(pages) else 0
        directory = len(kept).to_bytes(2, order) + b"".join(kept) + following.to_bytes(4, order)
        blank[page.place : page.end] = directory.ljust(page.end - page.place, b"\0")
    for start, end in kept_at:  # whatever a damaged file says, no pixel is lost
        if end - start > 4:
            blank[start:end] = data[start:end]
    return bytes(blank)


def _pages(data: bytes, place: int, order: Literal["little", "big"]) -> Iterator[_Directory]:
    seen = set[int]()
    while place and place not in seen and len(seen) < _MOST_PAGES:
        seen.add(place)
        page = _directory(data, place, order)
        if page is None:
            if len(seen) == 1:
                raise BadValue(
                    "this picture is damaged or was not copied to its end", "copy it again from where it came from"
                )
            return
        yield page
        place = page.next


def _directory(data: bytes, place: int, order: Literal["little", "big"]) -> _Directory | None:
    """Return the tags of the directory at a place, each once; None if there is none."""
    count = int.from_bytes(data[place : place + 2], order)
    end = place + 6 + 12 * count
    if place < 8 or not 0 < count <= _MOST_TAGS or end - 4 > len(data):
        return None
    tags = dict[int, _Tag]()
    for start in range(place + 2, end - 4, 12):
        entry = data[start : start + 12]
        number, sort = (int.from_bytes(entry[at : at + 2], order) for at in (0, 2))
        size = int.from_bytes(entry[4:8], order) * (SIZES[sort] if sort < len(SIZES) else 1)
        at = start + 8 if size <= 4 else int.from_bytes(entry[8:12], order)
        if at + size <= len(data) and (size <= _LARGEST_VALUE or number not in _PICTURE):
            tags.setdefault(number, _Tag(number, entry, at, at + size))
    return _Directory(place, min(end, len(data)), list(tags.values()), int.from_bytes(data[end - 4 : end], order))


def _clear(data: bytes, blank: bytearray, tag: _Tag, order: Literal["little", "big"]) -> None:
    """Make blank what a tag points to: its value, or a directory with all values of it."""
    blank[tag.start : tag.end] = bytes(tag.end - tag.start)
    if tag.number in _BELOW:
        below = _directory(data, int.from_bytes(data[tag.start : tag.start + 4], order), order)
        if below:
            for each in below.tags:
                blank[each.start : each.end] = bytes(each.end - each.start)
            blank[below.place : below.end] = bytes(below.end - below.place)
