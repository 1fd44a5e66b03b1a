"""Where in a file each picture of its text is written, found again by its name and its words."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from storysite.model.alt_text import PictureWords

_MARK = re.compile(
    r"!\[\[[^\[\]\n]*\]\]|!\[(?P<alt>[^\[\]]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[(?P<label>[^\[\]\n]*)\])?"
    r"|<img\b[^<>]*|\{[{%][^{}]*",
    re.IGNORECASE,
)
"""What makes a picture in Markdown, in HTML and in the template code of other programs."""
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*(\S+)", re.MULTILINE)
_EMPTY_ALT = re.compile(r"\balt(?:\s*=\s*(?:\"\s*\"|'\s*'))?(?=[\s/%}]|$)", re.IGNORECASE).search
_ALT = re.compile(r"\balt\s*=\s*(?:[\"']\s*[^\"'\s]|[^\"'\s])", re.IGNORECASE).search
_PARTS = re.compile(r"[^\s/\"'()<>\[\]=|{}]+").findall
_LONGEST = 2000
_LETTERS = 30
"""Signs of an alt text by which it is found again."""


class Place(NamedTuple):
    """A line of a file, and whether it says in HTML that a picture is decoration, by an empty alt."""

    line: int
    decoration: bool = False


class _Mark(NamedTuple):
    place: Place
    text: str
    wordless: bool


def places_of(pictures: Sequence[PictureWords], lines: Sequence[str], start: int) -> list[Place]:
    """Return the place of each picture of a text, which begins on line `start`; where it is not found, the text's.

    Of pictures with the same address and words, the first is at the first place, and so on.
    """
    marks = _marks_by_part(lines, start)
    found: dict[tuple[str, str], list[Place]] = {}
    times: dict[tuple[str, str], int] = {}
    places: list[Place] = []
    for picture in pictures:
        key = picture.address, picture.alt
        if key not in found:
            found[key] = _fitting(picture, marks) or [Place(_named(picture, lines, start))]
        times[key] = times.get(key, 0) + 1
        places.append(found[key][min(times[key], len(found[key])) - 1])
    return places


def _marks_by_part(lines: Sequence[str], start: int) -> dict[str, list[_Mark]]:
    """Return the marks of pictures in a text by each part of the addresses in them."""
    text = "\n".join(lines[start - 1 :])
    defined = {label.casefold(): address for label, address in _DEFINITION.findall(text)}
    marks: dict[str, list[_Mark]] = {}
    line, before = start, 0
    for found in _MARK.finditer(text):
        line, before = line + text.count("\n", before, found.start()), found.start()
        written, alt = found[0][:_LONGEST], found["alt"]
        label = found["label"] or (alt if written.endswith("]") else "") or ""
        decoration = alt is None and _EMPTY_ALT(written) is not None
        wordless = not any(map(str.isalnum, alt)) if alt is not None else not _ALT(written)
        for part in dict.fromkeys(_PARTS(f"{written} {defined.get(label.casefold(), '')}")):
            lower = written.count("\n", 0, max(0, written.find(part)))
            marks.setdefault(part, []).append(_Mark(Place(line + lower, decoration), written, wordless))
    return marks


def _fitting(picture: PictureWords, marks: dict[str, list[_Mark]]) -> list[Place]:
    """Return where a picture may stand: where its name has its words, or at least where its name is."""
    words = _one_line(picture.alt)[:_LETTERS]
    for name in _names(picture.address):
        parts = _PARTS(name)
        some = (
            [mark for mark in marks.get(parts[-1], ()) if all(map(mark.text.__contains__, parts[:-1]))] if parts else []
        )
        fits = [mark for mark in some if (words in _one_line(unescape(mark.text)) if words else mark.wordless)]
        if some:
            return [mark.place for mark in fits or some]
    return []


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _names(address: str) -> list[str]:
    """Return how the picture at an address may be named in a file: HTML and addresses have signs of their own."""
    name = (address.rstrip("/").rpartition("/")[2] or address)[:_LONGEST]
    return list(dict.fromkeys(form for form in (name, unquote(name), escape(name), unescape(name)) if form.strip()))


def _named(picture: PictureWords, lines: Sequence[str], start: int) -> int:
    """Return the first line that has the name of a picture, in the text or above it."""
    names = "|".join(map(re.escape, _names(picture.address)))
    named = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])").search
    numbers = (*range(start, len(lines) + 1), *range(1, start)) if names else ()
    return next((number for number in numbers if named(lines[number - 1])), start)
