"""A Post is one Markdown file as plain values; a Card is the part of it that other pages may show.

The text itself is not here: it stays in the memo as a Body until a page that shows it is rendered. All of these are
remembered as arrays, which are read four times as fast as objects with the names of their fields, and none can be part
of a circle, so the garbage collector need not look at them.
"""

from bisect import bisect
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storysite.digest import digest

KINDS = ("victory", "thanks", "news", "event", "ask", "listen", "report")
"""The kinds of post, in the order in which they are listed."""

LENGTHS = (90, 150, 220, 330, 600)
"""Words at which a story counts as longer; weekly stories have about 100 to 400."""

PAGE = "page"
"""The kind of a page outside the stream (a file under content/pages)."""


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
    """Somebody who is named or can be recognised in a post."""

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


class Ask(Struct, frozen=True, gc=False, array_like=True):
    """What is asked for, how much of it is there (`have` of `goal`), by when, and how it ended."""

    what: str
    goal: float | None = None
    have: float | None = None
    by: date | None = None
    url: str = ""
    status: str = "open"
    outcome: str = ""


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
    """A link or a picture of a post as its author wrote it; `line` is where in the file, 0 if not found."""

    target: str
    suffix: str = ""
    line: int = 0
    picture: bool = False


class Body(Struct, frozen=True, gc=False, array_like=True):
    r"""The text of a post as HTML. The n-th Reference stands in it as `\x01n\x02`, to be put in when rendered."""

    html: str


class Post(Struct, frozen=True, gc=False, array_like=True):
    """One Markdown file: everything but its text. Times are in the site's time zone, URLs as Site explains."""

    source: str
    id: str
    title: str
    slug: str
    url: str
    kind: str = "victory"
    moment: datetime | None = None
    updated: datetime | None = None
    expires: date | None = None
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: str = ""
    audience: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    image: int = -1
    """Which of `references` is the card picture, -1 for none."""
    image_alt: str = ""
    impact: tuple[Impact, ...] = ()
    quote: Quote | None = None
    people: tuple[Person, ...] = ()
    photos: tuple[Photo, ...] = ()
    thanks_to: tuple[str, ...] = ()
    ask: Ask | None = None
    event: Event | None = None
    follows_up: str = ""
    standards: tuple[str, ...] = ()
    language: str = "en"
    translation: str = ""
    translates: str = ""
    """The path of the original, be it there or not, by the name of this file; "" if that has no language in it."""
    draft: bool = False
    pin: bool = False
    archived: bool = False
    aliases: tuple[str, ...] = ()
    layout: str = ""
    menu: int = 0
    """Place in the menu, 0 for none; only pages have one."""
    order: int = 0
    """Place among the pages of its folder, 0 for after all that have one."""
    extra: dict[str, Any] = {}
    """Front matter that storysite does not know, for themes that do."""
    words: int = 0
    headings: tuple[Heading, ...] = ()
    references: tuple[Reference, ...] = ()
    id_derived: bool = False
    body_digest: bytes = b""
    digest: bytes = b""
    card_digest: bytes = b""

    @property
    def date(self) -> date | None:
        """The day of the post, in the site's time zone."""
        return self.moment.date() if self.moment else None

    @property
    def shows_picture(self) -> bool:
        """Whether the text itself shows the card picture."""
        named = self.references[self.image].target if self.image >= 0 else ""
        return any(reference.picture and reference.target == named for reference in self.references)

    @property
    def minutes(self) -> int:
        """Reading time, at 220 words a minute (adults read 238 silently: Brysbaert 2019; families skim less)."""
        return max(1, round(self.words / 220))


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
    image: str
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


def card_of(post: Post, image: str) -> Card:
    """Return the Card of `post`; `image` is the URL of its card picture, "" for none."""
    return Card(
        id=post.id,
        title=post.title,
        url=post.url,
        kind=post.kind,
        date=post.date,
        summary=post.summary,
        authors=post.authors,
        series=post.series,
        image=image,
        image_alt=post.image_alt,
        impact=post.impact,
        ask=post.ask,
        event=post.event,
        length=1 + bisect(LENGTHS, post.words),
        minutes=post.minutes,
        photos=sum(reference.picture for reference in post.references),
        pin=post.pin,
        archived=post.archived,
        language=post.language,
    )


def with_digests(post: Post) -> Post:
    """Return `post` with its digests: `digest` over everything, `card_digest` over what its Card shows."""
    picture = post.references[post.image].target if post.image >= 0 else ""
    blank = replace(post, digest=b"", card_digest=b"")
    return replace(post, digest=digest(blank), card_digest=digest(card_of(blank, picture)))
