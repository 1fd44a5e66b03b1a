"""Every page of a site, from its Index: each file here makes those of one part. No page depends on a text alone."""

from collections.abc import Iterable, Iterator, Mapping

from storysite.model.index import Index
from storysite.model.theme import Theme
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.page_types import PageType
from storysite.plan.pages.asks import ask_pages
from storysite.plan.pages.home import front_pages
from storysite.plan.pages.listings import archive_pages, group_pages
from storysite.plan.pages.machine import colors_page, redirect_pages, robots_page, sitemap_pages
from storysite.plan.pages.plugins import added_pages
from storysite.plan.pages.posts import post_pages, static_pages
from storysite.plan.pages.theme import theme_pages
from storysite.plan.words import Words


def pages_of(index: Index, words: Words, theme: Theme) -> Iterator[Page]:
    """Yield every page of the site that has a template."""
    builder = PageBuilder(index, words, theme)
    listed: dict[str, list[Page]] = {name: [] for name in builder.types}
    for page in _readable_pages(index, builder):
        if page.in_sitemap:
            listed[page.type].append(page)
        yield page
    yield colors_page(builder)
    yield from sitemap_pages(builder, [page for pages in listed.values() for page in pages])
    yield robots_page(builder)
    yield from redirect_pages(index, builder)
    yield from builder.share.pages()


def _readable_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the pages that readers may come across."""
    yield from post_pages(index, builder)
    yield from static_pages(index, builder)
    for kind in index.groups:
        yield from group_pages(index, builder, kind)
    yield from archive_pages(index, builder)
    yield from ask_pages(index, builder)
    yield from front_pages(index, builder)
    yield from theme_pages(index, builder)
    yield from added_pages(index, builder)


def addresses_in(pages: Iterable[Page], types: Mapping[str, PageType]) -> set[str]:
    """Return the URLs of those of `pages`, of these types, that a post may link to."""
    return {page.url for page in pages if page.type and types[page.type].linked}
