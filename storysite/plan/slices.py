"""Slices: references to the parts of a Site that a page may show. Each has a cheap digest, and a value when rendered.

A page's context is a list of named Slices, and that list is its dependency list: the digests make the
page's key, the values are what its template receives. Nothing else reaches a template.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Protocol

from msgspec import Struct

from storysite.digest import SIZE, digest
from storysite.model.site import Site
from storysite.model.urls import month_url
from storysite.plan.context import MonthContext, PageContext, YearContext

MAX_SPINES_PER_YEAR = 160
"""Stories of one school year that the archive shows as spines; a fuller year shows its months instead."""
NOTHING = bytes(SIZE)
"""The digest of what is not there."""


class Slice(Protocol):
    """A reference to a part of the Site. Equal values have equal digests."""

    def shows(self, site: Site) -> Iterable[str] | None:
        """Return the posts whose texts the value depends on, None for all: other texts leave its digest as it is."""

    def digest(self, site: Site) -> bytes:
        """Return the digest of the value, SIZE bytes long, without making the value if that is cheaper."""

    def value(self, site: Site) -> object:
        """Return what the template receives."""


class Constant(Struct, frozen=True, gc=False):
    """A plain value that the plan already has at hand."""

    fact: Any

    def shows(self, site: Site) -> Iterable[str] | None:
        return ()

    def digest(self, site: Site) -> bytes:
        return digest(self.fact)

    def value(self, site: Site) -> object:
        return self.fact


class SharedConstant(Struct, frozen=True, gc=False):
    """A plain value that many pages share, with its digest taken once."""

    fact: Any
    known_digest: bytes

    def shows(self, site: Site) -> Iterable[str] | None:
        return ()

    def digest(self, site: Site) -> bytes:
        return self.known_digest

    def value(self, site: Site) -> object:
        return self.fact


NO_CARD = SharedConstant(None, NOTHING)
NO_CARDS = SharedConstant((), NOTHING)


class Whole(Struct, frozen=True, gc=False):
    """A post with its text and with where its links lead."""

    source: str

    def shows(self, site: Site) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        return site.digest_of(site.by_source[self.source])

    def value(self, site: Site) -> object:
        return site.by_source[self.source]


class Wholes(Struct, frozen=True, gc=False):
    """Several posts with their texts."""

    sources: Sequence[str]

    def shows(self, site: Site) -> Iterable[str] | None:
        return self.sources

    def digest(self, site: Site) -> bytes:
        return _joined(site.digest_of(site.by_source[source]) for source in self.sources)

    def value(self, site: Site) -> object:
        return tuple(site.by_source[source] for source in self.sources)


class PageOf(Struct, frozen=True, gc=False):
    """The PageFacts of a post's own page; its Card has all of them."""

    source: str

    def shows(self, site: Site) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        return site.by_source[self.source].card_digest

    def value(self, site: Site) -> object:
        post = site.by_source[self.source]
        return PageContext(post.url, post.title, post.summary, language=post.language)


class PictureOf(Struct, frozen=True, gc=False):
    """The address of a post's card picture, None if it has none."""

    source: str

    def shows(self, site: Site) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        post = site.by_source[self.source]
        return digest(site.picture(post)) if post.image >= 0 else NOTHING

    def value(self, site: Site) -> object:
        return site.picture(site.by_source[self.source])


class CardOf(Struct, frozen=True, gc=False):
    """What a listing shows of one post."""

    source: str

    def shows(self, site: Site) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        return site.card_digests[self.source]

    def value(self, site: Site) -> object:
        return site.card(site.by_source[self.source])


class Cards(Struct, frozen=True, gc=False):
    """What a listing shows of several posts, by their places in `Site.posts`."""

    places: Sequence[int]

    def shows(self, site: Site) -> Iterable[str] | None:
        return [site.originals[place].source for place in self.places]

    def digest(self, site: Site) -> bytes:
        digests, posts = site.card_digests, site.originals
        return _joined([digests[posts[place].source] for place in self.places])

    def value(self, site: Site) -> object:
        return tuple(site.card(site.originals[place]) for place in self.places)


class CardsOf(Struct, frozen=True, gc=False):
    """What a listing shows of posts that are not in `Site.posts`: translations and pages."""

    sources: Sequence[str]

    def shows(self, site: Site) -> Iterable[str] | None:
        return self.sources

    def digest(self, site: Site) -> bytes:
        return _joined([site.card_digests[source] for source in self.sources])

    def value(self, site: Site) -> object:
        return tuple(site.card(site.by_source[source]) for source in self.sources)


class Years(Struct, frozen=True, gc=False):
    """The school years, newest first, each with its months, and with its stories if they fit on a shelf."""

    def shows(self, site: Site) -> Iterable[str] | None:
        return None

    def digest(self, site: Site) -> bytes:
        shelves = [
            [
                year.slug,
                len(places),
                Cards(places[: MAX_SPINES_PER_YEAR + 1]).digest(site),
                months_of(site, places),
            ]
            for year, places in site.years.items()
        ]
        return digest([shelves, Cards(site.undated).digest(site)])

    def value(self, site: Site) -> object:
        return tuple(
            YearContext(
                name=year.name,
                url=year.url,
                count=len(places),
                months=months_of(site, places),
                stories=tuple(site.card(site.originals[place]) for place in places)
                if len(places) <= MAX_SPINES_PER_YEAR
                else (),
            )
            for year, places in reversed(site.years.items())
        )


class Urls(Struct, frozen=True, gc=False):
    """The addresses of posts with the day each was last changed, for the sitemap."""

    sources: Sequence[str]

    def shows(self, site: Site) -> Iterable[str] | None:
        return None

    def digest(self, site: Site) -> bytes:
        return digest(self.value(site))

    def value(self, site: Site) -> object:
        posts = (site.by_source[source] for source in self.sources)
        return tuple((post.url, (post.updated or post.moment)) for post in posts)


def months_of(site: Site, places: range) -> tuple[MonthContext, ...]:
    """Return the months that have stories among `places`, oldest first."""
    return tuple(
        MonthContext(first=date(year, month, 1), url=month_url(year, month), count=len(span))
        for (year, month), span in site.months.items()
        if span.start < places.stop and span.stop > places.start
    )


def _joined(digests: Iterable[bytes]) -> bytes:
    return blake2b(b"".join(digests), digest_size=SIZE).digest()
