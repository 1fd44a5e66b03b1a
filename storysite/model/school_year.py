"""School years: "2026–27" begins, unless the settings say otherwise, on 1 August 2026."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct


class SchoolYear(Struct, frozen=True, order=True):
    """The school year that begins in the calendar year `first`."""

    first: int

    @property
    def name(self) -> str:
        """The year as people write it, with an en dash: "2026–27"."""
        return f"{self.first}–{(self.first + 1) % 100:02}"

    @property
    def slug(self) -> str:
        """The year as it stands in addresses: "2026-27"."""
        return self.name.replace("–", "-")

    @property
    def url(self) -> str:
        """The URL of the year's listing: `archive/2026-27/`."""
        return f"archive/{self.slug}/"


def school_year(day: date, start: tuple[int, int]) -> SchoolYear:
    """Return the school year that `day` lies in; `start` is the month and day on which one begins."""
    return SchoolYear(day.year if (day.month, day.day) >= start else day.year - 1)


def start_of(year: SchoolYear, day: tuple[int, int], begin: tuple[int, int]) -> date:
    """Return the date in a school year that begins on `begin` on which `day`, a month and a day, falls."""
    return date(year.first if day >= begin else year.first + 1, *day)


def term_start(day: date, begin: tuple[int, int], terms: Sequence[tuple[int, int]]) -> date:
    """Return the first day of the term that `day` lies in; `terms` are the days on which later terms begin."""
    year = school_year(day, begin)
    return max(start for each in (begin, *terms) if (start := start_of(year, each, begin)) <= day)
