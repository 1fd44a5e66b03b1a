"""Ideas for the next story: those that people wrote down, and those that the archive itself has.

Whoever has promised a story a week needs forty a year. Most of what is worth telling has been told once: a year ago, or
in a series that stopped.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from operator import itemgetter

from msgspec import Struct

from storysite.model.post import PostHeader
from storysite.model.rhythm import Rhythm, turn_of
from storysite.model.school_year import school_year

QUIET = 90
"""Days without a story, about a term, after which a series or a tag is one to come back to."""
GONE = 730
"""Days after which it is no longer: two years."""
OFTEN = 3
"""Stories that make a series or a tag one that readers know."""
YEAR_AGO, SERIES, TAG, STANDARD = "year_ago", "series", "tag", "standard"


class PlannedIdea(Struct, frozen=True):
    """An idea of content/plan.yml: what could be told, on which day, as which kind, and a note on it."""

    title: str
    day: date | None = None
    kind: str = ""
    note: str = ""
    line: int = 0


class Idea(Struct, frozen=True):
    """An idea of the archive's: why it is one, what it is about, and the newest story that it comes from."""

    reason: str
    """YEAR_AGO, SERIES, TAG or STANDARD."""
    name: str
    day: date
    source: str
    stories: int = 1


def archive_ideas(posts: Sequence[PostHeader], today: date, school_year_start: tuple[int, int]) -> list[Idea]:
    """Return the ideas that the stories `posts` give, of each reason the best first.

    Asks of which nobody heard how they ended are none of them: these are owed, and the ledger has them.
    """
    dated = [(day, post) for post in posts if post.moment and (day := post.moment.date()) <= today]
    dated.sort(key=itemgetter(0))
    found = chain(
        _year_ago(dated, today),
        _quiet(SERIES, dated, today, lambda post: (post.series,) if post.series else ()),
        _quiet(TAG, dated, today, lambda post: post.tags),
        _untold_standards(dated, today, school_year_start),
    )
    return list(found)


_Dated = Sequence[tuple[date, PostHeader]]


def _year_ago(dated: _Dated, today: date) -> Iterator[Idea]:
    """Yield the stories of this week a year ago: 52 weeks, so that weekdays are the same."""
    if (today - date.min).days <= 371:
        return
    week = turn_of(today - timedelta(weeks=52), Rhythm())
    for day, post in dated:
        if week.first <= day <= week.last:
            yield Idea(YEAR_AGO, post.title, day, post.source)


def _quiet(reason: str, dated: _Dated, today: date, names_of: Callable[[PostHeader], Iterable[str]]) -> Iterator[Idea]:
    """Yield what readers know from several stories and have not heard of for a term; the most told first."""
    ideas = [each for each in _by_name(reason, dated, names_of) if each.stories >= OFTEN]
    ideas.sort(key=lambda idea: (-idea.stories, idea.name.casefold()))
    yield from (idea for idea in ideas if QUIET <= (today - idea.day).days < GONE)


def _untold_standards(dated: _Dated, today: date, start: tuple[int, int]) -> Iterator[Idea]:
    """Yield the standards that were told in an earlier school year and not in this one, in their order."""
    ideas = sorted(_by_name(STANDARD, dated, lambda post: post.standards), key=lambda idea: idea.name.casefold())
    this_year = school_year(today, start)
    yield from (idea for idea in ideas if school_year(idea.day, start) < this_year)


def _by_name(reason: str, dated: _Dated, names_of: Callable[[PostHeader], Iterable[str]]) -> Iterable[Idea]:
    """Return an Idea for each name that stories have, capitals aside, of the newest of them."""
    found: dict[str, tuple[str, date, str, int]] = {}
    for day, post in dated:
        for key, name in {name.casefold(): name for name in names_of(post)}.items():
            known = found.get(key)
            found[key] = (name, day, post.source, known[3] + 1 if known else 1)
    return [Idea(reason, *facts) for facts in found.values()]
