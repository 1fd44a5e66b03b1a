"""read_moment and date_in_name: dates as people and programs write them, in the site's zone, never guessed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storysite.errors import BadValue
from storysite.front_matter.dates import Moment, date_in_name, read_moment

CHICAGO = ZoneInfo("America/Chicago")
CLOCK = time(7, 30)


def read(text: str) -> Moment:
    return read_moment(text, zone=CHICAGO, clock=CLOCK)


@pytest.mark.parametrize(
    "text",
    """2026-11-20 | 2026/11/20 | 2026.11.20 | 20261120 | November 20, 2026 | Nov 20 2026 | nov. 20th, 2026
    20 November 2026 | 20-Nov-2026 | 20th Nov, 2026 | Friday, November 20, 2026 | Fri 20 Nov 2026 | 20/11/2026
    11/20/2026 | 20.11.2026 |  2026-11-20 """.replace("\n", "|").split("|"),
)
def test_a_bare_date_has_the_publish_hour(text: str) -> None:
    """A day in any spelling is that day in the site's zone, at the hour at which the site publishes."""
    assert Moment(datetime(2026, 11, 20, 7, 30, tzinfo=CHICAGO), timed=False) == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T14:30", "2026-11-20T14:30:00-06:00"),
        ("2026-11-20 14:30:00.123", "2026-11-20T14:30:00.123000-06:00"),
        ("2026-11-20 14:30:05.123456789", "2026-11-20T14:30:05.123456-06:00"),
        ("2013-7-3 9:05", "2013-07-03T09:05:00-05:00"),
        ("2013/7/3 9:05 PM", "2013-07-03T21:05:00-05:00"),
        ("2013-07-03 12:05 a.m.", "2013-07-03T00:05:00-05:00"),
        ("2013-07-03 12:05pm", "2013-07-03T12:05:00-05:00"),
        ("2013-07-03 at 3 pm", "2013-07-03T15:00:00-05:00"),
        ("2026-11-20T14:30Z", "2026-11-20T08:30:00-06:00"),
        ("2026-11-20T14:30:00+02:00", "2026-11-20T06:30:00-06:00"),
        ("2026-11-20 14:30 -0500", "2026-11-20T13:30:00-06:00"),
        ("2026-11-20 14:30 -4", "2026-11-20T12:30:00-06:00"),
        ("2026-11-20 14:30 UTC", "2026-11-20T08:30:00-06:00"),
        ("2026-11-20 14:30 GMT+1", "2026-11-20T07:30:00-06:00"),
        ("2026-11-20 14:30 EST", "2026-11-20T13:30:00-06:00"),
        ("2026-07-20 14:30 PDT", "2026-07-20T16:30:00-05:00"),
        ("2026-11-20 14:30 America/New_York", "2026-11-20T13:30:00-06:00"),
        ("20131114T100000Z", "2013-11-14T04:00:00-06:00"),
        ("Thu, 14 Nov 2013 10:00:00 -0600", "2013-11-14T10:00:00-06:00"),
        ("Thu Nov 14 2013 10:00:00 GMT-0600 (CST)", "2013-11-14T10:00:00-06:00"),
        ("Thu Nov 14 2013 10:00:00 GMT-0500 (Eastern Standard Time)", "2013-11-14T09:00:00-06:00"),
        ("11/14/2013, 10:00:00\u202fAM", "2013-11-14T10:00:00-06:00"),
        ("2026-03-08 02:30", "2026-03-08T03:30:00-05:00"),
        ("2026-11-01 01:30", "2026-11-01T01:30:00-05:00"),
    ],
)
def test_a_time_is_in_the_zone_it_names_or_the_sites(text: str, expected: str) -> None:
    """An hour is read in the site's zone or converted into it; what daylight saving leaves out is the hour after."""
    moment = read(text)
    assert (expected, True) == (moment.at.isoformat(), moment.timed)
    assert CHICAGO is moment.at.tzinfo


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("2026-13-04", 'date "2026-13-04" is not a real date', "for example 2026-04-13"),
        ("2026-02-30", 'date "2026-02-30" is not a real date', "write year-month-day, for example 2026-"),
        ("2026-02-29T10:00", "is not a real date", "write year-month-day"),
        ("0000-00-00", 'date "0000-00-00" is not a date at all', "delete the line"),
        ("0000-00-00 00:00:00", "is not a date at all", "delete the line"),
        ("0026-11-20", "a year before 1000", "write year-month-day"),
        ("4/5/2013", "could mean two different days", "write year-month-day: 2013-04-05 or 2013-05-04"),
        ("2026-11-20 25:00", "a valid time of day", "hours go from 0 to 23"),
        ("2026-11-20 13:00 am", "a valid time of day", "hours go from 0 to 23"),
        ("9999-12-31T23:59", "out of range", "years go from"),
        ("1000-01-01T00:01Z", "out of range", "years go from"),
        ("2013-11-14 2014", "cannot be read as a date", "write year-month-day"),
        ("٢٠٢٦-١١-٢٠", "cannot be read as a date", "write year-month-day"),
        ("next Friday", "cannot be read as a date", "write year-month-day"),
        ("11/14/13", "cannot be read as a date", "write year-month-day"),
        ("", "cannot be read as a date", "write year-month-day"),
        ("9" * 1_000_000, "cannot be read as a date", "write year-month-day"),
    ],
)
def test_what_is_no_day_is_said_in_plain_words(text: str, what: str, hint: str) -> None:
    """A date that is none, or that could be two, raises a short sentence and a hint that shows the right form."""
    with pytest.raises(BadValue) as raised:
        read(text)
    assert what in raised.value.what
    assert hint in raised.value.hint
    assert len(raised.value.what) < 120


