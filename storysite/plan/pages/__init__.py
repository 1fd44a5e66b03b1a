"""The full list of wanted pages, made anew unless only texts changed: what each is, where it lies, what it may show."""

from collections.abc import Iterator, Mapping

from storysite.digest import digest
from storysite.model.group import FOLDERS
from storysite.model.post import Post
from storysite.model.school_year import SchoolYear
from storysite.model.site import Site
from storysite.model.theme import Design
from storysite.plan.context import MenuItem, PageContext
from storysite.plan.page import Page, Template
from storysite.plan.page_builder import PageBuilder
from storysite.plan.pages.home import front_pages
from storysite.plan.pages.listings import archive_pages, group_pages, sources_of, year_of
from storysite.plan.slices import (
    NO_CARD,
    NO_CARDS,
    CardOf,
    Cards,
    CardsOf,
    Constant,
    PageOf,
    PictureOf,
    SharedConstant,
    Slice,
    Urls,
    Whole,
)

SITEMAP_URLS = 50_000
"""Addresses in one sitemap file, the protocol's limit (sitemaps.org)."""
RECENT = 2
"""School years whose stories are likely to be printed."""
YES, NO = (SharedConstant(answer, digest(answer)) for answer in (True, False))


def pages(site: Site, design: Design, templates: Mapping[str, Template], assets: Mapping[str, str]) -> Iterator[Page]:
    """Yield every page of the site that has a template. `assets` maps the theme's files to their URLs."""
    builder = PageBuilder(site, design, templates, assets)
    yield from _posts(site, builder)
    yield from _pages(site, builder)
    for kind in FOLDERS:
        yield from group_pages(site, builder, kind)
    yield from archive_pages(site, builder)
    yield from front_pages(site, builder)
    yield builder(builder.colors, "colors.css", "the theme's colours", colors=Constant(design.colors))
    yield from _sitemap(site, builder)
    yield from _redirects(site, builder)


def _posts(site: Site, builder: PageBuilder) -> Iterator[Page]:
    cards = [CardOf(post.source) for post in site.originals]
    places = {post.source: place for place, post in enumerate(site.originals)}
    related, answers, by_id = site.related, site.answers, site.by_id
    years = {year: _link(year) for year in site.years}
    recent = list(years)[-RECENT:]
    for post in site.posts:
        source, place = post.source, places.get(post.source, -1)
        yield builder(
            post.url,
            builder.layout(post, "post.html"),
            source,
            language=post.language,
            page=PageOf(source),
            post=Whole(source),
            picture=PictureOf(source),
            previous=cards[place - 1] if place > 0 else NO_CARD,
            next=cards[place + 1] if 0 <= place < len(cards) - 1 else NO_CARD,
            related=Cards(related[place]) if place >= 0 and related[place] else NO_CARDS,
            translations=CardsOf(sources_of(versions)) if (versions := site.versions(post)) else NO_CARDS,
            follows=CardOf(before.source) if (before := by_id.get(post.follows_up)) else NO_CARD,
            answers=CardsOf(sources_of(after)) if (after := answers.get(post.id)) else NO_CARDS,
            year=years.get(year, NO_CARD) if (year := year_of(site, post)) else NO_CARD,
            recent=YES if year in recent else NO,
        )


def _pages(site: Site, builder: PageBuilder) -> Iterator[Page]:
    below: dict[str, list[Post]] = {}
    for page in sorted(site.pages, key=lambda page: (page.order or 1000, page.title.casefold(), page.source)):
        parent = page.url.rstrip("/").rpartition("/")[0]
        below.setdefault(parent + "/" if parent else "", []).append(page)
    for page in site.pages:
        parent = page.url.rstrip("/").rpartition("/")[0]
        siblings = below.get(page.url) or (below[parent + "/"] if parent else [])
        yield builder(
            page.url,
            builder.layout(page, "page.html"),
            page.source,
            language=page.language,
            page=PageOf(page.source),
            post=Whole(page.source),
            picture=PictureOf(page.source),
            section=CardsOf(sources_of(other for other in siblings if other.url)),
        )


def _link(year: SchoolYear) -> Slice:
    link = MenuItem(year.name, year.url)
    return SharedConstant(link, digest(link))


def _sitemap(site: Site, builder: PageBuilder) -> Iterator[Page]:
    posts = [*site.pages, *site.posts]
    spans = [posts[start : start + SITEMAP_URLS] for start in range(0, max(1, len(posts)), SITEMAP_URLS)]
    if len(spans) == 1:
        yield builder("sitemap.xml", "sitemap.xml", "the sitemap", urls=Urls(sources_of(posts)))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(spans) + 1)]
        for name, span in zip(names, spans, strict=True):
            yield builder(name, "sitemap.xml", "the sitemap", urls=Urls(sources_of(span)))
        yield builder("sitemap.xml", "sitemap-index.xml", "the sitemap", names=Constant(names))
    yield builder("robots.txt", "robots.txt", "robots.txt")


def _redirects(site: Site, builder: PageBuilder) -> Iterator[Page]:
    for post in [*site.pages, *site.posts]:
        for alias in post.aliases:
            if alias.casefold() != post.url.casefold():
                context = PageContext(alias, post.title, indexed=False, language=post.language)
                yield builder(
                    alias,
                    "redirect.html",
                    post.source,
                    language=post.language,
                    page=Constant(context),
                    target=Constant(post.url),
                )
