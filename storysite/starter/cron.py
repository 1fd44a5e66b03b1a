"""The hours at which GitHub publishes each day: in UTC, for a publish time on a clock that may change twice a year.

A schedule on GitHub knows neither time zones nor daylight saving. So it names each hour of UTC at which it is the
publish time on some day of the year, and a few minutes more: on the hour, too many others ask for the same.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

DELAY, MORE = timedelta(minutes=7), timedelta(minutes=4)
"""How long after the publish time, and how much later if that is on the hour, when GitHub is busiest and skips runs."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MIDDLES = (1, 7)
"""The months in the middle of a season, which stand for it."""


class DailyRun(Struct, frozen=True, order=True):
    """A time of day in UTC at which it is a little past the publish time on some day of the year."""

    at: time
    there: time
    """What the clock of the school then shows."""
    month: int
    """The month that most of these days are in; 0 if they are all days."""


def daily_runs(timezone: str, publish_time: time, year: int) -> list[DailyRun]:
    """Return the times in UTC that are a little past the publish time on any day from the beginning of `year` on.

    Two years are looked at, because some zones move their clocks by the moon. Most have one time, or two.
    """
    zone, first = ZoneInfo(timezone), date(year, 1, 1)
    found: dict[tuple[time, time], Counter[int]] = {}
    for number in range(731):
        due = datetime.combine(first + timedelta(days=number), publish_time, zone).astimezone(UTC)
        late = DELAY if (due + DELAY).minute else DELAY + MORE
        at = (due + late).time().replace(second=0)
        there = (datetime.combine(first, publish_time) + late).time()
        found.setdefault((at, there), Counter())[(first + timedelta(days=number)).month] += 1
    if len(found) == 1:
        return [DailyRun(at, there, 0) for at, there in found]
    return sorted(
        DailyRun(at, there, max(months, key=lambda month: (months[month], month in _MIDDLES, -month)))
        for (at, there), months in found.items()
    )


def cron_lines(runs: Sequence[DailyRun]) -> list[str]:
    """Return daily runs as cron writes them, one line for each minute: `7 11,12 * * *`."""
    minutes = sorted({run.at.minute for run in runs})
    hours = {minute: sorted({run.at.hour for run in runs if run.at.minute == minute}) for minute in minutes}
    return [f"{minute} {','.join(map(str, hours[minute]))} * * *" for minute in minutes]


def runs_in_words(runs: Sequence[DailyRun], timezone: str) -> list[str]:
    """Return what each run is on the clock of the school: `12:07 UTC is 6:07 am in Chicago in January.`"""
    place = timezone.rpartition("/")[2].replace("_", " ")
    return [f"{run.at:%H:%M} UTC is {on_clock(run.there)} in {place} {_when(run.month)}." for run in runs]


def on_clock(at: time) -> str:
    """Return a time of day as it is said in the United States: `6:07 am`."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def _when(month: int) -> str:
    return f"in {_MONTHS[month - 1]}" if month else "all year"