@pytest.mark.parametrize("text", ["2026-13-04", "4/5/2013", "2026-11-20 25:00", "soon"])
def test_a_sentence_begins_with_what_the_date_is_the_date_of(text: str) -> None:
    """Whoever asks for a date says what it is called; braces in the text itself are left alone."""
    for written in (text, f"{text} {{}}"):
        with pytest.raises(BadValue) as raised:
            read_moment(written, zone=CHICAGO, clock=CLOCK, subject="the event's start {}")
        assert raised.value.what.startswith(f'the event\'s start "{written}" ')


@pytest.mark.parametrize("odd", ["Mars/Base", "America/Indiana", "../../etc/passwd", "+99:00", "- 12:00", "o'clock"])
def test_a_zone_that_nobody_knows_keeps_day_and_hour_with_a_doubt(odd: str) -> None:
    """The day is sure; what cannot be read is told."""
    moment = read(f"2026-11-20 10:00 {odd}")
    assert moment.at.isoformat() == "2026-11-20T10:00:00-06:00"
    assert moment.doubt
    assert "ends with an unknown time zone" in moment.doubt[0]


ZONES = ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kolkata", "Pacific/Pago_Pago", "America/St_Johns"]
MIDNIGHTS = ["%Y-%m-%d 00:00:00 {}", "%Y-%m-%dT00:00:00{}", "%Y/%m/%d 00:00 {}", "%a, %d %b %Y 00:00:00 {}", "%Y-%m-%dT00:00:00.000{}"]  # fmt: skip


@given(
    st.dates(date(1980, 1, 1), date(2060, 1, 1)),
    st.sampled_from(MIDNIGHTS),
    st.sampled_from(["-0500", "+0000", "Z", "+05:30", "-03:30", "+1300", "EST"]),
    st.sampled_from(ZONES),
)
def test_midnight_in_a_written_zone_is_that_day_in_any_site_zone(day: date, form: str, offset: str, zone: str) -> None:
    """So Jekyll, Hugo and exports write a day without a time."""
    moment = read_moment(day.strftime(form).format(offset), zone=ZoneInfo(zone), clock=CLOCK)
    assert (day, False) == (moment.at.date(), moment.timed)


