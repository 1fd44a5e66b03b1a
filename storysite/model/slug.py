"""Names as they stand in addresses: lower case, words joined by hyphens, letters of every script kept.

Own code because the libraries for it turn Chinese, Arabic or Vietnamese titles into Latin guesses.
"""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
_SIGNS = ((re.compile(r"(?<=\w)\+\+?(?!\w)"), " plus"), (re.compile(r"(?<=\w)#(?!\w)"), " sharp"))
"""What tells C, C++ and C# apart."""
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORDS = re.compile(r"[a-z0-9]+")
_SPECIAL = re.compile(r"['+#]")
_LONGEST = 180
"""Bytes kept of a slug: file systems end at 255 a name."""


def slugify(text: str) -> str:
    """Return `text` as one segment of an address: never empty dots or slashes, "" if it has no letter or digit."""
    if _PLAIN.fullmatch(text) and len(text) <= _LONGEST:
        return text
    if text.isascii() and not _SPECIAL.search(text):
        slug = "-".join(_WORDS.findall(text.lower()))
        return slug if len(slug) <= _LONGEST else _shortened(slug)
    text = text.casefold() if "ß" not in text else text.lower()
    text = _without_accents(text.translate(_LETTERS)).translate(_APOSTROPHES)
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    slug = "-".join("".join(_words(text)).split())
    return slug if len(slug.encode()) <= _LONGEST else _shortened(slug)


def _shortened(slug: str) -> str:
    """Return a long slug cut after a word, with a digest of the whole so that two long ones stay apart."""
    start = slug.encode()[: _LONGEST - 7].decode("utf-8", "ignore")
    return f"{start.rsplit('-', 1)[0]}-{blake2b(slug.encode(), digest_size=3).hexdigest()}"


def _without_accents(text: str) -> str:
    """Return `text` with the accents of Latin letters dropped; other scripts need their marks to be read."""
    if text.isascii():
        return text
    kept: list[str] = []
    latin = False
    for letter in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(letter) and latin:
            continue
        latin = letter.isascii() and letter.isalpha()
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept)).lower()


def _words(text: str) -> Iterator[str]:
    """Yield the letters and digits of `text`, and a blank for anything else.

    Marks belong to a letter; one behind a picture or a digit, such as the selector in an emoji, is seen by nobody.
    """
    marked = False
    for letter in text:
        mark = marked and unicodedata.category(letter).startswith("M")
        marked = mark or letter.isalpha()
        yield letter if mark or letter.isalnum() else " "
