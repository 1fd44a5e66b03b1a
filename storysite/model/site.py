"""The Site: an Index, the texts of its posts, and where their links lead. Pure: posts in, Site out."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from storysite.digest import digest, digest_bytes
from storysite.model.index import Index
from storysite.model.links import media_url, page_candidates
from storysite.model.old_addresses import OldAddresses
from storysite.model.pictures import Picture
from storysite.model.post import AnyPost, Card, Header, Reference, card_extra, card_of


class Links:
    """Where the links and pictures of posts lead: it follows from an Index and the addresses of planned pages."""

    def __init__(self, index: Index, addresses: Callable[[], Container[str]]) -> None:
        self.index = index
        self._addresses_of = addresses
        self._known: dict[str, tuple[str | None, ...]] = {}
        self._pictures: dict[str, tuple[Picture | None, ...]] = {}

    @cached_property
    def addresses(self) -> Container[str]:
        """The URLs of all pages that a post may link to by their address; asked for only if some post does."""
        return self._addresses_of()

    def of(self, post: Header) -> tuple[str | None, ...]:
        """Return the URL of each reference of `post`, in their order; None where there is nothing of that name."""
        if not post.references:
            return ()
        known = self._known.get(post.source)
        if known is None:
            found = zip(post.references, self.index.files_of[post.source], self.pictures(post), strict=True)
            urls = [picture.url if picture else self._url(reference, path, post) for reference, path, picture in found]
            known = self._known[post.source] = tuple(urls)
        return known

    def pictures(self, post: Header) -> tuple[Picture | None, ...]:
        """Return, for each reference of `post`, the picture that it shows there in copies, None for any other."""
        known = self._pictures.get(post.source)
        if known is None:
            paths = enumerate(self.index.files_of.get(post.source, ()))
            found = [post.shows(place) and self.index.copies(path) for place, path in paths]
            known = self._pictures[post.source] = tuple([copies.picture if copies else None for copies in found])
        return known

    def _url(self, reference: Reference, path: str, post: Header) -> str | None:
        if (target := self.index.inner(reference)) is None:
            return reference.target
        if path in self.index.by_source:
            return self.index.by_source[path].url
        if path in self.index.files.unshown:
            return None
        if path in self.index.files.paths:
            return media_url(path)
        for url in page_candidates(target, post.url):
            if url in self.addresses:
                return url
            if url in self.index.moved:
                return self.index.moved[url]
        if not reference.picture and (found := self._old_addresses.post_at(target)):
            return self.index.version_in(post.language, found).url
        return None

    @cached_property
    def _old_addresses(self) -> OldAddresses:
        """The posts by what their addresses in other programs end in; asked for only if some link leads to nothing."""
        return OldAddresses(self.index.originals, (each.folder for each in self.index.config.taxonomies))


class Site:
    """What pages may show: an Index with the posts themselves, texts included, at the moment `now`.

    `card_fields` names the front matter that the theme wants on each Card.
    """

    def __init__(
        self, index: Index, posts: Sequence[AnyPost], links: Links, now: datetime, card_fields: Sequence[str] = ()
    ) -> None:
        self.index = index
        self.by_source: Mapping[str, AnyPost] = {post.source: post for post in posts}
        self.links = links
        self.now = now
        self.card_fields = card_fields
        self._cards: dict[str, Card] = {}

    def changed_since(self, before: "Site") -> list[str]:
        """Return the sources of the posts that are not the same as in an earlier Site of the same Index."""
        known = before.by_source
        pairs = ((source, post, known[source]) for source, post in self.by_source.items())
        return [source for source, new, old in pairs if new is not old and new != old]

    def digest_of(self, post: AnyPost) -> bytes:
        """Return the digest of everything a page may show of `post`, where its links lead included."""
        if not post.references:
            return post.digest
        urls = [(url or "?").encode() for url in self.links.of(post)]
        pictures = self.links.pictures(post)
        return digest_bytes(post.digest, *urls, *([digest(pictures)] if any(pictures) else ()))

    def card(self, source: str) -> Card:
        """Return the Card of a post, made once: listings of many kinds show it."""
        known = self._cards.get(source)
        if known is None:
            post = self.by_source[source]
            known = self._cards[source] = card_of(post, self.card_picture(post), self.card_fields)
        return known

    @cached_property
    def card_digests(self) -> dict[str, bytes]:
        """The digest of the Card of each post and page, by source."""
        return {source: self._card_digest(post) for source, post in self.by_source.items()}

    def _card_digest(self, post: AnyPost) -> bytes:
        extra = card_extra(post, self.card_fields)
        if post.image < 0 and not extra:
            return post.card_digest
        picture = digest(self.card_picture(post))
        return (
            digest_bytes(post.card_digest, picture, digest(extra)) if extra else digest_bytes(post.card_digest, picture)
        )

    def picture(self, post: AnyPost) -> Picture | None:
        """Return the card picture of `post`, whole, None if it has none (or its file is missing)."""
        if post.image < 0 or not (url := self.links.of(post)[post.image]):
            return None
        return self.links.pictures(post)[post.image] or Picture(url)

    def card_picture(self, post: AnyPost) -> Picture | None:
        """Return it as listings show it, cut to one shape."""
        whole = self.picture(post)
        card = self.index.card_picture(post) if whole else None
        return card.picture if card else whole
