"""Dictionaries and texts as a PDF writes them: ISO 32000-1, chapter 7.3 and annex D."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

LARGEST = 20_000
"""Bytes of a dictionary that are read."""
SPACE = rb"[\0\t\n\f\r ]"
APART = SPACE + rb"{1,20}"
"""What stands between two words. Without a bound, a file of blanks takes long."""
_TOKEN = re.compile(
    rb"(?P<open><<|\[)|(?P<close>>>|\])|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*)|(?P<begin>\()"
    rb"|<(?P<digits>[0-9A-Fa-f\0\t\n\f\r ]*)>|%[^\r\n]*|(?P<word>[^\0\t\n\f\r ()<>\[\]{}/%]+)"
)
_MARK = re.compile(rb"[()\\]")
_ESCAPED = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_LANGUAGE = re.compile("\x1b[^\x1b]{0,10}\x1b")
_PDF_SIGNS = str.maketrans(
    {24 + place: sign for place, sign in enumerate("˘ˇˆ˙˝˛˚˜")}
    | {128 + place: sign for place, sign in enumerate("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž")}
    | {160: "€"}
)
"""PDFDocEncoding, where it is not Latin-1."""


class Reference(NamedTuple):
    """The number of an object that stands elsewhere."""

    number: int


class Dictionary(NamedTuple):
    """The entries of a dictionary by their names: texts as bytes, references, and words such as numbers and names."""

    entries: Mapping[str, bytes | Reference | str]
    start: int
    end: int
    """Where in the data it lies."""


def dictionary_at(data: bytes, start: int, limit: int = LARGEST) -> Dictionary | None:
    """Return the dictionary that begins at `start`, None if none does; of one longer than `limit`, the beginning.

    Lists and dictionaries in it are passed over.
    """
    if data[start : start + 2] != b"<<":
        return None
    entries: dict[str, bytes | Reference | str] = {}
    key, words, end = "", list[bytes](), start
    for kind, value, place in _values(data, start, start + limit):
        end = place
        if kind == "word":
            words.append(value)
            if words[2:] == [b"R"] and words[0].isdigit():
                entries[key] = Reference(int(words[0][:10]))
            elif len(words) == 1:
                entries.setdefault(key, value.decode("latin-1"))
        elif kind == "name" and (words or not key):
            key, words = value.decode("latin-1"), []
        else:
            if kind != "other":
                entries.setdefault(key, value if kind == "text" else value.decode("latin-1"))
            key, words = "", []
    return Dictionary(entries, start, end)


def _values(data: bytes, start: int, stop: int) -> Iterator[tuple[str, bytes, int]]:
    """Yield the names, texts and words of a dictionary, and where each ends; "other" for what is passed over."""
    depth, place = 0, start
    while found := _TOKEN.search(data, place, stop):
        kind, place = found.lastgroup, found.end()
        text = b""
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "begin":
            text, place = _literal(data, place)
        if depth <= 0:
            yield "other", b"", place
            return
        if depth > 1 or kind is None or (kind == "open" and place == start + 2):
            continue
        if kind in ("begin", "digits"):
            yield "text", text if kind == "begin" else _from_digits(found["digits"]), place
        else:
            yield (kind, found[kind], place) if kind in ("name", "word") else ("other", b"", place)


def text_of(value: bytes) -> str:
    """Return a text of a PDF as letters."""
    if value.startswith(b"\xfe\xff"):
        return _LANGUAGE.sub("", value[2:].decode("utf-16-be", "replace"))
    if value.startswith(b"\xff\xfe"):  # against the standard, and written by some
        return value[2:].decode("utf-16-le", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1").translate(_PDF_SIGNS)


def _literal(data: bytes, start: int) -> tuple[bytes, int]:
    """Return the text whose opening parenthesis ends at `start`, and where it ends; b"" for a very long one."""
    depth, place = 1, start
    while found := _MARK.search(data, place, start + LARGEST):
        place = found.end()
        if found[0] == b"\\":
            place += 1
        else:
            depth += 1 if found[0] == b"(" else -1
            if depth == 0:
                return _ESCAPED.sub(_unescaped, data[start : place - 1]), place
    return b"", start + LARGEST


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8) & 255]) if sign.isdigit() and sign < b"8" else _SIGNS.get(sign, sign)


def _from_digits(digits: bytes) -> bytes:
    bare = b"".join(digits.translate(None, b"\0").split())
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode())
