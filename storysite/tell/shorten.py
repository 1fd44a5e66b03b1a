"""Cuts a text to what fits: at the end of a sentence, else after a word, never within what people see as a letter."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from storysite.tell.count import addresses, graphemes

_SENTENCE = re.compile(
    r"""(?: [.!?…]+ ["'”’»)\]]* (?=\s+[^\sa-zß-öø-ÿ]) | [。！？]+ [”’」』）]* | \n+ (?=\S) )""", re.VERBOSE
)
"""Where a sentence may end: before a blank and no small letter, behind a sign of Chinese, at the line's end."""
_SHORT = re.compile(
    r"(?:^|[\s(“\"'‘«])(?:mr|mrs|ms|mx|dr|st|jr|sr|prof|no|vs|etc|e\.g|i\.e|a\.m|p\.m|sra?|srta|dra?|mme|mlle|[^\W\d_])\.$",
    re.IGNORECASE,
)
"""Words, and initials, whose period ends no sentence."""
_LOOSE = " \t\n,;:–—-("
"""What is left out before an ellipsis."""
ELLIPSIS = "…"


def sentences(text: str) -> Sequence[str]:
    """Return a text cut after each of its sentences; joined, they are the text."""
    ends = [*_ends(text), len(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False) if start < end]


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """Return as much of a text as fits: whole sentences, or else words and an ellipsis; "" if not one letter fits.

    An address in it is there in full or not at all.
    """
    text = text.strip()
    if fits(text):
        return text
    if found := _longest([text[:end].rstrip() for end in _ends(text)], fits):
        return found
    words = [_open(text[: match.start()]) for match in re.finditer(r"\s+", text)]
    if found := _longest(words, fits):
        return found
    first = text.split(maxsplit=1)[0]
    if next(addresses(first), None):
        return ""
    letters = graphemes(first)
    return _longest([_open("".join(letters[:count])) for count in range(1, len(letters))], fits)


def _ends(text: str) -> Sequence[int]:
    return [match.end() for match in _SENTENCE.finditer(text) if not _SHORT.search(text[: match.end()][-12:])]


def _open(start: str) -> str:
    """Return the start of a text with an ellipsis, "" if it says nothing."""
    kept = start.rstrip(_LOOSE)
    return kept + ELLIPSIS if any(map(str.isalnum, kept)) else ""


def _longest(starts: Sequence[str], fits: Callable[[str], bool]) -> str:
    """Return the longest that fits of starts of a text, each longer than the one before, "" if none does."""
    place = bisect_right(starts, False, key=lambda start: not fits(start))
    while place and not (starts[place - 1] and fits(starts[place - 1])):
        place -= 1
    return starts[place - 1] if place else ""
