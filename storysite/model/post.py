"""A Post is one Markdown file as plain values; a Card is the part of it that other pages may show.

The text itself is not here: it stays in the cache as a Body until a page that shows it is rendered. All of these are
remembered as arrays, which are read four times as fast as objects with the names of their fields, and none can be part
of a circle, so the garbage collector need not look at them.
"""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from storysite.digest import digest, digest_bytes
from storysite.model.pictures import Picture

KINDS = ("victory", "thanks", "news", "event", "ask", "listen", "report")
"""The kinds of post, in the order in which they are listed."""

SHARE_TEXTS = ("short", "long", "x", "mastodon", "bluesky", "threads", "facebook", "instagram", "linkedin")
"""What `share:` may have a text for: networks that take a sentence or two, those that take more, each by its name."""

LENGTHS = (90, 150, 220, 330, 600)
"""Words at which a story counts as longer; weekly stories have about 100 to 400."""


class Impact(Struct, frozen=True, gc=False, array_like=True):
    """One number that changed: `value` now, `compare` before, counted how (`source`) and when (`period`)."""

    metric: str
    value: float
    compare: float | None = None
    period: str = ""
    source: str = ""
    label: str = ""


class Quote(Struct, frozen=True, gc=False, array_like=True):
    """Somebody's words, and the consent to show them."""

    text: str
    by: str = ""
    consent: str = ""


class Person(Struct, frozen=True, gc=False, array_like=True):
    """Somebody who is named or can be recognized in a post."""

    name: str
    role: str = ""
    consent: str = ""


class Photo(Struct, frozen=True, gc=False, array_like=True):
    """A picture of a post: the file beside it, who is in it (consents, `none` or `group`), who took it."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    shows: tuple[str, ...] = ()
    focus: tuple[int, int] | None = None
    """The point around which it is cut, in percent from the left and the top, None for that of most detail."""


class Ask(Struct, frozen=True, gc=False, array_like=True):
    """What is asked for, how much of it is there (`have` of `goal`), by when, and how it ended."""

    what: str
    goal: float | None = None
    have: float | None = None
    by: date | None = None
    url: str = ""
    status: str = "open"
    outcome: str = ""
    ballot: bool = False
    """Whether it is about a public vote, so that a public school may only inform."""
    reviewed_by: str = ""
    """Who at the district office read it, which an ask about a public vote needs."""


class Event(Struct, frozen=True, gc=False, array_like=True):
    """When and where something takes place, in the site's time zone."""

    start: datetime
    end: datetime | None = None
    place: str = ""


class Heading(Struct, frozen=True, gc=False, array_like=True):
    """A heading of a post's text: its level (2 to 6), its anchor and its words."""

    level: int
    anchor: str
    text: str


class Reference(Struct, frozen=True, gc=False, array_like=True):
    """A link or a picture of a post as its author wrote it."""

    target: str
    suffix: str = ""
    picture: bool = False
    lookup: bool = False
    """Whether a post is meant by its name: a link to nothing is then no link, only its words."""
    written: str = ""
    """What is shown in the place of such a link to nothing, "" for its words."""


class Body(Struct, frozen=True, gc=False, array_like=True):
    r"""The text of a post as HTML, with placeholders for what depends on the page that shows it.

    The address of the n-th Reference stands in it as `\x01n\x02`, and the whole element of a picture as `\x01n\x03`.
    """

    html: str
    images: tuple[tuple[int, str], ...] = ()
    """The number of each picture's Reference, and its element with a placeholder for the address."""


class Text(Struct, frozen=True, gc=False, array_like=True):
    """What a post's text alone decides. Listings show some of it, but no page exists or moves because of it."""

    summary: str = ""
    words: int = 0
    headings: tuple[Heading, ...] = ()
    lines: tuple[int, ...] = ()
    """For each of the post's `references` the line of the file in which it stands, 0 if not found."""
    body_digest: bytes = b""


class Header(Struct, frozen=True, gc=False, array_like=True):
    """What a post and a page have in common and what their text does not decide: where they lie and what they name."""

    source: str
    id: str
    title: str
    slug: str
    url: str
    updated: datetime | None = None
    expires: date | None = None
    authors: tuple[str, ...] = ()
    image_alt: str = ""
    focus: tuple[int, int] | None = None
    """The point around which the card picture is cut, in percent, None for that of most detail."""
    language: str = "en"
    translation: str = ""
    translates: str = ""
    """The path of the original, be it there or not, by the name of this file; "" if that has no language in it."""
    draft: bool = False
    private: str = ""
    """Why nobody is ever to see it, as a clause, "" for all others."""
    unlisted: bool = False
    """Whether only those who have its address are to find it."""
    aliases: tuple[str, ...] = ()
    layout: str = ""
    references: tuple[Reference, ...] = ()
    image: int = -1
    """Which of `references` is the card picture, -1 for none."""
    extra: dict[str, Any] = {}
    """Front matter that storysite does not know, for themes that do."""
    derived_url: str = ""
    """What `url` would be if nobody had written it, "" if nobody has."""
    id_derived: bool = False
    other_hosts: tuple[str, ...] = ()
    """The hosts of others that a browser which shows it asks for something by itself."""

    def shows(self, place: int) -> bool:
        """Return whether one of its `references` is shown, and not only linked to."""
        return place == self.image or self.references[place].picture


