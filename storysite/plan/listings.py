"""The pages that list stories: of groups, of school years and months, each with where it stands among the others."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from storysite.model.group import FOLDERS, Group
from storysite.model.routes import month_url
from storysite.model.shown import why_not
from storysite.model.site import Site
from storysite.plan.draw import Draw
from storysite.plan.facts import FeedFacts, FeedLink, GroupFacts, PageFacts, Paging
from storysite.plan.page import Page
from storysite.plan.paging import cut
from storysite.plan.slices import Cards, Facts, Wholes, Years, months_of

FEED_ITEMS = 20
"""Newest posts in a feed: readers poll at least weekly, mail services refuse much larger files (FACTS: 250 KB)."""
GROUP_TITLES = {
    "tag": "Tags",
    "category": "Categories",
    "author": "Authors",
    "series": "Series",
    "kind": "Kinds of stories",
    "audience": "Who it is for",
}


def group_pages(site: Site, draw: Draw, kind: str) -> Iterator[Page]:
    """Yield the list of all groups of a kind, and the pages and the feed of each."""
    groups = site.groups[kind]
    if not groups:
        return
    listed = [group_facts(site, group) for group in groups.values()]
    if kind != "kind":
        listed.sort(key=lambda group: (-group.count, group.name.casefold(), group.name))
    title = GROUP_TITLES[kind]
    yield draw(
        f"{FOLDERS[kind]}/",
        "groups.html",
        f"the list of {title.lower()}",
        page=Facts(PageFacts(f"{FOLDERS[kind]}/", title)),
        groups=Facts(listed),
    )
    for group in groups.values():
        yield from _listing(site, draw, group)
        title = f"{site.config.title}: {group.name}"
        yield from feed_pages(draw, group.url, title, newest(site, group.members), ("feed.xml",))


def _listing(site: Site, draw: Draw, group: Group) -> Iterator[Page]:
    spans = cut(len(group.members), site.config.posts_per_page)
    urls = [*(f"{group.url}page/{number}/" for number in range(1, len(spans))), group.url]
    feed = FeedLink(f"{site.config.title}: {group.name}", f"{group.url}feed.xml")
    for url, span, paging in zip(urls, spans, _pagings(urls, front=group.url), strict=True):
        facts = GroupFacts(
            group.kind, group.name, group.slug, group.url, len(group.members) if url == group.url else 0, None
        )
        yield draw(
            url,
            "group.html",
            f"the {group.kind} “{group.name}”",
            page=Facts(PageFacts(url, group.name, feed=feed)),
            group=Facts(facts),
            paging=Facts(paging),
            stories=Cards(group.members[span.start : span.stop][::-1]),
        )


def archive_pages(site: Site, draw: Draw) -> Iterator[Page]:
    """Yield the archive, and a page for each school year and each month."""
    kinds = Facts([group_facts(site, group) for group in site.groups["kind"].values()])
    yield draw(
        "archive/",
        "archive.html",
        "the archive",
        page=Facts(PageFacts("archive/", "Archive")),
        years=Years(),
        undated=Cards(site.undated),
        kinds=kinds,
    )
    for (year, places), paging in zip(site.years.items(), _pagings([year.url for year in site.years]), strict=True):
        yield draw(
            year.url,
            "year.html",
            f"the school year {year.name}",
            page=Facts(PageFacts(year.url, year.name)),
            stories=Cards(places),
            months=Facts(months_of(site, places)),
            paging=Facts(paging),
        )
    urls = [month_url(*month) for month in site.months]
    for (month, places), url, paging in zip(site.months.items(), urls, _pagings(urls), strict=True):
        first = date(*month, 1)
        yield draw(
            url,
            "month.html",
            f"the month {first:%Y-%m}",
            page=Facts(PageFacts(url, f"{first:%Y-%m}")),
            month=Facts(first),
            stories=Cards(places[::-1]),
            paging=Facts(paging),
        )


def _pagings(urls: Sequence[str], front: str = "") -> Iterator[Paging]:
    """Yield where each of `urls`, oldest first, stands among the others; only `front` knows how many there are."""
    for place, url in enumerate(urls):
        yield Paging(
            number=place + 1,
            count=len(urls) if url == front else 0,
            newer=urls[place + 1] if place + 1 < len(urls) else None,
            older=urls[place - 1] if place else None,
        )


def group_facts(site: Site, group: Group) -> GroupFacts:
    """Return what a listing may show of a group."""
    newest = site.posts[group.members[-1]].date
    return GroupFacts(group.kind, group.name, group.slug, group.url, len(group.members), newest)


def feed_pages(draw: Draw, home: str, title: str, places: Sequence[int], names: Iterable[str]) -> Iterator[Page]:
    """Yield a feed of the posts at `places` in each of the forms that `names` stand for, beside the page `home`."""
    for name in names:
        facts = FeedFacts(title=title, url=home + name, home=home)
        yield draw(home + name, name, f"the feed {home}{name}", feed=Facts(facts), entries=Wholes(places))


def newest(site: Site, places: Sequence[int]) -> Sequence[int]:
    """Return the newest of `places` that a feed shows: neither drafts nor posts of a day to come."""
    found: list[int] = []
    for place in reversed(places):
        if why_not(site.posts[place], site.now) is None:
            found.append(place)
            if len(found) == FEED_ITEMS:
                break
    return found
