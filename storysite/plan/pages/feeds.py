"""Feeds: the newest posts with their texts, in the forms that feed readers know."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from storysite.model.index import Index
from storysite.model.post import PostHeader
from storysite.model.visibility import reason_hidden
from storysite.plan.context import FeedContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.page_types import PAGE_TYPES
from storysite.plan.slices import Constant, Loops, Wholes

FEED_ITEMS = 20
"""Newest posts in a feed: readers poll at least weekly, mail services refuse much larger files (FACTS: 250 KB)."""


def feed_pages(
    builder: PageBuilder,
    home: str,
    title: str,
    sources: Sequence[str],
    kinds: Iterable[str] = ("rss",),
    language: str = "",
) -> Iterator[Page]:
    """Yield a feed of the posts `sources` in each of the forms `kinds`, which are page types, for the page `home`."""
    for kind in kinds:
        url = home + PAGE_TYPES[kind].template
        told = language or builder.index.config.language
        yield builder.page(
            kind,
            url,
            f"the feed {url}",
            language=language,
            feed=Constant(FeedContext(title, url, home, told)),
            entries=Wholes(sources),
            loops=Loops([_loop(builder.index, source) for source in sources]),
        )


def _loop(index: Index, source: str) -> tuple[str, str, Sequence[str]]:
    """Return a post, the one that it follows up ("" for none), and those that follow it up, all of them published."""
    post = index.by_source[source]
    before = index.by_id.get(post.follows_up) if isinstance(post, PostHeader) else None
    shown = before and not before.unlisted and reason_hidden(before, index.now) is None
    return source, before.source if before and shown else "", newest_published(index, index.answers.get(post.id, []))


def newest_published(index: Index, posts: Iterable[PostHeader]) -> list[str]:
    """Return the sources of the first of `posts` that a feed shows: neither drafts nor posts of a day to come."""
    seen = (post.source for post in posts if reason_hidden(post, index.now) is None)
    return list(islice(seen, FEED_ITEMS))
