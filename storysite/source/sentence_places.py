"""Where in a file a sentence of its text is written, found again by its letters."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from html import unescape

_NO_LETTERS = re.compile(r"(?<=\])\([^()\n]*\)|(?<=\])\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]|<[^<>\n]*>|\{[^{}\n]*\}")
"""What a line has beside the words that readers see: where links lead, marks of notes, tags, template code."""
_LETTERS = re.compile(r"[^\W_]+").findall
_TRIED = (None, 60, 30, 15)
"""How many letters of a sentence are looked for: all, or, where a link or code stands within it, the first or last."""


def lines_of_sentences(sentences: Sequence[str], lines: Sequence[str], start: int) -> list[int]:
    """Return the line on which each sentence begins, of a text that begins on line `start`; 0 where it is not found."""
    begins: list[int] = []
    parts: list[str] = []
    length = 0
    for line in lines[start - 1 :]:
        begins.append(length)
        parts.append(_letters(unescape(_NO_LETTERS.sub(" ", line))))
        length += len(parts[-1])
    text = "".join(parts)
    places = [_place(_letters(sentence), text) for sentence in sentences]
    return [start + bisect_right(begins, place) - 1 if place >= 0 else 0 for place in places]


def _letters(text: str) -> str:
    return "".join(_LETTERS(text.casefold()))


def _place(letters: str, text: str) -> int:
    """Return where in `text` a sentence begins, -1 if nowhere: or, if its begin is not found, where its end is."""
    for count in _TRIED:
        found = text.find(letters[:count]) if letters else -1
        if found >= 0:
            return found
    for count in _TRIED[1:]:
        found = text.find(letters[-(count or 0) :]) if letters else -1
        if found >= 0:
            return found
    return -1
