"""The pages that a theme adds to a site, each with the stories it lists."""

from collections.abc import Iterator

from storysite.model.index import Index
from storysite.model.theme import ThemePage
from storysite.plan.context import PageContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder, listed_places
from storysite.plan.pages.listings import pagings
from storysite.plan.paging import page_windows
from storysite.plan.slices import Cards, Constant


def theme_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the pages of the theme's own, in the site's language."""
    for name, page in builder.theme.design.pages.items():
        yield from _numbered_pages(index, builder, name, page)


def _numbered_pages(index: Index, builder: PageBuilder, name: str, page: ThemePage) -> Iterator[Page]:
    """Yield a page of the theme's: one, or as many as its listing fills, numbered from the oldest story."""
    listed = sorted(listed_places(index, page.listing))
    spans = page_windows(len(listed), page.paging) if page.paging else [range(len(listed))]
    urls = [*(f"{page.url}page/{number}/" for number in range(1, len(spans))), page.url]
    title = builder.gettext(page.title)
    for url, span, paging in zip(urls, spans, pagings(urls, front=page.url), strict=True):
        shown = listed[span.start : span.stop]
        yield builder.page(
            name,
            url,
            f"the theme's page “{name}”",
            page=Constant(PageContext(url, title, indexed=url == page.url)),
            stories=Cards(shown if page.listing.order == "oldest" else shown[::-1]),
            paging=Constant(paging),
        )
