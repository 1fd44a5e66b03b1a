"""Marks: what stands in a post's Markdown in the place of template code until its HTML is made.

A mark is a number between two characters that no text may hold (Unicode keeps them for programs), so that an engine
takes it for a word: it cannot be split, quoted or linked. Which marks lie in code is seen in the HTML, so that what is
code is for the engine alone to say.
"""

import re
from collections import Counter

from msgspec import Struct

FIRST, LAST = "\ufdd0", "\ufdd1"
MARK = re.compile("(?:\ufdd0|%EF%B7%90)([0-9]+)(?:\ufdd1|%EF%B7%91)", re.IGNORECASE)
"""A mark as it is found in HTML: in an address an engine may have written it in percent signs."""
_FORBIDDEN = re.compile(
    "\x02[^\x02\x03\n]{0,40}\x03|[\x00-\x03\x05-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
).sub
"""All but U+0004, with which headings mark the links to themselves, and which is taken out with these."""
_ASCII_CONTROLS = bytes(number for number in (*range(32), 127) if number not in (4, 9, 10, 13))


class Mark(Struct, frozen=True):
    """What one mark stands for, and the text that it was set for."""

    source: str
    html: str = ""
    block: bool = False
    inline: str = ""
    address: str = ""
    lookup: bool = False
    bare: bool = False
    """Whether what follows stands in no paragraph of its own, up to the next mark of a block."""
    left: str = ""
    """How it is named where nothing stands in its place."""

    @property
    def half(self) -> bool:
        """Whether it is one end of a link: alone in its paragraph it stands around others."""
        return self.html == "</a>" or (self.html.startswith("<a ") and "</a>" not in self.html)


class Marks:
    """The marks of one post, in order, and the template code that nothing was put in the place of."""

    def __init__(self) -> None:
        self.made: list[Mark] = []
        self.left: Counter[str] = Counter()
        self._told: set[int] = set()

    def add(self, mark: Mark) -> str:
        """Return the text that stands for `mark`."""
        self.made.append(mark)
        return f"{FIRST}{len(self.made) - 1}{LAST}"

    def use(self, number: int) -> Mark:
        """Return a mark that a reader would have seen; one with nothing in its place is counted, once."""
        mark = self.made[number]
        if mark.left and number not in self._told:
            self._told.add(number)
            self.left[mark.left] += 1
        return mark

    def written(self, text: str) -> str:
        """Return `text` with what its marks were set for, as it was typed."""
        while MARK.search(text):
            text = MARK.sub(lambda found: self.made[int(found[1])].source, text)
        return text


def allowed(text: str) -> str:
    """Return `text` with only the characters that XML 1.0 allows, and none that programs keep for themselves.

    https://www.w3.org/TR/xml/#charsets; what a library has left behind of its own marks goes with its signs.
    """
    return text if _is_allowed(text) else _FORBIDDEN("", text)


def _is_allowed(text: str) -> bool:
    """Return whether nothing in `text` is forbidden, as far as its octets tell: in a fifth of the time."""
    try:
        octets = text.encode()
    except UnicodeEncodeError:
        return False
    if len(octets.translate(None, _ASCII_CONTROLS)) != len(octets):
        return False
    return text.isascii() or not any(begin in octets for begin in (b"\xc2", b"\xef\xb7", b"\xef\xbf"))


def without_marks(text: str) -> str:
    """Return `text` without marks, as for the name of a heading."""
    return MARK.sub("", text) if FIRST in text else text
