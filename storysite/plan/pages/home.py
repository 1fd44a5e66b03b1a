"""The pages that readers meet first, in each language: home, subscribe, search; and the slides for a display."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from operator import attrgetter

from storysite.model.asks import is_open
from storysite.model.index import Index
from storysite.model.post import PostHeader
from storysite.plan.context import PageContext, YearContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.pages.calendar import calendar_page
from storysite.plan.pages.feeds import feed_pages, newest_published
from storysite.plan.pages.listings import group_context
from storysite.plan.slices import NO_CARD, CardOf, CardsOf, Constant, sources_of

WALL_STORIES = 12
"""Stories on a display: at ten seconds each, whoever passes in a break sees some of them."""
WALL_KINDS = ("victory", "thanks", "listen", "event")
"""The kinds of stories that a display in a library shows."""


def front_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield what readers meet first: home pages, how to follow and to find stories, the display, the lost page."""
    pinned = [post for post in index.originals if post.pin]
    unpinned = (post for post in reversed(index.originals) if not post.pin)
    front = [*reversed(pinned), *islice(unpinned, index.config.posts_per_page)]
    ask, year_ago = _open_ask(index), _a_year_ago(index)
    calendar = calendar_page(index, builder)
    written = {page.url for page in (*index.pages, *index.unlisted_pages)}
    for language, home in index.homes.items():
        if home not in written:  # an author's own page takes the place of ours
            yield builder.page(
                "home",
                home,
                f"the home page{_in(language, home)}",
                language=language,
                page=Constant(PageContext(home, index.config.title, index.config.tagline)),
                stories=CardsOf(_versions(index, language, front)),
                ask=CardOf(index.version_in(language, ask).source) if ask else NO_CARD,
                year_ago=CardOf(index.version_in(language, year_ago).source) if year_ago else NO_CARD,
            )
        yield from _following(index, builder, language, home, calendar.url if calendar else "")
    if calendar:
        yield calendar
    yield builder.page(
        "wall",
        "wall/",
        "the slides for a display",
        page=Constant(PageContext("wall/", index.config.title)),
        stories=CardsOf(
            sources_of(islice((post for post in reversed(index.originals) if post.kind in WALL_KINDS), WALL_STORIES))
        ),
    )
    context = PageContext("404.html", builder.gettext("Not on this shelf"))
    yield builder.page(
        "lost",
        "404.html",
        "the page for lost addresses",
        page=Constant(context),
        stories=CardsOf(newest_published(index, reversed(index.originals))[:5]),
    )


def _following(index: Index, builder: PageBuilder, language: str, home: str, calendar: str) -> Iterator[Page]:
    """Yield the pages on how to follow and to find the stories in a language, and their feeds."""
    groups = [
        group_context(builder, group, language)
        for taxonomy in sorted(index.config.taxonomies, key=attrgetter("announced"))
        if taxonomy.announced and taxonomy.listed
        for group in index.groups[taxonomy.name].values()
    ]
    yield builder.page(
        "subscribe",
        f"{home}subscribe/",
        f"the subscribe page{_in(language, home)}",
        language=language,
        page=Constant(PageContext(f"{home}subscribe/", builder.gettext("Subscribe", language))),
        groups=Constant(groups),
        calendar_url=Constant(calendar),
    )
    if index.config.search:
        years = Constant(
            [YearContext(year.name, year.url, len(found)) for year, found in reversed(index.years.items())]
        )
        kinds = [group_context(builder, group, language) for group in index.groups["kind"].values()]
        yield builder.page(
            "search",
            f"{home}search/",
            f"the search page{_in(language, home)}",
            language=language,
            page=Constant(PageContext(f"{home}search/", builder.gettext("Search", language))),
            years=years,
            kinds=Constant(kinds),
        )
    if not home:
        recent = newest_published(index, reversed(index.originals))
        yield from feed_pages(builder, home, index.config.title, recent, ("rss", "atom", "json"))
    else:
        recent = newest_published(index, (post for post in reversed(index.posts) if post.language == language))
        title = f"{index.config.title} ({language})"
        yield from feed_pages(builder, home, title, recent, language=language)


def _in(language: str, home: str) -> str:
    return f" in {language}" if home else ""


def _versions(index: Index, language: str, posts: Iterable[PostHeader]) -> tuple[str, ...]:
    """Return the sources of `posts`, of each its translation into `language` if there is one."""
    if language == index.config.language:
        return sources_of(posts)
    return tuple(index.version_in(language, post).source for post in posts)


def _open_ask(index: Index) -> PostHeader | None:
    """Return the newest post with an ask that is open and not past its day."""
    return next((post for post in reversed(index.originals) if post.ask and is_open(post.ask, index.today)), None)


def _a_year_ago(index: Index) -> PostHeader | None:
    """Return the story told nearest to this day a year ago, within a week of it."""
    today = index.today
    day = date(today.year - 1, today.month, 28 if (today.month, today.day) == (2, 29) else today.day)
    near: list[tuple[int, str, PostHeader]] = []
    for (year, month), places in index.months.items():
        if abs((index.today.year - year) * 12 + index.today.month - month - 12) <= 1:
            for place in places:
                post = index.originals[place]
                days = abs((day - post.date).days) if post.date else 99
                if days <= 7:
                    near.append((days, post.id, post))
    return min(near, key=lambda found: found[:2])[2] if near else None
