"""What `status` says of the weekly promise: a row of the last turns, what is owed now, and what is planned. In words.

Nothing depends on color or on a sign that has to be seen: each week of the row is read out with how it stands.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from storysite.build.open_site import OpenSite
from storysite.model.config import Config
from storysite.model.ideas import PlannedIdea, archive_ideas
from storysite.model.promise import (
    AHEAD,
    BEFORE,
    BREAK,
    LATE,
    MISSED,
    OVERDUE,
    REST,
    TOLD,
    Kept,
    Planned,
)
from storysite.model.rhythm import MONTH, Rhythm, Span
from storysite.problems import times
from storysite.tell.ideas import idea_lines
from storysite.tell.promised import promised_by

STATES = {
    TOLD: "told",
    LATE: "told late",
    MISSED: "no story",
    AHEAD: "still to come",
    OVERDUE: "overdue",
    BREAK: "break",
    REST: "not due",
    BEFORE: "not begun",
}
"""What each turn of the row is called."""
NO_RHYTHM = (
    "  These words do not say how often, so no weeks are counted. “Every Friday”, “weekly”, “every other week” and",
    "  “monthly” would.",
)
_BESIDE = 4
"""Turns in one line of the row."""
_PLANNED = 12
"""Lines of what is planned, before the rest is only counted."""


def promise_lines(site: OpenSite, ideas: Sequence[PlannedIdea] = ()) -> Iterator[str]:
    """Yield what there is to say of a site's promise, its plan and its ideas, the heading first.

    Where nothing is promised, only the plan is told of, if there is one.
    """
    config, today = site.config, site.now.date()
    is_promise = config.promise != Config().promise
    if not is_promise and not ideas:
        return
    promised = promised_by(site, ideas)
    yield f"The promise to readers: “{config.promise}”" if is_promise else "The plan"
    if is_promise and promised.rhythm:
        yield from kept_lines(promised.kept, promised.rhythm, today)
    elif is_promise:
        yield from NO_RHYTHM
        yield from _newest_lines(promised.kept.newest, today)
    yield from planned_lines(promised.planned)
    index = site.site.index
    archive = archive_ideas(index.originals, today, config.school_year_start) if is_promise else []
    yield from idea_lines(ideas, archive, today)


def kept_lines(kept: Kept, rhythm: Rhythm, today: date) -> Iterator[str]:
    """Yield the row of turns, and how the promise was kept so far."""
    turn = _turn_word(rhythm)
    yield f"  The last {len(kept.row)} {turn}s" + (":" if rhythm.unit == MONTH else ", each by its Monday:")
    cells = [f"{_name(each.span, rhythm)} {STATES[each.state]}" for each in kept.row]
    width = max(map(len, cells)) + 2
    for start in range(0, len(cells), _BESIDE):
        last = start + _BESIDE >= len(cells)
        line = "".join(f"{cell},".ljust(width) for cell in cells[start : start + _BESIDE]).rstrip()
        yield f"    {line[:-1] + '.' if last else line}"
    yield f"  {_owed(kept, rhythm, today)}"
    if kept.streak > 1:
        yield f"  {kept.streak} {turn}s in a row have their story; breaks do not count."
    yield from _newest_lines(kept.newest, today, kept.missed, turn)
    if kept.owed_in_term:
        late = f", {kept.late_in_term} of them late" if kept.late_in_term else ""
        owed = times(kept.owed_in_term, f"promised {turn}")
        yield f"  This term, {kept.kept_in_term} of {owed} {'has' if kept.kept_in_term == 1 else 'have'} a story{late}."


def planned_lines(planned: Sequence[Planned]) -> Iterator[str]:
    """Yield what is planned for the days to come, or that nothing is."""
    if not planned:
        yield "  Nothing is planned for the days to come: no draft and no idea has a date."
        return
    yield "  Planned:"
    for each in planned[:_PLANNED]:
        yield f"    {each.day:%Y-%m-%d} “{each.title}” ({each.state}, {each.source})"
    if len(planned) > _PLANNED:
        yield f"    and {len(planned) - _PLANNED:,} more"


def _newest_lines(newest: date | None, today: date, missed: int = 0, turn: str = "week") -> Iterator[str]:
    if newest is None:
        return
    days = (today - newest).days
    ago = "today" if not days else "yesterday" if days == 1 else f"{days:,} days ago"
    since = f"; since then, {times(missed, f'promised {turn}')} went by without one" if missed else ""
    yield f"  The last story was told on {newest:%Y-%m-%d}, {ago}{since}."


def _owed(kept: Kept, rhythm: Rhythm, today: date) -> str:
    """Return what is owed in the turn that it is now, in a sentence."""
    turn, span, state = _turn_word(rhythm), kept.now.span, kept.now.state
    due = "today" if span.due == today else f"by {_day(span.due)}"
    sentences = {
        TOLD: f"This {turn} has its story.",
        LATE: f"This {turn} has its story, told after {span.due:%A}.",
        AHEAD: f"This {turn}’s story is due {due}.",
        OVERDUE: f"This {turn}’s story was promised for {_day(span.due)}; until {span.last:%A} it counts as late.",
        REST: f"No story is due this {turn}.",
        BREAK: f"No story is due this {turn}: school is out{_until(kept.break_end)}.",
        BEFORE: "The first story is still to come.",
    }
    return sentences[state]


def _until(end: date | None) -> str:
    return f" until {_day(end)}" if end else ""


def _turn_word(rhythm: Rhythm) -> str:
    return "month" if rhythm.unit == MONTH else "week"


def _name(span: Span, rhythm: Rhythm) -> str:
    """Return what a turn is called in the row: its month, or the month and day of its Monday."""
    return f"{span.first:%b} {span.first.year}" if rhythm.unit == MONTH else f"{span.first:%b} {span.first.day}"


def _day(day: date) -> str:
    return f"{day:%A, %Y-%m-%d}"