def test_two_equal_numbers_are_one_day() -> None:
    """5/5/2013 is the same day whichever number is the month."""
    assert date(2013, 5, 5) == read("5/5/2013").at.date()


@given(st.datetimes(datetime(1001, 1, 1), datetime(9998, 12, 31), timezones=st.timezones()))
def test_iso_times_round_trip(at: datetime) -> None:
    """A moment written in ISO form with its offset is read as the same moment, but for midnight, which is a day."""
    offset = at.utcoffset() or timedelta()
    written = at.replace(tzinfo=None) - timedelta(seconds=offset.seconds % 60)
    assume(written.time() != time())
    text = f"{written.isoformat()}{'-' if offset < timedelta() else '+'}{_hours(offset)}"
    assert at.astimezone(UTC) == read(text).at.astimezone(UTC)


def _hours(offset: timedelta) -> str:
    """Return `offset` as hours and minutes, its seconds dropped towards the day before."""
    minutes = abs((offset - timedelta(seconds=offset.seconds % 60)) // timedelta(minutes=1))
    return f"{minutes // 60:02}:{minutes % 60:02}"


@given(st.dates(date(1001, 1, 1), date(9998, 12, 31)), st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%Y%m%d"]))
def test_days_round_trip(day: date, form: str) -> None:
    """A day comes back as the same day from each way of writing it."""
    assert day == read(day.strftime(form)).at.date()


@given(st.text() | st.from_regex(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}.{0,20}", fullmatch=True))
def test_any_text_is_a_moment_or_a_sentence(text: str) -> None:
    """Any text is a moment of the years 1000 to 9999, or a BadValue with sentence and hint."""
    try:
        moment = read(text)
    except BadValue as error:
        assert error.what
        assert error.hint
    else:
        assert 1000 <= moment.at.year <= 9999
        assert moment.at == moment.at.astimezone(UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2013-11-14-title", (date(2013, 11, 14), "title")),
        ("2020-04-9-x", (date(2020, 4, 9), "x")),
        ("2013_11_14_title", (date(2013, 11, 14), "title")),
        ("2013-11-14 title", (date(2013, 11, 14), "title")),
        ("2013-11-14 - title", (date(2013, 11, 14), "title")),
        ("20131114-title", (date(2013, 11, 14), "title")),
        ("2013-11-14", (date(2013, 11, 14), "")),
        ("2013-11-14T10-00-title", (date(2013, 11, 14), "title")),
        ("2013-title", (None, "2013-title")),
        ("2013-2014-report", (None, "2013-2014-report")),
        ("12345678-x", (None, "12345678-x")),
        ("2013-11-140-x", (None, "2013-11-140-x")),
        ("title", (None, "title")),
        ("", (None, "")),
    ],
)
def test_a_name_may_begin_with_its_date(name: str, expected: tuple[date | None, str]) -> None:
    """The date in front of a name is taken off it; numbers that are no date are part of the name."""
    assert expected == date_in_name(name)


@pytest.mark.parametrize("name", ["2013-02-31-x", "2013-14-01-x", "0000-00-00-x", "0026-01-01-x"])
def test_a_name_with_a_day_that_does_not_exist_is_an_error(name: str) -> None:
    """A name that begins like a date must begin with a day that exists."""
    with pytest.raises(BadValue, match="the date in the file name"):
        date_in_name(name)


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-_.]?[0-9]{1,2}[-_.]?[0-9]{1,2}.*", fullmatch=True))
def test_any_name_is_taken_apart_or_refused(name: str) -> None:
    """Any name gives its own end as the rest, or a BadValue with sentence and hint."""
    try:
        day, rest = date_in_name(name)
    except BadValue as error:
        assert error.what
        assert error.hint
    else:
        assert name.endswith(rest)
        assert day is not None or rest == name
