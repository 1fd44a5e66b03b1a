"""The full list of wanted pages, made anew unless only texts changed: what each is, where it lies, what it may show."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from storysite.model.group import FOLDERS
from storysite.model.post import Post
from storysite.model.site import Site
from storysite.plan.draw import Draw
from storysite.plan.facts import PageFacts
from storysite.plan.listings import archive_pages, feed_pages, group_facts, group_pages, newest
from storysite.plan.page import Page, Template
from storysite.plan.slices import (
    NO_CARD,
    NO_CARDS,
    CardOf,
    Cards,
    CardsOf,
    Facts,
    PageOf,
    PictureOf,
    Urls,
    Whole,
)

SITEMAP_URLS = 50_000
"""Addresses in one sitemap file, the protocol's limit (sitemaps.org)."""


def pages(site: Site, templates: Mapping[str, Template], assets: Mapping[str, str]) -> Iterator[Page]:
    """Yield every page of the site that has a template. `assets` maps the theme's files to their URLs."""
    draw = Draw(site, templates, assets)
    yield from _posts(site, draw)
    yield from _pages(site, draw)
    for kind in FOLDERS:
        yield from group_pages(site, draw, kind)
    yield from archive_pages(site, draw)
    yield from _front(site, draw)
    yield from feed_pages(
        draw, "", site.config.title, newest(site, range(len(site.posts))), ("feed.xml", "atom.xml", "feed.json")
    )
    yield from _sitemap(site, draw)
    yield from _redirects(site, draw)


def _posts(site: Site, draw: Draw) -> Iterator[Page]:
    cards = [CardOf(post.source) for post in site.posts]
    places = {post.source: place for place, post in enumerate(site.posts)}
    related, answers, by_id = site.related, site.answers, site.by_id
    for post in site.stories:
        source, place = post.source, places.get(post.source, -1)
        yield draw(
            post.url,
            draw.layout(post, "post.html"),
            source,
            page=PageOf(source),
            post=Whole(source),
            picture=PictureOf(source),
            previous=cards[place - 1] if place > 0 else NO_CARD,
            next=cards[place + 1] if 0 <= place < len(cards) - 1 else NO_CARD,
            related=Cards(related[place]) if place >= 0 and related[place] else NO_CARDS,
            translations=CardsOf(_sources(versions)) if (versions := site.versions(post)) else NO_CARDS,
            follows=CardOf(before.source) if (before := by_id.get(post.follows_up)) else NO_CARD,
            answers=CardsOf(_sources(after)) if (after := answers.get(post.id)) else NO_CARDS,
        )


def _pages(site: Site, draw: Draw) -> Iterator[Page]:
    below: dict[str, list[Post]] = {}
    for page in sorted(site.pages, key=lambda page: (page.order or 1000, page.title.casefold(), page.source)):
        parent = page.url.rstrip("/").rpartition("/")[0]
        below.setdefault(parent + "/" if parent else "", []).append(page)
    for page in site.pages:
        parent = page.url.rstrip("/").rpartition("/")[0]
        siblings = below.get(page.url) or (below[parent + "/"] if parent else [])
        yield draw(
            page.url,
            draw.layout(page, "page.html"),
            page.source,
            page=PageOf(page.source),
            post=Whole(page.source),
            picture=PictureOf(page.source),
            section=CardsOf(_sources(other for other in siblings if other.url)),
        )


def _sources(posts: Iterable[Post]) -> tuple[str, ...]:
    return tuple(post.source for post in posts)


def _front(site: Site, draw: Draw) -> Iterator[Page]:
    title = site.config.title
    pinned = [place for place in range(len(site.posts)) if site.posts[place].pin]
    unpinned = (place for place in reversed(range(len(site.posts))) if not site.posts[place].pin)
    front = [*reversed(pinned), *islice(unpinned, site.config.posts_per_page)]
    yield draw(
        "",
        "home.html",
        "the home page",
        page=Facts(PageFacts("", title, site.config.tagline)),
        stories=Cards(front),
        ask=CardOf(ask.source) if (ask := _open_ask(site)) else NO_CARD,
        year_ago=CardOf(year_ago.source) if (year_ago := _a_year_ago(site)) else NO_CARD,
    )
    groups = [
        group_facts(site, group)
        for kind in ("kind", "audience", "series", "tag")
        for group in site.groups[kind].values()
    ]
    yield draw(
        "subscribe/",
        "subscribe.html",
        "the subscribe page",
        page=Facts(PageFacts("subscribe/", "Subscribe")),
        groups=Facts(groups),
    )
    facts = PageFacts("404.html", "Not on this shelf", indexed=False)
    yield draw(
        "404.html",
        "404.html",
        "the page for lost addresses",
        page=Facts(facts),
        stories=Cards(newest(site, range(len(site.posts)))[:5]),
    )


def _open_ask(site: Site) -> Post | None:
    """Return the newest post with an ask that is open and not past its day."""
    for post in reversed(site.posts):
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
                post = site.posts[place]
                days = abs((site.today - post.date).days - 365) if post.date else 99
                if days <= 7:
                    near.append((days, post.id, post))
    return min(near, key=lambda found: found[:2])[2] if near else None


def _sitemap(site: Site, draw: Draw) -> Iterator[Page]:
    posts = [*site.pages, *site.stories]
    spans = [posts[start : start + SITEMAP_URLS] for start in range(0, max(1, len(posts)), SITEMAP_URLS)]
    if len(spans) == 1:
        yield draw("sitemap.xml", "sitemap.xml", "the sitemap", urls=Urls(_sources(posts)))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(spans) + 1)]
        for name, span in zip(names, spans, strict=True):
            yield draw(name, "sitemap.xml", "the sitemap", urls=Urls(_sources(span)))
        yield draw("sitemap.xml", "sitemap-index.xml", "the sitemap", names=Facts(names))
    yield draw("robots.txt", "robots.txt", "robots.txt")


def _redirects(site: Site, draw: Draw) -> Iterator[Page]:
    for post in [*site.pages, *site.stories]:
        for alias in post.aliases:
            if alias.casefold() != post.url.casefold():
                facts = PageFacts(alias, post.title, indexed=False, language=post.language)
                yield draw(alias, "redirect.html", post.source, page=Facts(facts), target=Facts(post.url))
