"""The files that programs read: sitemap, robots.txt, redirects from old addresses, and the theme's colors."""

from collections.abc import Iterator, Sequence

from storysite.model.addresses import place_of
from storysite.model.index import Index
from storysite.model.post import PostHeader
from storysite.plan.context import PageContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.slices import Constant

SITEMAP_URLS = 50_000
"""Addresses in one sitemap file, the protocol's limit (sitemaps.org)."""


def colors_page(builder: PageBuilder) -> Page:
    """Return the style sheet with the theme's colors."""
    return builder.page("colors", builder.colors, "the theme's colors", colors=Constant(builder.theme.design.colors))


def sitemap_pages(builder: PageBuilder, listed: Sequence[Page]) -> Iterator[Page]:
    """Yield the sitemap of the pages `listed` in the site's own language; of very many, one of parts."""
    homes = {home for home in builder.index.homes.values() if home}
    urls = []
    for page in listed:
        post = builder.index.by_source.get(page.subject)
        if post and post.unlisted:
            continue
        told = post.moment if isinstance(post, PostHeader) else None
        if post or page.url not in homes:
            urls.append((page.url, (post.updated or told) if post else None))
    parts = [urls[start : start + SITEMAP_URLS] for start in range(0, max(1, len(urls)), SITEMAP_URLS)]
    if len(parts) == 1:
        yield builder.page("sitemap", "sitemap.xml", "the sitemap", urls=Constant(urls))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield builder.page("sitemap", name, "the sitemap", urls=Constant(part))
    yield builder.page("sitemaps", "sitemap.xml", "the sitemap", names=Constant(names))


def robots_page(builder: PageBuilder) -> Page:
    """Return robots.txt."""
    return builder.page("robots", "robots.txt", "robots.txt")


def redirect_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield a page at each old address that leads to the new one."""
    for post in (*index.pages, *index.unlisted_pages, *index.posts, *index.unlisted_posts):
        for alias in post.aliases:
            if place_of(alias) != place_of(post.url):
                context = PageContext(alias, post.title, indexed=False, language=post.language)
                yield builder.page(
                    "redirect",
                    alias,
                    post.source,
                    language=post.language,
                    page=Constant(context),
                    target=Constant(post.url),
                )
