"""Hashtags from tags: `summer reading` is #SummerReading, so that a screen reader says two words and not one."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, normalize

_APOSTROPHES = "'’‘ʼ"
_LONGEST = 100
"""Letters of a hashtag on X."""


def hashtags(tags: Iterable[str]) -> Sequence[str]:
    """Return the hashtags of tags in CamelCase, each once; none for a tag without letters, such as a year."""
    found: dict[str, str] = {}
    for tag in tags:
        name = "".join(map(_capital, _words(tag)))
        if any(map(str.isalpha, name)) and len(name) <= _LONGEST:
            found.setdefault(name.casefold(), f"#{name}")
    return list(found.values())


def _words(tag: str) -> Iterator[str]:
    """Yield the runs of letters, digits and the marks of letters in a tag; an apostrophe parts no word."""
    word = ""
    for sign in normalize("NFC", tag):
        kind = category(sign)
        if kind[0] == "L" or kind == "Nd" or (kind[0] == "M" and word and not word[-1].isdigit()):
            word += sign
        elif sign not in _APOSTROPHES:
            if word:
                yield word
            word = ""
    if word:
        yield word


def _capital(word: str) -> str:
    """Return a word with a capital at its start, unless it has its capitals already, as `iPad` and `STEM`."""
    if word != word.lower():
        return word
    first = word[0].title()
    return (first if len(first) == 1 else word[0]) + word[1:]
