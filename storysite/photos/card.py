"""Drawn cards as plain values: what networks show of a page that has no picture for it."""

from datetime import date

from msgspec import Struct

from storysite.digest import digest

WIDTH, HEIGHT = 1200, 630
"""Pixels of every share card, drawn or cut: the size that Facebook, LinkedIn, Mastodon and WhatsApp ask for."""
LARGEST = 300_000
"""Bytes of a card: WhatsApp shows none of a larger file."""
_MOST_LETTERS = 180
"""Letters of a title: more would be too small to read in a list of messages."""


class Drawing(Struct, frozen=True):
    """All that a drawn card shows, and in which colors, written as `#8a2b35`."""

    title: str
    above: str
    """What kind of story it is, "" for none."""
    below: str
    """Whose it is: the site and the school."""
    day: date | None
    language: str
    direction: str
    colors: tuple[tuple[str, str], ...]
    """The roles paper, ink, soft, accent and kind."""

    @property
    def name(self) -> str:
        """The drawing as part of a file's name, a different one for each."""
        return digest([self.title, self.above, self.below, self.day, self.language, self.direction, self.colors])[
            :5
        ].hex()

    @property
    def words(self) -> str:
        """All that its author wrote on it."""
        return " ".join(filter(None, (self.title, self.above, self.below)))


def shortened(title: str) -> str:
    """Return a title with as many whole words as a card has room for, and an ellipsis for those that it has not."""
    title = " ".join(title.split())
    if len(title) <= _MOST_LETTERS:
        return title
    words = title[:_MOST_LETTERS]
    return (words.rpartition(" ")[0] or words).rstrip(" ,;:–-") + "\u00a0…"


def is_plain(words: str) -> bool:
    """Return whether `words` have only letters that the fonts within typst have, whatever a computer has beside them.

    These are the Latin letters of all languages of Europe and America, Vietnamese, Greek, Cyrillic, and common signs.
    """
    return all(
        " " <= letter < "\u0250" or "\u0370" <= letter < "\u0500" or "\u1e00" <= letter < "\u1f00" or letter in _SIGNS
        for letter in words
    )


_SIGNS = frozenset(
    "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2122"
)
