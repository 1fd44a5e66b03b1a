"""The objects of a PDF by their numbers, in all versions that the file still has, found without its own tables.

The tables at the end of a PDF say where its objects lie; hostile and damaged ones lie. So the objects are looked for
from the beginning to the end, also those that are packed together (object streams).
"""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator

from storysite.documents.pdf_values import APART, SPACE, Dictionary, dictionary_at

MOST_OBJECTS = 100_000
MOST_VERSIONS = 5
"""Versions of one object that are looked at, the last ones."""
MOST_PACKS = 2_000
LARGEST_HEAD = 2_000
"""Bytes of the dictionary of a pack, and of an object that is a text."""
LARGEST_PACK = 2_000_000
"""Bytes of a pack of objects, once it is unpacked; and of all packs of a file together."""
MOST_UNPACKED = 40_000_000
_NUMBERS = re.compile(rb"(\d{1,10})" + APART + rb"\d{1,5}" + APART + rb"\Z")
_BLANK = re.compile(rb"(?:" + SPACE + rb"|%[^\r\n]*[\r\n])*")
_STREAM = re.compile(SPACE + rb"{0,20}stream(?:\r\n|\n|\r)?")


class Objects:
    """The objects of a PDF, whose bytes are `data`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts: list[int] = []
        """Where each object begins, in order."""
        self._plain: dict[int, list[int]] = {}
        self._packed: dict[int, list[tuple[bytes, int]]] = {}
        self._find_plain()
        self._find_packed()

    def dictionaries(self, number: int) -> Iterator[Dictionary]:
        """Yield each version of an object that is a dictionary."""
        for data, place in self._places(number):
            if found := dictionary_at(data, place):
                yield found

    def texts(self, number: int) -> Iterator[bytes]:
        """Yield each version of an object that is a text."""
        for data, place in self._places(number):
            found = dictionary_at(b"<</Text " + data[place : place + LARGEST_HEAD], 0)
            if found and isinstance(value := found.entries.get("Text"), bytes):
                yield value

    def streams(self, number: int, limit: int) -> Iterator[bytes]:
        """Yield the bytes of each version of an object that is a stream, unpacked; of one that is larger, nothing."""
        for data, place in self._places(number):
            if data is self._data and (found := dictionary_at(data, place)) and (stream := self._stream(found, limit)):
                yield stream

    def _places(self, number: int) -> list[tuple[bytes, int]]:
        """Return where the last versions of an object lie."""
        plain = [(self._data, place) for place in self._plain.get(number, ())[-MOST_VERSIONS:]]
        places = [*plain, *self._packed.get(number, ())[-MOST_VERSIONS:]]
        return [(data, _after_blank(data, place)) for data, place in places]

    def _find_plain(self) -> None:
        data, place = self._data, 0
        for _ in range(2 * MOST_OBJECTS):  # an object has a beginning and an end
            if (place := data.find(b"obj", place)) < 0:
                return
            if place and data[place - 1] <= 32 and (numbers := _NUMBERS.search(data[max(0, place - 60) : place])):
                self._starts.append(place)
                self._plain.setdefault(int(numbers[1]), []).append(place + 3)
            place += 3

    def _find_packed(self) -> None:
        data, place, left = self._data, 0, MOST_UNPACKED
        for _ in range(MOST_PACKS):
            if left <= 0 or (place := data.find(b"/ObjStm", place)) < 0:
                return
            owner = bisect_left(self._starts, place) - 1
            place += 7
            if owner < 0:
                continue
            found = dictionary_at(data, _after_blank(data, self._starts[owner] + 3), LARGEST_HEAD)
            if found and found.end >= place and found.entries.get("Type") == "ObjStm":
                place = found.end
                pack = self._stream(found, LARGEST_PACK)
                left -= len(pack) or LARGEST_HEAD * 50
                self._open(pack, str(found.entries.get("First", "")))

    def _open(self, pack: bytes, first: str) -> None:
        """Note where in a pack each object lies: before the first stand their numbers and places."""
        if not first.isdecimal() or len(first) > 9:
            return
        words = pack[: int(first)].split()
        for number, place in zip(words[::2], words[1::2], strict=False):
            if number.isdigit() and place.isdigit() and len(number) <= 10 and len(place) <= 9:
                self._packed.setdefault(int(number), []).append((pack, int(first) + int(place)))

    def _stream(self, found: Dictionary, limit: int) -> bytes:
        """Return the bytes that follow a dictionary, b"" if they are more than `limit` or packed in an odd way."""
        begins = _STREAM.match(self._data, found.end)
        if not begins:
            return b""
        end = self._data.find(b"endstream", begins.end(), begins.end() + limit)
        if end < 0:
            return b""
        data = self._data[begins.end() : end]
        if b"/FlateDecode" not in self._data[found.start : found.end]:
            return data
        unpacker = zlib.decompressobj()
        try:
            unpacked = unpacker.decompress(data, limit)
        except zlib.error:
            return b""
        return unpacked if not unpacker.unconsumed_tail else b""


def _after_blank(data: bytes, place: int) -> int:
    found = _BLANK.match(data, place, place + 1000)
    return found.end() if found else place
