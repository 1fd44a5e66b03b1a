"""Dates as people and other programs write them, read in the site's time zone and never guessed."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from storysite.errors import BadValue

_HINT = "write year-month-day, for example {}"
_EXAMPLE = "2026-11-20"
_LONGEST = 80
"""Characters of the longest date that is looked at: JavaScript writes up to 64."""

_NAMES = "january february march april may june july august september october november december"
_MONTHS = _NAMES.split()
_HOURS = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
}
_HOURS |= {"HST": -10, "Z": 0, "UTC": 0, "GMT": 0, "UT": 0}
"""Hours ahead of UTC of the zones that RFC 2822 names, and of Alaska and Hawaii."""

_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -]([0-9]{4})(?![0-9])", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?![0-9])", re.IGNORECASE)
_HALF = r" ?([ap])\.?m\.?(?![a-z])"
_CLOCK = re.compile(
    rf"(?:T|,? at |,? )([0-9]{{1,2}}):([0-9]{{2}})(?::([0-9]{{2}})(?:[.,]([0-9]{{1,9}}))?)?(?:{_HALF})?", re.IGNORECASE
)
_COMPACT_CLOCK = re.compile(r"T([0-9]{2})([0-9]{2})([0-9]{2})?(?![0-9:])")
_HOUR = re.compile(rf"(?:,? at |,? )([0-9]{{1,2}}){_HALF}", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)
_REMARK = re.compile(r" ?\([^()]*\)$")
_IN_NAME = re.compile(
    r"([0-9]{4})([-_.])([0-9]{1,2})\2([0-9]{1,2})(?:T[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?)?(?:[-_. ]+(.*))?", re.DOTALL
)
_COMPACT_IN_NAME = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})(?:[-_. ]+(.*))?", re.DOTALL)


class Moment(Struct, frozen=True):
    """A point in time in the site's zone; `timed` tells that the author wrote an hour, not a bare date.

    `doubt` is what to warn of, a sentence and a hint, where the day is sure and the rest is not.
    """

    at: datetime
    timed: bool
    doubt: tuple[str, str] | None = None


class TwoDays(BadValue):
    """A date could be either of two `days`."""

    def __init__(self, what: str, hint: str, days: tuple[date, date]) -> None:
        super().__init__(what, hint)
        self.days = days


def read_moment(text: str, *, zone: ZoneInfo, clock: time, subject: str = "date {}") -> Moment:
    """Return the moment that `text` names; a bare date is at `clock`, a time without a zone is in `zone`.

    Midnight in a zone that is written is a bare date too: so generators write a day without a time. An hour that
    daylight saving time leaves out is the one after it; of an hour that occurs twice, it is the first. A zone that
    nobody knows is a doubt. Raises BadValue for what is no date, no day that exists, or could be two days; its sentence
    begins with the `subject`, which has {} where the text stands.
    """
    said = subject.format(_quoted(text))
    line = " ".join(text[: 2 * _LONGEST].split())
    if not line.isascii() or len(line) > _LONGEST:
        raise _unreadable(said)
    line = _WEEKDAY.sub("", line, count=1) if line[:1].isalpha() else line
    day, rest = _day(line, said)
    if not rest:
        return Moment(_local(datetime.combine(day, clock.replace(tzinfo=None)), zone, zone, said), timed=False)
    hour, rest = _hour(rest, said)
    try:
        written, doubt = _zone(rest, zone, said), None
    except BadValue as error:
        written, doubt = zone, (f"{error.what}, so it is read in the site's own", error.hint)
    if hour == time() and written is not zone:
        return Moment(_local(datetime.combine(day, clock.replace(tzinfo=None)), zone, zone, said), timed=False)
    return Moment(_local(datetime.combine(day, hour), written, zone, said), timed=True, doubt=doubt)


def date_in_name(name: str) -> tuple[date | None, str]:
    """Return the date that a file's `name` begins with, or None, and the rest of the name.

    Raises BadValue for a day that does not exist.
    """
    if found := _IN_NAME.fullmatch(name):
        year, _, month, day, rest = found.groups()
        return day_in_name(year, month, day), rest or ""
    if found := _COMPACT_IN_NAME.fullmatch(name):
        year, month, day, rest = found.groups()
        try:
            return date(int(year), int(month), int(day)), rest or ""
        except ValueError:  # a number of eight digits need not be a date
            return None, name
    return None, name


def day_in_name(year: str, month: str, day: str) -> date:
    """Return the day of these numbers, which stand in a file's path. Raises BadValue if there is none."""
    return _existing(year, month, day, f'the date in the file name, "{year}-{month}-{day}",')


