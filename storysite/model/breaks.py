"""The days on which school is out, so that nobody is owed a story: winter, summer, the days around a holiday."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

SUMMER = 8
"""Weeks before a school year starts that are its summer, where no breaks are named."""
_LONGEST = 366
"""Days for which breaks that follow each other are told of as one."""


class Break(Struct, frozen=True):
    """A break from one month and day to another, both included: of the school year in which it begins, or of each."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int = 0
    """The calendar year in which it begins, 0 for a break of every year."""

    def end(self, day: date) -> date | None:
        """Return the last day of the break if `day` lies in it."""
        for year in (day.year, day.year - 1):
            if self.year not in (0, year):
                continue
            first, last = _day(year, self.first), _day(year + (self.last < self.first), self.last)
            if first and last and first <= day <= last:
                return last
        return None


def breaks_or_summer(named: Sequence[Break] | None, start: tuple[int, int]) -> Sequence[Break]:
    """Return the breaks that a site names, or its summer if it says nothing of breaks."""
    return (summer(start),) if named is None else named


def summer(start: tuple[int, int]) -> Break:
    """Return the weeks before a school year that starts on this month and day: the break of a site that names none."""
    first_day = date(2002, *start)  # of two years without a leap day
    first, last = first_day - timedelta(weeks=SUMMER), first_day - timedelta(days=1)
    return Break((first.month, first.day), (last.month, last.day))


def break_end(breaks: Sequence[Break], day: date) -> date | None:
    """Return the last day of the break that a day lies in, None if school is in; breaks in a row are one."""
    found = None
    while (ends := [end for each in breaks if (end := each.end(day))]) and (found is None or max(ends) > found):
        found = max(ends)
        if found == date.max or (found - day).days > _LONGEST:
            break
        day = found + timedelta(days=1)
    return found


def _day(year: int, day: tuple[int, int]) -> date | None:
    """Return a day of a year, that before the leap day where there is none; None outside of the calendar."""
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, 2, 28) if day == (2, 29) and not isleap(year) else date(year, *day)
