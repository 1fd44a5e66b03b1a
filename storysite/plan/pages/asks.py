"""The public record of asks: what was asked, what came in, and what it did."""

from collections.abc import Iterator

from storysite.model.asks import is_open
from storysite.model.index import Index
from storysite.plan.context import PageContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.slices import Answered, CardsOf, Constant, sources_of

URL = "asks/"
MAX_ASKS = 300
"""Asks on the record, the newest: at one a month, of 25 years."""


def ask_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the record, if anything was ever asked; an author's own page at its address takes its place."""
    asks = index.asks[: -MAX_ASKS - 1 : -1]
    if not asks or any(page.url == URL for page in (*index.pages, *index.unlisted_pages)):
        return
    now = [post for post in asks if post.ask and is_open(post.ask, index.today)]
    before = [post for post in asks if post.ask and not is_open(post.ask, index.today)]
    yield builder.page(
        "asks",
        URL,
        "the record of asks",
        page=Constant(PageContext(URL, builder.gettext("Asked and answered"))),
        asks=CardsOf(sources_of(now)),
        answered=Answered(tuple((post.source, sources_of(index.answers.get(post.id, []))) for post in before)),
    )
