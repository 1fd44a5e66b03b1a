"""The hours of the daily runs: on every day of the year one of them comes right after the publish time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from storysite.starter.cron import cron_lines, daily_runs, on_clock, runs_in_words

ZONES = {
    "America/New_York": ["7 10,11 * * *"],
    "America/Chicago": ["7 11,12 * * *"],
    "America/Denver": ["7 12,13 * * *"],
    "America/Los_Angeles": ["7 13,14 * * *"],
    "America/Phoenix": ["7 13 * * *"],  # no daylight saving
    "Pacific/Honolulu": ["7 16 * * *"],
    "America/Puerto_Rico": ["7 10 * * *"],
    "America/St_Johns": ["37 8,9 * * *"],  # half an hour off, and daylight saving
    "America/Santiago": ["7 9,10 * * *"],  # the south, where it is summer in January
    "Australia/Sydney": ["7 19,20 * * *"],
    "Pacific/Auckland": ["7 17,18 * * *"],
    "Australia/Lord_Howe": ["7 19 * * *", "37 19 * * *"],  # half an hour of daylight saving
    "Pacific/Chatham": ["22 16,17 * * *"],
    "Europe/Dublin": ["7 5,6 * * *"],  # whose winter is the exception, by the law
    "Europe/London": ["7 5,6 * * *"],
    "Europe/Berlin": ["7 4,5 * * *"],
    "Africa/Casablanca": ["7 5,6 * * *"],  # an hour back in Ramadan
    "Antarctica/Troll": ["7 4,6 * * *"],  # two hours of daylight saving
    "Asia/Kolkata": ["37 0 * * *"],
    "Asia/Kathmandu": ["22 0 * * *"],
    "Asia/Ho_Chi_Minh": ["7 23 * * *"],
    "Pacific/Kiritimati": ["7 16 * * *"],  # 14 hours ahead
    "Pacific/Pago_Pago": ["7 17 * * *"],
    "UTC": ["7 6 * * *"],
    "EST5EDT": ["7 10,11 * * *"],
}


@pytest.mark.parametrize("zone", ZONES)
def test_the_hours_are_those_of_the_zone(zone: str) -> None:
    """For posts that appear at six in the morning."""
    assert cron_lines(daily_runs(zone, time(6), 2026)) == ZONES[zone]


@pytest.mark.parametrize("clock", [time(0), time(2, 30), time(5, 53), time(6), time(12, 0), time(23, 55)])
def test_each_post_appears_within_minutes_in_every_zone_of_the_world(clock: time) -> None:
    """On each day of two years, and never on the hour. The night in which there is no half past two is no exception."""
    for name in sorted(available_timezones()):
        runs = daily_runs(name, clock, 2026)
        times = {run.at.hour * 60 + run.at.minute for run in runs}
        assert 1 <= len(times) <= 2, name
        assert all(minute % 60 for minute in times), name
        zone = ZoneInfo(name)
        for number in range(0, 730, 7):
            due = datetime.combine(date(2026, 1, 1) + timedelta(days=number), clock, zone).astimezone(UTC)
            waits = {(minute - due.hour * 60 - due.minute) % 1440 for minute in times}
            assert min(waits) <= 11, (name, due)


def test_the_same_zone_has_the_same_hours_in_the_next_year() -> None:
    """So that a file which is written again says the same."""
    for name in ("America/Chicago", "Europe/Dublin", "Australia/Sydney"):
        years = [runs_in_words(daily_runs(name, time(6), year), name) for year in (2026, 2027, 2031)]
        assert years[0] == years[1] == years[2]


def test_times_are_said_as_in_the_united_states() -> None:
    assert [on_clock(at) for at in (time(0), time(0, 5), time(11, 59), time(12), time(13, 7), time(23, 55))] == [
        "12:00 am",
        "12:05 am",
        "11:59 am",
        "12:00 pm",
        "1:07 pm",
        "11:55 pm",
    ]
