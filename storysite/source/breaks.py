"""The setting `breaks` → Breaks: "11-25 to 11-29, 12-21 to 01-03", a list of such lines, or names with their days."""

import re
from collections.abc import Iterator
from datetime import date

from storysite.errors import BadValue
from storysite.model.breaks import Break

_NONE = ("none", "no", "off", "false", "never")
_DAY = r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:to|until|till|through|thru|–|—|-|/|\.\.+|…)\s*{_DAY})?", re.IGNORECASE)
_LEAP = 2024
"""A year in which every day of a month is one."""


def read_breaks(value: object) -> tuple[Break, ...]:
    """Return the breaks that a setting names; the word `none` is for a school that has none. Raises BadValue."""
    if isinstance(value, str) and value.strip().lower() in _NONE:
        return ()
    return tuple(dict.fromkeys(_read(text) for text in _lines(value)))


def _lines(value: object) -> Iterator[str]:
    """Yield what is written for each break: names of breaks are for people, and say nothing here."""
    parts = list(value.values()) if isinstance(value, dict) else value
    if isinstance(value, dict) and value.keys() <= {"from", "to"}:
        parts = [" to ".join(str(value[key]) for key in ("from", "to") if key in value)]
    for part in parts if isinstance(parts, list) else str(parts).split(","):
        if isinstance(part, dict | list):
            yield from _lines(part)
        elif text := " ".join(str(part).split()):
            yield from filter(None, (each.strip() for each in text.split(",")))


def _read(text: str) -> Break:
    found = _LINE.fullmatch(text)
    if found is None:
        raise BadValue(
            f'"{text[:60]}" is not a break with its first and last day', "write it as 12-21 to 01-03, month and day"
        )
    first_year, month, day, last_year, last_month, last_day = (int(part or 0) for part in found.groups())
    first, last = (month, day), (last_month or month, last_day or day)
    for year, each in ((found[1], first), (found[4], last)):
        _check(text, _LEAP if year is None else int(year), each)
    if last_year and not first_year:
        raise BadValue(f'"{text}" has a year at its end only', "write the year of both days, or of none")
    if last_year and not date(first_year, *first) <= date(last_year, *last):
        raise BadValue(
            f'"{text}" ends before it begins', "write the first day first, for example 2026-12-21 to 2027-01-03"
        )
    if last_year and last_year != first_year + (last < first):
        raise BadValue(f'"{text}" is longer than a year', "write each break by itself")
    return Break(first, last, first_year)


def _check(text: str, year: int, day: tuple[int, int]) -> None:
    try:
        date(year, *day)
    except ValueError:
        raise BadValue(
            f'"{text}" names a day that does not exist', "write month and day, for example 12-21 to 01-03"
        ) from None
