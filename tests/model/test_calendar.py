"""The dates of posts as entries of a calendar: whole days and moments, each with an id that stays."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from storysite.model.calendar import MOST, CalendarEntry, entries_of, whole_day
from storysite.model.post import Ask, Event, PostHeader

CHICAGO = timezone(timedelta(hours=-6))
TOLD = datetime(2026, 11, 20, 7, tzinfo=CHICAGO)


def post(name: str = "a", **facts: object) -> PostHeader:
    """Return a post that was told on a day."""
    return PostHeader(f"{name}.md", name, f"Story {name}", name, f"2026/11/{name}/", moment=TOLD, **facts)  # type: ignore[arg-type]


def entry(event: Event) -> CalendarEntry:
    """Return the one entry of a post with an event."""
    (found,) = entries_of([post(event=event)], "Last day: %(what)s")
    return found


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment of December 2026."""
    return datetime(2026, 12, day, hour, minute, tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("event", "whole", "end"),
    [
        (Event(at(5, 18)), False, None),
        (Event(at(5, 18), at(5, 20)), False, at(5, 20)),
        (Event(at(5, 18), at(6, 0)), False, at(6, 0)),
        (Event(at(5)), True, None),
        (Event(at(7), at(11)), True, at(11)),
        (Event(at(7), at(7)), True, None),
        (Event(at(7), at(7, 9)), False, at(7, 9)),  # from midnight to nine
        (Event(at(5, 18), at(5, 17)), False, None),  # an end before the start is none
    ],
)
def test_an_event_is_of_moments_or_of_whole_days(event: Event, whole: bool, end: datetime | None) -> None:
    found = entry(event)
    assert (found.start, found.end, found.whole) == (event.start, end, whole)


def test_an_entry_has_what_readers_are_told() -> None:
    """Its title, place and page, and when that was told; an ask has an id of its own."""
    story = post(event=Event(at(5, 18), place="Library"), ask=Ask("volunteers", by=date(2026, 12, 1)))
    ask, event = entries_of([story], "Last day: %(what)s")
    assert event == CalendarEntry("a", "Story a", at(5, 18), None, False, "Library", "2026/11/a/", "", TOLD)
    assert ask == CalendarEntry(
        "a-ask", "Last day: Story a", whole_day(date(2026, 12, 1)), None, True, "", "2026/11/a/", "volunteers", TOLD
    )


@pytest.mark.parametrize(
    "ask",
    [
        Ask("hands"),
        Ask("hands", by=date(2026, 12, 1), status="met"),
        Ask("hands", by=date(2026, 12, 1), outcome="Ten came."),
        Ask("hands", by=date(1, 1, 1)),
    ],
)
def test_an_ask_that_is_over_or_has_no_day_is_in_no_calendar(ask: Ask) -> None:
    assert entries_of([post(ask=ask)], "Last day: %(what)s") == []


def test_days_that_no_calendar_can_have_are_left_out() -> None:
    """The first and the last years have no day before or after them in some time zone."""
    for year in (1, 9999):
        assert entries_of([post(event=Event(datetime(year, 1, 1, tzinfo=UTC)))], "%(what)s") == []


def test_entries_are_in_the_order_of_their_days_and_the_latest_are_kept() -> None:
    """Whole days come before the hours of the same day."""
    posts = [post("c", event=Event(at(5, 18))), post("b", event=Event(at(5))), post("a", event=Event(at(4, 23)))]
    assert [each.id for each in entries_of(posts, "%(what)s")] == ["a", "b", "c"]
    many = [post(str(number), event=Event(at(1) + timedelta(days=number))) for number in range(MOST + 5)]
    assert entries_of(many, "%(what)s")[0].id == "5"
