"""The pages that show one post, or one page outside the stream."""

from collections.abc import Iterator

from storysite.digest import digest
from storysite.model.index import Index
from storysite.model.post import PageHeader, PostHeader
from storysite.model.school_year import SchoolYear
from storysite.plan.context import MenuItem
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.pages.listings import year_of
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
    Whole,
    sources_of,
)

RECENT = 2
"""School years whose stories are likely to be printed."""
YES, NO = (SharedConstant(answer, digest(answer)) for answer in (True, False))


def post_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the page of each post: the post itself, its neighbors, and what it has to do with."""
    cards = [CardOf(post.source) for post in index.originals]
    places = {post.source: place for place, post in enumerate(index.originals)}
    related, answers, by_id = index.related, index.answers, index.by_id
    years = {year: _link(year) for year in index.years}
    recent = list(years)[-RECENT:]
    for post in (*index.posts, *index.unlisted_posts):
        source, place = post.source, places.get(post.source, -1)
        yield builder.page(
            "post",
            post.url,
            source,
            template=builder.layout(post, "post"),
            language=post.language,
            page=PageOf(source),
            post=Whole(source),
            picture=PictureOf(source),
            share=Constant(builder.share.of(post)),
            previous=cards[place - 1] if place > 0 else NO_CARD,
            next=cards[place + 1] if 0 <= place < len(cards) - 1 else NO_CARD,
            related=Cards(related[place]) if place >= 0 and related[place] else NO_CARDS,
            translations=CardsOf(sources_of(versions)) if (versions := index.versions(post)) else NO_CARDS,
            follows=_answered(post, by_id.get(post.follows_up)),
            answers=CardsOf(sources_of(after)) if (after := answers.get(post.id)) else NO_CARDS,
            year=years.get(year, NO_CARD) if (year := year_of(index, post)) else NO_CARD,
            recent=YES if year in recent else NO,
        )


def static_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the pages outside the stream."""
    below: dict[str, list[PageHeader]] = {}
    for page in sorted(index.pages, key=lambda page: (page.order or 1000, page.title.casefold(), page.source)):
        parent = page.url.rstrip("/").rpartition("/")[0]
        below.setdefault(parent + "/" if parent else "", []).append(page)
    for page in (*index.pages, *index.unlisted_pages):
        parent = page.url.rstrip("/").rpartition("/")[0]
        siblings = below.get(page.url) or (below.get(parent + "/", []) if parent else [])
        yield builder.page(
            "page",
            page.url,
            page.source,
            template=builder.layout(page, "page"),
            language=page.language,
            page=PageOf(page.source),
            post=Whole(page.source),
            picture=PictureOf(page.source),
            share=Constant(builder.share.of(page)),
            translations=CardsOf(sources_of(versions)) if (versions := index.versions(page)) else NO_CARDS,
            section=CardsOf(sources_of(other for other in siblings if other.url)),
        )


def _answered(post: PostHeader, before: PostHeader | None) -> Slice:
    """Return the card of the post that `post` follows up; only an unlisted page shows that of an unlisted one."""
    return CardOf(before.source) if before and (post.unlisted or not before.unlisted) else NO_CARD


def _link(year: SchoolYear) -> Slice:
    link = MenuItem(year.name, year.url)
    return SharedConstant(link, digest(link))
