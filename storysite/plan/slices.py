"""Slices: references to the parts of a Site that a page may show. Each has a cheap digest, and a value when rendered.

A page's context is a list of named Slices, and that list is its dependency list: the digests make the
page's key, the values are what its template receives. Nothing else reaches a template.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Protocol

from msgspec import Struct

from storysite.digest import SIZE, digest, digest_bytes
from storysite.model.index import Index
from storysite.model.post import Card, Header
from storysite.model.site import Site
from storysite.model.urls import month_url
from storysite.plan.context import MonthContext, PageContext, YearContext

MAX_SPINES_PER_YEAR = 160
"""Stories of one school year that the archive shows as spines; a fuller year shows its months instead."""
NOTHING = bytes(SIZE)
"""The digest of what is not there."""


class Slice(Protocol):
    """A reference to a part of the Site. Equal values have equal digests."""

    def shows(self, index: Index) -> Iterable[str] | None:
        """Return the posts whose texts the value depends on, None for all: other texts leave its digest as it is."""

    def digest(self, site: Site) -> bytes:
        """Return the digest of the value, SIZE bytes long, without making the value if that is cheaper."""

    def value(self, site: Site) -> object:
        """Return what the template receives."""


class Constant(Struct, frozen=True, gc=False):
    """A plain value that the plan already has at hand."""

    fact: Any

    def shows(self, index: Index) -> Iterable[str] | None:
        return ()

    def digest(self, site: Site) -> bytes:
        return digest(self.fact)

    def value(self, site: Site) -> object:
        return self.fact


class SharedConstant(Struct, frozen=True, gc=False):
    """A plain value that many pages share, with its digest taken once."""

    fact: Any
    known_digest: bytes

    def shows(self, index: Index) -> Iterable[str] | None:
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

    def shows(self, index: Index) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        return site.digest_of(site.by_source[self.source])

    def value(self, site: Site) -> object:
        return site.by_source[self.source]


class Wholes(Struct, frozen=True, gc=False):
    """Several posts with their texts."""

    sources: Sequence[str]

    def shows(self, index: Index) -> Iterable[str] | None:
        return self.sources

    def digest(self, site: Site) -> bytes:
        return _joined(site.digest_of(site.by_source[source]) for source in self.sources)

    def value(self, site: Site) -> object:
        return tuple(site.by_source[source] for source in self.sources)


class PageOf(Struct, frozen=True, gc=False):
    """The PageFacts of a post's own page; its Card has all of them, but whether it is unlisted."""

    source: str

    def shows(self, index: Index) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        post = site.by_source[self.source]
        return digest_bytes(post.card_digest, b"unlisted") if post.unlisted else post.card_digest

    def value(self, site: Site) -> object:
        post = site.by_source[self.source]
        return PageContext(post.url, post.title, post.summary, language=post.language, indexed=not post.unlisted)


class PictureOf(Struct, frozen=True, gc=False):
    """A post's card picture, None if it has none."""

    source: str

    def shows(self, index: Index) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        post = site.by_source[self.source]
        return digest(site.picture(post)) if post.image >= 0 else NOTHING

    def value(self, site: Site) -> object:
        return site.picture(site.by_source[self.source])


class CardOf(Struct, frozen=True, gc=False):
    """What a listing shows of one post."""

    source: str

    def shows(self, index: Index) -> Iterable[str] | None:
        return (self.source,)

    def digest(self, site: Site) -> bytes:
        return site.card_digests[self.source]

    def value(self, site: Site) -> object:
        return site.card(self.source)


class Cards(Struct, frozen=True, gc=False):
    """What a listing shows of several posts, by their places in `Index.originals`."""

    places: Sequence[int]

    def shows(self, index: Index) -> Iterable[str] | None:
        return [index.originals[place].source for place in self.places]

    def digest(self, site: Site) -> bytes:
        digests, posts = site.card_digests, site.index.originals
        return _joined([digests[posts[place].source] for place in self.places])

    def value(self, site: Site) -> tuple[Card, ...]:
        return tuple([site.card(site.index.originals[place].source) for place in self.places])


class CardsOf(Struct, frozen=True, gc=False):
    """What a listing shows of posts that are not in `Index.originals`: translations and pages."""

    sources: Sequence[str]

    def shows(self, index: Index) -> Iterable[str] | None:
        return self.sources

    def digest(self, site: Site) -> bytes:
        return _joined([site.card_digests[source] for source in self.sources])

    def value(self, site: Site) -> object:
        return tuple([site.card(source) for source in self.sources])


class Answered(Struct, frozen=True, gc=False):
    """Posts, each with those that follow it up, as pairs of a Card and its answers' Cards."""

    pairs: Sequence[tuple[str, Sequence[str]]]

    def shows(self, index: Index) -> Iterable[str] | None:
        return [source for first, after in self.pairs for source in (first, *after)]

    def digest(self, site: Site) -> bytes:
        digests = site.card_digests
        return digest([[digests[source] for source in (first, *after)] for first, after in self.pairs])

    def value(self, site: Site) -> object:
        return tuple(
            [(site.card(first), tuple([site.card(source) for source in after])) for first, after in self.pairs]
        )


class Loops(Struct, frozen=True, gc=False):
    """For each of some posts, by source, the Card of the one that it follows up or none, and those of its answers."""

    links: Sequence[tuple[str, str, Sequence[str]]]

    def shows(self, index: Index) -> Iterable[str] | None:
        return [source for _, before, after in self.links for source in (before, *after) if source]

    def digest(self, site: Site) -> bytes:
        known = site.card_digests
        return digest([(source, known.get(before), [*map(known.get, after)]) for source, before, after in self.links])

    def value(self, site: Site) -> object:
        return {
            source: (site.card(before) if before else None, tuple([site.card(each) for each in after]))
            for source, before, after in self.links
        }


class Years(Struct, frozen=True, gc=False):
    """The school years, newest first, each with its months, and with its stories if they fit on a shelf."""

    def shows(self, index: Index) -> Iterable[str] | None:
        return None

    def digest(self, site: Site) -> bytes:
        shelves = [
            [
                year.slug,
                len(places),
                _spines(places).digest(site),
                months_of(site.index, places),
            ]
            for year, places in site.index.years.items()
        ]
        return digest(shelves)

    def value(self, site: Site) -> object:
        return tuple(
            YearContext(
                name=year.name,
                url=year.url,
                count=len(places),
                months=months_of(site.index, places),
                stories=_spines(places).value(site),
            )
            for year, places in reversed(site.index.years.items())
        )


def _spines(places: range) -> Cards:
    """Return the cards that the archive shows of a school year, none if they are too many for a shelf."""
    return Cards(places if len(places) <= MAX_SPINES_PER_YEAR else ())


def months_of(index: Index, places: range) -> tuple[MonthContext, ...]:
    """Return the months that have stories among `places`, oldest first."""
    return tuple(
        MonthContext(first=date(year, month, 1), url=month_url(year, month), count=len(span))
        for (year, month), span in index.months.items()
        if span.start < places.stop and span.stop > places.start
    )


def _joined(digests: Iterable[bytes]) -> bytes:
    return blake2b(b"".join(digests), digest_size=SIZE).digest()


def sources_of(posts: Iterable[Header]) -> tuple[str, ...]:
    """Return the sources of `posts`, as Slices name them."""
    return tuple([post.source for post in posts])
