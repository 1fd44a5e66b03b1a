"""The dates of a site: its events, and the last days to help. For families' calendars, and for the librarian's own."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from msgspec import Struct

from storysite.model.post import PostHeader

MOST = 500
"""Entries of a calendar: ten years of one a week; the latest are kept."""
_ASK = "-ask"
"""What follows a post's id in that of its ask, for a post may have both."""


class CalendarEntry(Struct, frozen=True):
    """Something in a calendar: what, when and where, and the page that tells of it.

    The `id` stays when all the rest changes, so that a calendar changes the entry it has, and does not add another.
    """

    id: str
    title: str
    start: datetime
    end: datetime | None = None
    whole: bool = False
    """Whether it is of whole days, in any time zone: only the days of `start` and `end` count, the last included."""
    place: str = ""
    url: str = ""
    """The URL of the page, "" for none."""
    note: str = ""
    changed: datetime | None = None
    """When it was told, or told anew; the clock of whoever makes a calendar is in none of it."""


def entries_of(posts: Iterable[PostHeader], last_day: str) -> list[CalendarEntry]:
    """Return the dates of posts in their order; `last_day` is what the end of an ask is called, with %(what)s in it.

    An ask that ended, or of which it was told how, has no last day any more.
    """
    found = [entry for post in posts for entry in _of_post(post, last_day)]
    found.sort(key=lambda entry: (entry.start.date(), not entry.whole, entry.start.time(), entry.id))
    return found[-MOST:]


def whole_day(day: date) -> datetime:
    """Return the moment that stands for a day as a whole."""
    return datetime.combine(day, time(), UTC)


def _of_post(post: PostHeader, last_day: str) -> Iterator[CalendarEntry]:
    changed = post.updated or post.moment
    if (event := post.event) and _is_usual(event.start):
        whole = _is_midnight(event.start) and (event.end is None or _is_midnight(event.end))
        end = event.end if event.end and event.end > event.start and _is_usual(event.end) else None
        yield CalendarEntry(post.id, post.title, event.start, end, whole, event.place, post.url, changed=changed)
    if (ask := post.ask) and ask.by and ask.status == "open" and not ask.outcome and _is_usual(ask.by):
        title = last_day % {"what": post.title}
        day = whole_day(ask.by)
        yield CalendarEntry(post.id + _ASK, title, day, whole=True, url=post.url, note=ask.what, changed=changed)


def _is_usual(day: date) -> bool:
    """Whether a day has days before and after it in every time zone, and a year of four digits."""
    return 1000 < day.year < date.max.year


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time()
