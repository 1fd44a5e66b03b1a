"""The promise of a story a week is counted in turns: told, late, missed, or a turn in which none was owed."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from storysite.model.breaks import Break, break_end, summer
from storysite.model.promise import Kept, Planned, days_owed, days_told, planned_posts, promise_kept
from storysite.model.rhythm import MONTH, Rhythm, turn_of, turns_until
from storysite.model.school_year import term_start
from tests.folder import Folder
from tests.promise import opened

WEEKLY, FRIDAYS, FORTNIGHT, MONTHLY = Rhythm(), Rhythm(day=4), Rhythm(every=2), Rhythm(unit=MONTH)
TODAY = date(2026, 11, 25)
"""A Wednesday."""
TERM = date(2026, 8, 1)
SIGNS = {
    "told": "T",
    "late": "L",
    "missed": "-",
    "ahead": "a",
    "overdue": "o",
    "break": "b",
    "rest": "r",
    "before": ".",
}
WINTER = Break((12, 21), (1, 3))


def kept(told: list[date], rhythm: Rhythm = WEEKLY, *breaks: Break, today: date = TODAY, term: date = TERM) -> Kept:
    """Return how a promise was kept by stories of some days."""
    return promise_kept(told, rhythm, breaks, today, term)


def row(found: Kept) -> str:
    """Return the last twelve turns, one letter each."""
    return "".join(SIGNS[turn.state] for turn in found.row)


def every_week(first: date, count: int, but: tuple[int, ...] = ()) -> list[date]:
    """Return `count` days a week apart, without those whose numbers are in `but`."""
    return [first + timedelta(weeks=number) for number in range(count) if number not in but]


FIRST = date(2026, 9, 11)
"""A Friday, in the first of the twelve weeks up to TODAY."""


@pytest.mark.parametrize(
    ("told", "rhythm", "expected", "streak", "missed"),
    [
        ([], WEEKLY, "............", 0, 0),
        (every_week(FIRST, 11), WEEKLY, "TTTTTTTTTTTa", 11, 0),
        (every_week(FIRST, 12), WEEKLY, "TTTTTTTTTTTa", 11, 0),  # the last is of a day to come
        ([*every_week(FIRST, 11), date(2026, 11, 23)], WEEKLY, "TTTTTTTTTTTT", 12, 0),
        (every_week(FIRST, 11, but=(5,)), WEEKLY, "TTTTT-TTTTTa", 5, 0),
        (every_week(FIRST, 9), WEEKLY, "TTTTTTTTT--a", 0, 2),
        (every_week(date(2026, 10, 16), 6), WEEKLY, ".....TTTTTTa", 6, 0),  # the first story was told within the window
        ([date(2026, 9, 7), date(2026, 9, 13)], WEEKLY, "T----------a", 0, 10),  # two in one week are one turn
        (every_week(FIRST, 11), FRIDAYS, "TTTTTTTTTTTa", 11, 0),
        (every_week(date(2026, 9, 10), 11), FRIDAYS, "TTTTTTTTTTTa", 11, 0),  # a day early is in time
        (every_week(date(2026, 9, 12), 11), FRIDAYS, "LLLLLLLLLLLa", 11, 0),  # a day after it is late
        ([*every_week(date(2026, 9, 12), 11), FIRST], FRIDAYS, "TLLLLLLLLLLa", 11, 0),  # whichever of two came first
        ([date(2026, 9, 14)], Rhythm(day=0), ".T---------o", 0, 9),  # Wednesday is after this week's Monday
        (every_week(FIRST, 11)[::2], FORTNIGHT, "TrTrTrTrTrTr", 6, 0),
        (every_week(FIRST, 11, but=(2, 3, 4, 5)), FORTNIGHT, "TTr-r-TTTTTr", 5, 0),
        ([FIRST, date(2026, 10, 1)], FORTNIGHT, "Tr-Tr-r-r-ra", 0, 3),
    ],
)
def test_each_turn_stands_as_its_stories_say(
    told: list[date], rhythm: Rhythm, expected: str, streak: int, missed: int
) -> None:
    found = kept(told, rhythm)
    assert (row(found), found.streak, found.missed) == (expected, streak, missed)


def test_a_turn_of_now_is_owed_nothing_until_it_is_over() -> None:
    """Before its day it is still to come, on its day as well, and after it overdue; only the next week says missed."""
    told = every_week(FIRST, 11)
    states = {day: kept(told, FRIDAYS, today=date(2026, 11, day)).now.state for day in (23, 26, 27, 28, 29)}
    assert states == {23: "ahead", 26: "ahead", 27: "ahead", 28: "overdue", 29: "overdue"}
    after = kept(told, FRIDAYS, today=date(2026, 11, 30))
    assert (row(after)[-2:], after.streak, after.missed) == ("-a", 0, 1)


def test_a_break_across_new_year_is_silent_and_ends_no_streak() -> None:
    """The weeks of it are told of as such, and the streak goes on after it; what is told in it counts."""
    told = [*every_week(date(2026, 11, 20), 5), *every_week(date(2027, 1, 8), 3)]
    found = kept(told, FRIDAYS, WINTER, today=date(2027, 1, 25), term=date(2027, 1, 1))
    assert (row(found), found.streak) == (".TTTTTbbTTTa", 8)
    assert (found.owed_in_term, found.kept_in_term) == (3, 3)
    more = kept([*told, date(2026, 12, 30)], FRIDAYS, WINTER, today=date(2027, 1, 25))
    assert (row(more), more.streak) == (".TTTTTbTTTTa", 9)


def test_only_a_break_of_all_school_days_silences_a_week_without_a_day() -> None:
    """Where a day is promised, that day decides: the Friday after Thanksgiving is no day for a story."""
    thanksgiving = Break((11, 25), (11, 29), 2026)
    told = every_week(FIRST, 11)
    today = date(2026, 11, 30)
    assert row(kept(told, WEEKLY, thanksgiving, today=today))[-2:] == "-a"
    assert row(kept(told, FRIDAYS, thanksgiving, today=today))[-2:] == "ba"
    assert row(kept(told, WEEKLY, Break((11, 23), (11, 27), 2026), today=today))[-2:] == "ba"
    assert row(kept(told, FRIDAYS, thanksgiving, today=date(2027, 11, 29)))[-2:] == "-a"  # of another year


def test_a_break_that_it_is_now_says_when_it_ends() -> None:
    found = kept(every_week(FIRST, 15), FRIDAYS, WINTER, Break((1, 4), (1, 6)), today=date(2026, 12, 23))
    assert (found.now.state, found.break_end) == ("break", date(2027, 1, 6))


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 12, 20), None),
        (date(2026, 12, 21), date(2027, 1, 3)),
        (date(2026, 12, 31), date(2027, 1, 3)),
        (date(2027, 1, 1), date(2027, 1, 3)),
        (date(2027, 1, 3), date(2027, 1, 3)),
        (date(2027, 1, 4), None),
        (date.max, None),
        (date.min, None),
    ],
)
def test_a_break_is_of_all_its_days(day: date, end: date | None) -> None:
    """Where the calendar begins and ends there is no year before or after, and no break of it."""
    assert break_end([WINTER], day) == end


def test_a_break_may_end_on_a_leap_day_and_never_end() -> None:
    assert Break((2, 20), (2, 29)).end(date(2027, 2, 25)) == date(2027, 2, 28)
    assert Break((2, 20), (2, 29)).end(date(2028, 2, 25)) == date(2028, 2, 29)
    always = break_end([Break((1, 1), (6, 30)), Break((7, 1), (12, 31))], TODAY)
    assert always
    assert always > TODAY


def test_summer_is_the_eight_weeks_before_a_school_year() -> None:
    """The school year may begin in January, too."""
    assert summer((8, 1)) == Break((6, 6), (7, 31))
    assert summer((1, 28)) == Break((12, 3), (1, 27))
    assert break_end([summer((1, 28))], date(2026, 12, 31)) == date(2027, 1, 27)


def test_weeks_are_of_the_calendar_whatever_clocks_do() -> None:
    """Weeks in which clocks change, and the week of two years, have seven days and follow each other."""
    for today in (date(2026, 3, 8), date(2026, 11, 1), date(2027, 1, 1), date(2026, 12, 31), date(2024, 2, 29)):
        spans = turns_until(today, 12, FRIDAYS)
        assert [span.first.weekday() for span in spans] == [0] * 12
        assert all(two.first - one.last == timedelta(days=1) for one, two in pairwise(spans))
        assert spans[-1].first <= today <= spans[-1].last
    assert turn_of(date(2027, 1, 1), WEEKLY).first == date(2026, 12, 28)
    assert len(turns_until(date(1, 1, 20), 12, WEEKLY)) == 3
    assert turn_of(date.max, FRIDAYS).last == date.max


def test_a_promise_of_a_month_is_counted_in_months() -> None:
    told = [date(2026, month, 28) for month in (1, 2, 4, 5, 6, 8, 9, 10)]
    found = kept(told, MONTHLY, summer((8, 1)), Break((7, 1), (7, 31)))
    assert (row(found), found.streak) == (".TT-TTTbTTTa", 6)
    assert found.row[0].span.first == date(2025, 12, 1)


def test_a_term_counts_what_was_owed_since_it_began() -> None:
    """The turn that it is now counts once it has its story."""
    told = [*every_week(FIRST, 8, but=(6,)), date(2026, 11, 14), date(2026, 11, 24)]
    found = kept(told, FRIDAYS, term=date(2026, 10, 16))
    assert (found.owed_in_term, found.kept_in_term, found.late_in_term) == (7, 4, 1)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 7, 31), date(2026, 4, 15)),
        (date(2026, 8, 1), date(2026, 8, 1)),
        (date(2027, 1, 6), date(2026, 8, 1)),
        (date(2027, 1, 7), date(2027, 1, 7)),
        (date(2027, 4, 15), date(2027, 4, 15)),
    ],
)
def test_a_term_begins_with_the_school_year_or_on_a_day_of_its_own(day: date, first: date) -> None:
    assert term_start(day, (8, 1), [(1, 7), (4, 15)]) == first


@pytest.mark.parametrize(
    ("told", "planned", "rhythm", "days"),
    [
        ([FIRST], [], FRIDAYS, ["11-27", "12-04", "12-11"]),
        ([FIRST, TODAY], [], FRIDAYS, ["12-04", "12-11", "12-18"]),
        ([FIRST], [date(2026, 12, 2)], FRIDAYS, ["11-27", "12-11", "12-18"]),
        ([], [], FRIDAYS, ["11-27", "12-04", "12-11"]),
        ([date(2026, 11, 20)], [], FORTNIGHT, ["12-06", "12-20", "01-17"]),
        ([date(2026, 11, 13)], [], FORTNIGHT, ["11-29", "12-13", "01-10"]),
        ([TODAY], [], MONTHLY, ["12-31", "01-31", "02-28"]),
        ([FIRST], [], Rhythm(day=0), ["11-30", "12-07", "12-14"]),  # this week's Monday is over
    ],
)
def test_days_are_open_on_which_a_story_is_owed_and_none_is_planned(
    told: list[date], planned: list[date], rhythm: Rhythm, days: list[str]
) -> None:
    """Those of breaks are not."""
    found = days_owed(kept(told, rhythm, WINTER), [Planned(day, "", "") for day in planned], rhythm, [WINTER], TODAY)
    assert [f"{day:%m-%d}" for day in found[:3]] == days


def test_years_of_stories_are_one_streak() -> None:
    told = every_week(date(2020, 1, 3), 360)
    found = kept(told, FRIDAYS, today=told[-1])
    assert found.streak == 360
    assert kept([date.min, *told], FRIDAYS, today=told[-1]).streak == 360


def test_a_story_is_told_on_the_day_of_the_site_not_of_the_world(folder: Folder) -> None:
    """Just before midnight it is Friday's, just after it Saturday's, wherever the computer stands."""
    folder.write("storysite.yml", "timezone: America/Chicago\n")
    folder.post("2026-11-13-late", id="a", date="2026-11-13 23:59")
    folder.post("2026-11-21-later", id="b", date="2026-11-21 00:00")
    with opened(folder) as site:
        told = days_told(site.everything, site.now, "en")
    assert told == [date(2026, 11, 13), date(2026, 11, 21)]
    assert row(kept(told, FRIDAYS))[-3:] == "TLa"


def test_only_what_readers_could_see_is_told(folder: Folder) -> None:
    """No draft, nothing private or unlisted, no translation and nothing of a day to come; what expired was seen once."""
    folder.post("2026-11-02-a", id="a")
    folder.post("2026-11-02-a.es", id="a-es", date="2026-11-03")
    folder.post("2026-11-04-expired", id="b", expires="2026-11-10")
    for number, header in enumerate(({"draft": "true"}, {"private": "true"}, {"unlisted": "true"})):
        folder.post(f"2026-11-1{number}-hidden", id=f"h-{number}", **header)
    folder.post("2026-11-30-soon", id="c")
    folder.post("undated", id="d")
    folder.write("content/pages/about.md", "# About\n")
    with opened(folder) as site:
        told = days_told(site.everything, site.now, "en")
    assert told == [date(2026, 11, 2), date(2026, 11, 4)]


def test_what_is_planned_is_scheduled_or_a_draft_with_a_day(folder: Folder) -> None:
    """Of this week, or later; what is private is nobody's to look forward to."""
    folder.post("2026-11-30-scheduled", id="a", title="Scheduled")
    folder.post("2026-11-23-this-week", id="b", title="This week", draft="true")
    folder.post("2026-11-22-last-week", id="c", title="Last week", draft="true")
    folder.post("2026-12-04-idea", id="d", title="Next week", draft="true")
    folder.post("2026-12-05-private", id="e", title="Private", draft="true", private="true")
    folder.post("some-day", id="f", title="Some day", draft="true")
    with opened(folder) as site:
        planned = planned_posts(site.everything, site.now, "en", date(2026, 11, 23))
    assert [(each.title, each.state) for each in planned] == [
        ("This week", "draft"),
        ("Scheduled", "scheduled"),
        ("Next week", "draft"),
    ]


def test_the_same_moment_is_another_week_in_another_zone() -> None:
    """Sunday evening in Chicago is Monday in Berlin: turns follow the site's own days."""
    moment = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    days = [moment.astimezone(ZoneInfo(zone)).date() for zone in ("America/Chicago", "Europe/Berlin")]
    assert [row(kept([day]))[-2:] for day in days] == ["Ta", ".T"]