def _day(line: str, said: str) -> tuple[date, str]:
    """Return the day that `line` begins with, and what follows it."""
    if found := _YEAR_FIRST.match(line):
        year, _, month, day = found.groups()
    elif found := _COMPACT.match(line):
        year, month, day = found.groups()
    elif found := _YEAR_LAST.match(line):
        first, _, second, year = found.groups()
        month, day = _month_and_day(first, second, year, said)
    elif found := _DAY_MONTH.match(line):
        day, word, year = found.groups()
        month = _month(word, said)
    elif found := _MONTH_DAY.match(line):
        word, day, year = found.groups()
        month = _month(word, said)
    else:
        raise _unreadable(said)
    return _existing(year, month, day, said), line[found.end() :]


def _month(word: str, said: str) -> str:
    """Return the number of the month `word`, which may be short: "Nov", "Sept"."""
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(word.lower()):
            return str(number)
    raise _unreadable(said)


def _month_and_day(first: str, second: str, year: str, said: str) -> tuple[str, str]:
    """Return month and day of a date that ends in the year, if only one order of the two is possible."""
    if int(first) > 12 or first == second:
        return second, first
    if int(second) > 12:
        return first, second
    one, other = f"{year}-{int(first):02}-{int(second):02}", f"{year}-{int(second):02}-{int(first):02}"
    days = _existing(year, second, first, said), _existing(year, first, second, said)
    raise TwoDays(f"{said} could mean two different days", f"write year-month-day: {one} or {other}", days)


def _existing(year: str, month: str, day: str, said: str) -> date:
    """Return the day of these numbers, or say why there is none."""
    if not int(year) and not int(month) and not int(day):
        raise BadValue(f"{said} is not a date at all", f"delete the line, or {_HINT.format(_EXAMPLE)}")
    if int(year) < 1000:
        raise BadValue(f"{said} has a year before 1000", _HINT.format(_EXAMPLE))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BadValue(f"{said} is not a real date", _HINT.format(_swapped(year, month, day))) from None


def _swapped(year: str, month: str, day: str) -> str:
    """Return the date that is meant if day and month changed places, else an example."""
    try:
        return date(int(year), int(day), int(month)).isoformat()
    except ValueError:
        return _EXAMPLE


def _hour(rest: str, said: str) -> tuple[time, str]:
    """Return the time of day that `rest` begins with, and what follows it."""
    minute = second = fraction = half = None
    if found := _CLOCK.match(rest):
        hour, minute, second, fraction, half = found.groups()
    elif found := _COMPACT_CLOCK.match(rest):
        hour, minute, second = found.groups()
    elif found := _HOUR.match(rest):
        hour, half = found.groups()
    else:
        raise _unreadable(said)
    microseconds = int((fraction or "0").ljust(6, "0")[:6])
    try:
        return time(_of_day(int(hour), half), int(minute or 0), int(second or 0), microseconds), rest[found.end() :]
    except ValueError:
        raise BadValue(
            f"{said} does not have a valid time of day",
            "hours go from 0 to 23 and minutes from 0 to 59, for example 14:30",
        ) from None


def _of_day(hour: int, half: str | None) -> int:
    """Return `hour` counted from midnight, where `half` is the "a" of AM, the "p" of PM or None."""
    if half is None or (half in "pP" and hour > 12):
        return hour
    if not 0 <= hour <= 12:
        raise ValueError
    return hour % 12 + (12 if half in "pP" else 0)


def _zone(rest: str, zone: ZoneInfo, said: str) -> tzinfo:
    """Return the zone that `rest` names, or `zone` if it is empty."""
    name = _REMARK.sub("", rest).strip()
    if not name:
        return zone
    if name.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.upper()]))
    try:
        if found := _OFFSET.fullmatch(name):
            sign, hours, minutes = found.groups()
            offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
            return timezone(-offset if sign == "-" else offset)
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise BadValue(
            f"{said} ends with an unknown time zone",
            "leave out the time zone, or write one such as -05:00 or America/Chicago",
        ) from None


def _local(naive: datetime, written: tzinfo, zone: ZoneInfo, said: str) -> datetime:
    """Return the time `naive` of the zone `written` as it is in `zone`; by way of UTC, where every hour exists once."""
    try:
        at = naive.replace(tzinfo=written).astimezone(UTC).astimezone(zone)
    except OverflowError:
        at = None
    if at is None or at.year < 1000:
        raise BadValue(f"{said} is out of range", "years go from 1000 to 9999")
    return at


def _unreadable(said: str) -> BadValue:
    return BadValue(f"{said} cannot be read as a date", _HINT.format(_EXAMPLE))


def _quoted(text: str) -> str:
    """Return `text` between quotes, short enough for a sentence."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return f'"{short}"'
