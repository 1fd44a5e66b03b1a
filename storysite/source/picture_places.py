"""Where in a file each picture of its text is written, found again by its name and its words."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from storysite.markdown.fences import outside_code
from storysite.model.alt_text import PictureWords

_MARK = re.compile(
    r"!\[\[[^\[\]\n]*\]\]|!\[(?P<alt>[^\[\]]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[(?P<label>[^\[\]\n]*)\])?"
    r"|<img\b[^<>]*|\{[{%][^{}]*",
    re.IGNORECASE,
)
"""What makes a picture in Markdown, in HTML and in the template code of other programs."""
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*(\S+)", re.MULTILINE)
_NO_TEXT = re.compile(r"<!--(?:(?!<!--).)*?-->|`[^`\n]*`", re.DOTALL)
"""Remarks, and code in a line."""
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
    number: int
    place: Place
    text: str
    wordless: bool


def places_of(pictures: Sequence[PictureWords], lines: Sequence[str], start: int) -> list[Place]:
    """Return the place of each picture of a text, which begins on line `start`; where it is not found, the text's.

    Each picture is at the first place that fits it and that no picture before it has.
    """
    marks = _marks_by_part(lines, start)
    left: dict[tuple[str, str], Iterator[_Mark]] = {}
    last: dict[tuple[str, str], Place] = {}
    taken: set[int] = set()
    places: list[Place] = []
    for picture in pictures:
        key = picture.address, picture.alt
        if key not in left:
            left[key] = iter(_fitting(picture, marks))
        if mark := next((mark for mark in left[key] if mark.number not in taken), None):
            taken.add(mark.number)
            last[key] = mark.place
        elif key not in last:
            last[key] = Place(_named(picture, lines, start))
        places.append(last[key])
    return places


def _marks_by_part(lines: Sequence[str], start: int) -> dict[str, list[_Mark]]:
    """Return the marks of pictures in a text by each part of the addresses in them."""
    text = _without_code(lines[start - 1 :])
    defined = {label.casefold(): address for label, address in _DEFINITION.findall(text)}
    marks: dict[str, list[_Mark]] = {}
    line, before = start, 0
    for number, found in enumerate(_MARK.finditer(text)):
        line, before = line + text.count("\n", before, found.start()), found.start()
        written, alt = found[0][:_LONGEST], found["alt"]
        label = found["label"] or (alt if written.endswith("]") else "") or ""
        decoration = alt is None and _EMPTY_ALT(written) is not None
        wordless = not any(map(str.isalnum, alt)) if alt is not None else not _ALT(written)
        for part in dict.fromkeys(_PARTS(f"{written} {defined.get(label.casefold(), '')}")):
            lower = written.count("\n", 0, max(0, written.find(part)))
            marks.setdefault(part, []).append(_Mark(number, Place(line + lower, decoration), written, wordless))
    return marks


def _without_code(lines: Sequence[str]) -> str:
    """Return a text with blanks in the place of code and remarks, in which no picture is one."""
    free = {*outside_code(lines)}
    text = "\n".join(line if number in free else "" for number, line in enumerate(lines))
    return _NO_TEXT.sub(lambda part: re.sub(r"[^\n]", " ", part[0]), text)


def _fitting(picture: PictureWords, marks: dict[str, list[_Mark]]) -> list[_Mark]:
    """Return where a picture may stand: where its name has its words, or at least where its name is."""
    words = _one_line(picture.alt)[:_LETTERS]
    for name in _names(picture.address):
        parts = _PARTS(name)
        some = (
            [mark for mark in marks.get(parts[-1], ()) if all(map(mark.text.__contains__, parts[:-1]))] if parts else []
        )
        fits = [mark for mark in some if (words in _one_line(unescape(mark.text)) if words else mark.wordless)]
        if some:
            return fits or some
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
