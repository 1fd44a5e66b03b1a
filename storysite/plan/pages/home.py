"""The pages that readers meet first, in each language: home, subscribe, search; and the slides for a display."""

from collections.abc import Iterable, Iterator
from itertools import islice

from storysite.model.post import Post
from storysite.model.site import Site
from storysite.plan.context import PageContext, YearContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.pages.listings import feed_pages, group_context, newest_published, sources_of
from storysite.plan.slices import NO_CARD, CardOf, CardsOf, Constant

WALL_STORIES = 12
"""Stories on a display: at ten seconds each, whoever passes in a break sees some of them."""
WALL_KINDS = ("victory", "thanks", "listen", "event")
"""The kinds of stories that a display in a library shows."""


def front_pages(site: Site, builder: PageBuilder) -> Iterator[Page]:
    """Yield what readers meet first: home pages, how to follow and to find stories, the display, the lost page."""
    pinned = [post for post in site.originals if post.pin]
    unpinned = (post for post in reversed(site.originals) if not post.pin)
    front = [*reversed(pinned), *islice(unpinned, site.config.posts_per_page)]
    ask, year_ago = _open_ask(site), _a_year_ago(site)
    written = {page.url for page in site.pages}
    for language, home in site.homes.items():
        if home not in written:  # an author's own page takes the place of ours
            yield builder(
                home,
                "home.html",
                f"the home page{_in(language, home)}",
                language=language,
                page=Constant(PageContext(home, site.config.title, site.config.tagline)),
                stories=CardsOf(_versions(site, language, front)),
                ask=CardOf(site.version_in(language, ask).source) if ask else NO_CARD,
                year_ago=CardOf(site.version_in(language, year_ago).source) if year_ago else NO_CARD,
            )
        yield from _following(site, builder, language, home)
    yield builder(
        "wall/",
        "wall.html",
        "the slides for a display",
        page=Constant(PageContext("wall/", site.config.title, indexed=False)),
        stories=CardsOf(
            sources_of(islice((post for post in reversed(site.originals) if post.kind in WALL_KINDS), WALL_STORIES))
        ),
    )
    context = PageContext("404.html", builder.gettext("Not on this shelf"), indexed=False)
    yield builder(
        "404.html",
        "404.html",
        "the page for lost addresses",
        page=Constant(context),
        stories=CardsOf(newest_published(site, reversed(site.originals))[:5]),
    )


def _following(site: Site, builder: PageBuilder, language: str, home: str) -> Iterator[Page]:
    """Yield the pages on how to follow and to find the stories in a language, and their feeds."""
    groups = [
        group_context(builder, group, language)
        for kind in ("kind", "audience", "series", "tag")
        for group in site.groups[kind].values()
    ]
    yield builder(
        f"{home}subscribe/",
        "subscribe.html",
        f"the subscribe page{_in(language, home)}",
        language=language,
        page=Constant(PageContext(f"{home}subscribe/", builder.gettext("Subscribe", language))),
        groups=Constant(groups),
    )
    if site.config.search:
        years = Constant([YearContext(year.name, year.url, len(found)) for year, found in reversed(site.years.items())])
        kinds = [group_context(builder, group, language) for group in site.groups["kind"].values()]
        yield builder(
            f"{home}search/",
            "search.html",
            f"the search page{_in(language, home)}",
            language=language,
            page=Constant(PageContext(f"{home}search/", builder.gettext("Search", language))),
            years=years,
            kinds=Constant(kinds),
        )
    if not home:
        recent, names = newest_published(site, reversed(site.originals)), ("feed.xml", "atom.xml", "feed.json")
        yield from feed_pages(builder, home, site.config.title, recent, names)
    else:
        recent = newest_published(site, (post for post in reversed(site.posts) if post.language == language))
        title = f"{site.config.title} ({language})"
        yield from feed_pages(builder, home, title, recent, ("feed.xml",), language)


def _in(language: str, home: str) -> str:
    return f" in {language}" if home else ""


def _versions(site: Site, language: str, posts: Iterable[Post]) -> tuple[str, ...]:
    """Return the sources of `posts`, of each its translation into `language` if there is one."""
    if language == site.config.language:
        return sources_of(posts)
    return tuple(site.version_in(language, post).source for post in posts)


def _open_ask(site: Site) -> Post | None:
    """Return the newest post with an ask that is open and not past its day."""
    for post in reversed(site.originals):
        if (
            post.ask
            and post.ask.status == "open"
            and not post.ask.outcome
            and (not post.ask.by or post.ask.by >= site.today)
        ):
            return post
    return None


def _a_year_ago(site: Site) -> Post | None:
    """Return the story told nearest to this day a year ago, within a week of it."""
    near: list[tuple[int, str, Post]] = []
    for (year, month), places in site.months.items():
        if abs((site.today.year - year) * 12 + site.today.month - month - 12) <= 1:
            for place in places:
                post = site.originals[place]
                days = abs((site.today - post.date).days - 365) if post.date else 99
                if days <= 7:
                    near.append((days, post.id, post))
    return min(near, key=lambda found: found[:2])[2] if near else None
