"""What reads the plain kinds of values. A reader takes the fields of a file and the name of a key, and never raises."""

import re
from datetime import date, datetime

from storysite.front_matter.fields import TRUE, Fields

_HASHTAG = re.compile(r"#(?=[^\W\d])")


def text(fields: Fields, name: str) -> str:
    """Return one line of text."""
    return fields.text(name)


def word(fields: Fields, name: str) -> str:
    """Return one word, in small letters."""
    return fields.text(name).lower()


def texts(fields: Fields, name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return fields.texts(name)


def tags(fields: Fields, name: str) -> tuple[str, ...]:
    """Return a list of tags, of which each may be written with a hash sign."""
    return tuple(_HASHTAG.sub("", tag, count=1) if tag[0] == "#" else tag for tag in fields.texts(name))


def flag(fields: Fields, name: str) -> bool:
    """Return whether yes is said."""
    return bool(fields.flag(name))


def day(fields: Fields, name: str) -> date | None:
    """Return a day, None for none."""
    return fields.day_of(fields.get(name), fields.key(name), name)


def updated(fields: Fields, name: str) -> datetime | None:
    """Return a moment that is only shown, so that one which cannot be read is left out with a warning."""
    before = len(fields.problems)
    moment = fields.moment(name)
    fields.forgive(before)
    return moment


def place(fields: Fields, name: str) -> int:
    """Return a place in a menu: its number, 1000 (after all others) where only `true` is written, 0 for none."""
    written = fields.text(name)
    if written.isascii() and written.isdigit() and len(written) < 6:
        return int(written)
    return 1000 if written.lower() in TRUE else 0
