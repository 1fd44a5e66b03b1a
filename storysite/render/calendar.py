"""Calendars as other programs read them: iCalendar (RFC 5545), each entry with an id that stays.

Moments are in UTC, which every program shows in its reader's own time, so that no rules of time zones have to go along.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from storysite.model.calendar import CalendarEntry

PRODUCT = "-//storysite//storysite//EN"
_EVERY = timedelta(days=1)
"""How often a calendar that follows it looks for what is new, if it asks."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What ends a line, or is no letter at all."""
_NEVER_TOLD = datetime(1970, 1, 1, tzinfo=UTC)
_SAFE = "/!$&'()*+,;=~-._@"


def calendar_text(title: str, entries: Iterable[CalendarEntry], root: str) -> str:
    """Return a calendar of these entries as text, with lines of at most 75 bytes that end as the standard has it.

    `root` is the full address of the site, with a slash at its end.
    """
    from icalendar import Calendar, Event  # takes long to load, and few sites have a calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    _add_text(calendar, "name", title)
    _add_text(calendar, "x-wr-calname", title)
    calendar.add("refresh-interval", _EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for entry in entries:
        event = Event()
        _add_text(event, "uid", entry.id)
        event.add("dtstamp", _moment(entry.changed or entry.start))
        if entry.whole:
            event.add("dtstart", entry.start.date())
            event.add("dtend", (entry.end or entry.start).date() + timedelta(days=1))  # the day on which it is over
            event.add("transp", "TRANSPARENT")  # nobody is busy all day because of it
        else:
            event.add("dtstart", entry.start.astimezone(UTC))
            if entry.end:
                event.add("dtend", entry.end.astimezone(UTC))
        _add_text(event, "summary", entry.title)
        _add_text(event, "location", entry.place)
        address = root + quote(entry.url, safe=_SAFE) if entry.url else ""
        _add_text(event, "description", " ".join(part for part in (entry.note, address) if part))
        if address:
            event.add("url", address)
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made.decode("utf-8")


def _add_text(component: Any, name: str, text: str) -> None:
    """Add a text to a calendar or an entry, unless there is none; the library itself would not escape each of them."""
    from icalendar import vText

    if plain := _UNSEEN.sub(" ", text).strip():
        component.add(name, vText(plain))


def _moment(told: datetime) -> datetime:
    """Return a moment in UTC; one that no calendar could have is the first of computers."""
    try:
        return max(told.astimezone(UTC), _NEVER_TOLD).replace(microsecond=0)
    except OverflowError:
        return _NEVER_TOLD
