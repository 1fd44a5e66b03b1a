"""The pages that list stories: of groups, of school years and months, each with where it stands among the others."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from storysite.model.group import Group
from storysite.model.index import Index
from storysite.model.post import PostHeader
from storysite.model.school_year import SchoolYear, school_year, start_of
from storysite.model.urls import month_url
from storysite.plan.context import FeedLink, GroupContext, MenuItem, PageContext, Paging
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.pages.feeds import feed_pages, newest_published
from storysite.plan.paging import page_windows
from storysite.plan.slices import Cards, Constant, Wholes, Years, months_of

MAX_BOOKLET_STORIES = 60
"""Stories of a term that are printed as a booklet: a weekly blog has 20, and 60 are a hundred sheets."""


def group_pages(index: Index, builder: PageBuilder, kind: str) -> Iterator[Page]:
    """Yield the list of all groups of a kind, and the pages and the feed of each."""
    groups = index.groups[kind]
    if not groups:
        return
    listed = [group_context(builder, group) for group in groups.values()]
    if kind != "kind":
        listed.sort(key=lambda group: (-group.count, group.name.casefold(), group.name))
    title, folder = listed[0].label, index.taxonomies[kind].folder
    yield builder.page(
        "groups",
        f"{folder}/",
        f"the list of {folder}",
        page=Constant(PageContext(f"{folder}/", title)),
        groups=Constant(listed),
    )
    for group in groups.values():
        yield from _listing(index, builder, group)


def _listing(index: Index, builder: PageBuilder, group: Group) -> Iterator[Page]:
    spans = page_windows(len(group.members), index.config.posts_per_page)
    urls = [*(f"{group.url}page/{number}/" for number in range(1, len(spans))), group.url]
    shown = replace(group_context(builder, group), newest=None)
    title = builder.title_of(group)
    feed = FeedLink(f"{index.config.title}: {title}", f"{group.url}feed.xml")
    for url, span, paging in zip(urls, spans, pagings(urls, front=group.url), strict=True):
        yield builder.page(
            "group",
            url,
            f"the {group.kind} “{group.name}”",
            page=Constant(PageContext(url, title, feed=feed, indexed=url == group.url)),
            group=Constant(shown if url == group.url else replace(shown, count=0)),
            paging=Constant(paging),
            stories=Cards(group.members[span.start : span.stop][::-1]),
        )
    members = (index.originals[place] for place in reversed(group.members))
    yield from feed_pages(builder, group.url, feed.title, newest_published(index, members))


def archive_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the archive, and a page for each school year and each month."""
    kinds = Constant([group_context(builder, group) for group in index.groups["kind"].values()])
    yield builder.page(
        "archive",
        "archive/",
        "the archive",
        page=Constant(PageContext("archive/", builder.gettext("Archive"))),
        years=Years(),
        undated=Cards(index.undated),
        kinds=kinds,
    )
    for (year, places), paging in zip(index.years.items(), pagings([year.url for year in index.years]), strict=True):
        terms = _terms(index, builder, year, places)
        yield builder.page(
            "year",
            year.url,
            f"the school year {year.name}",
            page=Constant(PageContext(year.url, year.name)),
            stories=Cards(places),
            months=Constant(months_of(index, places)),
            terms=Constant([MenuItem(name, url) for name, url, _ in terms]),
            paging=Constant(paging),
        )
        for name, url, sources in terms:
            yield builder.page(
                "term",
                url,
                f"the booklet of {name}",
                page=Constant(PageContext(url, name)),
                year=Constant(MenuItem(year.name, year.url)),
                entries=Wholes(sources),
            )
    urls = [month_url(*month) for month in index.months]
    for (month, places), url, paging in zip(index.months.items(), urls, pagings(urls), strict=True):
        first = date(*month, 1)
        yield builder.page(
            "month",
            url,
            f"the month {first:%Y-%m}",
            page=Constant(PageContext(url, f"{first:%Y-%m}")),
            month=Constant(first),
            stories=Cards(places[::-1]),
            paging=Constant(paging),
        )


def _terms(index: Index, builder: PageBuilder, year: SchoolYear, places: range) -> list[tuple[str, str, list[str]]]:
    """Return name, URL and posts of each term of a school year that fits in a booklet."""
    begin = index.config.school_year_start
    starts = sorted({start_of(year, day, begin) for day in (begin, *index.config.terms)})
    posts = [index.originals[place] for place in places]
    found = []
    for number, (start, end) in enumerate(pairwise([*starts, date.max]), 1):
        recent = [post.source for post in posts if post.date and start <= post.date < end]
        if 0 < len(recent) <= MAX_BOOKLET_STORIES:
            name = builder.gettext("%(year)s, term %(number)s") % {"year": year.name, "number": number}
            found.append((name, f"{year.url}term-{number}/", recent))
    return found


def year_of(index: Index, post: PostHeader) -> SchoolYear | None:
    """Return the school year that a post was told in."""
    return school_year(post.date, index.config.school_year_start) if post.date else None


def pagings(urls: Sequence[str], front: str = "") -> Iterator[Paging]:
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
    newest = builder.index.originals[group.members[-1]].date
    label, name = builder.label_of(group.kind, language), builder.name_of(group, language)
    return GroupContext(group.kind, label, name, group.slug, group.url, len(group.members), newest)
