"""The weekly promise: which turns of the last weeks had their story, for how long in a row, and what is owed now.

Readers who are promised a story every Friday look for it on Fridays; whoever keeps that up for years is believed. What
counts is a story that readers could see: of whatever kind, told on whatever day of its turn. In breaks none is owed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import dropwhile, takewhile

from msgspec import Struct

from storysite.model.breaks import Break, break_end
from storysite.model.post import AnyPost, Post
from storysite.model.rhythm import Rhythm, Span, turns_from, turns_until
from storysite.model.translations import originals_of
from storysite.model.visibility import like_their_originals, reason_hidden

SHOWN = 12
"""Turns in the row: of weeks, about a term."""
LOOKED_AT = 520
"""Turns that are looked back on: of weeks, ten years."""
TOLD, LATE, MISSED = "told", "late", "missed"
"""Of a turn that has a story, has one after its day only, or has none and is over."""
AHEAD, OVERDUE = "ahead", "overdue"
"""Of the turn that it is now and that has no story yet, before its day and after it."""
BREAK, REST, BEFORE = "break", "rest", "before"
"""Of a turn without a story of which none is owed: school is out, it is not its turn, or no story had been told yet."""
DRAFT, SCHEDULED, IDEA = "draft", "scheduled", "idea"
_SCHOOL_DAYS = 5


class Turn(Struct, frozen=True):
    """A week or a month: its days, how it stands, and how many stories were told in it."""

    span: Span
    state: str
    stories: int = 0


class Kept(Struct, frozen=True):
    """How a promise was kept so far."""

    row: list[Turn]
    """The last SHOWN turns, oldest first; the last is the one that it is now."""
    streak: int
    """Turns in a row that have a story, up to now; those of which none is owed break nothing."""
    missed: int
    """Turns that passed without the story owed since the newest."""
    newest: date | None
    """The day of the newest story, None if none was told."""
    owed_in_term: int
    """Turns of this term that are over, or have their story already, and of which one was owed."""
    kept_in_term: int
    late_in_term: int
    break_end: date | None
    """The last day of the break that it is now."""

    @property
    def now(self) -> Turn:
        """The turn that it is now."""
        return self.row[-1]


class Planned(Struct, frozen=True, order=True):
    """Something that is to be told on a day to come: what, where it is written, and how far it has come."""

    day: date
    title: str
    source: str
    state: str = DRAFT
    """DRAFT, SCHEDULED or IDEA."""


def promise_kept(told: Sequence[date], rhythm: Rhythm, breaks: Sequence[Break], today: date, term: date) -> Kept:
    """Return how a promise was kept by stories of the days `told`; `term` is the day on which this term began."""
    days = sorted(day for day in told if day <= today)
    first = days[0] if days else None
    spans = turns_until(today, LOOKED_AT, rhythm)
    seen = list(dropwhile(lambda span: first is None or span.last < first, spans[:-SHOWN])) + spans[-SHOWN:]
    turns = list(_turns(seen, days, rhythm, breaks, today))
    backward = turns[::-1]
    counted = [turn for turn in backward if turn.state in (TOLD, LATE, MISSED, BEFORE)]
    in_term = [turn for turn in turns if turn.span.due >= term and turn.state in (TOLD, LATE, MISSED)]
    return Kept(
        row=turns[-SHOWN:],
        streak=len(list(takewhile(lambda turn: turn.state in (TOLD, LATE), counted))),
        missed=len(list(takewhile(lambda turn: turn.state == MISSED, counted))),
        newest=days[-1] if days else None,
        owed_in_term=len(in_term),
        kept_in_term=sum(turn.state != MISSED for turn in in_term),
        late_in_term=sum(turn.state == LATE for turn in in_term),
        break_end=break_end(breaks, today),
    )


def days_owed(
    kept: Kept, planned: Sequence[Planned], rhythm: Rhythm, breaks: Sequence[Break], today: date
) -> list[date]:
    """Return the days of the next SHOWN turns by which a story is owed that has not been told and is not planned."""
    days = {each.day for each in planned} | ({kept.now.span.first} if kept.now.stories else set())
    silent = takewhile(lambda turn: turn.state not in (TOLD, LATE), kept.row[-2::-1])
    quiet = sum(turn.state in (MISSED, REST) for turn in silent)
    found = []
    for span in turns_from(today, SHOWN, rhythm):
        if any(span.first <= day <= span.last for day in days):
            quiet = 0
        elif not _is_silent(span, rhythm, breaks):
            quiet += 1
            if quiet % rhythm.every == 0 and span.due >= today:
                found.append(span.due)
    return found


def days_told(posts: Iterable[AnyPost], now: datetime, language: str) -> list[date]:
    """Return the days of the stories that readers of a site in `language` were told, also of those no longer shown."""
    hidden = ((post, moment, reason_hidden(post, now)) for post, moment in _stories(posts, language))
    return sorted(
        moment.date() for _, moment, why in hidden if moment <= now and (why is None or why.reason == "expired")
    )


def planned_posts(posts: Iterable[AnyPost], now: datetime, language: str, since: date) -> list[Planned]:
    """Return what is still to be told: scheduled posts, and drafts of a day from `since` on."""
    return sorted(
        Planned(moment.date(), post.title, post.source, DRAFT if post.draft else SCHEDULED)
        for post, moment in _stories(posts, language)
        if (moment > now or (post.draft and moment.date() >= since))
        and not (post.expires and post.expires < moment.date())
    )


def _stories(posts: Iterable[AnyPost], language: str) -> Iterator[tuple[Post, datetime]]:
    """Yield the posts that are, or will be, for all readers of a site in `language`, each with its moment.

    A translation is no story of its own.
    """
    found = [post for post in like_their_originals(list(posts), language) if isinstance(post, Post)]
    translations = originals_of(found, language)
    for post in found:
        if post.moment and not post.private and not post.unlisted and post.source not in translations:
            yield post, post.moment


def _turns(
    spans: Sequence[Span], days: Sequence[date], rhythm: Rhythm, breaks: Sequence[Break], today: date
) -> Iterator[Turn]:
    """Yield how each of some turns in a row stands; `days` are those on which stories were told, in order."""
    quiet = 0
    """The turns since the last story in which one could have been told."""
    for span in spans:
        start, end = bisect_left(days, span.first), bisect_right(days, span.last)
        if start < end:
            quiet = 0
            yield Turn(span, TOLD if days[start] <= span.due else LATE, end - start)
        elif not days or span.last < days[0]:
            yield Turn(span, BEFORE)
        elif _is_silent(span, rhythm, breaks):
            yield Turn(span, BREAK)
        else:
            quiet += 1
            yield Turn(span, _without_story(span, today, is_rest=quiet % rhythm.every != 0))


def _without_story(span: Span, today: date, *, is_rest: bool) -> str:
    if is_rest:
        return REST
    if span.last < today:
        return MISSED
    return OVERDUE if span.due < today else AHEAD


def _is_silent(span: Span, rhythm: Rhythm, breaks: Sequence[Break]) -> bool:
    """Return whether nothing is owed in a turn: its day is in a break, or all of its school days are."""
    days = [span.due] if rhythm.day is not None else [day for day in span.days if day.weekday() < _SCHOOL_DAYS]
    return all(break_end(breaks, day) for day in days)