class PostHeader(Header, frozen=True, gc=False, array_like=True):
    """Everything of a post but its text. Times are in the site's time zone."""

    kind: str = "victory"
    moment: datetime | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: str = ""
    audience: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    impact: tuple[Impact, ...] = ()
    quote: Quote | None = None
    people: tuple[Person, ...] = ()
    photos: tuple[Photo, ...] = ()
    thanks_to: tuple[str, ...] = ()
    ask: Ask | None = None
    event: Event | None = None
    follows_up: str = ""
    standards: tuple[str, ...] = ()
    pin: bool = False
    archived: bool = False
    share: dict[str, str] = {}
    """The author's own texts for networks, by SHARE_TEXTS; "" is for all."""

    @property
    def date(self) -> date | None:
        """The day of the post, in the site's time zone."""
        return self.moment.date() if self.moment else None


class PageHeader(Header, frozen=True, gc=False, array_like=True):
    """Everything of a page outside the stream (a file under content/pages) but its text."""

    menu: int = 0
    """Place in the menu, 0 for none."""
    order: int = 0
    """Place among the pages of its folder, 0 for after all that have one."""


class _WithText:
    """What templates and listings ask of a post's or a page's text."""

    __slots__ = ()
    references: tuple[Reference, ...]
    image: int
    text: Text

    @property
    def summary(self) -> str:
        """One plain sentence: the front matter's, else the first paragraph."""
        return self.text.summary

    @property
    def words(self) -> int:
        """How many words the text has."""
        return self.text.words

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the text, in order."""
        return self.text.headings

    @property
    def shows_picture(self) -> bool:
        """Whether the text itself shows the card picture."""
        named = self.references[self.image].target if self.image >= 0 else ""
        return any(reference.picture and reference.target == named for reference in self.references)

    @property
    def minutes(self) -> int:
        """Reading time, at 220 words a minute (adults read 238 silently: Brysbaert 2019; families skim less)."""
        return max(1, round(self.words / 220))


class Post(PostHeader, _WithText, frozen=True, gc=False, array_like=True, tag="post"):
    """One Markdown file of the stream: its header and what its text decides, with a digest of both.

    `card_digest` is that of what its Card shows in every theme.
    """

    text: Text = Text()
    digest: bytes = b""
    card_digest: bytes = b""


class StaticPage(PageHeader, _WithText, frozen=True, gc=False, array_like=True, tag="page"):
    """One Markdown file under content/pages: it has no date, no kind and no group."""

    text: Text = Text()
    digest: bytes = b""
    card_digest: bytes = b""


CARD_KEYS = (
    "audience", "categories", "expires", "follows_up", "grades", "menu", "order", "people", "quote", "slug",
    "standards", "tags", "thanks_to", "translation", "updated",
)  # fmt: skip
"""The keys of front matter that storysite knows, no Card has of itself, and a theme may ask for by `card_fields`."""
AnyPost: TypeAlias = Post | StaticPage
OneOf = TypeVar("OneOf", bound=AnyPost)


class Card(Struct, frozen=True, gc=False, array_like=True):
    """What a listing may show of a post. It has no text, so a listing cannot depend on one."""

    id: str
    title: str
    url: str
    kind: str
    date: date | None
    summary: str
    authors: tuple[str, ...]
    series: str
    image: Picture | None
    """The card picture, cut to one shape."""
    image_alt: str
    impact: tuple[Impact, ...]
    ask: Ask | None
    event: Event | None
    length: int
    """How long it is, from 1 to 6: coarse, so that an edit of a text seldom changes what listings show."""
    minutes: int
    photos: int
    pin: bool
    archived: bool
    language: str
    extra: dict[str, Any] = {}
    """The front matter that the theme's `card_fields` name, as far as the post has it."""


def card_of(post: AnyPost, image: Picture | None, fields: Sequence[str] = ()) -> Card:
    """Return the Card of a post or a page; `image` is its card picture.

    `fields` names the front matter that the Card shows beside what every Card does.
    """
    told = post if isinstance(post, Post) else _NEVER_TOLD
    return Card(
        id=post.id,
        title=post.title,
        url=post.url,
        kind=told.kind,
        date=told.date,
        summary=post.summary,
        authors=post.authors,
        series=told.series,
        image=image,
        image_alt=post.image_alt,
        impact=told.impact,
        ask=told.ask,
        event=told.event,
        length=1 + bisect(LENGTHS, post.words),
        minutes=post.minutes,
        photos=sum(reference.picture for reference in post.references),
        pin=told.pin,
        archived=told.archived,
        language=post.language,
        extra=card_extra(post, fields),
    )


def card_extra(post: AnyPost, fields: Sequence[str]) -> dict[str, Any]:
    """Return the front matter of a post that `fields` names, under these names; what it has not is left out.

    As in front matter, capitals and the marks between words of a key make no difference.
    """
    if not fields:
        return {}
    known = {name: getattr(post, name, None) for name in CARD_KEYS}
    given = {key.lower().replace("-", "_"): value for key, value in post.extra.items()}
    given |= {name: value for name, value in known.items() if value}
    return {name: given[name] for name in fields if name in given}


_NEVER_TOLD = Post("", "", "", "", "", kind="page")
"""What a page, which is no story, shows as one."""


def with_digests(post: OneOf) -> OneOf:
    """Return `post` with its digests: `digest` over everything, `card_digest` over what every theme's Card shows."""
    picture = post.references[post.image].target if post.image >= 0 else ""
    blank = replace(post, digest=b"", card_digest=b"")
    return replace(
        post, digest=digest(blank), card_digest=digest(card_of(blank, Picture(picture) if picture else None))
    )


def settled_as(post: OneOf, *, url: str, own_id: str, language: str) -> OneOf:
    """Return `post` with another address, id or language than it was read with, and with digests of its own."""
    if (url, own_id, language) == (post.url, post.id, post.language):
        return post
    apart = "\0".join((url, own_id, language)).encode()
    return replace(
        post,
        url=url,
        id=own_id,
        language=language,
        digest=digest_bytes(post.digest, apart),
        card_digest=digest_bytes(post.card_digest, apart),
    )
