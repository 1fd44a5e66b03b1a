"""The pages that list stories: of groups, of school years and months, each with where it stands among the others."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, pairwise

from msgspec.structs import replace

from storysite.model.group import FOLDERS, Group
from storysite.model.post import Post
from storysite.model.school_year import SchoolYear, school_year, start_of
from storysite.model.site import Site
from storysite.model.urls import month_url
from storysite.model.visibility import reason_hidden
from storysite.plan.context import FeedContext, FeedLink, GroupContext, MenuItem, PageContext, Paging
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.paging import page_windows
from storysite.plan.slices import Cards, Constant, Wholes, Years, months_of

MAX_BOOKLET_STORIES = 60
"""Stories of a term that are printed as a booklet: a weekly blog has 20, and 60 are a hundred sheets."""
FEED_ITEMS = 20
"""Newest posts in a feed: readers poll at least weekly, mail services refuse much larger files (FACTS: 250 KB)."""


def group_pages(site: Site, builder: PageBuilder, kind: str) -> Iterator[Page]:
    """Yield the list of all groups of a kind, and the pages and the feed of each."""
    groups = site.groups[kind]
    if not groups:
        return
    listed = [group_context(builder, group) for group in groups.values()]
    if kind != "kind":
        listed.sort(key=lambda group: (-group.count, group.name.casefold(), group.name))
    title = listed[0].label
    yield builder(
        f"{FOLDERS[kind]}/",
        "groups.html",
        f"the list of {FOLDERS[kind]}",
        page=Constant(PageContext(f"{FOLDERS[kind]}/", title)),
        groups=Constant(listed),
    )
    for group in groups.values():
        yield from _listing(site, builder, group)


def _listing(site: Site, builder: PageBuilder, group: Group) -> Iterator[Page]:
    spans = page_windows(len(group.members), site.config.posts_per_page)
    urls = [*(f"{group.url}page/{number}/" for number in range(1, len(spans))), group.url]
    shown = replace(group_context(builder, group), newest=None)
    feed = FeedLink(f"{site.config.title}: {shown.name}", f"{group.url}feed.xml")
    for url, span, paging in zip(urls, spans, _pagings(urls, front=group.url), strict=True):
        yield builder(
            url,
            "group.html",
            f"the {group.kind} “{group.name}”",
            page=Constant(PageContext(url, shown.name, feed=feed)),
            group=Constant(shown if url == group.url else replace(shown, count=0)),
            paging=Constant(paging),
            stories=Cards(group.members[span.start : span.stop][::-1]),
        )
    members = (site.originals[place] for place in reversed(group.members))
    yield from feed_pages(builder, group.url, feed.title, newest_published(site, members), ("feed.xml",))


def archive_pages(site: Site, builder: PageBuilder) -> Iterator[Page]:
    """Yield the archive, and a page for each school year and each month."""
    kinds = Constant([group_context(builder, group) for group in site.groups["kind"].values()])
    yield builder(
        "archive/",
        "archive.html",
        "the archive",
        page=Constant(PageContext("archive/", builder.gettext("Archive"))),
        years=Years(),
        undated=Cards(site.undated),
        kinds=kinds,
    )
    for (year, places), paging in zip(site.years.items(), _pagings([year.url for year in site.years]), strict=True):
        terms = _terms(site, builder, year, places)
        yield builder(
            year.url,
            "year.html",
            f"the school year {year.name}",
            page=Constant(PageContext(year.url, year.name)),
            stories=Cards(places),
            months=Constant(months_of(site, places)),
            terms=Constant([MenuItem(name, url) for name, url, _ in terms]),
            paging=Constant(paging),
        )
        for name, url, sources in terms:
            yield builder(
                url,
                "term.html",
                f"the booklet of {name}",
                page=Constant(PageContext(url, name, indexed=False)),
                year=Constant(MenuItem(year.name, year.url)),
                entries=Wholes(sources),
            )
    urls = [month_url(*month) for month in site.months]
    for (month, places), url, paging in zip(site.months.items(), urls, _pagings(urls), strict=True):
        first = date(*month, 1)
        yield builder(
            url,
            "month.html",
            f"the month {first:%Y-%m}",
            page=Constant(PageContext(url, f"{first:%Y-%m}")),
            month=Constant(first),
            stories=Cards(places[::-1]),
            paging=Constant(paging),
        )


def _terms(site: Site, builder: PageBuilder, year: SchoolYear, places: range) -> list[tuple[str, str, list[str]]]:
    """Return name, URL and posts of each term of a school year that fits in a booklet."""
    begin = site.config.school_year_start
    starts = sorted({start_of(year, day, begin) for day in (begin, *site.config.terms)})
    posts = [site.originals[place] for place in places]
    found = []
    for number, (start, end) in enumerate(pairwise([*starts, date.max]), 1):
        recent = [post.source for post in posts if post.date and start <= post.date < end]
        if 0 < len(recent) <= MAX_BOOKLET_STORIES:
            name = builder.gettext("%(year)s, term %(number)s") % {"year": year.name, "number": number}
            found.append((name, f"{year.url}term-{number}/", recent))
    return found


def year_of(site: Site, post: Post) -> SchoolYear | None:
    """Return the school year that a post was told in."""
    return school_year(post.date, site.config.school_year_start) if post.date else None


def _pagings(urls: Sequence[str], front: str = "") -> Iterator[Paging]:
    """Yield where each of `urls`, oldest first, stands among the others; only `front` knows how many there are."""
    for place, url in enumerate(urls):
        yield Paging(
            number=place + 1,
            count=len(urls) if url == front else 0,
            newer=urls[place + 1] if place + 1 < len(urls) else None,
            older=urls[place - 1] if place else None,
        )


def group_context(builder: PageBuilder, group: Group, language: str = "") -> GroupContext:
    """Return what a listing in `language` may show of a group."""
    newest = builder.site.originals[group.members[-1]].date
    label, name = builder.label_of(group.kind, language), builder.name_of(group, language)
    return GroupContext(group.kind, label, name, group.slug, group.url, len(group.members), newest)


def feed_pages(
    builder: PageBuilder, home: str, title: str, sources: Sequence[str], names: Iterable[str], language: str = ""
) -> Iterator[Page]:
    """Yield a feed of the posts `sources` in each of the forms that `names` stand for, beside the page `home`."""
    for name in names:
        context = Constant(FeedContext(title=title, url=home + name, home=home))
        subject = f"the feed {home}{name}"
        yield builder(home + name, name, subject, language=language, feed=context, entries=Wholes(sources))


def newest_published(site: Site, posts: Iterable[Post]) -> list[str]:
    """Return the sources of the first of `posts` that a feed shows: neither drafts nor posts of a day to come."""
    seen = (post.source for post in posts if reason_hidden(post, site.now) is None)
    return list(islice(seen, FEED_ITEMS))


def sources_of(posts: Iterable[Post]) -> tuple[str, ...]:
    """Return the sources of `posts`, as a Slice names them."""
    return tuple(post.source for post in posts)
