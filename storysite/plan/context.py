"""The small values that templates receive beside posts and cards: what each page is, and what is on the shelf."""

from datetime import date
from typing import Any

from msgspec import Struct

from storysite.model.calendar import CalendarEntry
from storysite.model.post import Card


class MenuItem(Struct, frozen=True, gc=False, array_like=True):
    """One entry of the menu."""

    title: str
    url: str


class FeedLink(Struct, frozen=True, gc=False, array_like=True):
    """A feed that a page announces."""

    title: str
    url: str
    media_type: str = "application/rss+xml"


class LanguageLink(Struct, frozen=True, gc=False, array_like=True):
    """The front page in one of the site's languages."""

    language: str
    url: str


class SiteContext(Struct, frozen=True, gc=False, array_like=True):
    """What every page may know of the site: its settings, as `storysite.yml` has them, in the page's language."""

    title: str
    tagline: str
    school: str
    root: str
    """The site's full address with a slash at its end."""
    language: str
    """What the words of the page are in; texts may be in another."""
    direction: str
    author: str
    contact: str
    reply_to: str
    """The address that replies to stories go to, with `mailto:` or of a form, "" if there is none."""
    promise: str
    home: str
    """The URL of the front page in the page's language."""
    languages: tuple[LanguageLink, ...]
    """The front pages in all languages, the main one first; none if there is one only."""
    search: str
    """The URL of the search page in the page's language, "" if there is none."""
    icon: str
    """The URL of the picture for the browser's tab, "" if there is none in static/."""
    menu: tuple[MenuItem, ...]
    feeds: tuple[FeedLink, ...]
    settings: dict[str, Any]
    asks_nobody: bool
    """Whether no page makes a browser ask another host for anything by itself: only then nothing tracks a reader."""
    frames_from: tuple[str, ...] = ()
    forms_to: tuple[str, ...] = ()
    asks: str = ""
    """The URL of the record of asks, "" if nothing was ever asked."""


class ShareImage(Struct, frozen=True, gc=False, array_like=True):
    """The picture that networks show of a page when somebody shares it; its size in pixels, its words for the blind."""

    url: str
    width: int
    height: int
    alt: str


class PageContext(Struct, frozen=True, gc=False, array_like=True):
    """What a page is: its address, title and description, and the feed of what it lists."""

    url: str
    title: str
    description: str = ""
    feed: FeedLink | None = None
    language: str = ""
    indexed: bool = True


class Paging(Struct, frozen=True, gc=False, array_like=True):
    """Where a page stands in a long listing: `number` counts from the oldest; URLs are None at the ends."""

    number: int
    count: int
    newer: str | None
    older: str | None


class GroupContext(Struct, frozen=True, gc=False, array_like=True):
    """A group as a listing names it: how many stories it has and when the newest was told."""

    kind: str
    label: str
    """What groups of its kind are called, such as Tags."""
    name: str
    slug: str
    url: str
    count: int
    newest: date | None


class MonthContext(Struct, frozen=True, gc=False, array_like=True):
    """A calendar month, by its first day, and how many stories it has."""

    first: date
    url: str
    count: int


class YearContext(Struct, frozen=True, gc=False, array_like=True):
    """A school year: how many stories, in which months, and the stories themselves if they fit on a shelf."""

    name: str
    url: str
    count: int
    months: tuple[MonthContext, ...] = ()
    stories: tuple[Card, ...] = ()


class FeedContext(Struct, frozen=True, gc=False, array_like=True):
    """What a feed is: its title, its own URL, the URL of the page it belongs to, and the language of its stories."""

    title: str
    url: str
    home: str
    language: str


class CalendarContext(Struct, frozen=True, gc=False, array_like=True):
    """What a calendar is: its title, its own URL, its language, and its entries in their order."""

    title: str
    url: str
    language: str
    entries: tuple[CalendarEntry, ...]
