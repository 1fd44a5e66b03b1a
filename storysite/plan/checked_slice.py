"""The slices that a plugin may give to its pages: those whose digests are known to tell all that they show."""

from datetime import date, datetime, time
from math import isfinite

from storysite.model.index import Index
from storysite.plan.slices import CardOf, Cards, Constant, Slice, Whole, Wholes

_PLAIN = (type(None), bool, int, float, str, date, datetime, time)
_DEEPEST = 50
"""Lists in lists that a Constant may have: enough for any page, and few enough for all that walks through them."""


def checked_slice(part: object, index: Index) -> Slice:
    """Return a slice that shows what `part` does. Raises TypeError or ValueError if that cannot be told or shown."""
    if isinstance(part, Constant):
        _check(part.fact)
        return part
    if isinstance(part, Cards):
        places = tuple(part.places)
        if any(type(place) is not int or not 0 <= place < len(index.originals) for place in places):
            raise ValueError("Cards are given places in index.originals, which are numbers from 0 on")
        return Cards(places)
    if isinstance(part, Wholes):
        sources = tuple(part.sources)
        return Wholes(tuple(_source(source, index) for source in sources))
    if isinstance(part, CardOf | Whole):
        return type(part)(_source(part.source, index))
    raise TypeError(f"{type(part).__name__} is none of the slices Constant, Cards, CardOf, Whole and Wholes")


def _source(source: object, index: Index) -> str:
    if not isinstance(source, str) or source not in index.by_source:
        raise ValueError(f"there is no post {source!r} that is shown")
    return source


def _check(value: object, depth: int = 0) -> None:
    """Raise an error for a value that another one may look like in a digest, or that differs between processes."""
    if depth > _DEEPEST:
        raise ValueError("a Constant has lists in lists without end")
    if isinstance(value, dict):
        for key, part in value.items():
            if type(key) is not str:
                raise TypeError(f"a Constant has a mapping with the key {key!r}, which is no text")
            _check(key)
            _check(part, depth + 1)
    elif isinstance(value, list | tuple):
        for part in value:
            _check(part, depth + 1)
    elif type(value) not in _PLAIN or (isinstance(value, float) and not isfinite(value)):
        raise TypeError(f"a Constant has the value {value!r}; it may be text, a number, a date, a list or a mapping")
    elif isinstance(value, str):
        value.encode()  # half a character cannot be written
