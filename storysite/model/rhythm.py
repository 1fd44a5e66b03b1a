"""How often readers are promised a story, and the turns that come of it: weeks from Monday to Sunday, or months.

A week begins on Monday everywhere, whatever the calendar on the wall says: the school days of a week and the weekend
after them are one, so a story that is told on Sunday is late and not early.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

DAYS = 7
WEEK, MONTH = "week", "month"


class Rhythm(Struct, frozen=True):
    """A story in every turn, or in one of `every` turns; where a day is promised, by that day of the week."""

    every: int = 1
    unit: str = WEEK
    day: int | None = None
    """The day of the week, Monday is 0; None where any day of the turn will do."""


class Span(Struct, frozen=True):
    """The days from `first` to `last`, both included, of which a story is promised by `due`."""

    first: date
    last: date
    due: date

    @property
    def days(self) -> Iterator[date]:
        """Its days, in order."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


def turn_of(day: date, rhythm: Rhythm) -> Span:
    """Return the turn that a day lies in."""
    if rhythm.unit == MONTH:
        last = day.replace(day=monthrange(day.year, day.month)[1])
        return Span(day.replace(day=1), last, last)
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=DAYS - 1) if (date.max - first).days >= DAYS else date.max
    due = first + timedelta(days=rhythm.day) if rhythm.day is not None and rhythm.day <= (last - first).days else last
    return Span(first, last, due)


def turns_until(day: date, count: int, rhythm: Rhythm) -> list[Span]:
    """Return the turn that a day lies in and those before it, `count` of them in all, oldest first.

    They are fewer only where the calendar itself begins.
    """
    found = [turn_of(day, rhythm)]
    while len(found) < count and found[-1].first > date.min:
        found.append(turn_of(found[-1].first - timedelta(days=1), rhythm))
    return found[::-1]


def turns_from(day: date, count: int, rhythm: Rhythm) -> list[Span]:
    """Return the turn that a day lies in and those after it, `count` of them in all, as far as the calendar goes."""
    found = [turn_of(day, rhythm)]
    while len(found) < count and found[-1].last < date.max:
        found.append(turn_of(found[-1].last + timedelta(days=1), rhythm))
    return found
